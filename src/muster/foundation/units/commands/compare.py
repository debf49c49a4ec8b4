"""`muster units compare`: one figure of one period, on the map of then or of now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import click
from django.utils.translation import gettext as _

from muster.foundation.units import queries
from muster.foundation.units.commands.group import (
    as_province,
    commands,
    echo_json,
    echo_table,
    form_option,
    today,
)
from muster.foundation.units.models import Level, Unit
from muster.foundation.units.queries import Named
from muster.kernel.errors import Refused
from muster.kernel.manifest import Indicator, Result, Scope
from muster.kernel.periods import Period, parse
from muster.shell.discovery import manifests


class UnknownIndicator(Refused):
    """A code that no slice contributes, or a figure that cannot be put on another map."""


@dataclass(frozen=True)
class Line:
    """The figure of one unit; `result` is None where nothing is known of it."""

    unit: Named
    result: Result | None


@commands.command()
@click.option("--indicator", "code", required=True, help="Code of a figure.")
@click.option("--period", required=True, help="2025H1, 2025, 2025Q1 or 2025-03.")
@click.option("--map", "side", type=click.Choice(["then", "now"]), default="then")
@click.option("--unit", help="Code of a unit on that map; with it, the units under it.")
@form_option("table", "json")
@as_province
def compare(code: str, period: str, side: str, unit: str | None, form: str) -> None:
    """Count a figure of a period by the units of its last day, or by those of today."""
    asked, figure = parse(period), _indicator(code)
    on = asked.last_day if side == "then" else today()
    lines = [Line(each, _result(figure, each, asked, on)) for each in _units(unit, on)]
    if form == "json":
        echo_json({"indicator": code, "period": asked.code, "map": side, "on": on,
                   "rows": [_as_json(line) for line in lines]})  # fmt: skip
    else:
        rows = [(line.unit.code, line.unit.full_name, *_shown(line.result)) for line in lines]
        heads = (_("code"), _("unit"), _("count"), _("of"), _("value"))
        echo_table(f"{figure.label}, {asked}, {on}", heads, rows)


def _indicator(code: str) -> Indicator:
    known = {each.code: each for manifest in manifests() for each in manifest.indicators}
    if code not in known:
        sentence = _("There is no indicator %(code)s; known are %(known)s.")
        raise UnknownIndicator(sentence % {"code": code, "known": ", ".join(sorted(known))})
    if known[code].compute is None:
        sentence = _(
            "%(code)s can only be declared, by the unit that declared it; on another map it "
            "is not comparable."
        )
        raise UnknownIndicator(sentence % {"code": code}, code="indicators.not_comparable")
    return known[code]


def _units(code: str | None, on: date) -> list[Named]:
    queries.require_known_day(on)
    if code is None:
        provinces = Unit.objects.filter(tree="government", level=Level.PROVINCE)
        return list(queries.named(provinces.values_list("pk", flat=True), on).values())
    above = queries.resolve(code, on)
    return [above, *queries.children(above.id, on)]


def _result(figure: Indicator, unit: Named, period: Period, on: date) -> Result | None:
    places = queries.place_ids(unit.id, on)
    return figure.compute(Scope(unit.id, places, period, on)) if figure.compute else None


def _shown(result: Result | None) -> tuple[Any, Any, Any]:
    return ("", "", "") if result is None else (result.numerator, result.denominator, result.value)


def _as_json(line: Line) -> dict[str, Any]:
    numerator, denominator, value = _shown(line.result)
    known = line.result is not None
    return {
        "code": line.unit.code, "name": line.unit.full_name, "opened_on": line.unit.opened_on,
        "numerator": numerator if known else None, "denominator": denominator if known else None,
        "value": value if known else None, "basis": line.result.basis if line.result else None,
    }  # fmt: skip
