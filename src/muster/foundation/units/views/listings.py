"""The lists of the pages: which columns, and what each opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.foundation.units.models import Order, PlaceKind, Placement
from muster.foundation.units.queries import Cell, Matrix, Named, Preview, Suggestion, Waiting
from muster.foundation.units.queries.waiting import Divided
from muster.foundation.units.rules import Finding
from muster.foundation.units.views import asked
from muster.foundation.units.views.acts import Line
from muster.foundation.units.views.folder import status
from muster.foundation.units.views.words import TREES, capital, kind
from muster.kernel.manifest import Label
from muster.shell import written
from muster.shell.components import Card, Fact, Status
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
            _("Name"),
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
    Column("number", _("No."), kind="number"),
    Column("verb", _("Act")),
    Column("left", _("From")),
    Column("right", _("To")),
    Column("note", _("Note")),
)

FINDINGS = (
    Column("line", _("Line")),
    Column("sentence", _("Fault"), lambda each: gettext(each.template) % each.values),
)

CLOSES = (
    Column(
        "unit",
        _("Closes"),
        lambda each: capital(each.unit.full_name),
        href=lambda each: asked.unit_href(each.unit, each.unit.opened_on),
    ),
    Column("code", _("Code"), "unit.code"),
    Column("successors", _("Successors"), lambda each: ", ".join(each.successors) or _("ends")),
    Column("keeper", _("Keeper until settled"), lambda each: "" if each.whole else each.keeper),
    Column("places", _("Places"), kind="number"),
    Column("people", _("People"), kind="number"),
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
    start = _start(query.get(name, ""), len(rows))
    return plain(
        caption, columns, rows[start : start + ROWS], name=name, total=len(rows) if len(rows) > ROWS else None,
        previous_href=_turn(query, name, start - ROWS) if start else "",
        next_href=_turn(query, name, start + ROWS) if start + ROWS < len(rows) else "",
    )  # fmt: skip


def _start(wish: str, rows: int) -> int:
    known = {str(start): start for start in range(0, rows, ROWS)}
    return known.get(wish, 0)


def _turn(query: QueryDict, name: str, start: int) -> str:
    kept = query.copy()
    kept[name] = str(max(start, 0))
    return f"?{kept.urlencode()}"


def sums(shown: Preview) -> list[Card]:
    """A preview in a few numbers."""
    return [
        Card(_("Units that open"), len(shown.opens)),
        Card(_("Units that close"), len(shown.closes)),
        Card(_("Units renamed"), len(shown.renamed)),
        Card(_("Units placed under another"), len(shown.reparented)),
        Card(_("Places that move"), shown.places),
        Card(_("People who move with them"), shown.people),
        Card(_("Units divided"), len(shown.divided)),
        Card(_("People who wait for a part"), shown.waiting),
    ]


def closes(shown: Preview, query: QueryDict) -> Listing | None:
    """The units that an order closes."""
    return (
        part(_("Units that close"), CLOSES, shown.closes, query, "closes") if shown.closes else None
    )


def opens(shown: Preview, query: QueryDict) -> Listing | None:
    """The units that an order opens."""
    columns = (
        Column(
            "name",
            _("Opens"),
            lambda each: capital(f"{each[1].profile.kind} {each[1].profile.name}"),
        ),
        Column("code", _("Code"), lambda each: each[0].code),
        Column("parent", _("Under"), lambda each: each[1].parent.code if each[1].parent else ""),
        Column("area", _("Area, km²"), lambda each: tenth(each[1].profile.area_km2), kind="number"),
    )
    return part(_("Units that open"), columns, shown.opens, query, "opens") if shown.opens else None


def amends(shown: Preview) -> Listing | None:
    """The units that keep their life under another name or another parent."""
    columns = (
        Column("unit", _("Unit"), lambda each: capital(each[0].full_name)),
        Column("code", _("Code"), lambda each: each[0].code),
        Column("to", _("Becomes, or comes under"), lambda each: each[1]),
    )
    rows = (*shown.renamed, *shown.reparented)
    return plain(_("Units that change"), columns, rows) if rows else None


DIVIDED = (
    Column(
        "old",
        _("Divided unit"),
        lambda each: capital(each.old.full_name),
        href=lambda each: reverse("units:divided", args=[each.order.pk, each.old.id]),
    ),
    Column("keeper", _("Keeper until settled"), lambda each: each.keeper.full_name),
    Column("parts", _("Parts"), lambda each: ", ".join(part.full_name for part in each.parts)),
    Column("order", _("Order"), "order.number"),
    Column("places", _("Places"), lambda each: len(each.places), kind="number"),
    Column("proposed", _("Proposed"), kind="number"),
    Column("people", _("People"), kind="number"),
)


def divided(found: Sequence[Divided], query: QueryDict) -> Listing:
    """The divided units with waiting places."""
    listing = part(_("Divided units"), DIVIDED, found, query, "divided")
    return replace(
        listing,
        empty_title=_("Nobody waits"),
        empty_text=_("Every place of your communes has its unit."),
    )


def waiting_sums(found: Sequence[Divided]) -> list[Card]:
    """The work list in a few numbers."""
    return [
        Card(_("Divided units"), len(found)),
        Card(_("Places that wait"), sum(len(each.places) for each in found)),
        Card(_("People who wait for a part"), sum(each.people for each in found)),
    ]


def waiting(
    order: Order,
    places: Sequence[Waiting],
    suggested: Mapping[int, Suggestion],
    proposed: Mapping[int, Placement],
) -> Listing:
    """The waiting places of one divided unit."""

    def suggestion(each: Waiting) -> str:
        found = suggested.get(each.place_id)
        return f"{found.unit.full_name}: {found.reason}" if found else ""

    columns = (
        Column(
            "name",
            _("Place"),
            place_name,
            href=lambda each: reverse("units:place", args=[order.pk, each.place_id]),
        ),
        Column("people", _("People"), kind="number"),
        Column("suggestion", _("Suggestion"), suggestion),
        Column(
            "state", _("State"), lambda each: step_of(proposed.get(each.place_id)), kind="status"
        ),
    )
    return plain(_("Places that wait"), columns, places)


def place_name(each: Waiting) -> str:
    """A group by its name; the rest of a former commune by what it stands for."""
    if each.kind == PlaceKind.GROUP:
        return each.name
    return gettext("%(name)s, residential group unknown") % {"name": each.name}


def step_of(proposal: Placement | None) -> Status:
    """How far a waiting place has come."""
    if proposal is None:
        return Status(_("Waits"), "warn")
    if proposal.accepted_on is None:
        return Status(_("Proposed"), "info")
    return Status(_("Accepted"), "good")


def waiting_facts(each: Waiting) -> tuple[Fact, ...]:
    """What is known of a waiting place."""
    return (
        Fact(_("Place"), place_name(each)),
        Fact(_("Code"), each.code),
        Fact(_("Of the divided unit"), each.old.full_name),
        Fact(_("Keeper until settled"), each.keeper.full_name),
        Fact(_("People"), written.number(each.people)),
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One old or one new unit of a proof: its people, and what they came to or from."""

    unit: Named | None
    people: int
    waiting: int
    others: tuple[tuple[str, int], ...]

    @property
    def sum(self) -> int:
        """All its people, waiting ones included."""
        return self.people + self.waiting


def olds(matrix: Matrix, query: QueryDict) -> Listing:
    """The rows of the matrix with their sums: where the people of each old unit are now."""
    return part(
        _("By old unit"),
        _sides(_("Old unit"), _("Now in")),
        _gathered(matrix, old=True),
        query,
        "olds",
    )


def news(matrix: Matrix, query: QueryDict) -> Listing:
    """The columns of the matrix with their sums: where the people of each new unit were."""
    return part(
        _("By new unit"),
        _sides(_("New unit"), _("Before in")),
        _gathered(matrix, old=False),
        query,
        "news",
    )


def _sides(unit: Label, others: Label) -> tuple[Column, ...]:
    return (
        Column(
            "unit",
            unit,
            lambda each: capital(each.unit.full_name) if each.unit else gettext("nowhere"),
        ),
        Column("code", _("Code"), lambda each: each.unit.code if each.unit else ""),
        Column(
            "others",
            others,
            lambda each: " · ".join(f"{name}: {written.number(n)}" for name, n in each.others),
        ),
        Column("waiting", _("Waiting"), kind="number"),
        Column("sum", _("Sum"), kind="number"),
    )


def _gathered(matrix: Matrix, *, old: bool) -> list[Side]:
    cells: dict[int, list[Cell]] = {}
    for cell in _inhabited(matrix):
        unit = cell.old if old else cell.new
        cells.setdefault(unit.id if unit else 0, []).append(cell)
    return [_side(found, old=old) for found in cells.values()]


def _inhabited(matrix: Matrix) -> list[Cell]:
    return [cell for cell in matrix.cells if cell.people or cell.waiting]


def _side(cells: Sequence[Cell], *, old: bool) -> Side:
    others = [(each.new if old else each.old, each.people + each.waiting) for each in cells]
    return Side(
        cells[0].old if old else cells[0].new,
        sum(each.people for each in cells),
        sum(each.waiting for each in cells),
        tuple((other.full_name if other else "?", n) for other, n in others),
    )


@dataclass(frozen=True)
class Square:
    """A small matrix that can be shown whole: heads, rows with their sum, sums of columns."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | None, ...], int], ...]
    sums: tuple[int, ...]
    total: int


COLUMNS = 12
"""A wider matrix cannot be read on a page; it is given by its two sides."""


def square(matrix: Matrix) -> Square | None:
    """The matrix as a table, if it is small enough."""
    news = {cell.new.id: cell.new.full_name for cell in matrix.cells if cell.new}
    olds = {cell.old.id: cell.old.full_name for cell in matrix.cells}
    if not news or len(news) > COLUMNS or len(olds) > ROWS:
        return None
    numbers = {(c.old.id, c.new.id): c.people + c.waiting for c in matrix.cells if c.new}
    rows = tuple(
        (name, found := tuple(numbers.get((old, new)) for new in news), sum(n or 0 for n in found))
        for old, name in olds.items()
    )
    sums = tuple(sum(row[1][n] or 0 for row in rows) for n in range(len(news)))
    return Square(tuple(news.values()), rows, sums, sum(sums))
