"""`muster ledger …`: check the log, place what waits, check a receipt."""

import json
import sys
from pathlib import Path

import click

from muster.foundation.ledger import actions, queries, rules
from muster.shell import rls


@click.group(name="ledger")
def commands() -> None:
    """The append-only log of every decision line."""


@commands.command()
def verify() -> None:
    """Recompute every entry, head and signature; any change behind the log is named.

    What a retention rule erased is named with the entry that erased it, and is no fault.
    """
    with rls.scoped(role=rls.WIDE):
        audit = queries.audit()
    for erasing in audit.erasures:
        click.echo(erasing.sentence)
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


@commands.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Check a receipt from its own data alone; exit code 1 when it does not hold."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except ValueError:
        raise rules.FaultyReceipt(
            "the file is not JSON; download it again.", where=file.name
        ) from None
    receipt = rules.read_receipt(content)
    included, signed = receipt.is_included, queries.signature_holds(receipt)
    click.echo(f"{receipt.kind}: {receipt.canonical}")
    click.echo(
        f"entry {receipt.position} of {receipt.size}: {'proved' if included else 'NOT PROVED'}"
    )
    click.echo(f"head signed by {receipt.key.hex()}: {'yes' if signed else 'NO'}")
    if not (included and signed):
        sys.exit(1)
