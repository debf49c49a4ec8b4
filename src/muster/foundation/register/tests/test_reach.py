"""A clerk's people go on with his post when an order ends his commune."""

from datetime import date

import pytest

from muster.foundation.accounts.actions import (
    acting_as,
    acting_as_system,
    give_post,
    open_account,
)
from muster.foundation.accounts.models import Role
from muster.foundation.register.models import Person
from muster.foundation.units.models import Place, Unit
from muster.foundation.units.tests import conftest as country_of_tests

country, reform = country_of_tests.country, country_of_tests.reform
BEGINS, EVE, REFORM = date(2023, 1, 1), date(2025, 6, 30), date(2025, 7, 1)


@pytest.fixture
def one_at_each_place(country):
    with acting_as_system():
        Person.objects.bulk_create(
            Person(
                place=place, full_name=place.code, folded=place.code, sort_key=place.code, sex="m",
                birth_date=date(2005, 1, 1), registered_on=date(2023, 4, 10),
            )
            for place in Place.objects.all()
        )  # fmt: skip


def people_of(code, on):
    user = open_account(username=f"clerk-{code}-{on}", name="A", password=None)
    unit = Unit.objects.get(tree="government", code=code, opened_on=BEGINS)
    give_post(user=user, role=Role.CLERK, unit=unit, valid_from=BEGINS)
    with acting_as(user, on=on):
        return set(Person.objects.values_list("full_name", flat=True))


def test_the_clerk_of_a_merged_commune_sees_the_people_of_the_successor(one_at_each_place, reform):
    assert people_of("11001", EVE) == {"11001"}
    assert people_of("11001", REFORM) == {"11001", "11002"}


def test_the_clerk_of_a_divided_commune_sees_the_people_of_its_keeper(one_at_each_place, reform):
    assert people_of("10003", REFORM) == {"10003", "10003-1", "10003-2"}
