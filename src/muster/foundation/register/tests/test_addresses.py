"""What people wrote as their address helps to find the part of divided ground."""

from datetime import date

import pytest

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.register import queries
from muster.foundation.register.models import Residence
from muster.foundation.register.tests.factories import TODAY, commune, ground, register

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _scope(db):
    with acting_as_system():
        yield


def test_addresses_are_counted_by_the_place_of_those_who_gave_them():
    unit = commune()
    here, there = ground(unit), ground(unit, "Thôn 2", within=ground(unit, "cũ"))
    for number, (place, address) in enumerate(
        [(here, "Thôn Bến"), (here, "Thôn Bến"), (here, ""), (there, "Thôn Chùa")]
    ):
        person = register(place, citizen_number=f"03120500123{number}")
        Residence.objects.create(
            person=person, place=place, kind="permanent", address=address, valid_from=TODAY
        )
    assert queries.addresses_at([here.pk], TODAY) == {here.pk: {"Thôn Bến": 2}}
    assert queries.addresses_at([here.pk, there.pk], date(2026, 1, 1)) == {}
