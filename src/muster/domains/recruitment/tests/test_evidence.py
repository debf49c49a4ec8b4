"""A ground holds as long as its paper: shown, lapsed, missing; every ground names a kind of paper."""

from datetime import date

import pytest

from muster.domains.recruitment import grounds, queries, rules
from muster.domains.recruitment.grounds.table import GROUNDS
from muster.foundation.evidence import actions as evidence
from muster.foundation.evidence import models
from muster.foundation.evidence.rules import KINDS, STUDY
from muster.foundation.evidence.tests.files import PDF
from muster.foundation.register import actions as register
from muster.foundation.register.models import Person, Schooling
from muster.foundation.register.tests import factories

HAND_OVER = date(2026, 3, 4)


@pytest.mark.parametrize("ground", GROUNDS, ids=lambda ground: ground.code)
def test_every_ground_names_a_kind_of_paper_that_shows_it(ground):
    kind = next(k for k, shows in KINDS.items() if (ground.claim or STUDY) in shows)
    assert models.KINDS[kind]._args[0] == ground.evidence


def test_a_course_needs_no_certificate_until_one_was_brought_and_lapsed(city, settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    place = factories.ground(factories.commune("An Lão"))
    student = factories.register(place, education_grade=12)
    register.begin_spell(
        person=student, spell=Schooling, level="university", valid_from=date(2024, 9, 1),
        on=date(2024, 9, 1), document="Giấy báo", mode="full_time", course_no=1,
    )  # fmt: skip

    def told(on):
        him = queries.facts(None, [place.pk], on).row(0, named=True)
        return grounds.explain(him, rules.terms(on, HAND_OVER))

    assert told(date(2025, 8, 31)).article == "41.1.g"
    paper = evidence.attach(
        person=student, claim=STUDY, reference="No. 3/GXN", data=PDF,
        issued_on=date(2025, 9, 1), received_on=date(2025, 9, 2), valid_to=date(2026, 2, 1),
    )  # fmt: skip
    assert told(date(2026, 1, 31)).article == "41.1.g"
    lapsed = told(date(2026, 2, 1))
    assert (lapsed.outcome, lapsed.missing) == ("callable", ("enrolment certificate",))
    assert "enrolment certificate: 41.1.g" in lapsed.would_change
    evidence.withdraw(paper=paper, on=date(2026, 1, 10), because="He left the course")
    assert told(date(2026, 1, 10)).missing == ("enrolment certificate",)


def test_a_ground_holds_while_its_paper_does_and_then_lacks_it(city, settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    place = factories.ground(factories.commune("An Lão"))
    factories.register(place, education_grade=12)
    evidence.attach(
        person=Person.objects.get(place=place), claim="sole_worker", reference="No. 12/GXN",
        data=PDF, issued_on=date(2025, 8, 1), received_on=date(2025, 8, 20),
        valid_to=date(2026, 2, 1),
    )  # fmt: skip
    held, lapsed = (
        grounds.explain(
            queries.facts(None, [place.pk], on).row(0, named=True), rules.terms(on, HAND_OVER)
        )
        for on in (date(2025, 8, 31), date(2026, 2, 1))
    )
    assert (held.outcome, held.article) == ("deferred", "41.1.b")
    assert (lapsed.outcome, lapsed.missing) == (
        "callable", ("confirmation of the commune People's Committee",),
    )  # fmt: skip
