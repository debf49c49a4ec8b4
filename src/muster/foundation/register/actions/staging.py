"""Carries columns into temporary tables by COPY, which row-level security forbids on its own."""

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
from django.db import connection

Progress = Callable[[str, int, int], None]
_CHUNK = 50_000


def no_progress(step: str, done: int, total: int) -> None:
    """For callers who show nothing."""


def stage(table: str, columns: Sequence[str], frame: pl.DataFrame, progress: Progress) -> None:
    """Copy the frame's columns, in that order, into an existing temporary table."""
    rows = frame.select(columns)
    names = ", ".join(f'"{name}"' for name in columns)
    with (
        connection.cursor() as cursor,
        _copy(cursor, f"copy {table} ({names}) from stdin (format csv)") as copy,
    ):
        for start in range(0, len(rows), _CHUNK):
            part = rows.slice(start, _CHUNK)
            copy.write(part.write_csv(include_header=False, quote_style="non_numeric"))
            progress(table, start + len(part), len(rows))


def _copy(cursor: Any, statement: str) -> Any:
    return cursor.copy(statement)
