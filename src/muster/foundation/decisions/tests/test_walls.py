"""A commune's clerk sees the lines of its own places, and no others, ever."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import translation

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions import actions, queries
from muster.foundation.decisions.models import Complaint, Decision, Delivery, Fact, Line
from muster.foundation.decisions.tests import factories
from muster.foundation.units.models import Place
from muster.shell import rls

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 2, 9)
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


def test_the_preview_of_a_reorganisation_counts_what_the_decisions_keep_there(two_communes):
    first, second = two_communes
    places = [place.pk for place in Place.objects.filter(tenures__unit=first)]
    with acting_as_system(), translation.override("en"):
        actions.establish_councils(unit_ids=[first.pk, second.pk], on=date(2026, 2, 1), members=9)
        for decision in Decision.objects.all():
            decision.postings.create(channel="board", valid_from=DAY, valid_to=date(2026, 3, 1))
        told = {str(each.label): each.count for each in queries.touched_by(places, DAY)}
        assert told == {"Councils that end or move": 1, "Posted lists": 1, "Open complaints": 1}
        later = {str(each.label) for each in queries.touched_by(places, date(2030, 1, 1))}
        assert later == {"Councils that end or move", "Open complaints"}
