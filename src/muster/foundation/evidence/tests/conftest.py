"""A commune with a clerk, a student, and two brothers whose father was damaged by a storm."""

from datetime import date

import pytest
import time_machine

from muster.foundation.accounts.actions import acting_as_system, give_post, open_account
from muster.foundation.register.models import Person
from muster.foundation.register.tests import factories

TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _keys_of_its_own(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T09:00:00+07:00", tick=False):
        yield


def people():
    """(our commune, their commune, An and his brother Bình, Cường of the other commune)."""
    with acting_as_system():
        ours, theirs = factories.commune("An Lão"), factories.commune("Kiến Thụy")
        here, there = factories.ground(ours), factories.ground(theirs)
        factories.register(here, "Nguyễn Văn An")
        factories.register(here, "Nguyễn Văn Bình", citizen_number="031205002345")
        factories.register(there, "Nguyễn Văn Cường", citizen_number="031205003456")
        Person.objects.update(family_id=7)
        an, binh, cuong = Person.objects.order_by("pk")
    return ours, theirs, an, binh, cuong


@pytest.fixture
def men(db):
    return people()


def user(role, unit):
    found = open_account(username=f"{role}-{unit.pk}", name=role, password=None)
    with acting_as_system():
        give_post(user=found, role=role, unit=unit, valid_from=date(2026, 1, 1))
    return found
