"""The `muster` command: the house's own verbs, and each slice's group."""

import os
import sys
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError
from django.db import OperationalError, connection

from muster.config import bootstrap
from muster.kernel.errors import Refused


class House(click.Group):
    """Commands of the house plus one group per slice that ships `commands.py`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._slices()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return super().get_command(ctx, cmd_name) or self._slices().get(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A slice's command that looks into the database needs it as this program knows it."""
        name, command, rest = super().resolve_command(ctx, args)
        if name not in self.commands and "--help" not in rest:
            bootstrap.require_current_schema_once_read()
        return name, command, rest

    def _slices(self) -> dict[str, click.Command]:
        bootstrap.prepare()
        from muster.shell.discovery import manifests

        groups = (manifest.commands for manifest in manifests())
        return {group.name: group for group in groups if group is not None}


def _speak(_context: click.Context, _option: click.Parameter, language: str) -> None:
    os.environ["MUSTER_LANG"] = language


@click.group(cls=House)
@click.option(
    "--lang", type=click.Choice(["vi", "en", "fr"]), envvar="MUSTER_LANG", default="vi",
    show_default=True, show_envvar=True, is_eager=True, expose_value=False, callback=_speak,
    help="Language of what a command says and writes.",
)  # fmt: skip
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


@muster.command()
@click.option("--people", envvar="PEOPLE", help="Men of 16 to 28; life size is 370000.")
@click.option("--serve/--no-serve", "serving", envvar="SERVE", default=True)
@click.option("--fresh", is_flag=True, help="Drop the demonstration's database and play anew.")
def demo(people: str | None, serving: bool, fresh: bool) -> None:
    """Play two seasons, the reform and what followed; show the half-year reviews."""
    if fresh:
        bootstrap.drop_embedded()
    bootstrap.prepare()
    from muster.config import demo as demonstration

    demonstration.prepare_and_play(demonstration.people(people))
    if serving:
        start("127.0.0.1:8000")


@muster.command()
@click.option("--bind", default="127.0.0.1:8000", show_default=True)
def serve(bind: str) -> None:
    """Serve the pages."""
    bootstrap.prepare()
    bootstrap.require_current_schema()
    start(bind)


def start(bind: str) -> None:
    """Serve in a process of its own settings: hashed static files."""
    os.environ["MUSTER_STATIC"] = "manifest"
    click.echo(f"http://localhost:{bind.rpartition(':')[2]}")
    os.execv(sys.executable, [sys.executable, "-m", "muster.config.server", bind])  # noqa: S606


@muster.command()
def doctor() -> None:
    """Check the database that Muster would work on; each problem with its mend."""
    bootstrap.ensure_environment()
    from muster.shell.postgres import doctor as examine

    problems = examine(os.environ["DATABASE_URL"])
    for problem in problems:
        click.echo(str(problem))
    if problems:
        sys.exit(2)
    click.echo("The database is ready.")


def main(*arguments: Any) -> None:
    """Run one command; a refusal is one line and exit code 2."""
    try:
        muster.main(args=list(arguments) or None, standalone_mode=False)
    except Refused as refusal:
        _tell(refusal)
    except OperationalError as error:
        if connection.connection is not None:
            raise
        _tell(bootstrap.unreachable(error))
    except NoArgsIsHelpError as group:
        group.show()
        sys.exit(2)
    except click.ClickException as error:
        click.echo(f"muster: {_sentence(error)}", err=True)
        sys.exit(2)
    except click.Abort:
        sys.exit(130)


def _tell(refusal: Refused) -> None:
    click.echo(f"muster: {refusal}", err=True)
    sys.exit(2)


def _sentence(error: click.ClickException) -> str:
    """What is wrong with the words typed, in one line, and where the right ones stand."""
    fault = " ".join(error.format_message().split()).rstrip(".")
    context = getattr(error, "ctx", None)
    return f"{fault}; see `{context.command_path} --help`." if context else f"{fault}."
