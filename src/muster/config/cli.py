"""The `muster` command: the house's own verbs, and each slice's group."""

import sys
from typing import Any

import click

from muster.config import bootstrap
from muster.kernel.errors import Refused


class House(click.Group):
    """Commands of the house plus one group per slice that ships `commands.py`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._slices()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or self._slices().get(cmd_name)

    def _slices(self) -> dict[str, click.Command]:
        bootstrap.prepare()
        from muster.shell.discovery import modules

        return {module.commands.name: module.commands for _, module in modules("commands")}


@click.group(cls=House)
def muster() -> None:
    """The office system of local military-service administration."""


@muster.command()
def migrate() -> None:
    """Bring the database to this program's schema."""
    bootstrap.prepare()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


@muster.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Run a Django management command."""
    bootstrap.prepare()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["muster manage", *words])


def main(*arguments: Any) -> None:
    """Run one command; a refusal is one line and exit code 2."""
    try:
        muster.main(args=list(arguments) or None, standalone_mode=False)
    except Refused as refusal:
        click.echo(f"muster: {refusal}", err=True)
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        sys.exit(130)
