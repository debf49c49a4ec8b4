"""A small city with two districts, and its people, before and after the reform."""

from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from django.db import transaction

from muster.domains.recruitment import actions
from muster.domains.recruitment.models import Season, Step
from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions import actions as decisions
from muster.foundation.register import actions as register
from muster.foundation.register import synthetic
from muster.foundation.units import actions as ground
from muster.foundation.units import queries as units
from muster.foundation.units.actions.baseline import give_ground
from muster.foundation.units.models import Place, Unit
from muster.foundation.units.queries.naming import BASELINE
from muster.foundation.units.tests import conftest as maps

TODAY = date(2026, 11, 22)
DISTRICTS = {"310": ("11001", "11002", "11003"), "311": ("11004", "11005")}
COMMUNES = [code for codes in DISTRICTS.values() for code in codes]
SEATS = 60


@pytest.fixture(scope="session")
def population():
    """Some two thousand young men and what is known of them until 2027."""
    rows = [
        {"code": code, "name": f"Xã {code}", "kind": "xã", "province_code": "31"}
        for code in COMMUNES
    ]
    return synthetic.generate(pl.DataFrame(rows), men=2400, seed=11)


@pytest.fixture
def _django_db_helper():
    """In place of pytest-django's: it closes the connection after each test, and `settled` with it."""


@pytest.fixture(scope="module")
def settled(django_db_setup, django_db_blocker, population):
    """Hải Phòng before the reform with its people and councils, once for all tests of a module.

    Each test works inside a savepoint of this transaction, which is never committed.
    """
    with django_db_blocker.unblock(), undone():
        with acting_as_system():
            _draw_map()
            _settle(population)
            _establish_councils(maps.BEGINS)
        yield


@pytest.fixture
def city(settled):
    """The city before the reform, with everything in sight."""
    with undone(), acting_as_system():
        yield units.resolve("31", date(2025, 1, 1))


@contextmanager
def undone():
    """A transaction, or a savepoint within one, that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _draw_map():
    order = maps.apply(
        BASELINE,
        maps.establish("31", "province", name="Hải Phòng", kind="thành phố"),
        *(maps.establish(code, "district", "31") for code in DISTRICTS),
        *(
            maps.establish(code, "commune", district)
            for district, codes in DISTRICTS.items()
            for code in codes
        ),
        on=maps.BEGINS,
    )
    give_ground(order)


def _settle(population):
    groups = population.groups.select("commune_code", "group_name").rows()
    ground.establish_places(
        groups=[ground.NewGroup(f"{code}-{name}", name, code) for code, name in groups]
    )
    by_code = dict(Place.objects.values_list("code", "pk"))
    places = {(code, name): by_code[f"{code}-{name}"] for code, name in groups}
    places |= {(code, None): by_code[code] for code in COMMUNES}
    register.register_population(population=population, places=places, on=TODAY, basis="Test")


def _establish_councils(on):
    standing = Unit.objects.filter(tree="government", closed_on=None).values_list("pk", flat=True)
    decisions.establish_councils(unit_ids=list(standing), on=on, members=16)


@pytest.fixture
def reform(city):
    """The same city since 1 July 2025: no districts, two communes merged."""
    ended = list(Unit.objects.filter(level="district").values_list("pk", flat=True))
    filed = [
        maps.file(
            "1669",
            maps.merge(["11001", "11002"], "11001", name="An Biên"),
            *(maps.act("reparent", unit=code, parent="31") for code in COMMUNES[2:]),
        ),
        maps.file("203", maps.act("dissolve", level="district")),
    ]
    ground.apply_orders(orders=filed, by="tester", on=TODAY)
    decisions.close_bodies(unit_ids=ended, on=maps.REFORM)
    _establish_councils(maps.REFORM)
    return units.resolve("31", maps.REFORM)


def open_season(unit, year, hand_over_on, *, seats=SEATS, scale=1):
    """A season opened in July of the year before, with its quota."""
    opened = date(year - 1, 7, 20)
    season = actions.open_season(
        year=year,
        unit=Unit.objects.get(pk=unit.id),
        hand_over_on=hand_over_on,
        milestones={Step.SOURCE: opened, Step.HAND_OVER: hand_over_on},
        opened_on=opened,
        scale=Decimal(scale),
    )
    if seats:
        actions.set_quota(
            season=season,
            seats={unit.id: seats},
            decided_on=opened,
            source="Decision of the test",
            confirmed=True,
        )
    return season


@pytest.fixture
def season_2025(city) -> Season:
    """The season that ended under the districts."""
    return open_season(city, 2025, date(2025, 2, 13))


@pytest.fixture
def season_2026(reform) -> Season:
    """The first season under two levels."""
    return open_season(reform, 2026, date(2026, 3, 4))
