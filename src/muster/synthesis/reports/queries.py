"""The half-year review of a unit as plain values, before any form is given to it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from muster.foundation.units import queries as units
from muster.kernel import periods
from muster.shell import charts, written
from muster.shell.components import Bar, Card
from muster.synthesis.indicators import queries as indicators
from muster.synthesis.indicators.queries import Figure


@dataclass(frozen=True)
class Review:
    """A unit's review of a period, on the map of `as_of`."""

    unit: units.Named
    province: str
    period: periods.Period
    as_of: date
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]

    @property
    def title(self) -> str:
        return _("Review of %(period)s: %(unit)s") % {
            "period": period_name(self.period),
            "unit": self.unit.full_name,
        }


def half_year(code: str, period_code: str, as_of: date | None = None) -> Review:
    """The review of the unit that bore the code on `as_of`, by default the period's last day.

    Unknown codes and periods are refused in a sentence. A code that meant another
    unit at either end of the period is answered with a note that names them all.
    """
    period = periods.parse(period_code)
    on = as_of or period.last_day
    unit = units.resolve(code, on)
    figures = tuple(indicators.figures(unit.id, period, on))
    above = units.ancestors(unit.id, on)
    return Review(
        unit=unit,
        province=above[-1].full_name if above else "",
        period=period,
        as_of=on,
        figures=figures,
        notes=(*_other_bearers(unit, period), *_doubts(figures)),
    )


@dataclass(frozen=True)
class Offer:
    """A review that can be opened: of which unit, for which period, on which day's map."""

    unit: units.Named
    period: periods.Period
    as_of: date

    @property
    def title(self) -> str:
        return period_name(self.period)

    @property
    def url(self) -> str:
        path = reverse("reports:half_year", args=[self.unit.code, self.period.code])
        return f"{path}?on={self.as_of.isoformat()}"


def offered() -> list[Offer]:
    """Every half-year for which a unit has a season or a declared figure, the latest first."""
    found = []
    for unit_id, period in indicators.known():
        unit = units.last_named(unit_id, period.last_day)
        if unit:
            found.append(Offer(unit[0], period, unit[1]))
    return sorted(found, key=lambda each: (each.period.start, each.unit.name), reverse=True)


def period_name(period: periods.Period) -> str:
    """A period as reports call it: the first six months of 2025."""
    year, part = period.code[:4], period.code[4:]
    if part == "H1":
        return _("the first six months of %(year)s") % {"year": year}
    if part == "H2":
        return _("the last six months of %(year)s") % {"year": year}
    return period.code if part else _("the year %(year)s") % {"year": year}


def sentence(figure: Figure) -> str:
    """The figure in a sentence: what, how many of how many, and against the time before."""
    values = {
        "label": figure.indicator.label,
        "numerator": written.number(figure.amount.numerator),
        "denominator": written.number(figure.amount.denominator),
        "value": _shown(figure.value, figure),
        "change": written.signed(figure.change, figure.indicator.places),
        "before": _shown(figure.previous_value, figure),
        "numerator_before": written.number(figure.previous and figure.previous.numerator),
        "period": period_name(figure.previous_period),
    }
    if figure.amount.denominator is None:
        text = _("%(label)s: %(numerator)s.")
    elif figure.previous is None:
        text = _("%(label)s: %(numerator)s of %(denominator)s, that is %(value)s.")
    else:
        text = _(
            "%(label)s: %(numerator)s of %(denominator)s, that is %(value)s; in %(period)s"
            " %(numerator_before)s, that is %(before)s (%(change)s points)."
        )
    return text % values


@dataclass(frozen=True)
class Cells:
    """A figure as a row of a table, every cell written in the reader's language."""

    label: str
    count: str
    value: str
    before: str
    change: str
    basis: str


def cells(figure: Figure) -> Cells:
    """The figure's row: 4 of 2,550, 0.16 %, before 0.28 % (7), change −0.12."""
    before = _shown(figure.previous_value, figure)
    if figure.previous is not None and figure.indicator.unit == "percent":
        before = f"{before} ({written.number(figure.previous.numerator)})"
    return Cells(
        label=str(figure.indicator.label),
        count=_count(figure),
        value=_shown(figure.value, figure),
        before=before,
        change=written.signed(figure.change, figure.indicator.places),
        basis=figure.basis.value,
    )


def _count(figure: Figure) -> str:
    if figure.amount.denominator is None:
        return written.number(figure.amount.numerator)
    return f"{written.number(figure.amount.numerator)}/{written.number(figure.amount.denominator)}"


def as_row(figure: Figure) -> dict[str, Any]:
    """The figure as one row of the JSON answer; shares and changes in per cent and points."""
    before = figure.previous
    return {
        "code": figure.indicator.code,
        "label": str(figure.indicator.label),
        "unit": figure.indicator.unit,
        "numerator": _plain(figure.amount.numerator),
        "denominator": _plain(figure.amount.denominator),
        "value": _plain(figure.value),
        "previous": _plain(figure.previous_value),
        "previous_numerator": _plain(before and before.numerator),
        "previous_denominator": _plain(before and before.denominator),
        "previous_period": figure.previous_period.code,
        "change": _plain(figure.change),
        "basis": figure.basis.value,
        "source": figure.source,
        "scaled": figure.scaled,
        "confirmed": figure.confirmed,
        "sentence": sentence(figure),
    }


def as_card(review: Review, figure: Figure) -> Card:
    """The figure as a card of the page; it opens to its cases when they can be listed."""
    direction = figure.indicator.direction
    better = None
    if figure.change and direction != "none":
        better = (figure.change > 0) == (direction == "up")
    return Card(
        label=figure.indicator.label,
        value=figure.value,
        unit=figure.indicator.unit,
        places=figure.indicator.places,
        previous=figure.previous_value,
        change=figure.change,
        change_unit="count" if figure.indicator.unit == "count" else "points",
        better=better,
        basis=figure.basis.value,
        source=figure.source,
        scaled=figure.scaled,
        unconfirmed=not figure.confirmed,
        href=rows_url(review, figure),
    )


def rows_url(review: Review, figure: Figure) -> str:
    """Where the cases behind the figure are listed; empty for a declared one."""
    if figure.indicator.rows is None:
        return ""
    path = reverse("reports:rows", args=[review.unit.code, review.period.code, figure.indicator.code])
    return f"{path}?on={review.as_of.isoformat()}"


def comparison(review: Review) -> charts.Chart | None:
    """All shares of the review beside those of the time before, None without any."""
    bars = [
        Bar(
            label=str(figure.indicator.label),
            value=figure.value,
            before=figure.previous_value,
            href=rows_url(review, figure),
        )
        for figure in review.figures
        if figure.indicator.unit == "percent" and figure.value is not None
    ]
    title = _("Shares in per cent, and where they stood before")
    return charts.bar_comparison(bars, title=title) if bars else None


def _shown(value: Decimal | None, figure: Figure) -> str:
    if figure.indicator.unit == "count":
        return written.number(value)
    return written.percent(value, figure.indicator.places)


def _plain(value: Any) -> int | float | None:
    if value is None:
        return None
    number = Decimal(value)
    return int(number) if number == number.to_integral_value() else float(number)


def _other_bearers(unit: units.Named, period: periods.Period) -> list[str]:
    return [
        _("On %(day)s to %(last)s the code %(code)s meant another unit: %(name)s.")
        % {
            "code": unit.code,
            "name": other.full_name,
            "day": written.day(max(other.opened_on, period.start)),
            "last": written.day(period.last_day),
        }
        for other in units.ambiguity(unit.code, period)
        if other.id != unit.id
    ]


def _doubts(figures: tuple[Figure, ...]) -> list[str]:
    notes = []
    if any(figure.scaled for figure in figures):
        notes.append(_("Scaled: played on a part of the people, quotas in proportion."))
    doubtful = [str(figure.indicator.label) for figure in figures if not figure.confirmed]
    if doubtful:
        notes.append(_("Rests on an assumption: %(labels)s.") % {"labels": ", ".join(doubtful)})
    return notes
