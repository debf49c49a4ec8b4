"""Commune commands are counted on the day of the map, from the shipped orders."""

from datetime import date

import pytest

from muster.foundation.units import actions, queries
from muster.foundation.units.queries import figures
from muster.kernel.manifest import Scope
from muster.kernel.periods import parse

pytestmark = pytest.mark.django_db
H1 = parse("2025H1")


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker):
    """The shipped map, taken back after these tests."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_baseline(on=date(2026, 1, 1))
        actions.load_orders(by="test", on=date(2026, 1, 1))
        yield
        transaction.set_rollback(True)


def scope(code, on, period=H1):
    return Scope(queries.resolve(code, on).id, (), period, on)


def test_gia_lai_had_135_commune_commands_in_july_2025(shipped):
    asked = scope("52", date(2025, 7, 15))
    assert figures.commune_commands(asked).value == 135
    rows = list(figures.commune_command_rows(asked))
    assert len(rows) == 135
    assert all("ban chỉ huy quân sự" in row.label for row in rows)


def test_every_commune_of_hai_phong_has_its_command_after_the_merger(shipped):
    assert figures.commune_commands(scope("31", date(2025, 7, 15))).value == 114


def test_the_count_tells_of_the_day_of_the_map_and_not_of_the_period(shipped):
    asked = scope("52", date(2025, 7, 15), parse("2024H1"))
    assert figures.commune_commands(asked).value == 135


def test_a_province_without_known_commands_has_no_figure(shipped):
    assert figures.commune_commands(scope("01", date(2025, 7, 15))) is None
