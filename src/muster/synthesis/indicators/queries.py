"""Figures read through the manifests: one indicator, or all that a unit has."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from muster.foundation.accounts import queries as accounts
from muster.foundation.accounts.models import User
from muster.foundation.units import queries as units
from muster.foundation.units.models import Level, Unit, UnitVersion
from muster.kernel.errors import Refused
from muster.kernel.manifest import Indicator, Label, Result, Row, Scope
from muster.kernel.periods import Period, parse
from muster.shell.discovery import manifests
from muster.synthesis.indicators import rules
from muster.synthesis.indicators.models import DeclaredFigure
from muster.synthesis.indicators.rules import Amount, Basis


class UnknownIndicator(Refused):
    """A code that no slice contributes."""


class OutOfReach(Refused):
    """A unit whose ground the user's posts do not cover."""


@dataclass(frozen=True)
class Figure:
    """One indicator of a unit in a period, on the map of a day, beside the time before.

    `doubts` are the sources of what it rests on and nobody has confirmed. Sources are kept
    as they were written and told in the reader's language where a catalogue knows them.
    """

    indicator: Indicator
    period: Period
    amount: Amount
    previous: Amount | None
    previous_period: Period | None
    basis: Basis
    source: Label
    scaled: bool = False
    doubts: tuple[Label, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether everything that the figure and its comparison rest on was confirmed."""
        return not self.doubts

    @property
    def value(self) -> Decimal | None:
        """What is printed: a count, or a share in per cent."""
        return self.amount.value(self.indicator.unit, self.indicator.places)

    @property
    def previous_value(self) -> Decimal | None:
        """The same of the time before."""
        if self.previous is None:
            return None
        return self.previous.value(self.indicator.unit, self.indicator.places)

    @property
    def change(self) -> Decimal | None:
        """The difference to the time before."""
        unit, places = self.indicator.unit, self.indicator.places
        return rules.change(self.amount, self.previous, unit=unit, places=places)


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
        raise UnknownIndicator(
            f"There is no indicator “{code}”; known are {known}.", code="indicators.unknown"
        ) from None


def scope(unit_id: int, period: Period, as_of: date) -> Scope:
    """The unit's ground on the map of a day, asked over a period."""
    return Scope(unit_id, units.place_ids(unit_id, as_of), period, as_of)


def figure(code: str, unit_id: int, period: Period, as_of: date) -> Figure | None:
    """The figure as its slice derives it, else as it was declared, else None."""
    return _figure(indicator(code), scope(unit_id, period, as_of))


def figures(unit_id: int, period: Period, as_of: date) -> list[Figure]:
    """All figures that the unit has for the period, in the slices' order."""
    asked = scope(unit_id, period, as_of)
    found = (_figure(each, asked) for each in catalogue().values())
    return [each for each in found if each is not None]


def rows(code: str, unit_id: int, period: Period, as_of: date) -> Iterator[Row]:
    """The cases behind a derived figure."""
    wanted = indicator(code)
    if wanted.rows is not None:
        yield from wanted.rows(scope(unit_id, period, as_of))


def known() -> set[tuple[int, Period]]:
    """Units (ids) and periods of which some slice, or some document, has something to tell."""
    derived = {pair for each in catalogue().values() if each.known for pair in each.known()}
    declared = DeclaredFigure.objects.order_by().values_list("unit_id", "period").distinct()
    return derived | {(unit_id, parse(period)) for unit_id, period in declared}


def _figure(wanted: Indicator, asked: Scope) -> Figure | None:
    return _derived(wanted, asked) or _declared(wanted, asked)


def _before(wanted: Indicator, asked: Scope) -> Scope | None:
    """The same question of the time before; None where a figure is not compared."""
    return wanted.previous and replace(asked, period=wanted.previous(asked.period))


def _derived(wanted: Indicator, asked: Scope) -> Figure | None:
    now = wanted.compute(asked) if wanted.compute else None
    if wanted.compute is None or now is None:
        return None
    earlier = _before(wanted, asked)
    then = wanted.compute(earlier) if earlier else None
    return Figure(
        indicator=wanted,
        period=asked.period,
        amount=_amount(now),
        previous=_amount(then) if then else None,
        previous_period=earlier.period if earlier else None,
        basis=Basis.DERIVED,
        source=_told(now.source),
        scaled=now.scaled,
        doubts=tuple(_told(each.source) for each in (now, then) if each and not each.confirmed),
    )


def _told(source: str) -> Label:
    return gettext_lazy(source) if source else ""


def _amount(result: Result) -> Amount:
    return Amount(result.numerator, result.denominator)


def _declared(wanted: Indicator, asked: Scope) -> Figure | None:
    earlier = _before(wanted, asked)
    now = _latest(wanted.code, asked)
    then = _latest(wanted.code, earlier) if earlier else None
    if now is None:
        return None
    return Figure(
        indicator=wanted,
        period=asked.period,
        amount=Amount(now.numerator, now.denominator),
        previous=Amount(then.numerator, then.denominator) if then else None,
        previous_period=earlier.period if earlier else None,
        basis=Basis.DECLARED,
        source=_told(now.source),
    )


def _latest(code: str, asked: Scope) -> DeclaredFigure | None:
    stated = DeclaredFigure.objects.filter(
        indicator=code, unit_id=asked.unit_id, period=asked.period.code
    )
    return stated.order_by("-pk").first()


@dataclass(frozen=True)
class OnMap:
    """A figure of a period for a unit of another map.

    `divided` names the units whose figure cannot be told apart there, `missing` those
    that declared nothing; `method` is how divided ones were shared out, if they were.
    """

    unit: units.Named
    amount: Amount | None
    basis: Basis
    divided: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    method: str = ""

    @property
    def comparable(self) -> bool:
        """Whether the figure is told for the same ground without any assumption."""
        return not self.divided


def on_map(
    code: str, period: Period, asked: Iterable[units.Named], on: date, method: str = ""
) -> list[OnMap]:
    """One figure of a period for units of the map of a day, derived or declared.

    A derived figure is counted on their ground. A declared one belongs to the unit that
    declared it: whole successions add up, and a unit that was divided leaves its heirs
    without a comparable figure, unless `method` (`people` or `area`) shares it out. People
    who wait for their part count with the keeper.
    """
    wanted = indicator(code)
    if wanted.compute is not None:
        return [_counted(wanted, unit, scope(unit.id, period, on)) for unit in asked]
    crossing = units.Crossing.between(period.last_day, on, method)
    stated = {
        each.unit_id: Amount(each.numerator, each.denominator)
        for each in DeclaredFigure.objects.filter(indicator=code, period=period.code).order_by("pk")
    }
    return [_stated(unit, stated, crossing, period.last_day, on) for unit in asked]


def units_under(code: str | None, on: date) -> list[units.Named]:
    """A unit of the map of a day and those right under it; without a code every province."""
    units.require_known_day(on)
    if not code:
        provinces = Unit.objects.filter(tree="government", level=Level.PROVINCE)
        return list(units.named(provinces.values_list("pk", flat=True), on).values())
    above = units.resolve(code, on)
    return [above, *units.children(above.id, on)]


def _counted(wanted: Indicator, unit: units.Named, asked: Scope) -> OnMap:
    found = wanted.compute(asked) if wanted.compute else None
    return OnMap(unit, _amount(found) if found else None, Basis.DERIVED)


def _stated(
    unit: units.Named, stated: Mapping[int, Amount], crossing: units.Crossing, begin: date, on: date
) -> OnMap:
    if unit.opened_on > begin and unit.id in stated:
        return OnMap(unit, stated[unit.id], Basis.DECLARED)
    found = crossing.into(unit, set(units.leaf_ids(unit.id, on)))
    names = units.named(found, begin)
    parts = [
        rules.Part(names[old].full_name, stated.get(old), share)
        for old, (share, _whole) in found.items()
    ]
    if not any(part.amount for part in parts):
        return OnMap(unit, None, Basis.DECLARED)
    return OnMap(
        unit, rules.put_together(parts), Basis.DECLARED,
        divided=tuple(sorted(names[old].full_name for old, (_, whole) in found.items() if not whole)),
        missing=tuple(sorted(part.name for part in parts if part.amount is None)),
        method=crossing.method,
    )  # fmt: skip


def declarations() -> QuerySet[DeclaredFigure]:
    """Every declared figure, the latest first, with the unit's name and whether it still counts.

    `unit_name` is the last name of the unit; `replaced_by` a later declaration's id, if any.
    """
    names = UnitVersion.objects.filter(unit=OuterRef("unit")).order_by("-valid_from", "-pk")
    later = DeclaredFigure.objects.filter(
        indicator=OuterRef("indicator"),
        unit=OuterRef("unit"),
        period=OuterRef("period"),
        pk__gt=OuterRef("pk"),
    ).order_by("pk")
    return (
        DeclaredFigure.objects.select_related("unit")
        .annotate(
            unit_kind=Subquery(names.values("kind")[:1]),
            unit_name=Subquery(names.values("name")[:1]),
            replaced_by=Subquery(later.values("pk")[:1]),
        )
        .order_by("-pk")
    )


def declarable() -> list[Indicator]:
    """The indicators that no slice computes."""
    return [each for each in catalogue().values() if each.compute is None]


def covers(user: User, unit_id: int, on: date, today: date) -> bool:
    """Whether the user's posts reach all the ground that the unit had on a day.

    A figure of a unit is only shown to whoever may see all the cases that it counts:
    to others it would be a smaller number under the same name.
    """
    reach = accounts.reach(user, today)
    if reach.everywhere:
        return True
    inside = set(units.place_ids(reach.leaf_units, today))
    return inside.issuperset(units.place_ids(unit_id, on))


def require_reach(user: User, unit: units.Named, on: date, today: date) -> None:
    """Refuse a unit whose ground the user's posts do not cover."""
    if not covers(user, unit.id, on, today):
        raise OutOfReach(
            _("%(unit)s lies beyond your post; ask for the figures of your own unit.")
            % {"unit": unit.full_name},
            code="indicators.out_of_reach",
        )
