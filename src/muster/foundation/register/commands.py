"""`muster register …`: make people, bring them in, find doubles, account for every head."""

import json
import sys
from datetime import datetime
from pathlib import Path

import click
from rich.console import Console

from muster.foundation.register import queries, synthetic, tables
from muster.shell import rls

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
    click.echo(f"{len(population.persons)} entries in {out}, what was planted in {truth}")


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
