"""Checking the whole log: every digest, every head, every state derived from decisions."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from django.db import connection

from muster.foundation.ledger import rules
from muster.foundation.ledger.models import Entry, Head, Leaf, Node
from muster.foundation.ledger.queries.log import kinds, leaf_digests
from muster.kernel import tree
from muster.kernel.manifest import LedgerKind
from muster.shell import keys
from muster.shell.discovery import manifests

_NAMED = 20  # of the rows that a check finds; the rest are only counted


@dataclass(frozen=True)
class Fault:
    """One entry or row that does not agree with the log, in a sentence."""

    entry: int | None
    kind: str
    row_id: int
    sentence: str


@dataclass(frozen=True)
class Audit:
    """The outcome of checking the whole log."""

    entries: int
    unplaced: int
    root: bytes
    faults: tuple[str, ...]


def audit() -> Audit:
    """Recompute every digest, every head and its signature, and every derived state."""
    sentences = [*_unknown_kinds()]
    for kind in kinds().values():
        sentences += [fault.sentence for fault in faults(kind)]
    sentences += _broken_checks()
    sentences += _lost_entries()
    frontier, broken = _replay()
    sentences += broken
    entries, leaves_kept = Entry.objects.count(), Leaf.objects.count()
    if leaves_kept != frontier.size:
        sentences.append(f"{leaves_kept} leaves are kept, but the last head signs {frontier.size}.")
    return Audit(entries, entries - leaves_kept, frontier.root, tuple(sentences))


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
        sentence = _sentence(entry, f"{kind.code} row {row_id}", row_missing, entry_missing)
        yield Fault(entry, kind.code, row_id, sentence)


def _sentence(entry: int | None, row: str, row_missing: bool, entry_missing: bool) -> str:
    if entry_missing:
        return f"{row} stands in the database, but no action recorded it."
    if row_missing:
        return f"Entry {entry} names {row}, which is gone."
    return f"Entry {entry}: {row} was changed after it was recorded."


def _unknown_kinds() -> Iterator[str]:
    strange = Entry.objects.exclude(kind__in=kinds()).order_by("kind")
    for kind in strange.values_list("kind", flat=True).distinct():
        yield f"Entries of kind {kind} belong to no slice of this program."


def _broken_checks() -> Iterator[str]:
    for check in (each for manifest in manifests() for each in manifest.checks):
        with connection.cursor() as cursor:
            cursor.execute(check.sql)
            rows = cursor.fetchall()
        for row in rows[:_NAMED]:
            yield f"{check.code}: {check.label} ({', '.join(map(str, row))})."
        if len(rows) > _NAMED:
            yield f"{check.code}: {check.label} ({len(rows) - _NAMED} more)."


def _lost_entries() -> Iterator[str]:
    lost = Entry.objects.filter(leaf=None, waiting=None).order_by("pk")
    for entry in lost.values_list("pk", flat=True)[:_NAMED]:
        yield f"Entry {entry} has no place in the tree and waits for none."


def _replay() -> tuple[tree.Frontier, list[str]]:
    """Grow the tree again from the entries, head by head, and compare what was kept."""
    stored = {(n.level, n.index): bytes(n.hash) for n in Node.objects.order_by("level", "index")}
    frontier, sentences = tree.Frontier(), list[str]()
    leaves = map(tree.leaf_hash, leaf_digests())
    for head in Head.objects.order_by("size").iterator():
        frontier, nodes = frontier.extend(itertools.islice(leaves, head.size - frontier.size))
        sentences += _head_faults(head, frontier)
        if any(stored.pop((n.level, n.index), None) != n.hash for n in nodes):
            sentences.append(f"The tiles under the head over {head.size} entries were changed.")
    if stored:
        sentences.append(f"{len(stored)} tiles belong to no entries.")
    return frontier, sentences


def _head_faults(head: Head, frontier: tree.Frontier) -> Iterator[str]:
    if frontier.size != head.size or frontier.root != bytes(head.root):
        yield f"The head over {head.size} entries does not follow from the entries."
    message = rules.head_message(head.size, bytes(head.root))
    try:
        keys.signing_key().public_key().verify(bytes(head.signature), message)
    except InvalidSignature:
        yield f"The head over {head.size} entries is not signed by this installation."
