"""Cases are opened and closed by actions, each with its entry in the log."""

from datetime import date, timedelta

import pytest

from muster.domains.skeleton import actions, queries, rules
from muster.domains.skeleton.models import Case
from muster.domains.skeleton.tests import factories
from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.ledger.models import Entry
from muster.kernel.manifest import Scope
from muster.kernel.periods import parse
from muster.shell import rls

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_system():
    with acting_as_system():
        yield


def test_opening_a_case_is_logged():
    case = factories.case()
    assert Entry.objects.filter(kind="skeleton.opened", row_id=case.pk).count() == 1


def test_closing_a_case_is_logged_and_final():
    case = factories.case()
    actions.close_case(case=case, outcome="settled", closed_on=factories.OPENED)
    assert Entry.objects.filter(kind="skeleton.closed", row_id=case.pk).count() == 1
    with pytest.raises(actions.AlreadyClosed, match="open a new one instead"):
        actions.close_case(case=case, outcome="dropped", closed_on=factories.OPENED)


def test_a_refused_closing_writes_nothing():
    case = factories.case()
    with pytest.raises(rules.ClosedTooEarly):
        actions.close_case(
            case=case, outcome="settled", closed_on=factories.OPENED - timedelta(days=1)
        )
    assert Case.objects.get().closed_on is None
    assert not Entry.objects.filter(kind="skeleton.closed").exists()


def test_nobody_sees_a_case_outside_his_places():
    factories.case()
    with rls.scoped(role=rls.APP, units=()):
        assert not Case.objects.exists()


def test_the_figure_counts_what_was_closed_in_the_period_and_opens_to_it():
    place = factories.place()
    inside, outside = (factories.case(place_id=place.pk) for _ in range(2))
    actions.close_case(case=inside, outcome="settled", closed_on=date(2026, 6, 30))
    actions.close_case(case=outside, outcome="settled", closed_on=date(2026, 7, 1))
    scope = Scope(0, (place.pk,), parse("2026H1"), date(2026, 6, 30))
    assert queries.count_closed(scope).value == 1
    assert [row.url for row in queries.closed_rows(scope)] == [queries.address(inside)]


def test_a_late_case_stands_in_my_work():
    case = factories.case()
    last = rules.due_on(case.opened_on)
    assert list(queries.work(None, last)) == []
    (item,) = queries.work(None, last + timedelta(days=1))
    assert (item.count, item.urgency, item.due) == (1, "late", last)
