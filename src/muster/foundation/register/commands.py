"""`muster register …`: make people, bring them in, find doubles, account for every head."""

from datetime import datetime
from pathlib import Path

import click

from muster.foundation.register import queries, synthetic
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
