"""The map on which everything begins, and the orders that are shipped with it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from django.db import connection, transaction

from muster.foundation.units.actions.applying import apply_orders, lock_the_map
from muster.foundation.units.actions.carrying import carry_out
from muster.foundation.units.actions.filing import file_order
from muster.foundation.units.models import Order, Tree
from muster.foundation.units.queries.naming import BASELINE
from muster.foundation.units.rules import Written, founding_from, read
from muster.kernel import lineage, parameters
from muster.kernel.lineage import Chart, Establish, plan
from muster.shell import rls

DATA = Path(__file__).resolve().parent.parent / "data"
PARENTS = {"provinces": None, "districts": "province_code", "communes": "district_code"}
MAP_TABLES = (
    "units_unit",
    "units_unitversion",
    "units_unitparent",
    "units_place",
    "units_tenure",
    "units_link",
)
LEVELS = {"provinces": "province", "districts": "district", "communes": "commune"}


@transaction.atomic
def load_baseline(*, on: date) -> Order:
    """Open every unit of the shipped map on its first day, with its ground.

    Each commune, and each island district that has none, gets a place of the same code.
    Loading again changes nothing. `on` is the day on which it is done.
    """
    lock_the_map()
    known = Order.objects.filter(number=BASELINE).first()
    if known is not None:
        return known
    begins = parameters.load(DATA.parent / "parameters.toml").value("map_begins", on)
    order = Order.objects.create(
        number=BASELINE, title="The map as shipped", issuer="Muster", tree=Tree.GOVERNMENT,
        signed_on=begins, effective_on=begins, source="data/SOURCES.md",
        applied_on=on, position=0,
    )  # fmt: skip
    ids: dict[lineage.Key, int] = {}
    chart = Chart(begins)
    for tree, acts in (("government", _government()), ("defence", _defence())):
        founding = lineage.Order(BASELINE, tree, begins, tuple(acts))
        outcome = plan(chart, [founding])[0]
        if outcome.faults:
            raise AssertionError(outcome.faults[:3])
        carry_out([outcome.effects], {BASELINE: order.pk}, ids)
        chart = Chart(begins, outcome.effects.opened)
    give_ground(order)
    rls.analyze(*MAP_TABLES)
    return order


def give_ground(order: Order) -> None:
    """Make a place of each leaf unit that the order opens, in tenure from its day on."""
    with connection.cursor() as cursor:
        cursor.execute(_GROUND, {"order": order.pk, "on": order.effective_on})


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / "baseline" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _government() -> Iterator[Establish]:
    for name, parent in PARENTS.items():
        for row in _rows(name):
            above = row[parent] if parent else None
            yield Establish(founding_from({**row, "level": LEVELS[name], "parent": above}))


def _defence() -> Iterator[Establish]:
    for row in _rows("defence"):
        yield Establish(founding_from({**row, "parent": row["parent_code"]}))


@cache
def shipped_orders() -> tuple[Written, ...]:
    """The orders shipped with the house, in the sequence of their days and files."""
    files = sorted((DATA / "orders").glob("*.toml"), key=lambda file: file.name)
    return tuple(read(file.read_bytes(), file.name) for file in files)


@transaction.atomic
def load_orders(*, by: str, on: date, until: date | None = None) -> list[Order]:
    """File every shipped order and apply those whose day has come and that are not applied.

    `until` is the last day of effect to apply, by default `on`. Orders without a day of
    effect are filed only. Returns the orders that were applied now.
    """
    filed = [file_order(written=written) for written in shipped_orders()]
    limit = until or on
    due = [
        order
        for order in filed
        if order.applied_on is None and order.effective_on and order.effective_on <= limit
    ]
    return apply_orders(orders=due, by=by, on=on) if due else []


_GROUND = """
    with leaf as materialized (
        select u.id as unit_id, u.code, v.name, v.folded, v.lat, v.lon,
               nextval(pg_get_serial_sequence('units_place', 'id')) as place_id
        from units_unit u join units_unitversion v on v.unit_id = u.id
        where u.opened_by_id = %(order)s and u.tree = 'government' and (
            u.level = 'commune'
            or u.level = 'district' and u.id not in (select parent_id from units_unitparent)
        )
    ), ground as (
        insert into units_place (id, code, name, folded, kind, lat, lon)
        select place_id, code, name, folded, 'commune', lat, lon from leaf
    )
    insert into units_tenure (place_id, unit_id, valid_from, opened_by_id, provisional)
    select place_id, unit_id, %(on)s, %(order)s, false from leaf
"""
