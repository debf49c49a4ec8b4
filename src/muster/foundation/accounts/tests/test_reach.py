"""A post follows its unit through a reorganisation, and says so before it happens."""

from datetime import date

import pytest
from django.db import connection

from muster.foundation.accounts import queries
from muster.foundation.accounts.actions import acting_as, give_post, open_account
from muster.foundation.accounts.models import Role
from muster.foundation.units import queries as units
from muster.foundation.units.models import Place, Unit
from muster.foundation.units.tests import conftest as country_of_tests
from muster.foundation.units.tests.conftest import COMMUNES, PROVINCES, file

country, reform = country_of_tests.country, country_of_tests.reform
english = country_of_tests.english

EVE, REFORM = date(2025, 6, 30), date(2025, 7, 1)
BEGINS = date(2023, 1, 1)


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def clerk(code, *, until=None, opened=BEGINS):
    user = open_account(username=f"clerk-{code}", name="A", password=None)
    unit = Unit.objects.get(tree="government", code=code, opened_on=opened)
    give_post(user=user, role=Role.CLERK, unit=unit, valid_from=BEGINS, valid_to=until)
    return user


def seen(user, on):
    """The places whose rows the database shows to the user."""
    with acting_as(user, on=on), connection.cursor() as cursor:
        cursor.execute("select unnest(muster_places())")
        ids = [row[0] for row in cursor.fetchall()]
    return set(Place.objects.filter(pk__in=ids).values_list("code", flat=True))


def test_the_clerk_of_a_merged_commune_sees_the_ground_of_the_successor(reform):
    user = clerk("11001")
    assert seen(user, EVE) == {"11001"}
    assert seen(user, REFORM) == {"11001", "11002"}


def test_the_clerk_of_a_divided_commune_sees_the_ground_of_the_keeper(reform):
    user = clerk("10003")
    keeper = Unit.objects.get(code="10003", opened_on=REFORM)
    assert queries.reach(user, REFORM).leaf_units == (keeper.pk,)
    assert seen(user, REFORM) == {"10003", "10003-1", "10003-2"}


def test_a_post_that_ended_goes_on_nowhere(reform):
    user = clerk("11001", until=REFORM)
    assert seen(user, EVE) == {"11001"}
    assert seen(user, REFORM) == set()


def test_a_post_at_a_unit_that_ended_without_an_heir_reaches_nothing(reform):
    assert seen(clerk("310"), REFORM) == set()


def test_the_post_of_a_merged_province_reaches_all_of_the_new_one(reform):
    user = clerk("30")
    assert {"10001", "11002"} <= seen(user, REFORM)
    (heir,) = queries.unit_ids(user, REFORM)
    assert units.named([heir], REFORM)[heir].full_name == "phường Hải Phòng"


def touched(places, on):
    return [each.count for each in queries.touched_by(places, on)]


def test_posts_of_units_whose_whole_ground_is_touched_are_counted(country):
    merged = Place.objects.filter(code__in=["11001", "11002"]).values_list("pk", flat=True)
    for code in ("11001", "11003", "310", "31"):
        clerk(code)
    assert touched(merged, EVE) == [1]
    district = [*merged, Place.objects.get(code="11003").pk]
    assert touched(district, EVE) == [3], "the province still has its island"
    assert touched([*district, Place.objects.get(code="318").pk], EVE) == [4]
    assert touched(merged, date(2022, 1, 1)) == []


# The communes of province 30 come under 31; of both provinces a third is made.
@pytest.mark.parametrize(("order", "posts"), [(COMMUNES, 2), (PROVINCES, 3)])
def test_the_preview_of_an_order_tells_how_many_posts_it_carries(country, order, posts):
    for code in ("11001", "30", "31"):
        clerk(code)
    shown = units.preview(units.read_orders([file(*order)]))[0]
    assert {str(each.label): each.count for each in shown.touched}[
        "Posts that go on in another unit"
    ] == posts
