"""The 2025 reform of the whole country applied and undone, beside rewriting people's rows.

    .venv/bin/python tools/bench/reform.py [--people 2000000] [--small 20000] [--runs 9]

It makes a register of invented people at the old communes in a database of its own, then
takes medians: orders applied and undone by tenures, with many and with few people. Apply
is all that a user waits for: reading the orders, every check, the writing, the ledger.

Beside it stands what a register does that writes the unit on each row of a person: his own,
that of his residence and that of his registration. The rows are as wide as ours, with the
very indexes of ours, but commune, district and province where ours have the place, each with
an index. The UPDATE is handed every answer in a table, checks nothing and logs nothing. What
such a register would rewrite besides is left out: former residences, the index of words in
names, schooling, work, decisions and cases.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from house import TODAY, clock
from lines import Line, show
from rich.console import Console

REFORM = date(2025, 7, 1)
LIMIT, RATIO, FACTOR = 2.0, 1.3, 100

FILLERS = {
    "uuid": "gen_random_uuid()", "date": "date '2015-04-01'", "text": "'x'",
    "character varying": "'x'", "bytea": "'x'::bytea", "boolean": "false",
}  # fmt: skip
CHOSEN = {
    "place_id": "p.id",
    "person_id": "n",
    "full_name": "'Nguyễn Quang Sơn ' || n",
    "folded": "'nguyen quang son ' || n",
    "sort_key": "'so|n nguye{n!3 ' || n",
    "birth_date": "date '1998-01-01' + n % 4000",
    "ethnicity": "'Kinh'",
    "father_name": "'Nguyễn Thanh Hùng'",
    "mother_name": "'Trần Thị Thu Hà'",
    "occupation": "'Lao động tự do'",
    "citizen_number_sealed": "substr(sha512(n::text::bytea), 1, 41)",
    "citizen_number_index": "substr(sha256(n::text::bytea), 1, 16)",
    "family_id": "n",
    "closed_why": "''",
    "source": "''",
}
COLUMNS = """
    select column_name, data_type, is_nullable = 'NO' and column_default is null
    from information_schema.columns where table_name = '{}' order by ordinal_position
"""
PEOPLE = """
    insert into {table} ({columns}) select {values} from generate_series(1, {people}) n
    join (select id, row_number() over (order by code) - 1 as at from units_place) p
      on p.at = n % (select count(*) from units_place)
"""


class Rival(NamedTuple):
    """A table of ours, and the index that there holds the place."""

    ours: str
    by_commune: str

    @property
    def name(self) -> str:
        return f"rival_{self.ours.removeprefix('register_')}"


RIVALS = (
    Rival("register_person", "commune, sort_key, uid"),
    Rival("register_residence", "commune"),
    Rival("register_registration", "commune, valid_from, valid_to"),
)
MAKE = """
    drop table if exists {name};
    create table {name} (like {ours} including defaults including indexes);
    alter table {name} drop column place_id,
        add column commune int, add column district int, add column province int;
    insert into {name} ({columns}, commune, district, province)
    select {values}, p.commune, p.district, p.province from generate_series(1, {people}) n
    join (select *, row_number() over (order by place_id) - 1 as at from ground) p
      on p.at = n % (select count(*) from ground);
    create index on {name} ({by_commune});
    create index on {name} (district);
    create index on {name} (province);
    analyze {name}
"""
GROUND = """
    drop table if exists ground;
    create table ground as
    select t.place_id, c.id as commune,
           case above.level when 'district' then above.id end as district,
           coalesce(q.parent_id, above.id) as province
    from units_tenure t join units_unit c on c.id = t.unit_id
    join units_unitparent p on p.unit_id = c.id and {on_p}
    join units_unit above on above.id = p.parent_id
    left join units_unitparent q on q.unit_id = above.id and {on_q}
    where {on_t}
"""
"""The units of each place on a day."""

HEIRS = """
    drop table if exists heirs;
    create table heirs as
    select distinct on (before.commune) before.commune as was, now.*
    from ground_before before join ground now using (place_id);
    alter table heirs add primary key (was);
    analyze heirs
"""
REWRITE = """
    update {} r set commune = h.commune, district = h.district, province = h.province
    from heirs h where h.was = r.commune
"""
INDEXES = "select indexname from pg_indexes where tablename = '{}' order by 1"


def run(sql: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)


def read(sql: str) -> list[tuple[Any, ...]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def invented(table: str) -> dict[str, str]:
    """An expression for each column of a table that a row must have, or that is indexed."""
    return {
        name: CHOSEN.get(name) or FILLERS.get(kind, "1")
        for name, kind, required in read(COLUMNS.format(table))
        if (required or name in CHOSEN) and name != "id"
    }


def register(people: int, console: Console) -> None:
    """A register of so many people, alike at every place."""
    from muster.shell import rls

    values = invented("register_person")
    with console.status(f"registering {people:,} people"):
        run("truncate register_person cascade")
        with rls.scoped(role=rls.WIDE):
            run(PEOPLE.format(
                table="register_person", people=people,
                columns=", ".join(values), values=", ".join(values.values()),
            ))  # fmt: skip
        run("vacuum analyze")


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


def survey(day: date) -> None:
    covers = "{0}.valid_from <= '{1}' and ({0}.valid_to is null or {0}.valid_to > '{1}')"
    run(GROUND.format(**{f"on_{span}": covers.format(span, day) for span in "pqt"}))


def rewritten(people: int, runs: int, console: Console) -> Iterator[tuple[str, float, list[str]]]:
    """Median seconds of the UPDATE of each rival table, with its indexes."""
    from muster.foundation.units import actions

    survey(date(2025, 6, 30))
    run("drop table if exists ground_before; create table ground_before as table ground")
    orders = reform()
    actions.apply_orders(orders=orders, by="bench", on=TODAY)
    survey(REFORM)
    run(HEIRS)
    run("drop table ground; alter table ground_before rename to ground")
    for rival in RIVALS:
        values = invented(rival.ours)
        values.pop("place_id")
        make = MAKE.format(
            name=rival.name, ours=rival.ours, people=people, by_commune=rival.by_commune,
            columns="id, " + ", ".join(values), values="n, " + ", ".join(values.values()),
        )  # fmt: skip
        took = []
        for _ in range(runs):
            with console.status(f"filling {rival.name}"):
                run(make)
            with console.status(f"rewriting {rival.name}"):
                took.append(clock(partial(run, REWRITE.format(rival.name))))
        indexes = [name for (name,) in read(INDEXES.format(rival.name))]
        run(f"drop table {rival.name}")
        yield rival.name, statistics.median(took), indexes
    actions.undo_orders(orders=orders, by="bench", on=TODAY)


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
    parser.add_argument("--rewrites", type=int, default=1, help="runs of the rival, a minute each")
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
    few = measure(options.runs)
    register(options.people, console)
    many = measure(options.runs)
    rivals = list(rewritten(options.people, options.rewrites, console))
    return show(
        f"2025 reform, medians of {options.runs}",
        [*ours(many, few, options), *theirs(rivals, many)],
    )


def ours(
    many: tuple[float, float], few: tuple[float, float], options: argparse.Namespace
) -> Iterator[Line]:
    for what, much, little in zip(("apply", "undo"), many, few, strict=True):
        seconds = f"{much:.2f} s"
        yield Line(f"{what}, {options.people:,} people", seconds, f"≤ {LIMIT:g} s",
                   held=much <= LIMIT)  # fmt: skip
        yield Line(f"{what}, {options.small:,} people", f"{little:.2f} s", f"≤ {RATIO}×",
                   f"{much / little:.2f}×", much / little <= RATIO)  # fmt: skip


def theirs(rivals: list[tuple[str, float, list[str]]], many: tuple[float, float]) -> Iterator[Line]:
    for name, took, indexes in rivals:
        said = f"UPDATE {name} (indexes: {', '.join(indexes)})"
        yield Line(said, f"{took:.1f} s", "", f"{took / many[0]:.0f}× apply")
    total = sum(took for _name, took, _indexes in rivals)
    for what, mine in zip(("apply", "undo"), many, strict=True):
        yield Line(
            f"rewriting the three tables against {what}", f"{total:.1f} s", f"≥ {FACTOR}×",
            f"{total / mine:.0f}×", total / mine >= FACTOR,
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
