"""A table of whole numbers with given sums: communes × receiving units.

Each cell's exact share is its row's total times its column's total over the whole.
The table rounds every share up or down so that all rows and columns come out exact
(controlled rounding). That this is always possible is a theorem on flows; here the
rows are dealt in order, each seat left over to the columns owed the most, and what
is still amiss at the end is settled by moving seats along chains of columns.

With weights (0 closes a cell) the shares are first fitted to both margins in turn. A
table with closed cells may have to leave the rounding of its shares, or be impossible.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from math import ceil, fsum
from operator import add, mul, sub

from muster.kernel.errors import Refused

Table = list[list[int]]
Weights = Sequence[Sequence[int]]

_SWEEPS = 8  # of fitting; what they leave is settled in whole seats
_NOISE = 1e-9  # a share this near to a whole number is one


class ImpossibleMargins(Refused):
    """Sums that no table can have."""


def matrix(
    row_totals: Sequence[int],
    column_totals: Sequence[int],
    weights: Weights | None = None,
) -> Table:
    """A table of whole numbers ≥ 0 with exactly these sums of rows and columns.

    Without weights each cell is its exact share rounded up or down. With weights, which
    have the shape of the table, cells follow their fitted shares as nearly as the sums
    allow, and a cell of weight 0 stays empty. The same input gives the same table.

    >>> matrix([3, 3, 4], [5, 5])
    [[2, 1], [1, 2], [2, 2]]
    >>> matrix([3, 3, 4], [5, 5], [[1, 0], [1, 1], [1, 1]])
    [[3, 0], [1, 2], [1, 3]]
    >>> matrix([3, 3], [5, 5])
    Traceback (most recent call last):
    muster.kernel.margins.ImpossibleMargins: the rows add up to 6, the columns to 10; make them equal.
    """
    _check(row_totals, column_totals, weights)
    if weights is None:
        return _proportional(row_totals, column_totals)
    return _weighted(row_totals, column_totals, weights)


def _check(rows: Sequence[int], columns: Sequence[int], weights: Weights | None) -> None:
    for name, totals in (("row", rows), ("column", columns)):
        for number, total in enumerate(totals, 1):
            if total < 0:
                raise ImpossibleMargins(
                    f"{name} {number} has the total {total}; none may be below zero.",
                    code="margins.negative",
                )
    if sum(rows) != sum(columns):
        raise ImpossibleMargins(
            f"the rows add up to {sum(rows)}, the columns to {sum(columns)}; make them equal.",
            code="margins.sums",
        )
    if weights is not None and [len(row) for row in weights] != [len(columns)] * len(rows):
        raise ImpossibleMargins(
            f"the weights must have {len(rows)} rows of {len(columns)} columns.",
            code="margins.shape",
        )
    if weights is not None and any(min(row, default=0) < 0 for row in weights):
        raise ImpossibleMargins("no weight may be below zero.", code="margins.weight")


def _proportional(rows: Sequence[int], columns: Sequence[int]) -> Table:
    """Shares exact in whole numbers: whole seats, and parts of a seat over the total."""
    total = sum(rows) or 1
    # Many communes have the same total, and then the same shares.
    shares = {row: [divmod(row * column, total) for column in columns] for row in set(rows)}
    wholes = {row: [whole for whole, _ in parts] for row, parts in shares.items()}
    overs = {row: [over for _, over in parts] for row, parts in shares.items()}
    highs = {row: [whole + (over > 0) for whole, over in parts] for row, parts in shares.items()}
    lows = [wholes[row] for row in rows]
    table = _dealt(rows, lows, [overs[row] for row in rows], total)
    _settle(table, lows, [highs[row] for row in rows], _lack(table, columns))
    return table


def _weighted(rows: Sequence[int], columns: Sequence[int], weights: Weights) -> Table:
    """Shares fitted to the margins, rounded, and settled: within the rounding if it can be."""
    shares = _fitted(rows, columns, weights)
    lows = [[int(share + _NOISE) for share in row] for row in shares]
    highs = [[ceil(share - _NOISE) for share in row] for row in shares]
    overs = [list(map(sub, *pair)) for pair in zip(highs, lows, strict=True)]
    for row, share, low in zip(overs, shares, lows, strict=True):
        row[:] = map(mul, row, map(sub, share, low))
    table = _dealt(rows, lows, overs, 1)
    lack = _lack(table, columns)
    _settle(table, lows, highs, lack)
    if any(lack):
        none = [0] * len(columns)
        opened = [
            [total if weight else 0 for weight in row]
            for total, row in zip(rows, weights, strict=True)
        ]
        stuck = _settle(table, [none] * len(rows), opened, lack)
        _refuse_if_stuck(table, columns, stuck)
    return table


def _fitted(rows: Sequence[int], columns: Sequence[int], weights: Weights) -> list[list[float]]:
    """The weights scaled in turn to the sums of columns and rows, the rows last."""
    across = [list(map(float, row)) for row in weights]
    down = list(zip(*across, strict=True))
    scale = [float(column > 0) for column in columns]
    for _ in range(_SWEEPS):
        # fsum, since the plain sum of floats is not the same in every Python.
        sums = [fsum(map(mul, row, scale)) for row in across]
        pull = [total / weight if weight else 0.0 for total, weight in zip(rows, sums, strict=True)]
        sums = [fsum(map(mul, column, pull)) for column in down]
        scale = [
            total / weight if weight else 0.0 for total, weight in zip(columns, sums, strict=True)
        ]
    fitted = [list(map(mul, row, scale)) for row in across]
    for number, (row, total) in enumerate(zip(fitted, rows, strict=True), 1):
        weight = fsum(row)
        if total and not weight:
            raise ImpossibleMargins(
                f"row {number} has {total} to give and no open column that takes any.",
                code="margins.closed",
            )
        row[:] = [share * total / weight if weight else 0.0 for share in row]
    return fitted


def _dealt(rows: Sequence[int], wholes: Table, overs: Sequence[Sequence[float]], one: int) -> Table:
    """Each row's whole seats, and one more where its column is owed the most.

    `overs` are the parts of a seat beyond the whole ones, `one` is what a seat counts in
    them. What a row does not give stays owed to the column for the rows that follow.
    """
    owed: list[float] = [0] * len(wholes[0]) if wholes else []
    table = []
    for total, whole, over in zip(rows, wholes, overs, strict=True):
        owed = list(map(add, owed, over))
        cells = whole.copy()
        left = total - sum(whole)
        partly = [column for column, part in enumerate(over) if part]
        for column in sorted(partly, key=owed.__getitem__, reverse=True)[:left]:
            cells[column] += 1
            owed[column] -= one
        table.append(cells)
    return table


def _lack(table: Table, columns: Sequence[int]) -> list[int]:
    """What each column still lacks; below zero what it has too much."""
    given = map(sum, zip(*table, strict=True)) if table else repeat(0)
    return [total - seats for total, seats in zip(columns, given, strict=False)]


def _settle(table: Table, lows: Table, highs: Table, lack: list[int]) -> set[int]:
    """Move seats from columns that have too many to columns that lack some.

    A seat stays in its row and every cell between its `low` and its `high`. `lack` is
    brought to zero where that can be done; if not, the columns are returned whose seats
    can go nowhere else.
    """
    for start in range(len(lack)):
        while lack[start] < 0:
            came_from, end = _chain(table, lows, highs, lack, start)
            if end is None:
                return set(came_from)
            lack[start] += 1
            lack[end] -= 1
            while end != start:
                column, row = came_from[end]
                table[row][column] -= 1
                table[row][end] += 1
                end = column
    return set()


def _chain(
    table: Table, lows: Table, highs: Table, lack: list[int], start: int
) -> tuple[dict[int, tuple[int, int]], int | None]:
    """The shortest chain of columns over which a seat can go to one that lacks it.

    Gives for each column reached the column and the row that the seat comes from, and
    the last column of the chain, `None` if there is no chain.
    """
    came_from = {start: (start, -1)}
    far = [column for column in range(len(lack)) if column != start]
    queue = [start]
    for column in queue:
        for row, cells in enumerate(table):
            if cells[column] == lows[row][column]:
                continue
            for other in [each for each in far if cells[each] < highs[row][each]]:
                came_from[other] = column, row
                if lack[other] > 0:
                    return came_from, other
                far.remove(other)
                queue.append(other)
            if not far:
                break
    return came_from, None


def _refuse_if_stuck(table: Table, columns: Sequence[int], stuck: set[int]) -> None:
    if not stuck:
        return
    given = sum(row[column] for row in table for column in stuck)
    names = ", ".join(str(column + 1) for column in sorted(stuck))
    raise ImpossibleMargins(
        f"{given} seats can go to no column but {names}, which together take "
        f"{sum(columns[column] for column in stuck)}; open more cells or change the totals.",
        code="margins.stuck",
    )
