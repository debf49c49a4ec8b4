"""Lists that sort, filter, page by key and export, whatever their length.

A slice's `tables.py` names columns; its view calls `page` with a queryset. Paging is by
key: the address carries the opaque key of a row, never a name or a number, and a page
deep in 1.2 million rows costs what the first one costs.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from io import StringIO
from typing import Any, Literal
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.urls import reverse

from muster.kernel.manifest import Label

Kind = Literal["text", "reference", "number", "percent", "date", "masked", "status"]
_MOVES = ("after", "before")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list.

    `value` names an attribute (`"unit.name"`) or computes it from the row; `order` is the
    model field that sorts it (never null, indexed together with the key; "" = not
    sortable); `href` gives the address that the cell opens. A `reference`, such as a paper's
    number, is never broken into two lines.
    """

    key: str
    label: Label
    value: str | Callable[[Any], object] = ""
    order: str = ""
    kind: Kind = "text"
    href: Callable[[Any], str] | None = None

    def of(self, row: Any) -> object:
        """The column's value for a row."""
        if callable(self.value):
            return self.value(row)
        found = row
        for name in (self.value or self.key).split("."):
            found = found[name] if isinstance(found, dict) else getattr(found, name)
        return found


def page_of(url_name: str) -> Callable[[Any], str]:
    """For `Column.href`: the page of a row by its opaque name.

    The address is worked out once and not for each row, which would cost a long list dearly.
    """

    def address(row: Any) -> str:
        before, after = _around(url_name)
        return f"{before}{row.uid}{after}"

    return address


@cache
def _around(url_name: str) -> tuple[str, str]:
    """What stands before and after the opaque name in such an address."""
    nobody = UUID(int=0)
    before, _name, after = reverse(url_name, args=[nobody]).partition(str(nobody))
    return before, after


@dataclass(frozen=True, slots=True)
class Cell:
    """A value where it stands in the table."""

    label: Label
    value: object
    kind: Kind = "text"
    href: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's head: the address that sorts by it and how it is sorted now."""

    label: Label
    kind: Kind
    sort_href: str = ""
    direction: Literal["", "ascending", "descending"] = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A table ready to be shown; the first column names the row.

    `name` tells two lists of one page apart; `stacked` lets rows become cards on a phone.
    """

    caption: Label
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: Label = ""
    previous_href: str = ""
    next_href: str = ""
    export_href: str = ""
    total: int | None = None
    empty_title: Label = ""
    empty_text: Label = ""
    empty_href: str = ""
    empty_action: Label = ""
    sort: str = ""
    name: str = "listing"
    stacked: bool = True


def plain(caption: Label, columns: Sequence[Column], rows: Iterable[Any], **more: Any) -> Listing:
    """A short table of rows that are at hand, unsorted and unpaged."""
    headings = tuple(Heading(each.label, each.kind) for each in columns)
    return Listing(caption, headings, tuple(_cells(columns, row) for row in rows), **more)


def page(
    rows: QuerySet[Any],
    query: QueryDict,
    columns: Sequence[Column],
    *,
    caption: Label,
    default: str,
    size: int = 50,
    key: str = "pk",
    **more: Any,
) -> Listing:
    """One page of `rows` as the address asks: `sort`, `after` or `before` a row's key.

    `default` is the sorting without a wish, such as `"name"` or `"-signed_on"` (a column's
    key). A wish for an unknown column, or a row that is gone, shows the first page.
    """
    wish = query.get("sort", default)
    by_key = {each.key: each for each in columns if each.order}
    sort = wish if wish.lstrip("-") in by_key else default
    falling, order = sort.startswith("-"), by_key[sort.lstrip("-")].order
    backward, anchor = _anchor(rows, query, order, key)
    found = list(_beyond(rows, order, key, anchor, falling != backward)[: size + 1])
    beyond, found = len(found) > size, found[:size]
    if backward:
        found.reverse()
    has_previous = beyond if backward else anchor is not None
    has_next = anchor is not None if backward else beyond
    return Listing(
        caption,
        tuple(_heading(each, query, sort) for each in columns),
        tuple(_cells(columns, row) for row in found),
        previous_href=_move(query, "before", found, key) if has_previous and found else "",
        next_href=_move(query, "after", found, key) if has_next and found else "",
        sort=query.get("sort", ""),
        **more,
    )


def _anchor(
    rows: QuerySet[Any], query: QueryDict, order: str, key: str
) -> tuple[bool, tuple[Any, Any] | None]:
    """The row to start from as (sorting value, key), read back so that no value is in the URL."""
    for move in _MOVES:
        if wanted := query.get(move):
            try:
                found = rows.order_by().filter(**{key: wanted}).values_list(order, key).first()
            except (ValueError, TypeError, ValidationError):
                found = None
            return move == "before" and found is not None, found
    return False, None


def _beyond(
    rows: QuerySet[Any], order: str, key: str, anchor: tuple[Any, Any] | None, falling: bool
) -> QuerySet[Any]:
    sign, edge = ("-", "lt") if falling else ("", "gt")
    if anchor:
        value, tie = anchor
        further = Q(**{f"{order}__{edge}": value}) | Q(**{f"{key}__{edge}": tie})
        # The bound of the first line is what an index can start from.
        rows = rows.filter(Q(**{f"{order}__{edge}e": value}) & further)
    return rows.order_by(f"{sign}{order}", f"{sign}{key}")


def _heading(column: Column, query: QueryDict, sort: str) -> Heading:
    if not column.order:
        return Heading(column.label, column.kind)
    current = sort.lstrip("-") == column.key
    falling = current and sort.startswith("-")
    wish = column.key if not current or falling else f"-{column.key}"
    direction: Any = ("descending" if falling else "ascending") if current else ""
    return Heading(column.label, column.kind, _address(query, sort=wish), direction)


def _move(query: QueryDict, move: str, found: Sequence[Any], key: str) -> str:
    row = found[0] if move == "before" else found[-1]
    return _address(query, **{move: row.pk if key == "pk" else getattr(row, key)})


def _address(query: QueryDict, **change: Any) -> str:
    kept = [
        (name, value)
        for name, values in query.lists()
        if name not in (*_MOVES, *change)
        for value in values
        if value
    ]
    return "?" + urlencode([*kept, *change.items()])


def _cells(columns: Sequence[Column], row: Any) -> tuple[Cell, ...]:
    return tuple(
        Cell(each.label, each.of(row), each.kind, each.href(row) if each.href else "")
        for each in columns
    )


def csv_lines(columns: Sequence[Column], rows: Iterable[Any]) -> Iterator[str]:
    """The list as csv for a spreadsheet, line by line, for a streaming answer.

    Only the columns shown are written. A text that a spreadsheet would run as a formula
    is made harmless with a leading apostrophe.
    """
    yield "\ufeff"  # Excel reads Vietnamese only with the mark
    yield _line([str(each.label) for each in columns])
    for row in rows:
        yield _line([_harmless(each.of(row)) for each in columns])


def _harmless(value: object) -> object:
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value if value is not None else ""


def _line(values: Sequence[object]) -> str:
    buffer = StringIO()
    csv.writer(buffer).writerow(values)
    return buffer.getvalue()
