"""The one write path of the log: record in the action's transaction, place after commit."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from muster.foundation.ledger import queries


def record(
    *, kind: str, ids: Sequence[int] | None = None, where: tuple[str, Sequence[Any]] | None = None
) -> int:
    """Append one salted entry per row that the calling action wrote.

    The rows are named by `ids`, or by `where`: a select of ids with its
    parameters, for lists of thousands. Returns how many entries were added.
    The row's canonical text comes from its slice's manifest, so that anyone who
    holds the row and its salt can compute the digest again.
    """
    chosen, values = ("select unnest(%s::bigint[])", [list(ids or ())]) if where is None else where
    canonical = queries.kinds()[kind].canonical_sql
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            insert into ledger_entry (kind, row_id, salt, digest)
            select %s, c.id, c.salt, sha256(c.salt || convert_to(c.canonical, 'UTF8'))
            from (
                select k.id, k.canonical, uuid_send(gen_random_uuid()) as salt
                from ({canonical}) k where k.id in ({chosen})
                order by k.id offset 0
            ) c
            """,
            [kind, *values],
        )
        return cursor.rowcount
