"""A figure in words, in the cells of a table and in JSON, in the reader's language."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from muster.kernel.periods import Period
from muster.shell import written
from muster.synthesis.indicators.queries import Figure
from muster.synthesis.indicators.rules import Amount


def headings() -> tuple[str, ...]:
    """What stands over the cells of a figure's row, its source included."""
    return (
        _("Figure"),
        pgettext("of a figure", "Count"),
        pgettext("of a figure", "Value"),
        pgettext("of a figure", "Before"),
        pgettext("of a figure", "Change"),
        pgettext("of a figure", "Basis and source"),
    )


def period_name(period: Period) -> str:
    """A period as reports call it: the first six months of 2025."""
    return written.period(period.code)


def sentence(figure: Figure) -> str:
    """The figure in a sentence: what, how many of how many, and against the time before."""
    now = _stated(figure, figure.amount)
    if figure.previous is None or figure.previous_period is None or figure.previous_value is None:
        return _("%(label)s: %(now)s.") % {"label": figure.indicator.label, "now": now}
    return _("%(label)s: %(now)s, %(moved)s against %(period)s (%(then)s).") % {
        "label": figure.indicator.label,
        "now": now,
        "moved": _moved(figure),
        "period": period_name(figure.previous_period),
        "then": _stated(figure, figure.previous),
    }


def _stated(figure: Figure, amount: Amount) -> str:
    """11, or 4/2,550 that is 0.16 %."""
    if amount.denominator is None:
        return written.number(amount.numerator)
    return _("%(numerator)s/%(denominator)s, that is %(value)s") % {
        "numerator": written.number(amount.numerator),
        "denominator": written.number(amount.denominator),
        "value": _shown(amount.value(figure.indicator.unit, figure.indicator.places), figure),
    }


def _moved(figure: Figure) -> str:
    """Up or down by how much."""
    change = figure.change
    if not change:
        return _("unchanged")
    by = {"change": written.number(abs(change), figure.indicator.places)}
    if figure.indicator.unit == "count":
        return (_("up by %(change)s") if change > 0 else _("down by %(change)s")) % by
    return (_("up by %(change)s points") if change > 0 else _("down by %(change)s points")) % by


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
    """The figure's row: 4/2,550, 0.16 %, before 0.28 % (7/2,530), change −0.12."""
    before = _shown(figure.previous_value, figure)
    if figure.previous is not None and figure.previous.denominator is not None:
        before = f"{before} ({_count(figure.previous)})"
    return Cells(
        label=str(figure.indicator.label),
        count=_count(figure.amount),
        value=_shown(figure.value, figure),
        before=before,
        change=written.signed(figure.change, figure.indicator.places),
        basis=basis_name(figure),
    )


def basis_name(figure: Figure) -> str:
    """What the figure rests on, with what weakens it: derived, scaled."""
    words = {
        "derived": pgettext("basis of a figure", "derived"),
        "declared": pgettext("basis of a figure", "declared"),
    }
    marks = [words[figure.basis.value]]
    if figure.scaled:
        marks.append(pgettext("basis of a figure", "scaled"))
    if not figure.confirmed:
        marks.append(pgettext("basis of a figure", "unconfirmed"))
    return ", ".join(marks)


def _count(amount: Amount) -> str:
    if amount.denominator is None:
        return written.number(amount.numerator)
    return f"{written.number(amount.numerator)}/{written.number(amount.denominator)}"


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
        "previous_period": figure.previous_period and figure.previous_period.code,
        "change": _plain(figure.change),
        "basis": figure.basis.value,
        "source": str(figure.source),
        "scaled": figure.scaled,
        "confirmed": figure.confirmed,
        "assumptions": [str(doubt) for doubt in figure.doubts],
        "sentence": sentence(figure),
    }


def _shown(value: Decimal | None, figure: Figure) -> str:
    if figure.indicator.unit == "count":
        return written.number(value)
    return written.percent(value, figure.indicator.places)


def _plain(value: Any) -> int | float | None:
    if value is None:
        return None
    number = Decimal(value)
    return int(number) if number == number.to_integral_value() else float(number)
