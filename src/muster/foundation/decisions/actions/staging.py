"""Where callers lay the names of a list before it is voted or signed."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from muster.kernel.errors import Refused

#: The columns of `staged_lines`; a caller names those it fills.
COLUMNS = {
    "unit_id": "bigint not null",
    "person_id": "bigint",
    "subject_uid": "uuid",
    "place_id": "bigint not null",
    "outcome": "text not null",
    "article": "text not null default ''",
    "ground": "text not null default ''",
    "amount": "bigint",
    "replaces_id": "bigint",
    "way": "text not null default ''",
    "facts": "jsonb",
    "resolution_ids": "bigint[] not null default '{}'",
    "proposal_ids": "bigint[]",
}

USUAL = ("unit_id", "person_id", "place_id", "outcome", "article", "ground")

#: `(sql, params)` of a select, an iterable of rows, or a Polars frame.
Source = Any


class NotStaged(Refused):
    """A list that cannot be laid out, or that was not."""


def stage(source: Source, *, columns: Sequence[str] = USUAL) -> int:
    """Lay out the lines of a list in `staged_lines`; returns how many.

    `source` is `(sql, params)` of a select, a list of rows, or a Polars frame, with
    the values in the order of `columns`. `unit_id` is the unit whose office will sign;
    whose councils vote follows from `place_id` and the law. The table lives until the
    transaction ends; what lay there before is cleared.
    """
    if unknown := [name for name in columns if name not in COLUMNS]:
        raise NotStaged(f"a list has no column {unknown[0]!r}; it has {', '.join(COLUMNS)}.")
    _clear_table()
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if isinstance(source, tuple):
            select, values = source
            cursor.execute(f"insert into staged_lines ({names}) {select}", values)
        elif hasattr(source, "write_csv"):
            frame = source.select(list(columns))
            with cursor.copy(f"copy staged_lines ({names}) from stdin (format csv)") as copy:
                copy.write(frame.write_csv(include_header=False))
        else:
            with cursor.copy(f"copy staged_lines ({names}) from stdin") as copy:
                for row in source:
                    copy.write_row([_plain(value) for value in row])
        cursor.execute("analyze staged_lines")
        cursor.execute("select count(*) from staged_lines")
        return int(cursor.fetchone()[0])


def _clear_table() -> None:
    if not connection.in_atomic_block:
        raise NotStaged("a list is laid out inside the transaction that decides it.")
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('pg_temp.staged_lines')")
        if cursor.fetchone()[0] is None:
            cursor.execute(f"create temporary table staged_lines ({columns}) on commit drop")
        else:
            cursor.execute("truncate staged_lines")


def _plain(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
