"""A commune's clerk sees the lines of its own places, and no others, ever."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions import actions
from muster.foundation.decisions.models import Complaint, Delivery, Fact, Line
from muster.foundation.decisions.tests import factories
from muster.shell import rls

pytestmark = pytest.mark.django_db(transaction=True)
CLOSED = (Line, Fact, Delivery, Complaint)


@pytest.fixture
def two_communes():
    with acting_as_system():
        units = [factories.unit("commune", name) for name in ("Kiến Thụy", "Tiên Lãng")]
        for unit in units:
            (man,) = factories.people(factories.place(unit), 1)
            draft = actions.Draft(man.pk, man.place_id, "called", facts={"height": 168})
            decision = actions.decide(
                kind="call_up", unit_id=unit.pk, lines=[draft], signed_on=date(2026, 2, 6)
            )
            line = decision.lines.get()
            actions.serve(line=line, delivered_on=date(2026, 2, 7))
            actions.complain(line=line, received_on=date(2026, 2, 8))
    return units


@pytest.mark.parametrize("model", CLOSED)
def test_a_commune_sees_its_own_lines_only(two_communes, model):
    with rls.scoped(role=rls.APP, units=[two_communes[0].pk]):
        assert model.objects.count() == 1
    with rls.scoped(role=rls.WIDE):
        assert model.objects.count() == 2


@pytest.mark.parametrize("model", CLOSED)
def test_without_a_scope_nothing_is_seen(two_communes, model):
    with transaction.atomic():
        assert model.objects.count() == 0
    with rls.scoped(role=rls.APP):
        assert model.objects.count() == 0


def test_a_commune_cannot_write_a_line_for_another(two_communes):
    with acting_as_system():
        theirs = Line.objects.order_by("-pk").first()
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        rls.scoped(role=rls.APP, units=[two_communes[0].pk]),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into decisions_line (decision_id, person_id, place_id, outcome, article, ground, way)"
            " values (%s, %s, %s, 'exempt', '', '', '')",
            [theirs.decision_id, theirs.person_id, theirs.place_id],
        )
