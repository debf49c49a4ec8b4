"""The lists of figures: those declared, and one told by the units of a map."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from muster.kernel import formulas
from muster.kernel.manifest import Indicator, Label
from muster.shell import written
from muster.shell.components import Status
from muster.shell.tables import Column, Listing, plain
from muster.synthesis.indicators import queries
from muster.synthesis.indicators.queries import OnMap

SHOWN = 2
"""Decimals of a figure that was shared out."""


def _label(row: Any) -> object:
    found = queries.catalogue().get(row.indicator)
    return found.label if found else row.indicator


def _amount(row: Any) -> str:
    number = _plain(row.numerator)
    return number if row.denominator is None else f"{number}/{_plain(row.denominator)}"


def _plain(value: Any) -> str:
    exact = value.normalize()
    return written.number(value, max(-exact.as_tuple().exponent, 0))


def _state(row: Any) -> Status:
    return (
        Status(pgettext_lazy("of a declaration", "replaced"), "neutral")
        if row.replaced_by
        else Status(pgettext_lazy("of a declaration", "counts"), "good")
    )


DECLARED = (
    Column("figure", _("Figure"), _label),
    Column("unit", _("Unit"), lambda row: f"{row.unit_kind} {row.unit_name}"),
    Column("period", _("Period"), lambda row: written.period(row.period)),
    Column("amount", _("Stated number"), _amount, kind="number"),
    Column("state", _("State"), _state, kind="status"),
    Column("source", _("Document"), lambda row: gettext(row.source)),
    Column(
        "declared", _("Declared on"), lambda row: row.declared_at.date(), order="id", kind="date"
    ),
)


def of_map(wanted: Indicator, found: Sequence[OnMap], caption: Label, note: Label = "") -> Listing:
    """One figure by the units of a map, each with what it rests on."""
    share = wanted.unit == "percent"
    columns = [
        Column("unit", _("Unit"), lambda each: each.unit.full_name),
        Column("code", _("Code"), lambda each: each.unit.code),
        Column("count", _("Count"), lambda each: _part(each, "numerator"), kind="number"),
    ]
    if share:
        columns += [
            Column("of", _("Of"), lambda each: _part(each, "denominator"), kind="number"),
            Column("value", _("Share"), lambda each: _value(each, wanted), kind="percent"),
        ]
    columns.append(Column("state", _("Comparable"), _comparable, kind="status"))
    columns.append(Column("remark", _("Remark"), remark))
    return plain(caption, columns, found, note=note)


def _part(each: OnMap, name: str) -> Decimal | None:
    return two_places(getattr(each.amount, name)) if each.amount else None


def _value(each: OnMap, wanted: Indicator) -> Decimal | None:
    return each.amount.value(wanted.unit, wanted.places) if each.amount else None


def two_places(number: formulas.Number | None) -> Decimal | None:
    """A count to two decimals where it was shared out, whole where it is whole."""
    exact = formulas.rounded(None if number is None else Decimal(number), SHOWN)
    whole = exact is not None and exact == exact.to_integral_value()
    return exact.to_integral_value() if exact is not None and whole else exact


def _comparable(each: OnMap) -> Status:
    if each.amount is None and not each.divided:
        return Status(gettext("not told"), "neutral")
    if each.comparable:
        return Status(gettext("comparable"), "good")
    if each.amount is None:
        return Status(gettext("not comparable"), "warn")
    return Status(gettext("by a stated method"), "info")


def remark(each: OnMap) -> str:
    """Why a figure is missing, or on what assumption it stands."""
    remarks = []
    if each.missing:
        names = {"units": ", ".join(each.missing)}
        remarks.append(gettext("nothing declared by %(units)s") % names)
    if each.divided and each.amount is None and not each.missing:
        names = {"units": ", ".join(each.divided)}
        remarks.append(gettext("not comparable: %(units)s was divided") % names)
    elif each.divided and each.method:
        by = {"people": gettext("shared out by people"), "area": gettext("shared out by area")}
        remarks.append(f"{by[each.method]}: {', '.join(each.divided)}")
    return "; ".join(remarks)
