"""Reading the log: its size, its head, a proof for one row, what fails to verify."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from muster.foundation.ledger.models import Head
from muster.kernel.manifest import LedgerKind
from muster.shell.discovery import manifests


@dataclass(frozen=True)
class Fault:
    """One entry or row that does not agree with the log, in a sentence."""

    entry: int | None
    kind: str
    row_id: int
    sentence: str


def kinds() -> dict[str, LedgerKind]:
    """Every kind of entry that the slices declare, by code."""
    return {kind.code: kind for manifest in manifests() for kind in manifest.ledger}


def latest_head() -> Head | None:
    """The newest signed head, None for an empty log."""
    return Head.objects.order_by("-size").first()


def faults(kind: LedgerKind) -> Iterator[Fault]:
    """Rows of this kind that were changed, removed or written behind the log.

    Digests are recomputed where the rows lie: one statement a kind.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select e.id, coalesce(e.row_id, c.id), c.id is null, e.id is null
            from (select * from ledger_entry where kind = %s) e
            full join ({kind.canonical_sql}) c on c.id = e.row_id
            where e.id is null or c.id is null
               or e.digest <> sha256(e.salt || convert_to(c.canonical, 'UTF8'))
            order by 1, 2
            """,
            [kind.code],
        )
        rows: Iterable[tuple[int | None, int, bool, bool]] = cursor.fetchall()
    for entry, row_id, row_missing, entry_missing in rows:
        yield Fault(entry, kind.code, row_id, _sentence(entry, kind.code, row_id, row_missing, entry_missing))


def _sentence(entry: int | None, kind: str, row: int, row_missing: bool, entry_missing: bool) -> str:
    if entry_missing:
        return f"{kind} row {row} stands in the database, but no action recorded it."
    if row_missing:
        return f"Entry {entry} names {kind} row {row}, which is gone."
    return f"Entry {entry}: {kind} row {row} was changed after it was recorded."


def leaf_digests(start: int = 0) -> Iterator[bytes]:
    """The entries' digests in the order of their positions, from `start` on."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select e.digest from ledger_leaf l join ledger_entry e on e.id = l.entry_id
            where l.position >= %s order by l.position
            """,
            [start],
        )
        while rows := cursor.fetchmany(20_000):
            yield from (bytes(row[0]) for row in rows)
