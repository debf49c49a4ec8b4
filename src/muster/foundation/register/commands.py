"""`muster register …`: make people, bring them in, find doubles, account for every head."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.register import actions, forms, queries, synthetic, tables
from muster.foundation.register.actions.queue import lay_out, merge_in_bulk
from muster.foundation.register.actions.retention import retain, sweep
from muster.foundation.register.queries import pairs
from muster.shell import rls

# What long work is doing, as its progress bar says it.
_STEPS = {"rows": gettext_lazy("rows"), "merge": gettext_lazy("merging")}
_DAY = click.DateTime(["%Y-%m-%d"])


@click.group("register")
def commands() -> None:
    """The register of citizens of military age."""


@commands.command()
@click.option(
    "--people", type=click.IntRange(min=100), default=synthetic.LIFE_SIZE, show_default=True
)
@click.option("--seed", type=int, required=True)
@click.option("--on", type=_DAY, default="2025-06-30", show_default=True, help="Day of the list.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
def generate(people: int, seed: int, on: datetime, out: Path) -> None:
    """Invent citizens from a seed; what was planted is written beside the file."""
    day = on.date()
    with rls.scoped(role=rls.WIDE):
        communes = queries.communes(day)
    population = synthetic.generate(communes, men=people, seed=seed, on=day)
    truth = out.with_suffix(f".truth{out.suffix}")
    synthetic.write_csv(population, out, truth, on=day)
    said = _("%(rows)s entries in %(file)s, what was planted in %(truth)s")
    click.echo(said % {"rows": len(population.persons), "file": out, "truth": truth})


@commands.command()
@click.option("--unit", "code", required=True, help="Code of the unit whose people are compared.")
@click.option("--across", help="Codes of the units that merged into it, parted by commas.")
@click.option("--on", type=_DAY, help="Day on which the codes are read; today.")
@click.option("--queue", is_flag=True, help="Lay the pairs into the queue, to be decided there.")
@click.option("--merge", "basis", help="Merge what has nothing against it; BASIS is its paper.")
@click.option("--format", "form", type=click.Choice(["json", "csv"]), default="json")
def duplicates(
    *, code: str, across: str | None, on: datetime | None, queue: bool, basis: str | None, form: str
) -> None:
    """Find entries of one person: what to merge, what a person decides, and why."""
    day = on.date() if on else timezone.localdate()
    olds = [each.strip() for each in across.split(",")] if across else []
    with rls.scoped(role=rls.WIDE), Console(stderr=True).status(_("comparing …")):
        found = pairs.found_pairs(pairs.ground(code, day, olds))
        rows = list(pairs.told(found))
        if queue or basis:
            lay_out(pairs=found, on=day)
    if basis:
        with _bar() as progress:
            merge_in_bulk(scope=acting_as_system, on=day, basis=basis, progress=progress)
    as_json = json.dumps(rows, ensure_ascii=False, indent=1) if form == "json" else ""
    click.echo((as_json or pairs.as_csv(rows)).rstrip())


@commands.command()
@click.option("--unit", "code", required=True, help="Code, read on both days.")
@click.option("--from", "since", type=_DAY, required=True)
@click.option("--to", "until", type=_DAY, required=True)
@click.option("--each", is_flag=True, help="One account for every commune under the unit.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def account(code: str, since: datetime, until: datetime, each: bool, form: str) -> None:
    """Account for every head: opening + entered − left = closing."""
    with rls.scoped(role=rls.WIDE):
        found = queries.accounts_of(code, since.date(), until.date(), each=each)
    if form == "json":
        rows = [tables.account_json(unit, account) for unit, account in found]
        click.echo(json.dumps(rows[0] if len(rows) == 1 else rows, ensure_ascii=False, indent=2))
    else:
        for unit, account in found:
            Console().print(tables.account_lines(unit, account))
    if not all(account.balanced for _, account in found):
        sys.exit(1)


@commands.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--on", type=_DAY, help="Day on which commune codes are read; by default today.")
@click.option("--source", help="Who sent the list; by default the file's name.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADING=FIELD",
    help="What a heading means; kept for the source.",
)
@click.option("--dry-run", is_flag=True, help="Say what would happen and do nothing.")
def import_list(
    file: Path, on: datetime | None, source: str | None, columns: tuple[str, ...], dry_run: bool
) -> None:
    """Take in a list (xlsx, csv, Parquet); what became of each row is written beside it."""
    mapping = _mapping(columns)
    name = source or file.stem
    day = on.date() if on else timezone.localdate()
    sheet = forms.read(file)
    with rls.scoped(role=rls.WIDE):
        checked = forms.check(sheet, {**queries.mapping_of(name), **mapping})
    with _bar() as progress:
        outcome = actions.import_list(
            rows=checked.rows, source=name, digest=sheet.digest, on=day, scope=acting_as_system,
            dry_run=dry_run, lanes=2, headings=checked.headings, progress=progress,
        )  # fmt: skip
    if mapping and not dry_run:
        with rls.scoped(role=rls.WIDE):
            actions.remember_mapping(source=name, mapping=mapping)
    answer = forms.write_result(checked.raw, outcome.rows, file)
    Console().print(tables.outcome_lines(outcome, checked.unused, dry_run=dry_run))
    click.echo(f"{answer}")


@commands.command("retain")
@click.option("--on", type=_DAY, help="Day on which the rules are read; today.")
@click.option("--dry-run", is_flag=True, help="Say what is due and do nothing.")
@click.option(
    "--accept", multiple=True, metavar="RULE",
    help="Carry out this rule although nobody has confirmed its years.",
)  # fmt: skip
def retain_values(on: datetime | None, dry_run: bool, accept: tuple[str, ...]) -> None:
    """Destroy values and salts whose time is up, by an entry of the log that names the rule."""
    day = on.date() if on else timezone.localdate()
    with Console(stderr=True).status(_("reading the rules …")):
        carried = retain(on=day, scope=acting_as_system, dry_run=dry_run, accept=accept)
    Console().print(tables.retention_lines(carried, dry_run=dry_run))
    if any(rule.erasure for rule in carried):
        sweep()


def _mapping(columns: tuple[str, ...]) -> dict[str, str]:
    parts = [column.partition("=") for column in columns]
    if any(not separator for _heading, separator, _field in parts):
        raise forms.UnknownHeadings(_("write --column HEADING=FIELD"), code="list.mapping")
    mapping = {heading.strip(): field.strip() for heading, _separator, field in parts}
    forms.check_mapping(mapping)
    return mapping


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar that shows each step of long work."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(str(_STEPS.get(step, step)), total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield show
