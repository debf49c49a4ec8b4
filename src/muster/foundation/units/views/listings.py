"""The lists of the pages: which columns, and what each opens."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from muster.foundation.units.models import Order
from muster.foundation.units.queries import Named
from muster.foundation.units.rules import Finding
from muster.foundation.units.views import asked
from muster.foundation.units.views.acts import Line
from muster.foundation.units.views.folder import status
from muster.foundation.units.views.words import TREES, capital, kind
from muster.kernel.manifest import Label
from muster.shell import paging
from muster.shell.tables import Column, Listing, page, plain


def children(
    units: Sequence[Named],
    on: date,
    people: Mapping[int, int] | None,
    caption: Label = "",
) -> Listing:
    """The units right under another; `people` by unit, None where the reach ends."""
    columns = [
        Column(
            "name",
            pgettext_lazy("of a unit", "Name"),
            lambda each: capital(each.full_name),
            href=lambda each: asked.unit_href(each, on),
        ),
        Column("kind", _("Kind"), lambda each: kind(each.kind)),
        Column("code", _("Code")),
    ]
    if any(each.area_km2 for each in units):
        columns.append(
            Column("area", _("Area, km²"), lambda each: tenth(each.area_km2), kind="number")
        )
    if people is not None and any(people.values()):
        columns.append(
            Column("people", _("People"), lambda each: people.get(each.id, 0), kind="number")
        )
    return plain(caption or _("Units under it"), columns, units)


def tenth(area: float | None) -> Decimal | None:
    """An area as a table writes it, to a tenth of a square kilometre."""
    return None if area is None else Decimal(str(area)).quantize(Decimal("0.1"))


ROWS = 100
"""So many rows of a long list come at once, for a weak line."""

ORDERS = (
    Column(
        "number",
        _("Number"),
        href=lambda each: reverse("units:order", args=[each.pk]),
        order="number",
    ),
    Column("title", _("Title")),
    Column("tree", _("Tree"), lambda each: TREES[each.tree]),
    Column("signed", _("Signed on"), "signed_on", kind="date", order="signed_on"),
    Column("effective", _("Takes effect on"), "effective_on", kind="date"),
    Column("state", _("State"), status, kind="status"),
)

ACTS = (
    Column("number", pgettext_lazy("of a row", "No."), kind="number"),
    Column("verb", _("Act")),
    Column("left", pgettext_lazy("of a change", "From")),
    Column("right", pgettext_lazy("of a change", "To")),
    Column("note", _("Note")),
)


def _where(finding: Finding) -> str:
    """The line of a file, else the act of a form, counted from one."""
    if finding.line is not None:
        return gettext("line %(n)s") % {"n": finding.line}
    return "" if finding.act is None else gettext("act %(n)s") % {"n": finding.act + 1}


FINDINGS = (
    Column("where", _("Where"), _where),
    Column("sentence", _("Fault"), lambda each: gettext(each.template) % each.values),
)


def orders(rows: QuerySet[Order], query: QueryDict) -> Listing:
    """One page of orders."""
    return page(
        rows, query, ORDERS, caption=_("Orders"), default="-signed",
        empty_title=_("No order yet"), empty_text=_("File the text of an order to see what it would do."),
    )  # fmt: skip


def acts(lines: Sequence[Line], query: QueryDict) -> Listing:
    """The acts of an order, a page at a time."""
    columns = ACTS if any(each.note for each in lines) else ACTS[:-1]
    return part(_("Acts"), columns, lines, query, "acts")


def findings(found: Sequence[Finding]) -> Listing | None:
    """The faults of an order, each with its line; None when there are none."""
    return plain(_("Faults"), FINDINGS, found) if found else None


def part(
    caption: Label, columns: Sequence[Column], rows: Sequence[Any], query: QueryDict, name: str
) -> Listing:
    """A long list at hand, a hundred rows at a time."""
    wish = paging.beyond(query, name)
    start = wish if wish < len(rows) else 0
    return plain(
        caption,
        columns,
        rows[start : start + ROWS],
        name=name,
        total=len(rows) if len(rows) > ROWS else None,
        **paging.moves(query, ROWS, here=start, more=start + ROWS < len(rows), name=name),
    )


def boundaries(groups: Sequence[Mapping[str, Any]]) -> Listing:
    """The documents whose boundaries are loaded."""
    columns = (
        Column("source", _("Source")),
        Column("loaded_on", _("Loaded on"), kind="date"),
        Column("units", _("Units"), kind="number"),
    )
    return plain(_("Loaded boundaries"), columns, groups)
