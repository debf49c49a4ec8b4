"""Codes and names are read on a day."""

from datetime import date, timedelta

import pytest

from muster.foundation.units import queries
from muster.foundation.units.models import Unit
from muster.foundation.units.tests.conftest import BEGINS, REFORM, act, apply
from muster.kernel.periods import parse

EVE = REFORM - timedelta(days=1)


def codes(units):
    return [each.code for each in units]


def test_a_code_is_the_unit_of_that_day(reform):
    assert queries.resolve("31", EVE).opened_on == BEGINS
    assert queries.resolve("31", REFORM).opened_on == REFORM
    assert str(queries.resolve("10003", REFORM)) == "phường Lê Thanh Nghị"


def test_an_unknown_code_says_what_it_was_on_other_days(reform):
    with pytest.raises(queries.UnknownUnit) as refusal:
        queries.resolve("318", REFORM)
    assert "huyện Bạch Long Vĩ" in str(refusal.value)
    assert "2025-06-30" in str(refusal.value)


def test_a_day_before_the_map_is_refused(reform):
    with pytest.raises(queries.BeforeTheStart, match="2023-01-01"):
        queries.resolve("31", BEGINS - timedelta(days=1))


def test_a_code_that_meant_two_units_is_answered_with_both(reform):
    assert [u.opened_on for u in queries.ambiguity("31", parse("2025"))] == [BEGINS, REFORM]
    assert [u.opened_on for u in queries.ambiguity("31", parse("2025H1"))] == [BEGINS]
    assert queries.ambiguity("99", parse("2025")) == []


def test_counts_per_level_and_kind(reform):
    def tally(on, unit=None):
        return {(t.level, t.kind): t.count for t in queries.count(on, unit)}

    assert tally(EVE) == {
        ("province", "tỉnh"): 1, ("province", "thành phố"): 1, ("district", "district"): 2,
        ("district", "huyện"): 1, ("commune", "commune"): 6,
    }  # fmt: skip
    haiphong = queries.resolve("31", REFORM).id
    assert tally(REFORM, haiphong) == {
        ("commune", "phường"): 3, ("commune", "đặc khu"): 1, ("commune", "commune"): 1,
    }  # fmt: skip


def test_the_ground_of_a_unit_on_a_day(reform):
    old, new = queries.resolve("31", EVE).id, queries.resolve("31", REFORM).id
    assert len(queries.place_ids(old, EVE)) == 4
    assert len(queries.place_ids(new, REFORM)) == 9
    assert queries.place_ids(new, EVE) == ()
    assert sorted(codes(queries.named(queries.leaf_ids(old, EVE), EVE).values())) == [
        "11001", "11002", "11003", "318",
    ]  # fmt: skip


def test_lineage_names_whole_and_part(reform):
    lines = {(line.old_code, line.new_code): line.share for line in queries.lineage(EVE, REFORM)}
    assert lines == {
        ("10001", "10001"): "whole", ("10002", "10001"): "whole",
        ("10003", "10001"): "part", ("10003", "10003"): "part",
        ("11001", "11002"): "whole", ("11002", "11002"): "whole", ("11003", "11003"): "whole",
        ("318", "11948"): "whole",
    }  # fmt: skip


def test_lineage_goes_forward_only(reform):
    with pytest.raises(queries.BeforeTheStart, match="forward"):
        queries.lineage(REFORM, EVE)


def test_search_finds_old_and_new_names_and_codes(reform):
    assert codes(queries.search("an bi")) == ["11002"]
    assert codes(queries.search("BẠCH LONG")) == ["318", "11948"]
    assert codes(queries.search("bach long", REFORM)) == ["11948"]
    assert {u.opened_on for u in queries.search("31")} == {BEGINS, REFORM}
    assert queries.search("  ") == []


def test_a_renamed_unit_is_found_by_its_old_name(reform):
    apply("77", act("rename", unit="11002", name="Kiến An"), on=date(2026, 1, 1))
    assert codes(queries.search("An Biên", date(2026, 6, 1))) == ["11002"]


def test_the_history_of_a_unit_tells_where_it_came_from_and_went(reform):
    unit = Unit.objects.get(code="10003", opened_on=BEGINS)
    chapters = queries.history(unit)
    assert [each.verb for each in chapters] == ["named", "to"]
    assert set(codes(chapters[-1].others)) == {"10001", "10003"}
    heir = Unit.objects.get(code="10001", opened_on=REFORM)
    assert [each.verb for each in queries.history(heir)] == ["from", "named"]
