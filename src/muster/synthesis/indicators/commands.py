"""`muster units compare`: one figure of one period, on the map of then or of now.

The command belongs to the group of the units; it stands here because figures do.
"""

from typing import Any

import click
from django.utils.translation import gettext as _

from muster.foundation.units.commands.group import (
    as_province,
    commands,
    echo_json,
    echo_table,
    form_option,
    today,
)
from muster.kernel import formulas
from muster.kernel.periods import parse
from muster.synthesis.indicators import queries, tables
from muster.synthesis.indicators.queries import OnMap

__all__ = ["compare"]


@commands.command()
@click.option("--indicator", "code", required=True, help="Code of a figure.")
@click.option("--period", required=True, help="2025H1, 2025, 2025Q1 or 2025-03.")
@click.option("--map", "side", type=click.Choice(["then", "now"]), default="then")
@click.option("--unit", help="Code of a unit on that map; with it, the units under it.")
@click.option(
    "--method", type=click.Choice(["people", "area"]), default=None,
    help="How to share out what divided units declared; without it they are not comparable.",
)  # fmt: skip
@form_option("table", "json")
@as_province
def compare(
    *, code: str, period: str, side: str, unit: str | None, method: str | None, form: str
) -> None:
    """Tell a figure of a period by the units of its last day, or by those of today."""
    asked, wanted = parse(period), queries.indicator(code)
    on = asked.last_day if side == "then" else today()
    found = queries.on_map(code, asked, queries.units_under(unit, on), on, method or "")
    if form == "json":
        echo_json({
            "indicator": code, "period": asked.code, "map": side, "on": on, "method": method,
            "rows": [_as_json(each, wanted.unit) for each in found],
        })  # fmt: skip
        return
    heads = (_("code"), _("unit"), _("count"), _("of"), _("value"), _("remark"))
    rows = [_row(each, wanted.unit, wanted.places) for each in found]
    echo_table(f"{wanted.label}, {asked}, {on}", heads, rows)


def _row(each: OnMap, kind: str, places: int) -> tuple[object, ...]:
    amount = each.amount
    if amount is None:
        return (each.unit.code, each.unit.full_name, "", "", "", tables.remark(each))
    shown = amount.value(kind, places)
    counts = (_plain(amount.numerator), _plain(amount.denominator))
    return (each.unit.code, each.unit.full_name, *counts, shown, tables.remark(each))


def _plain(number: formulas.Number | None) -> str:
    """A number without the noughts that a table of the database adds."""
    exact = tables.two_places(number)
    return "" if exact is None else f"{exact:f}"


def _as_json(each: OnMap, kind: str) -> dict[str, Any]:
    amount = each.amount
    return {
        "code": each.unit.code, "name": each.unit.full_name, "opened_on": each.unit.opened_on,
        "numerator": amount.numerator if amount else None,
        "denominator": amount.denominator if amount else None,
        "value": amount.exact(kind) if amount else None,
        "basis": each.basis if amount or each.missing or each.divided else None,
        "comparable": each.comparable, "divided": each.divided, "missing": each.missing,
        "method": each.method if each.divided else "",
    }  # fmt: skip
