"""A figure is exact until it is printed, and a change is rounded once."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from muster.kernel.periods import parse
from muster.synthesis.indicators.rules import Amount, change, read_on

PERCENT = {"unit": "percent", "places": 2}


def test_four_replaced_of_2550_are_0_16_per_cent():
    assert Amount(4, 2550).value("percent", 2) == Decimal("0.16")


def test_the_change_of_the_review_is_rounded_once():
    """0.1569 − 0.2767 = −0.1198; the printed values alone would give 0.16 − 0.28 = −0.12."""
    assert change(Amount(4, 2550), Amount(7, 2530), **PERCENT) == Decimal("-0.12")
    assert change(Amount(1, 8), Amount(1, 16), unit="percent", places=1) == Decimal("6.3")


def test_23_of_190_are_12_1_per_cent():
    assert Amount(23, 190).value("percent", 1) == Decimal("12.1")


def test_a_share_of_nothing_is_not_known():
    assert Amount(0, 0).value("percent", 1) is None
    assert change(Amount(1, 2), Amount(0, 0), **PERCENT) is None
    assert Amount(None).value("count", 0) is None


def test_without_a_time_before_there_is_no_change():
    assert change(Amount(11), None, unit="count", places=0) is None


@given(st.integers(0, 500), st.integers(501, 5000), st.integers(0, 500), st.integers(501, 5000))
def test_a_change_is_never_further_than_half_a_unit_from_the_truth(a, b, c, d):
    exact = Decimal(100 * a) / b - Decimal(100 * c) / d
    assert abs(change(Amount(a, b), Amount(c, d), **PERCENT) - exact) <= Decimal("0.0050000001")


def test_a_unit_is_read_on_the_last_day_of_the_period_inside_its_life():
    half = parse("2025H1")
    assert read_on(half, date(2023, 1, 1), None) == date(2025, 6, 30)
    assert read_on(half, date(2023, 1, 1), date(2025, 7, 1)) == date(2025, 6, 30)
    assert read_on(half, date(2025, 7, 1), None) == date(2025, 7, 1)
    assert read_on(parse("2025"), date(2023, 1, 1), date(2025, 7, 1)) == date(2025, 6, 30)
