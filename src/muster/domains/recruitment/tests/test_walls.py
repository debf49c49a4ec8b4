"""A commune sees the cases of its own places, and no others."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from muster.domains.recruitment import actions, queries
from muster.domains.recruitment.models import Case
from muster.domains.recruitment.tests.conftest import undone
from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.register import actions as register
from muster.foundation.units import queries as units
from muster.shell import rls

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 1)


@pytest.fixture
def drawn(season_2026):
    """A source under two levels, and the commune whose clerk looks at it."""
    actions.draw_source(season=season_2026, on=date(2025, 7, 20))
    return season_2026, units.resolve("11003", DAY)


def test_a_clerk_sees_the_cases_of_his_commune_only(drawn):
    season, commune = drawn
    ours = set(units.place_ids(commune.id, DAY))
    everyone = Case.objects.count()
    with rls.scoped(role=rls.APP, units=[commune.id]):
        seen = set(Case.objects.values_list("place", flat=True))
        assert seen
        assert seen <= ours
        assert queries.funnel(season).source < everyone
    assert Case.objects.count() == everyone


def test_without_a_unit_in_scope_nothing_is_seen(drawn):
    with rls.scoped(role=rls.APP):
        assert not Case.objects.exists()


def test_the_owner_of_the_tables_without_a_scope_sees_nothing(settled):
    with undone(), acting_as_system():
        seen = Case.objects.count()
    with undone():
        assert Case.objects.count() == 0 == seen


def test_a_clerk_cannot_write_a_case_for_another_commune(drawn):
    season, commune = drawn
    ours = units.place_ids(commune.id, DAY)
    theirs = Case.objects.exclude(place__in=ours).first()
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        rls.scoped(role=rls.APP, units=[commune.id]),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "insert into recruitment_case (season_id, source_list_id, person_id, place_id, state,"
            " ground, degree, volunteer) values (%s, %s, %s, %s, 'sourced', '', false, false)",
            [season.pk, theirs.source_list_id, theirs.person_id, theirs.place_id],
        )


def test_a_citizen_sees_his_own_case_and_changes_none(drawn):
    case = Case.objects.order_by("pk").first()
    access = register.open_access(
        person=case.person, username="cong.dan", password=None, on=DAY, basis="Thẻ căn cước"
    )
    with rls.scoped(role=rls.OWN, user_id=access.user_id):
        assert list(Case.objects.all()) == [case]
        assert Case.objects.update(volunteer=True) == 0
    with rls.scoped(role=rls.OWN):
        assert not Case.objects.exists()
