"""`muster evidence`: the keys that seal the papers."""

import click
from rich.progress import Progress

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.evidence import actions


@click.group("evidence")
def commands() -> None:
    """Papers: their keys."""


@commands.command("renew-key")
def renew_key() -> None:
    """Take a new key and seal every paper with it; may be stopped and run again."""
    key_id = actions.RING.renew()
    _reseal()
    click.echo(f"Every paper is sealed with {key_id}. Older keys open backups made before.")


@commands.command("reseal")
def reseal() -> None:
    """Seal with the newest key what an interrupted renewal left."""
    _reseal()
    click.echo(f"Every paper is sealed with {actions.RING.newest()}.")


def _reseal() -> None:
    with acting_as_system(), Progress() as bar:
        task = bar.add_task("Sealing papers", total=None)
        total = 0
        for left in actions.reseal():
            total = total or left
            bar.update(task, total=total, completed=total - left)
        bar.update(task, total=total or 1, completed=total or 1)
