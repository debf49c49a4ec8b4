"""The arithmetic of indicators, and what happens to it when data are missing.

`None` means *not known*. Whatever is computed from it is not known either, and a
share of nothing is not known rather than zero. Every figure is exact until it is
printed; only `rounded` rounds, half up, as Vietnamese reports do.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

Number = int | Decimal

# An own context, so that nobody else's settings change a printed figure.
_EXACT = Context(prec=50, rounding=ROUND_HALF_EVEN)


def ratio(numerator: Number | None, denominator: Number | None) -> Decimal | None:
    """The share of one number in another; `None` of nothing or of what is not known.

    >>> ratio(1, 8), ratio(3, 0), ratio(None, 8)
    (Decimal('0.125'), None, None)
    """
    if numerator is None or denominator is None or denominator == 0:
        return None
    return _EXACT.divide(Decimal(numerator), Decimal(denominator))


def percent(
    numerator: Number | None, denominator: Number | None, *, places: int | None = None
) -> Decimal | None:
    """The share in per cent: exact, or as printed with so many decimals.

    >>> percent(23, 190, places=1), percent(21, 21), percent(1, 0)
    (Decimal('12.1'), Decimal('100'), None)
    """
    if numerator is None:
        return None
    share = ratio(_EXACT.multiply(Decimal(numerator), Decimal(100)), denominator)
    return share if places is None else rounded(share, places)


def change(now: Number | None, before: Number | None) -> Decimal | None:
    """How much a count rose (or fell, below zero) since the period before.

    >>> change(4, 7)
    Decimal('-3')
    """
    if now is None or before is None:
        return None
    return _EXACT.subtract(Decimal(now), Decimal(before))


def points_change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """The change between two percentages, in percentage points.

    Give the percentages as computed, not as printed, so that a change is rounded once.

    >>> rounded(points_change(percent(4, 2550), percent(7, 2530)), 2)
    Decimal('-0.12')
    """
    return change(now, before)


def total(parts: Iterable[int | None]) -> int | None:
    """The sum of counts, not known as soon as one of them is not.

    >>> total([3, 4]), total([3, None]), total([])
    (7, None, 0)
    """
    found = list(parts)
    known = [part for part in found if part is not None]
    return sum(known) if len(known) == len(found) else None


def rounded(value: Number | Fraction | None, places: int) -> Decimal | None:
    """The figure as printed: `places` decimals, a half rounded away from zero.

    >>> rounded(Decimal("0.125"), 2), rounded(Decimal("-0.125"), 2), rounded(None, 2)
    (Decimal('0.13'), Decimal('-0.13'), None)
    """
    if value is None:
        return None
    if isinstance(value, Fraction):
        value = _EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    figure = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT)
    return abs(figure) if figure.is_zero() else figure
