"""`muster ledger …`: check the log, place what waits."""

import sys

import click

from muster.foundation.ledger import actions, queries
from muster.shell import rls


@click.group(name="ledger")
def commands() -> None:
    """The append-only log of every decision line."""


@commands.command()
def verify() -> None:
    """Recompute every entry, head and signature; any change behind the log is named."""
    with rls.scoped(role=rls.WIDE):
        audit = queries.audit()
    for sentence in audit.faults:
        click.echo(sentence, err=True)
    click.echo(f"{audit.entries} entries, {audit.unplaced} not yet placed, root {audit.root.hex()}")
    if audit.faults:
        click.echo(f"{len(audit.faults)} disagree with the log.", err=True)
        sys.exit(1)
    click.echo("Every row agrees with the log.")


@commands.command()
def place() -> None:
    """Give entries that wait their position and sign the new head."""
    click.echo(f"{actions.place()} entries placed.")
