"""A table of communes × receiving units has exact sums and fair cells."""

import random
import time
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.kernel.margins import ImpossibleMargins, Table, matrix


def sums(table: Table) -> tuple[list[int], list[int]]:
    return [sum(row) for row in table], [sum(column) for column in zip(*table, strict=True)]


@st.composite
def margins(draw: st.DrawFn) -> tuple[list[int], list[int]]:
    """Totals of rows and columns that add up to the same."""
    height, width = draw(st.integers(1, 9)), draw(st.integers(1, 7))
    cells = st.lists(st.integers(0, 9), min_size=width, max_size=width)
    return sums(draw(st.lists(cells, min_size=height, max_size=height)))


@st.composite
def closed(draw: st.DrawFn) -> tuple[Table, list[int], list[int]]:
    """Weights with closed cells and totals that some table over the open ones has."""
    height, width = draw(st.integers(1, 7)), draw(st.integers(1, 6))
    lists = [st.lists(st.integers(0, 4), min_size=width, max_size=width) for _ in range(2)]
    weights, amounts = (draw(st.lists(each, min_size=height, max_size=height)) for each in lists)
    table = [
        [amount if weight else 0 for amount, weight in zip(*rows, strict=True)]
        for rows in zip(amounts, weights, strict=True)
    ]
    return weights, *sums(table)


@given(margins())
def test_every_sum_is_exact_and_every_cell_is_its_share_rounded_up_or_down(
    totals: tuple[list[int], list[int]],
) -> None:
    rows, columns = totals
    table = matrix(rows, columns)
    assert sums(table) == (rows, columns)
    for row, cells in zip(rows, table, strict=True):
        for column, cell in zip(columns, cells, strict=True):
            assert abs(cell - Fraction(row * column, sum(rows) or 1)) < 1


def test_rows_that_would_all_round_alike_are_evened_out() -> None:
    table = matrix([1] * 30, [10, 10, 10])
    assert sums(table) == ([1] * 30, [10, 10, 10])


def test_a_whole_share_is_left_as_it_is() -> None:
    assert matrix([2, 4, 6], [6, 6]) == [[1, 1], [2, 2], [3, 3]]


@given(closed())
def test_a_table_with_closed_cells_is_found_whenever_there_is_one(
    asked: tuple[Table, list[int], list[int]],
) -> None:
    weights, rows, columns = asked
    table = matrix(rows, columns, weights)
    assert sums(table) == (rows, columns)
    for cells, row in zip(table, weights, strict=True):
        assert all(cell >= 0 for cell in cells)
        assert all(cell == 0 for cell, weight in zip(cells, row, strict=True) if weight == 0)


@given(margins())
def test_equal_weights_weigh_nothing(totals: tuple[list[int], list[int]]) -> None:
    rows, columns = totals
    table = matrix(rows, columns, [[3] * len(columns)] * len(rows))
    for row, cells in zip(rows, table, strict=True):
        for column, cell in zip(columns, cells, strict=True):
            assert abs(cell - Fraction(row * column, sum(rows) or 1)) < 1


def test_a_heavier_cell_gets_more() -> None:
    assert matrix([10, 10], [10, 10], [[9, 1], [1, 9]]) == [[9, 1], [1, 9]]


@pytest.mark.parametrize(
    ("rows", "columns", "weights", "sentence"),
    [
        ([3], [4], None, "rows add up to 3, the columns to 4"),
        ([-1, 5], [4], None, "row 1 has the total -1"),
        ([4], [5, -1], None, "column 2 has the total -1"),
        ([1, 1], [2], [[1]], "the weights must have 2 rows of 1 columns"),
        ([2], [1, 1], [[1, -1]], "no weight may be below zero"),
        ([2, 2], [2, 2], [[1, 1], [0, 0]], "row 2 has 2 to give and no open column"),
        (
            [3, 2],
            [3, 2],
            [[1, 0], [1, 0]],
            "5 seats can go to no column but 1, which together take 3",
        ),
        (
            [2, 2, 1],
            [1, 1, 3],
            [[1, 1, 0], [1, 1, 0], [1, 1, 1]],
            "4 seats can go to no column but 1, 2",
        ),
    ],
)
def test_margins_that_no_table_has_are_refused(
    rows: list[int], columns: list[int], weights: Table | None, sentence: str
) -> None:
    with pytest.raises(ImpossibleMargins, match=sentence):
        matrix(rows, columns, weights)


def test_nothing_to_give_is_an_empty_table() -> None:
    assert matrix([], []) == []
    assert matrix([0, 0], [0]) == [[0], [0]]
    assert matrix([0], [], [[]]) == [[]]


def test_the_communes_of_the_country_times_thirty_units_within_a_tenth_of_a_second() -> None:
    chance = random.Random(2025)
    rows = [chance.randint(1, 90) for _ in range(3_321)]
    cuts = sorted(chance.randint(0, sum(rows)) for _ in range(29))
    columns = [end - start for start, end in zip([0, *cuts], [*cuts, sum(rows)], strict=True)]
    table: list[list[int]] = []
    spent: list[float] = []
    for _ in range(3):  # the best of three: a busy machine's pauses are not the rule's
        started = time.process_time()
        table = matrix(rows, columns)
        spent.append(time.process_time() - started)
    assert min(spent) < 0.1
    assert sums(table) == (rows, columns)
    total = sum(rows)
    for row, cells in zip(rows, table, strict=True):
        for column, cell in zip(columns, cells, strict=True):
            assert row * column // total <= cell <= -(-row * column // total)
