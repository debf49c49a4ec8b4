"""Writes the pages of `docs/reference` that the program itself can tell.

    .venv/bin/python tools/reference.py

`tests/demo/test_docs.py` says when a page no longer knows what the program offers.
"""

import os
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from muster.config import bootstrap

CHECKOUT = Path(__file__).resolve().parents[1]
PAGES = CHECKOUT / "docs" / "reference"
WIDTH = 60  # a longer value stays in its file
Rows = list[tuple[str, ...]]


def commands(
    group: click.Group, name: str = "muster"
) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Every command below a group, with its full name and a context that can print its help."""
    context = click.Context(group, info_name=name)
    for word in group.list_commands(context):
        command = group.get_command(context, word)
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {word}")
        elif command is not None:
            yield f"{name} {word}", command, click.Context(command, info_name=f"{name} {word}")


def table(head: tuple[str, ...], rows: Rows) -> str:
    """A table in Markdown."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines
    )


def command_page() -> str:
    """Every command with its options, as `--help` prints them."""
    from muster.config.cli import muster

    parts = ["# Commands", _COMMANDS]
    for name, command, context in commands(muster):
        parts += [f"## `{name}`", f"```text\n{command.get_help(context)}\n```"]
    return "\n\n".join(parts)


def figure_page() -> str:
    """Every figure with its code, unit and basis."""
    rows = [
        (f"`{each.code}`", str(each.label), str(each.unit), "derived" if each.compute else "declared",
         "yes" if each.rows else "–")
        for manifest in _manifests() for each in manifest.indicators
    ]  # fmt: skip
    return "\n\n".join(
        [
            "# Figures",
            _FIGURES,
            table(("code", "figure", "unit", "basis", "opens to its cases"), rows),
        ]
    )


def role_page() -> str:
    """Every right, and the roles that carry it."""
    from muster.foundation.accounts.models import Role

    rights = [each for manifest in _manifests() for each in manifest.permissions]
    head = ("right", "what it allows", *(str(role.value) for role in Role))
    rows = [
        (
            f"`{right.code}`",
            str(right.label),
            *("●" if role.value in right.roles else "" for role in Role),
        )
        for right in rights
    ]
    return "\n\n".join(["# Roles and rights", _ROLES, table(head, rows)])


def state_page() -> str:
    """The states of cases and the steps of a season."""
    from muster.domains.recruitment.models import State as Season
    from muster.domains.recruitment.models import Step
    from muster.domains.violations.models import State as Violation

    kinds = (
        ("A citizen in a season", Season),
        ("Steps of a season", Step),
        ("A violation", Violation),
    )
    parts = ["# States", _STATES]
    for title, states in kinds:
        rows = [(f"`{each.value}`", str(each.label)) for each in states]
        parts += [f"## {title}", table(("state", "meaning"), rows)]
    return "\n\n".join(parts)


def parameter_page() -> str:
    """Every legal value with its days, its source and whether it was checked."""
    parts = ["# Legal values", _PARAMETERS]
    for file in sorted((CHECKOUT / "src" / "muster").glob("*/*/parameters.toml")):
        rows = [
            _parameter(name, row)
            for name, history in tomllib.loads(file.read_text("utf-8")).items()
            for row in history
        ]
        unconfirmed = sum(row[-1] != "yes" for row in rows)
        where = file.relative_to(CHECKOUT)
        parts += [
            f"## {file.parent.name.replace('_', ' ').capitalize()}",
            f"[`{where}`](../../{where}): {len(rows)} rows, {unconfirmed} not confirmed.",
            table(("value", "", "from", "to", "source", "confirmed"), rows),
        ]
    return "\n\n".join(parts)


def _parameter(name: str, row: dict[str, Any]) -> tuple[str, ...]:
    shown = str(row["value"])
    confirmed = "yes" if row["confirmed"] else f"**no** {row.get('note', '')}".strip()
    return (
        f"`{name}`", shown if len(shown) <= WIDTH else "(see the file)", str(row["from"]),
        str(row.get("to", "")), row["source"], confirmed,
    )  # fmt: skip


def privacy_page() -> str:
    """Every field of every model: why it is kept, who sees it, until when."""
    from muster.kernel import privacy

    terms = [(f"`{name}`", meaning) for name, meaning in privacy.TERMS.items()]
    readers = [(f"`{name}`", meaning) for name, meaning in privacy.READERS.items()]
    parts = ["# What is kept", _PRIVACY, table(("until", "meaning"), terms),
             table(("seen by", "meaning"), readers)]  # fmt: skip
    for file in sorted((CHECKOUT / "src" / "muster").glob(f"*/*/{privacy.FILE}")):
        rows = [
            (model, ", ".join(f"`{each}`" for each, why in fields.items() if why == reason),
             reason.purpose, ", ".join(reason.seen_by), reason.until)
            for model, fields in privacy.load(file).items()
            for reason in dict.fromkeys(fields.values()) if reason != privacy.NOBODY
        ]  # fmt: skip
        if rows:
            parts += [
                f"## {file.parent.name.replace('_', ' ').capitalize()}",
                table(("model", "fields", "why", "seen by", "until"), rows),
            ]
    return "\n\n".join(parts)


def _manifests() -> Any:
    from muster.shell.discovery import manifests

    return manifests()


_COMMANDS = """\
A command that refuses says so in one line and ends with exit code 2; nothing is half
written. `muster ledger verify` and `muster ledger check` end with 1 when something does
not hold. Where state lies and which database is used: `MUSTER_HOME` (by default `.muster`
in the working folder) and `DATABASE_URL`. What a command says and writes is Vietnamese,
or in the language of `muster --lang en` or `MUSTER_LANG=en` (vi, en, fr)."""

_FIGURES = """\
A figure is an indicator for a unit and a period, read on the map of a day. *Derived*: counted
from cases; it opens to them. *Declared*: stated by a document that is named beside it."""

_ROLES = """\
A post gives one role for a unit, from a day until a day; whoever holds none sees no citizen.
Which rows are shown is a second wall, in the database ([two walls](../explanation/two-walls.md))."""

_STATES = """\
Nobody types a state. An action that cites a decision or a dated fact moves a case, and leaves
a line in the log."""

_PARAMETERS = """\
What law may change is data: a value holds from a day until a day (that day not included) and
names its source. A value that is not confirmed is still used, and page, paper and log say so.
Why that is: [what is unconfirmed](../explanation/unconfirmed.md)."""

_PRIVACY = """\
Each slice declares every field of its models in `privacy.toml`; a test refuses one that is left
out. Fields that tell of no person are not repeated here. The years behind `entry`, `spell`,
`reading` and `export` are [legal values](parameters.md) of the register (`keep_…`)."""

WRITERS = {
    "commands.md": command_page,
    "figures.md": figure_page,
    "roles.md": role_page,
    "states.md": state_page,
    "parameters.md": parameter_page,
    "privacy.md": privacy_page,
}


def main() -> None:
    """Write every page."""
    os.environ["MUSTER_LANG"] = "en"  # the reference is written in English
    bootstrap.prepare()
    from django.utils import translation

    with translation.override("en"):
        for name, page in WRITERS.items():
            (PAGES / name).write_text(page() + "\n", "utf-8")


if __name__ == "__main__":
    main()
