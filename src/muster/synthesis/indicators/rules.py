"""What a figure is and how it compares, over plain values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from muster.kernel import formulas
from muster.kernel.periods import Period


class Basis(StrEnum):
    """Whether a figure was counted from cases or read from a document."""

    DERIVED = "derived"
    DECLARED = "declared"


@dataclass(frozen=True)
class Amount:
    """A count, or a share when it has a denominator."""

    numerator: formulas.Number | None
    denominator: formulas.Number | None = None

    def exact(self, unit: str) -> Decimal | None:
        """The count itself, or the percentage unrounded; a share of nothing has no value.

        `unit` is `count` or `percent`.
        """
        if self.numerator is None:
            return None
        if unit == "count":
            return Decimal(self.numerator)
        return formulas.percent(self.numerator, self.denominator)

    def value(self, unit: str, places: int) -> Decimal | None:
        """The printed value, rounded half up to so many decimals."""
        return formulas.rounded(self.exact(unit), places)


def change(now: Amount, then: Amount | None, *, unit: str, places: int) -> Decimal | None:
    """The difference to the time before, rounded once: of counts, or of shares in points.

    >>> change(Amount(4, 2550), Amount(7, 2530), unit="percent", places=2)
    Decimal('-0.12')
    >>> change(Amount(11), None, unit="count", places=0) is None
    True
    """
    if then is None:
        return None
    return formulas.rounded(formulas.change(now.exact(unit), then.exact(unit)), places)


def read_on(period: Period, opened_on: date, closed_on: date | None) -> date:
    """The day on which a unit's figures of a period are read, unless somebody asks for another.

    It is the period's last day, moved into the life of a unit that was opened later or
    closed before.

    >>> from muster.kernel.periods import parse
    >>> read_on(parse("2025H1"), date(2025, 7, 1), None)
    datetime.date(2025, 7, 1)
    >>> read_on(parse("2025"), date(2023, 1, 1), date(2025, 7, 1))
    datetime.date(2025, 6, 30)
    """
    last = period.last_day if closed_on is None else min(period.last_day, closed_on - timedelta(1))
    return max(last, opened_on)


@dataclass(frozen=True)
class Part:
    """What a unit of the period's map gives to one of a later map.

    `amount` is None when the unit declared nothing; `share` is how much of the unit's
    ground came there, 1 for all of it, None when it was divided and nothing measures it.
    """

    name: str
    amount: Amount | None
    share: Fraction | None


def put_together(parts: Sequence[Part]) -> Amount | None:
    """The sum of the parts; not known while one of them is not.

    >>> halves = [Part("a", Amount(11), Fraction(1)), Part("b", Amount(4), Fraction(1, 2))]
    >>> put_together(halves).numerator
    Decimal('13')
    >>> put_together([Part("b", Amount(4), None)]) is None
    True
    """
    known = [(each.amount, each.share) for each in parts if each.amount and each.share is not None]
    if not parts or len(known) < len(parts):
        return None
    return Amount(
        _sum((amount.numerator, share) for amount, share in known),
        _sum((amount.denominator, share) for amount, share in known),
    )


def _sum(terms: Iterable[tuple[formulas.Number | None, Fraction]]) -> Decimal | None:
    total = Fraction(0)
    for number, share in terms:
        if number is None:
            return None
        total += Fraction(number) * share
    return Decimal(total.numerator) / Decimal(total.denominator)
