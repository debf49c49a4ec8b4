"""What the commands share: days, scopes and the shape of an answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from muster.kernel.errors import Refused
from muster.shell import rls

P = ParamSpec("P")
R = TypeVar("R")

BY = "command line"
"""Who acts, as the log names him."""


class NoSuchFile(Refused):
    """There is no such file."""


def require_file(file: Path) -> Path:
    """The file, if it is there."""
    if not file.is_file():
        raise NoSuchFile(_("There is no file %(file)s.") % {"file": file}, code="file")
    return file


class BadDay(Refused):
    """A text that is no date."""


def read_day(value: str) -> date:
    """The day that an option gives, or how it is written."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        sentence = _('"%(value)s" is not a date; write 2025-07-01.') % {"value": value}
        raise BadDay(sentence, code="day") from None


read_day.__name__ = "DATE"


def today() -> date:
    """The clock, read once at the edge; everything below gets it as a value."""
    return timezone.localdate()


def as_province(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command in one transaction that sees every place of this installation."""

    @wraps(command)
    def scoped(*args: P.args, **kwargs: P.kwargs) -> R:
        with rls.scoped(role=rls.WIDE):
            return command(*args, **kwargs)

    return scoped


def form_option(*forms: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """The `--format` option, the first form being the default."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0])


def echo_json(answer: Any) -> None:
    """Print an answer as JSON that keeps Vietnamese letters."""
    click.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def echo_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print an answer as a table for the terminal."""
    table = Table(title=title, title_justify="left")
    for head in heads:
        table.add_column(head)
    for row in rows:
        table.add_row(*("" if cell is None else str(cell) for cell in row))
    Console().print(table)


@click.group("units")
def commands() -> None:
    """Units through time, and the orders that reorganise them."""
