"""Figures are exact until printed, and missing data stay missing."""

from decimal import Decimal, getcontext, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.kernel.formulas import change, percent, points_change, ratio, rounded, total

COUNTS = st.integers(0, 10**9)


def test_the_replacements_of_hai_phong_in_2025() -> None:
    """04 citizens, down 03 people and down 0.12 points, of 2,550 (of about 2,530 in 2024)."""
    assert change(4, 7) == -3
    assert rounded(points_change(percent(4, 2550), percent(7, 2530)), 2) == Decimal("-0.12")


@pytest.mark.parametrize("quota", [2484, 2530, 2574])
def test_every_quota_of_2024_that_fits_the_source_gives_its_points(quota: int) -> None:
    assert rounded(points_change(percent(4, 2550), percent(7, quota)), 2) in {
        Decimal("-0.12"),
        Decimal("-0.13"),
    }


def test_the_violations_of_hai_phong() -> None:
    """21 of 21 cases punished, against 23 of 190, reaching 12.1 %."""
    assert rounded(percent(21, 21), 1) == 100
    assert percent(23, 190, places=1) == Decimal("12.1")
    assert rounded(percent(2550, 2550), 0) == 100


@pytest.mark.parametrize(
    ("numerator", "denominator"), [(None, 4), (4, None), (None, None), (4, 0), (0, 0)]
)
def test_a_share_of_the_unknown_or_of_nothing_is_unknown(
    numerator: int | None, denominator: int | None
) -> None:
    assert ratio(numerator, denominator) is None
    assert percent(numerator, denominator, places=1) is None


def test_what_is_missing_stays_missing() -> None:
    assert change(None, 3) is None
    assert points_change(Decimal(3), None) is None
    assert total([1, None, 2]) is None
    assert rounded(None, 1) is None


@pytest.mark.parametrize(
    ("value", "places", "printed"),
    [
        (Decimal("12.05"), 1, "12.1"),
        (Decimal("12.04999"), 1, "12.0"),
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("-0.001"), 2, "0.00"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(2, 3), 4, "0.6667"),
        (7, 1, "7.0"),
    ],
)
def test_a_half_is_printed_away_from_zero(
    value: int | Decimal | Fraction, places: int, printed: str
) -> None:
    assert str(rounded(value, places)) == printed


@given(COUNTS, st.integers(1, 10**9), st.integers(0, 6))
def test_a_printed_percentage_is_the_nearest_one(
    numerator: int, denominator: int, places: int
) -> None:
    printed = rounded(percent(numerator, denominator), places)
    assert printed is not None
    exact = Fraction(100 * numerator, denominator)
    off = Fraction(printed) - exact
    half = Fraction(1, 2 * 10**places)
    assert -half < off <= half


@given(COUNTS, COUNTS)
def test_a_change_turned_round_changes_its_sign(now: int, before: int) -> None:
    assert change(now, before) == -Decimal(change(before, now) or 0)


def test_somebody_elses_precision_changes_nothing() -> None:
    with localcontext() as context:
        context.prec = 3
        assert getcontext().prec == 3
        assert rounded(percent(123_457, 10_000_000), 4) == Decimal("1.2346")
        assert rounded(points_change(Decimal("1234.56"), Decimal("0.01")), 2) == Decimal("1234.55")
