"""What the log holds: kinds of entries, the newest head, the entries' digests in order."""

from collections.abc import Iterator
from functools import cache

from django.db import connection

from muster.foundation.ledger.models import Head
from muster.kernel.manifest import LedgerKind
from muster.shell.discovery import manifests

ERASURE = "ledger.erasure"
# An erasure's own text: the rule, its source, and every entry that it erased.
ERASURE_CANONICAL = """
select x.id, json_build_array(x.id, x.rule, x.source, x.confirmed, x."on", x.user_id, x.counts,
    (select count(*) from ledger_erased e where e.erasure_id = x.id),
    encode(sha256(convert_to(coalesce((select string_agg(e.entry_id::text, ',' order by e.entry_id)
        from ledger_erased e where e.erasure_id = x.id), ''), 'UTF8')), 'hex'))::text as canonical
from ledger_erasure x
"""
_CHUNK = 20_000


@cache
def kinds() -> dict[str, LedgerKind]:
    """Every kind of entry that the slices declare, by code."""
    return {kind.code: kind for manifest in manifests() for kind in manifest.ledger}


def latest_head() -> Head | None:
    """The newest signed head, None for an empty log."""
    return Head.objects.order_by("-size").first()


def head_in_short() -> tuple[int, bytes] | None:
    """Size and root of the newest signed head, for the foot of every page."""
    with connection.cursor() as cursor:
        cursor.execute("select size, root from ledger_head order by size desc limit 1")
        row = cursor.fetchone()
    return (row[0], bytes(row[1])) if row else None


def leaf_digests(start: int = 0) -> Iterator[bytes]:
    """The entries' digests in the order of their positions, from `start` on.

    Read piece by piece inside the caller's transaction, however long the log is.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            """
            select e.digest from ledger_leaf l join ledger_entry e on e.id = l.entry_id
            where l.position >= %s order by l.position
            """,
            [start],
        )
        while rows := cursor.fetchmany(_CHUNK):
            yield from (bytes(row[0]) for row in rows)
