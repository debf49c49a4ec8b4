"""The list of declared figures."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.shell import written
from muster.shell.components import Status
from muster.shell.tables import Column
from muster.synthesis.indicators import queries


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
    Column("period", _("Period"), "period"),
    Column("amount", _("Stated number"), _amount, kind="number"),
    Column("state", _("State"), _state, kind="status"),
    Column("source", _("Document"), "source"),
    Column(
        "declared", _("Declared on"), lambda row: row.declared_at.date(), order="id", kind="date"
    ),
)
