"""Figures read through the manifests: one indicator, or all that a unit has."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from muster.foundation.units import queries as units
from muster.kernel import formulas
from muster.kernel.errors import Refused
from muster.kernel.manifest import Indicator, Result, Row, Scope
from muster.kernel.periods import Period
from muster.shell.discovery import manifests
from muster.synthesis.indicators.models import DeclaredFigure
from muster.synthesis.indicators.rules import Amount, Basis


class UnknownIndicator(Refused):
    """A code that no slice contributes."""


@dataclass(frozen=True)
class Figure:
    """One indicator of a unit in a period, on the map of a day, beside the year before."""

    indicator: Indicator
    period: Period
    amount: Amount
    previous: Amount | None
    previous_period: Period
    basis: Basis
    source: str
    scaled: bool = False
    confirmed: bool = True

    @property
    def value(self) -> Decimal | None:
        return self.amount.value(self.indicator.unit, self.indicator.places)

    @property
    def previous_value(self) -> Decimal | None:
        return self.previous and self.previous.value(self.indicator.unit, self.indicator.places)

    @property
    def change(self) -> Decimal | None:
        """The difference to the year before, rounded once: of counts, or of shares in points."""
        if self.previous is None:
            return None
        unit, places = self.indicator.unit, self.indicator.places
        now, then = self.amount.exact(unit), self.previous.exact(unit)
        return None if now is None or then is None else formulas.rounded(now - then, places)


@cache
def catalogue() -> Mapping[str, Indicator]:
    """Every indicator that the slices contribute, by code."""
    return {each.code: each for manifest in manifests() for each in manifest.indicators}


def indicator(code: str) -> Indicator:
    """The indicator of that code."""
    try:
        return catalogue()[code]
    except KeyError:
        known = ", ".join(sorted(catalogue()))
        raise UnknownIndicator(f"There is no indicator “{code}”; known are {known}.") from None


def scope(unit_id: int, period: Period, as_of: date) -> Scope:
    """The unit's ground on the map of a day, asked over a period."""
    places = tuple(units.place_ids(unit_id, as_of))
    return Scope(unit_id=unit_id, place_ids=places, period=period, as_of=as_of)


def figure(code: str, unit_id: int, period: Period, as_of: date) -> Figure | None:
    """The figure as its slice derives it, else as it was declared, else None."""
    wanted = indicator(code)
    before = wanted.previous(period)
    return _derived(wanted, unit_id, period, before, as_of) or _declared(
        wanted, unit_id, period, before
    )


def figures(unit_id: int, period: Period, as_of: date) -> list[Figure]:
    """All figures that the unit has for the period, in the slices' order."""
    found = (figure(code, unit_id, period, as_of) for code in catalogue())
    return [each for each in found if each is not None]


def rows(code: str, unit_id: int, period: Period, as_of: date) -> Iterator[Row]:
    """The cases behind a derived figure."""
    wanted = indicator(code)
    if wanted.rows is not None:
        yield from wanted.rows(scope(unit_id, period, as_of))


def _derived(
    wanted: Indicator, unit_id: int, period: Period, before: Period, as_of: date
) -> Figure | None:
    if wanted.compute is None:
        return None
    now = wanted.compute(scope(unit_id, period, as_of))
    if now is None:
        return None
    then = wanted.compute(scope(unit_id, before, as_of))
    return Figure(
        indicator=wanted,
        period=period,
        amount=_amount(now),
        previous=_amount(then) if then else None,
        previous_period=before,
        basis=Basis.DERIVED,
        source=now.source,
        scaled=now.scaled,
        confirmed=now.confirmed and (then is None or then.confirmed),
    )


def _amount(result: Result) -> Amount:
    return Amount(result.numerator, result.denominator)


def _declared(
    wanted: Indicator, unit_id: int, period: Period, before: Period
) -> Figure | None:
    now, then = (_latest(wanted.code, unit_id, each) for each in (period, before))
    if now is None:
        return None
    return Figure(
        indicator=wanted,
        period=period,
        amount=Amount(now.numerator, now.denominator),
        previous=Amount(then.numerator, then.denominator) if then else None,
        previous_period=before,
        basis=Basis.DECLARED,
        source=now.source,
    )


def _latest(code: str, unit_id: int, period: Period) -> DeclaredFigure | None:
    declared = DeclaredFigure.objects.filter(indicator=code, unit_id=unit_id, period=period.code)
    return declared.order_by("-pk").first()
