"""`muster units reconcile` and `place-import`: nobody is lost, and everybody gets a part."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click
from django.utils.translation import gettext as _

from muster.foundation.units import actions, papers, queries, tables
from muster.foundation.units.commands.group import (
    BY,
    as_province,
    commands,
    echo_json,
    echo_table,
    form_option,
    read_day,
    require_file,
    today,
)
from muster.foundation.units.queries import Matrix


@commands.command()
@click.option("--order", "number", required=True, help="Number of an applied order.")
@click.option("--on", type=read_day, help="Day on which people are counted; the day of effect.")
@form_option("table", "json", "pdf")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File for the PDF.")
@as_province
def reconcile(number: str, on: date | None, form: str, out: Path | None) -> None:
    """Prove that an order lost nobody: before = after + work list."""
    matrix = queries.matrix(queries.order_by_number(number), on)
    actions.log_reconciliation(matrix=matrix, by=BY, on=today())
    if form == "json":
        echo_json(papers.as_data(matrix))
    elif form == "pdf":
        target = out or Path(f"reconcile-{number.replace('/', '-')}.pdf")
        target.write_bytes(papers.reconciliation(matrix))
        click.echo(str(target))
    else:
        _print(matrix)
    if not matrix.holds:
        click.echo(_("%(n)s people are unaccounted for.") % {"n": missing(matrix)}, err=True)
        sys.exit(1)


def missing(matrix: Matrix) -> int:
    """How many people the equation lacks."""
    return matrix.unaccounted + abs(matrix.before - matrix.after - matrix.waiting)


def equation(matrix: Matrix) -> str:
    """The equation in one line."""
    sentence = _("before %(before)s = after %(after)s + work list %(waiting)s")
    values = {"before": matrix.before, "after": matrix.after, "waiting": matrix.waiting}
    return sentence % {name: f"{n:,}" for name, n in values.items()}


def _print(matrix: Matrix) -> None:
    rows = [
        (cell.old.code, cell.old.full_name, cell.new and cell.new.code,
         cell.new and cell.new.full_name, f"{cell.people:,}", f"{cell.waiting:,}")
        for cell in matrix.cells
    ]  # fmt: skip
    heads = (_("code"), _("before"), _("code"), _("after"), _("people"), _("waiting"))
    echo_table(f"{matrix.order.number}, {matrix.counted_on}", heads, rows)
    click.echo(equation(matrix))


@commands.command("place-import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--order", "number", required=True, help="Number of the order that divided them.")
@click.option("--on", type=read_day, help="The day of the decision; today.")
@click.option("--reason", default="", help="What the table rests on.")
@as_province
def place_import(file: Path, number: str, on: date | None, reason: str) -> None:
    """Settle waiting groups by a table (csv, xlsx) of old_code, group, new_code."""
    settled = actions.place_groups(
        order=queries.order_by_number(number),
        table=tables.read_groups(require_file(file)),
        by=BY,
        on=on or today(),
        reason=reason or file.name,
    )
    click.echo(_("%(n)s groups settled.") % {"n": settled})
