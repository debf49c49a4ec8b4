"""What is not everybody's to read: a negative political or moral result, and an illness."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from muster.domains.recruitment import actions
from muster.domains.recruitment.models import Case, State
from muster.domains.recruitment.tests.playing import cases_at, draw_and_review, examine, screen
from muster.domains.recruitment.tests.test_pages import signed_in
from muster.foundation.decisions import queries as decisions
from muster.foundation.decisions.models import Line
from muster.foundation.register import actions as register
from muster.foundation.register.models import Circumstance

pytestmark = pytest.mark.django_db
FAILED = "Not passed at the political"


def test_a_failed_political_review_is_on_no_timeline_but_theirs_whose_duty_it_is(season_2026):
    draw_and_review(season_2026)
    screen(season_2026)
    examine(season_2026)
    failed = cases_at(season_2026, State.EXAMINED, 1)
    actions.conclude_political_review(season=season_2026, on=date(2025, 12, 20), failed=failed)
    person = Case.objects.get(pk=failed[0]).person
    line = Line.objects.select_related("decision").get(outcome="not_listed")
    pages = (
        reverse("register:person", args=[person.uid]),
        reverse("decisions:line", args=[line.uid]),
    )
    with time_machine.travel("2026-01-10T09:00:00+07:00", tick=False):
        for role, sees in (("commander", False), ("chairman", False), ("inspector", True)):
            reader = signed_in(role)
            told = [FAILED in reader.get(page).content.decode() for page in pages]
            assert told == [sees, sees], role
        printed = [each.uid for page in decisions.pages(line.decision_id) for each in page]
        assert printed
        assert line.uid not in printed
    with time_machine.travel("2027-01-10T09:00:00+07:00", tick=False):
        assert FAILED not in reader.get(pages[0]).content.decode()


def test_under_article_14_a_page_tells_the_conclusion_and_never_the_illness(season_2026):
    season = season_2026
    actions.draw_source(season=season, on=date(2025, 7, 20))
    ill = Circumstance.objects.values("person")
    person = Case.objects.exclude(person__in=ill).first().person
    register.begin_spell(
        person=person, spell=Circumstance, kind="mental_illness", valid_from=date(2025, 1, 1),
        on=date(2025, 2, 1), document="Kết luận số 12/HĐGĐYK",
    )  # fmt: skip
    reader = signed_in("commander")
    pages = (
        reverse("register:person", args=[person.uid]),
        reverse("recruitment:case", args=[season.uid, person.uid]) + "?on=2025-08-30",
    )
    for page in pages:
        told = reader.get(page).content.decode().lower()
        assert "conclusion on health" in told
        assert "mental" not in told
    assert "Kết luận số 12" in reader.get(pages[0]).content.decode()
