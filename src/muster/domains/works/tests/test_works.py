"""Works are listed, accepted once, and counted by unit; where they are stands nowhere."""

from datetime import date

import pytest

from muster.domains.works import actions, queries
from muster.domains.works.models import Acceptance
from muster.domains.works.tests import factories
from muster.foundation.accounts import actions as accounts
from muster.foundation.ledger import queries as ledger
from muster.foundation.ledger.models import Entry
from muster.foundation.units.models import Order, UnitVersion
from muster.kernel.manifest import Scope
from muster.kernel.periods import parse
from muster.shell import rls

pytestmark = pytest.mark.django_db
PAPER = "minutes of acceptance"


@pytest.fixture(autouse=True)
def _as_system():
    with rls.scoped(role=rls.WIDE):
        yield


@pytest.fixture
def programme():
    return factories.programme()


def scope(programme, period):
    code = parse(period)
    return Scope(programme.unit_id, (), code, code.last_day)


def accept(programme, *references, on=date(2025, 5, 20)):
    return actions.accept(programme=programme, references=references, on=on, source=PAPER)


def test_a_unit_counts_once_all_its_works_are_accepted(programme):
    accept(programme, "A-1", "K-1")
    assert queries.units_complete(scope(programme, "2025H1")).numerator == 1
    accept(programme, "A-2", on=date(2025, 7, 1))
    first, second = (queries.units_complete(scope(programme, p)) for p in ("2025H1", "2025H2"))
    assert (first.numerator, first.denominator) == (1, 3)
    assert (second.numerator, second.denominator) == (2, 3)
    assert second.source == factories.SOURCE


def test_the_figure_opens_to_the_units_the_open_ones_first(programme):
    accept(programme, "K-1", "A-1")
    rows = list(queries.unit_rows(scope(programme, "2025H1")))
    assert [row.label for row in rows] == ["huyện An Dương", "huyện Cát Hải", "huyện Kiến Thụy"]
    assert [bool(row.on) for row in rows] == [False, False, True]


def test_a_district_that_has_ended_keeps_its_name(programme):
    accept(programme, "K-1")
    UnitVersion.objects.filter(name="Cát Hải").update(
        valid_to=date(2025, 7, 1), closed_by=Order.objects.get()
    )
    names = [part.unit for part in queries.parts(programme, date(2026, 2, 1))]
    assert names == ["huyện An Dương", "huyện Cát Hải", "huyện Kiến Thụy"]


def test_a_province_without_a_programme_has_no_figure(programme):
    assert queries.units_complete(scope(programme, "2026H1")) is None
    assert list(queries.unit_rows(scope(programme, "2026H1"))) == []


def test_the_half_years_with_acceptances_are_known(programme):
    accept(programme, "K-1")
    accept(programme, "A-1", on=date(2025, 7, 1))
    assert [(unit, period.code) for unit, period in queries.known()] == [
        (programme.unit_id, "2025H1"),
        (programme.unit_id, "2025H2"),
    ]


def test_a_work_that_the_programme_does_not_have_refuses_the_list(programme):
    with pytest.raises(actions.NotListed, match="no work X-9"):
        accept(programme, "A-1", "X-9")
    assert not Acceptance.objects.exists()


def test_a_work_is_accepted_once(programme):
    accept(programme, "A-1")
    with pytest.raises(actions.AlreadyAccepted, match="A-1 of 2018–2025"):
        accept(programme, "A-1", "A-2")


def test_nothing_is_accepted_before_the_programme_began(programme):
    with pytest.raises(actions.TooEarly, match="begins on 2018-01-01"):
        accept(programme, "A-1", on=date(2017, 12, 31))


def test_works_and_acceptances_agree_with_the_log(programme):
    accept(programme, "A-1", "A-2")
    assert Entry.objects.filter(kind="works.work").count() == 4
    assert Entry.objects.filter(kind="works.acceptance").count() == 2
    for code in ("works.work", "works.acceptance"):
        assert list(ledger.faults(ledger.kinds()[code])) == []


@pytest.fixture
def sign_in(client):
    def as_role(role):
        user = accounts.open_account(username=f"a-{role}", name="A", password=None)
        accounts.give_post(user=user, role=role, unit=None, valid_from=date(2020, 1, 1))
        client.force_login(user)
        return client

    return as_role


def test_the_page_shows_the_programme_as_of_a_day(programme, sign_in):
    accept(programme, "A-1", "A-2", "K-1")
    commander = sign_in("commander")
    assert "2018–2025" in commander.get("/works/").content.decode()
    page = commander.get(queries.address(programme), {"on": "2025-05-20"}).content.decode()
    assert page.count('class="tag good"') == 2
    earlier = commander.get(queries.address(programme), {"on": "2025-05-19"}).content.decode()
    assert 'class="tag good"' not in earlier
    assert commander.get(queries.address(programme), {"on": "yesterday"}).status_code == 422


def test_a_doctor_has_no_business_here(sign_in):
    assert sign_in("doctor").get("/works/").status_code == 403
