"""What a bench measured, one line each; `tools/bench/run` gathers them into one table.

A bench is a file of this folder that can be run by itself. It shows its lines with `show`,
and says by its exit code whether every bar was held.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

KEPT_IN = "MUSTER_BENCH_LINES"


@dataclass(frozen=True)
class Line:
    """One measured thing; `bar` and `ratio` are empty where it is only told."""

    what: str
    measured: str
    bar: str = ""
    ratio: str = ""
    held: bool = True


def show(title: str, lines: list[Line]) -> int:
    """Print the lines and keep them for the table of all; 1 when a bar was missed."""
    if kept := os.environ.get(KEPT_IN):
        with Path(kept).open("a", encoding="utf-8") as file:
            file.writelines(json.dumps([title, asdict(line)]) + "\n" for line in lines)
    print_table(title, [("", line) for line in lines])
    return int(not all(line.held for line in lines))


def print_table(title: str, lines: list[tuple[str, Line]]) -> None:
    """The lines as a table, with the machine's cores."""
    table = Table(title=f"{title}, {os.cpu_count()} cores", title_justify="left")
    named = any(bench for bench, _line in lines)
    for heading in (*(["bench"] if named else []), "what", "measured", "bar", "ratio", ""):
        table.add_column(heading, overflow="fold")
    for bench, line in lines:
        verdict = "" if not line.bar else ("held" if line.held else "missed")
        cells = (line.what, line.measured, line.bar, line.ratio, verdict)
        table.add_row(*([bench, *cells] if named else cells))
    Console(width=None if Console().is_terminal else 120).print(table)
