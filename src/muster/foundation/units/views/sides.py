"""The matrix of a proof as it can be read: whole when it is small, else by its two sides."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.foundation.units.queries import Cell, Matrix, Named
from muster.foundation.units.views.listings import ROWS, part
from muster.foundation.units.views.words import capital
from muster.kernel.manifest import Label
from muster.shell import written
from muster.shell.tables import Column, Listing


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
