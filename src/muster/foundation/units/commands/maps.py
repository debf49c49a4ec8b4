"""`muster units count`, `lineage`, `load`: the map of a day and what became of it."""

from __future__ import annotations

import csv
import sys
from datetime import date
from typing import Any

import click
from django.utils.translation import gettext as _
from rich.console import Console

from muster.foundation.units import actions, queries
from muster.foundation.units.commands.group import (
    BY,
    as_province,
    commands,
    echo_json,
    echo_table,
    form_option,
    read_day,
    today,
)
from muster.foundation.units.models import Tree
from muster.foundation.units.queries import Named, Tally


@commands.command()
@click.option("--on", type=read_day, required=True, help="The day whose map is counted.")
@click.option("--unit", help="Code of a unit; only what lies under it is counted.")
@click.option("--tree", type=click.Choice(Tree.values), default=Tree.GOVERNMENT.value)
@form_option("table", "json")
@as_province
def count(on: date, unit: str | None, tree: str, form: str) -> None:
    """Count the units per level and kind on a day."""
    above = queries.resolve(unit, on, tree) if unit else None
    tallies = queries.count(on, above.id if above else None, tree)
    if form == "json":
        echo_json({"on": on, "tree": tree, "unit": above and as_json(above), **_sums(tallies)})
    else:
        title = f"{above.code} {above.full_name}, {on}" if above else str(on)
        rows = [(each.level, each.kind, f"{each.count:,}") for each in tallies]
        echo_table(title, (_("level"), _("kind"), _("units")), rows)


def as_json(unit: Named) -> dict[str, Any]:
    """A unit under its name of the day, with the days of its life."""
    return {
        "code": unit.code, "name": unit.full_name, "level": unit.level,
        "opened_on": unit.opened_on, "closed_on": unit.closed_on,
    }  # fmt: skip


def _sums(tallies: list[Tally]) -> dict[str, Any]:
    levels: dict[str, dict[str, Any]] = {}
    for each in tallies:
        level = levels.setdefault(each.level, {"total": 0, "kinds": {}})
        level["total"] += each.count
        level["kinds"][each.kind] = each.count
    return {"counts": levels}


@commands.command()
@click.option("--from", "begin", type=read_day, required=True, help="The earlier day.")
@click.option("--to", "end", type=read_day, required=True, help="The later day.")
@click.option("--tree", type=click.Choice(Tree.values), default=Tree.GOVERNMENT.value)
@form_option("csv", "json", "table")
@as_province
def lineage(begin: date, end: date, tree: str, form: str) -> None:
    """What became of each commune between two days: old code, new code, whole or part."""
    heads = ("old_code", "new_code", "share")
    rows = [
        (line.old_code, line.new_code, line.share) for line in queries.lineage(begin, end, tree)
    ]
    if form == "json":
        echo_json([dict(zip(heads, row, strict=True)) for row in rows])
    elif form == "table":
        echo_table(f"{begin} → {end}", heads, rows)
    else:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerows([heads, *rows])


@commands.command()
@click.argument("text")
@click.option("--on", type=read_day, help="Only units that stand on this day.")
@as_province
def search(text: str, on: date | None) -> None:
    """Find units by code or by any name they ever bore: each name with its days, and today's."""
    found = queries.search(text, on)
    spells = queries.spells([each.id for each in found])
    rows = [
        (each.code, spell.full_name, spell.first, spell.last, now)
        for each in found
        for now in [_today(each)]
        for spell in spells[each.id]
    ]
    echo_table(text, (_("code"), _("name"), _("first day"), _("last day"), _("today")), rows)


def _today(unit: Named) -> str:
    """Under which names the unit, or what became of it, stands today."""
    on = today()
    return ", ".join(
        f"{each.code} {each.full_name}"
        for each in queries.named(queries.heirs(unit.id, on), on).values()
    )


@commands.command()
@click.option("--on", type=read_day, help="Apply orders that take effect until this day; today.")
def load(on: date | None) -> None:
    """Load the shipped map and apply the shipped orders whose day has come."""
    with Console(stderr=True).status(_("Loading the map and its orders")):
        _load(on or today())


@as_province
def _load(on: date) -> None:
    actions.load_baseline(on=on)
    applied = actions.load_orders(by=BY, on=on)
    click.echo(_("%(n)s orders applied.") % {"n": len(applied)})
