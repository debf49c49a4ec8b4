"""`muster units order check|preview|apply|undo`: a legal order, from its file to the map."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import ParamSpec

import click
from django.db import transaction
from django.utils.translation import gettext as _

from muster.foundation.units import actions, queries
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
from muster.foundation.units.models import Order
from muster.foundation.units.queries import Preview
from muster.foundation.units.rules import (
    BadOrder,
    Finding,
    Written,
    findings_of,
    read,
    require_small,
)
from muster.kernel.errors import Refused

P = ParamSpec("P")


@commands.group()
def order() -> None:
    """Check, preview, apply or undo an order."""


def _written(name: str) -> Written | None:
    """The order file of that name; None when it is the number of a stored order."""
    file = Path(name)
    if file.is_file():
        require_small(file.stat().st_size, file.name)
        return read(file.read_bytes(), file.name)
    if file.suffix == ".toml":
        require_file(file)
    return None


def _said(finding: Finding) -> str:
    """A fault with its line, in the language of the command line."""
    sentence = _(finding.template) % finding.values
    if finding.line is None:
        return sentence
    return _("line %(line)s: %(sentence)s") % {"line": finding.line, "sentence": sentence}


def _tells_faults(command: Callable[P, None]) -> Callable[P, None]:
    """Refuse a faulty order in the language of the command line, by its first fault."""

    @wraps(command)
    def told(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except BadOrder as refusal:
            first, *others = refusal.findings
            sentence = _said(first)
            if others:
                more = _("(%(n)s more; see `muster units order check`)") % {"n": len(others)}
                sentence = f"{sentence} {more}"
            raise Refused(sentence, code=refusal.code, where=refusal.where) from None

    return told


@order.command()
@click.argument("name", metavar="FILE|NUMBER")
@as_province
def check(name: str) -> None:
    """Report every fault of an order with its line; nothing is stored."""
    try:
        written = _written(name)
        findings = _against_the_map(written) if written else _stored(name)
    except BadOrder as refusal:
        findings = list(refusal.findings)
    for finding in findings:
        click.echo(f"{name}: {_said(finding)}", err=True)
    if findings:
        sys.exit(2)
    click.echo(_("%(name)s has no faults.") % {"name": name})


def _against_the_map(written: Written) -> list[Finding]:
    if applied := _applied(written.number):
        return applied
    reading = queries.read_lineage([written.order()])
    return findings_of(reading.outcomes[0].faults, written.line_of)


def _stored(name: str) -> list[Finding]:
    stored = queries.order_by_number(name)
    if applied := _applied(name):
        return applied
    reading = queries.read_orders([stored])
    return findings_of(reading.outcomes[0].faults, queries.line_of(name))


def _applied(number: str) -> list[Finding]:
    stored = Order.objects.filter(number=number, applied_on__isnull=False).first()
    if stored is None:
        return []
    sentence = "order %(number)s is applied since %(on)s."
    return [Finding(sentence, {"number": number, "on": stored.applied_on})]


@order.command()
@click.argument("name", metavar="FILE|NUMBER")
@form_option("table", "json")
@as_province
@_tells_faults
def preview(name: str, form: str) -> None:
    """Show what an order would do; nothing happens."""
    written = _written(name)
    orders = [written.order()] if written else queries.as_lineage([queries.order_by_number(name)])
    reading = queries.read_lineage(orders)
    line_of = written.line_of if written else queries.line_of(name)
    findings = _applied(orders[0].number) or findings_of(reading.outcomes[0].faults, line_of)
    if findings:
        raise BadOrder(findings, where=name)
    shown = queries.preview(reading)[0]
    if form == "json":
        echo_json(as_json(shown))
    else:
        _print(shown)


def as_json(shown: Preview) -> dict[str, object]:
    """A preview as plain data."""
    return {
        "number": shown.number,
        "effective_on": shown.on,
        "opens": [
            {"code": key.code, "name": f"{unit.profile.kind} {unit.profile.name}",
             "level": unit.level, "parent": unit.parent and unit.parent.code}
            for key, unit in shown.opens
        ],
        "closes": [
            {"code": each.unit.code, "name": each.unit.full_name, "successors": each.successors,
             "share": "whole" if each.whole else "part", "keeper": each.keeper,
             "places": each.places, "people": each.people}
            for each in shown.closes
        ],
        "renamed": [{"code": old.code, "from": old.full_name, "to": new} for old, new in shown.renamed],
        "reparented": [{"code": unit.code, "to": parent} for unit, parent in shown.reparented],
        "name_clashes": [{"name": name, "units": n} for name, n in shown.clashes],
        "places": shown.places,
        "people": shown.people,
        "people_waiting": shown.waiting,
        "touched": [{"what": str(each.label), "count": each.count} for each in shown.touched],
    }  # fmt: skip


def _print(shown: Preview) -> None:
    rows = [
        (each.unit.code, each.unit.full_name, " + ".join(each.successors) or _("ends"),
         each.keeper if not each.whole else "", each.places, f"{each.people:,}")
        for each in shown.closes
    ]  # fmt: skip
    heads = (_("code"), _("closes"), _("successors"), _("keeper"), _("places"), _("people"))
    echo_table(f"{shown.number}, {shown.on}", heads, rows)
    sums = (
        (_("units opened"), len(shown.opens)), (_("units closed"), len(shown.closes)),
        (_("units renamed"), len(shown.renamed)), (_("units under a new parent"), len(shown.reparented)),
        (_("places that move"), shown.places), (_("people who move with them"), shown.people),
        (_("units divided"), len(shown.divided)), (_("people who wait for a part"), shown.waiting),
        *((name, n) for name, n in shown.clashes),
        *((str(each.label), each.count) for each in shown.touched),
    )  # fmt: skip
    echo_table("", (_("what"), _("how many")), [(what, f"{n:,}") for what, n in sums])


@order.command()
@click.argument("name", metavar="FILE|NUMBER")
@click.option("--on", type=read_day, help="The day on which it is done; today.")
@as_province
@_tells_faults
def apply(name: str, on: date | None) -> None:
    """Carry out an order, wholly or not at all."""
    written = _written(name)
    if written and (findings := _against_the_map(written)):
        raise BadOrder(findings, where=name)
    order = actions.file_order(written=written) if written else queries.order_by_number(name)
    done = actions.apply_order(order=order, by=BY, on=on or today())
    click.echo(_("Order %(number)s is applied.") % {"number": done.number})


@order.command()
@click.argument("name", metavar="FILE|NUMBER")
@click.option("--on", type=read_day, help="The day on which it is done; today.")
@as_province
@_tells_faults
def undo(name: str, on: date | None) -> None:
    """Take an order back, as long as nothing stands on it."""
    written = _written(name)
    number = written.number if written else name
    with transaction.atomic():
        stored = queries.order_by_number(number)
        actions.undo_order(order=stored, by=BY, on=on or today())
    click.echo(_("Order %(number)s is undone.") % {"number": number})
