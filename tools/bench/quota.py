"""A quota shared among 3,321 communes × 30 receiving units, beside the package `apportionment`.

    .venv/bin/python tools/bench/quota.py

The house shares the quota among communes by largest remainders, each line with its exact
share, then fills the table so that all communes and all units come out exact. The package
knows one list of seats at a time: it is asked unit by unit, which leaves the communes'
sums to chance. Its methods are taken exact (`fractions=True`), as the house is.
"""

import random
import sys

import apportionment.methods as rival
from house import clock
from lines import Line, show

from muster.kernel.apportion import Apportionment, Claim, apportion
from muster.kernel.margins import Table, matrix

COMMUNES, UNITS, QUOTA, RUNS = 3_321, 30, 25_000, 7
LIMIT, FACTOR = 0.1, 1_000


def claims() -> tuple[list[Claim], list[int]]:
    """Men who can be called in each commune, and the seats of each receiving unit."""
    dice = random.Random(2025)
    men = [Claim(f"{at:05}", dice.randint(20, 600), floor=1) for at in range(COMMUNES)]
    units = apportion(QUOTA, [Claim(f"u{at}", dice.randint(50, 200)) for at in range(UNITS)])
    return men, [line.seats for line in units.lines]


def share(men: list[Claim], units: list[int]) -> tuple[Apportionment, Table]:
    shared = apportion(QUOTA, men)
    return shared, matrix([line.seats for line in shared.lines], units)


def proved(men: list[Claim], units: list[int]) -> bool:
    """Whether every sum is exact and every cell is its share rounded up or down."""
    shared, table = share(men, units)
    rows = [line.seats for line in shared.lines]
    sums = [sum(row) for row in table] == rows
    sums &= [sum(column) for column in zip(*table, strict=True)] == units
    return sums and all(
        abs(seats * QUOTA - row * unit) < QUOTA
        for row, cells in zip(rows, table, strict=True)
        for unit, seats in zip(units, cells, strict=True)
    )


def by_package(method: str, rows: list[int], units: list[int]) -> list[list[int]]:
    codes = [f"{at:05}" for at in range(COMMUNES)]
    return [rival.compute(method, rows, seats, fractions=True, parties=codes) for seats in units]


def main() -> int:
    men, units = claims()
    whole = proved(men, units)
    ours = min(clock(lambda: share(men, units)) for _ in range(RUNS))
    rows = [line.seats for line in share(men, units)[0].lines]
    same = clock(lambda: by_package("largest_remainder", rows, units))
    given = [sum(row) for row in zip(*by_package("largest_remainder", rows, units), strict=True)]
    missed = sum(a != b for a, b in zip(given, rows, strict=True))
    smallest = min(units)
    one = clock(lambda: by_package("quota", rows, [smallest]))
    return show(
        f"Quota, {COMMUNES:,} communes × {UNITS} units",
        [
            Line("shared out, with proof", f"{1000 * ours:.0f} ms", "≤ 100 ms", held=ours <= LIMIT),
            Line("cells that are their share rounded, under exact sums",
                 f"{COMMUNES * UNITS:,}" if whole else "not all", "all", held=whole),
            Line(
                f"apportionment: largest remainder, unit by unit ({missed:,} communes off)",
                f"{same:.2f} s", f"≥ {FACTOR:,}×", f"{same / ours:,.0f}×", same / ours >= FACTOR,
            ),
            Line(
                f"apportionment: quota method, the smallest unit only ({smallest} seats)",
                f"{one:.1f} s", f"≥ {FACTOR:,}× for all",
                f"{one / ours:,.0f}×; all {UNITS} by seats {one * QUOTA / smallest / ours:,.0f}×",
                one * QUOTA / smallest / ours >= FACTOR,
            ),
        ],
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
