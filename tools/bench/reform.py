"""The 2025 reform of the whole country applied and undone, beside rewriting people's rows.

    .venv/bin/python tools/bench/reform.py [--people 2000000] [--small 20000] [--runs 9]

It makes a register of invented people at the old communes in a database of its own, then
takes medians: orders applied and undone by tenures, with many and with few people, and
the same reform as one UPDATE of a register that keeps the unit on the person's row.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

TODAY, REFORM = date(2026, 11, 22), date(2025, 7, 1)
LIMIT, RATIO, FACTOR = 2.0, 1.3, 100

FILLERS = {
    "uuid": "gen_random_uuid()", "date": "date '2015-04-01'", "text": "'x'",
    "character varying": "'x'", "bytea": "'x'::bytea", "boolean": "false",
}  # fmt: skip
CHOSEN = {
    "place_id": "p.id",
    "full_name": "'Người ' || n",
    "folded": "'nguoi ' || n",
    "birth_date": "date '1998-01-01' + n %% 4000",
    "closed_why": "''",
    "source": "''",
}
PEOPLE = """
    insert into register_person ({columns}) select {values}
    from generate_series(1, %(people)s) n
    join (select id, row_number() over (order by code) - 1 as at from units_place) p
      on p.at = n %% (select count(*) from units_place)
"""

REQUIRED = """
    select column_name, data_type from information_schema.columns
    where table_name = 'register_person' and is_nullable = 'NO' and column_default is null
"""

RIVAL = """
    create table rival (
        like register_person including defaults including constraints including indexes
    );
    grant insert on rival to muster_wide
"""
REWRITE = """
    update rival set place_id = rival.place_id + 1000000
    where place_id in (select place_id from units_tenure where valid_to = %(on)s)
"""
"""As if the row kept its unit: whoever lived in a unit that closed gets another key."""

INDEXES = "select indexname, indexdef from pg_indexes where tablename = 'rival' order by 1"


def run(sql: str, values: dict[str, object] | None = None) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def read(sql: str) -> list[tuple[str, str]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def clock(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def register(people: int, console: Console) -> None:
    from muster.shell import rls

    values = {
        name: CHOSEN.get(name) or FILLERS.get(kind, "1")
        for name, kind in read(REQUIRED)
        if name != "id"
    }
    sql = PEOPLE.format(columns=", ".join(values), values=", ".join(values.values()))
    with console.status(f"registering {people:,} people"):
        run("truncate register_person cascade")
        with rls.scoped(role=rls.WIDE):
            run(sql, {"people": people})
        run("analyze")


def measure(runs: int) -> tuple[float, float]:
    """Median seconds to apply and to undo the 36 orders of the reform."""
    from muster.foundation.units import actions

    applied, undone = [], []
    for _ in range(runs + 1):
        said = {"orders": reform(), "by": "bench", "on": TODAY}
        applied.append(clock(partial(actions.apply_orders, **said)))
        undone.append(clock(partial(actions.undo_orders, **said)))
    # The first run warms caches and plans.
    return statistics.median(applied[1:]), statistics.median(undone[1:])


def rewrite(console: Console) -> tuple[float, list[str]]:
    """Seconds of one UPDATE of the register with the unit on the row, and its indexes."""
    from muster.foundation.units import actions
    from muster.shell import rls

    with console.status("copying the register for the rival"):
        run("drop table if exists rival")
        run(RIVAL)
        with rls.scoped(role=rls.WIDE):
            run("insert into rival select * from register_person")
        run("analyze rival")
    orders = reform()
    actions.apply_orders(orders=orders, by="bench", on=TODAY)
    with console.status("rewriting rows"):
        took = clock(lambda: run(REWRITE, {"on": REFORM}))
    actions.undo_orders(orders=orders, by="bench", on=TODAY)
    indexes = [name for name, _ in read(INDEXES)]
    run("drop table rival")
    return took, indexes


def reform() -> list[Any]:
    """The orders of 1 July 2025 for local government, as shipped and filed."""
    from muster.foundation.units.models import Order

    orders = Order.objects.filter(effective_on=REFORM, tree="government")
    return list(orders.order_by("signed_on", "pk"))


def prepare(home: Path) -> None:
    """A database of its own with the map of June 2025 and the orders filed."""
    os.environ["MUSTER_HOME"] = str(home)
    os.environ.pop("DATABASE_URL", None)
    from muster.config import bootstrap

    bootstrap.prepare()
    from django.core.management import call_command

    from muster.foundation.units import actions

    call_command("migrate", verbosity=0)
    actions.load_baseline(on=TODAY)
    actions.load_orders(by="bench", on=TODAY, until=date(2025, 6, 30))


def main() -> int:
    """Measure, print and say by the exit code whether every bar is held."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=2_000_000)
    parser.add_argument("--small", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="muster-bench-") as folder:
        prepare(Path(folder))
        try:
            return report(options)
        finally:
            from muster.shell import postgres

            postgres.remove(Path(folder))


def report(options: argparse.Namespace) -> int:
    """The table of what was measured; 1 when a bar is missed."""
    console = Console()
    register(options.small, console)
    small_apply, small_undo = measure(options.runs)
    register(options.people, console)
    apply, undo = measure(options.runs)
    rewritten, indexes = rewrite(console)
    lines = (
        (f"apply, {options.people:,} people", f"{apply:.2f} s", f"≤ {LIMIT} s", apply <= LIMIT),
        (f"undo, {options.people:,} people", f"{undo:.2f} s", f"≤ {LIMIT} s", undo <= LIMIT),
        (f"apply against {options.small:,} people", f"{apply / small_apply:.2f}×", f"≤ {RATIO}×",
         apply / small_apply <= RATIO),
        (f"undo against {options.small:,} people", f"{undo / small_undo:.2f}×", f"≤ {RATIO}×",
         undo / small_undo <= RATIO),
        (f"rewriting rows ({', '.join(indexes)})", f"{rewritten:.1f} s", "", True),
        ("rewriting rows against apply", f"{rewritten / apply:.0f}×", f"≥ {FACTOR}×",
         rewritten / apply >= FACTOR),
    )  # fmt: skip
    table = Table(
        title=f"2025 reform, medians of {options.runs}, {os.cpu_count()} cores",
        title_justify="left",
    )
    for head in ("what", "measured", "bar", ""):
        table.add_column(head)
    for what, measured, bar, held in lines:
        table.add_row(what, measured, bar, "" if not bar else ("held" if held else "missed"))
    console.print(table)
    return 0 if all(held for *_, held in lines) else 1


if __name__ == "__main__":
    sys.exit(main())
