"""A declared figure on another map: whole successions add up, a divided one says so."""

import json
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
import time_machine
from click.testing import CliRunner

from muster.foundation.units import queries as units
from muster.foundation.units.commands import commands
from muster.foundation.units.models import Place, Unit, UnitVersion
from muster.foundation.units.queries import people as slices_above
from muster.foundation.units.tests import conftest as country_of_tests
from muster.kernel.errors import Refused
from muster.kernel.periods import parse
from muster.synthesis.indicators import actions, queries

country, reform, english = (
    country_of_tests.country, country_of_tests.reform, country_of_tests.english,
)  # fmt: skip
CODE, H1 = "awards.certificates", parse("2025H1")
BEGINS, REFORM = date(2023, 1, 1), date(2025, 7, 1)


def declare(**numbers):
    for code, number in numbers.items():
        unit = Unit.objects.get(tree="government", code=code[1:], opened_on=BEGINS)
        actions.declare(
            code=CODE, unit_id=unit.pk, period=H1, numerator=Decimal(number), source="made up"
        )


def told(code, method="", on=REFORM):
    (found,) = queries.on_map(CODE, H1, [units.resolve(code, on)], on, method)
    return found


@pytest.fixture
def people(monkeypatch):
    """Thirty people at group 1 of the divided commune, ten at group 2."""
    places = {place.code: place.pk for place in Place.objects.all()}
    counts = {places["10003-1"]: 30, places["10003-2"]: 10}
    above = [SimpleNamespace(count_by_place=lambda _on: counts)]
    monkeypatch.setattr(slices_above, "manifests", lambda: above)


def test_on_the_map_of_then_a_figure_stands_with_the_unit_that_declared_it(reform):
    declare(u11001=5)
    found = told("11001", on=H1.last_day)
    assert (found.amount.numerator, found.comparable) == (5, True)
    assert told("11002", on=H1.last_day).amount is None


def test_figures_of_merged_units_add_up(reform):
    declare(u11001=5, u11002=7, u30=100, u31=20)
    assert told("11002").amount.numerator == 12
    assert told("31").amount.numerator == 120
    assert told("31").comparable


def test_a_sum_that_lacks_a_part_is_not_told(reform):
    declare(u11001=5)
    found = told("11002")
    assert (found.amount, found.missing) == (None, ("commune 11002",))


def test_a_divided_unit_leaves_both_parts_without_a_comparable_figure(reform):
    declare(u10001=1, u10002=2, u10003=40)
    for code in ("10001", "10003"):
        found = told(code)
        assert (found.amount, found.divided) == (None, ("commune 10003",))


def test_people_share_a_divided_figure_out_and_nothing_is_lost(reform, people):
    declare(u10001=1, u10002=2, u10003=40)
    group = country_of_tests.actions.GroupRow("10003", "10003-1", "10001")
    country_of_tests.actions.place_groups(
        order=reform["1669"], table=[group], by="x", on=date(2026, 1, 1), reason=""
    )
    merged, kept = told("10001", "people"), told("10003", "people")
    assert (merged.amount.numerator, kept.amount.numerator) == (1 + 2 + 30, 10)
    assert (merged.comparable, merged.method) == (False, "people")


def test_area_shares_a_divided_figure_out(reform):
    declare(u10001=1, u10002=2, u10003=40)
    assert told("10003", "area").amount is None, "no area is known"
    for code, opened, area in (
        ("10001", BEGINS, 4.0), ("10002", BEGINS, 4.0), ("10003", BEGINS, 8.0),
        ("10001", REFORM, 14.0), ("10003", REFORM, 2.0),
    ):  # fmt: skip
        UnitVersion.objects.filter(unit__code=code, valid_from=opened).update(area_km2=area)
    # Of the divided commune's 8 km², 14 − 4 − 4 = 6 went to one part and 2 to the other.
    assert told("10001", "area").amount.numerator == 1 + 2 + 30
    assert told("10003", "area").amount.numerator == 10


def test_nobody_at_home_shares_nothing_out(reform):
    declare(u10003=40)
    assert told("10003", "people").amount is None


def test_a_period_after_the_map_is_refused(reform):
    with pytest.raises(Refused, match="forward"):
        queries.on_map(CODE, parse("2025H2"), [units.resolve("31", REFORM)], REFORM)


def run(*words):
    with time_machine.travel("2026-11-22", tick=False):
        return CliRunner().invoke(commands, ["compare", "--indicator", CODE, *words])


def test_the_command_marks_what_is_not_comparable(reform):
    declare(u10001=1, u10002=2, u10003=40, u11001=5, u11002=7, u11003=0)
    words = ("--period", "2025H1", "--map", "now", "--unit", "31", "--format", "json")
    rows = {each["code"]: each for each in json.loads(run(*words).output)["rows"]}
    assert rows["11002"]["numerator"] == "12"
    assert rows["10003"] | {"name": ""} == {
        "code": "10003", "name": "", "opened_on": "2025-07-01", "numerator": None,
        "denominator": None, "value": None, "basis": "declared", "comparable": False,
        "divided": ["commune 10003"], "missing": [], "method": "",
    }  # fmt: skip
    assert "not comparable" in " ".join(run(*words[:-2]).output.split())


def test_the_command_prints_the_method_with_the_figure(reform, people):
    declare(u10001=1, u10002=2, u10003=40)
    shown = run("--period", "2025H1", "--map", "now", "--unit", "31", "--method", "people").output
    assert "shared out by" in " ".join(shown.split())
