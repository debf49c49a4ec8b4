"""Checking the whole log: every digest, every head, every state derived from decisions."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from cryptography.exceptions import InvalidSignature
from django.db import connection

from muster.foundation.ledger import rules
from muster.foundation.ledger.models import Entry, Head, Leaf, Node
from muster.foundation.ledger.queries.log import ERASURE, kinds, leaf_digests
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
class Erasing:
    """An entry that says why others can no longer be opened."""

    entry: int
    rule: str
    source: str
    on: date
    erased: tuple[int, ...]

    @property
    def sentence(self) -> str:
        """Which entries were erased, by which entry, under which rule."""
        named = ", ".join(map(str, self.erased[:_NAMED]))
        more = len(self.erased) - _NAMED
        named += f" and {more} more" if more > 0 else ""
        return (
            f"Erased by entry {self.entry} on {self.on} under “{self.rule}” ({self.source}): "
            f"{named or 'values behind no entry'}."
        )


@dataclass(frozen=True)
class Audit:
    """The outcome of checking the whole log."""

    entries: int
    unplaced: int
    root: bytes
    faults: tuple[str, ...]
    erasures: tuple[Erasing, ...] = ()


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
    unplaced = entries - leaves_kept
    return Audit(entries, unplaced, frontier.root, tuple(sentences), tuple(_erasures()))


def _erasures() -> Iterator[Erasing]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select e.id, x.rule, x.source, x."on", coalesce(
                (select array_agg(d.entry_id order by d.entry_id) from ledger_erased d
                 where d.erasure_id = x.id), '{}')
            from ledger_erasure x join ledger_entry e on e.kind = %s and e.row_id = x.id
            order by e.id
            """,
            [ERASURE],
        )
        for entry, rule, source, on, erased in cursor.fetchall():
            yield Erasing(entry, rule, source, on, tuple(erased))


def faults(kind: LedgerKind) -> Iterator[Fault]:
    """Rows of this kind that were changed, removed or written behind the log.

    Digests are recomputed where the rows lie: one statement a kind. An entry that an
    erasure names agrees when neither row nor salt is left, and in no other case.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select e.id, coalesce(e.row_id, c.id), case
                when e.id is null then 'unrecorded'
                when x.entry_id is not null and e.salt <> '' then 'salted'
                when x.entry_id is not null then 'returned'
                when e.salt = '' then 'unsalted'
                when c.id is null then 'gone'
                else 'changed' end
            from (select * from ledger_entry where kind = %s) e
            left join ledger_erased x on x.entry_id = e.id
            full join ({kind.canonical_sql}) c on c.id = e.row_id
            where e.id is null
               or (x.entry_id is not null and (c.id is not null or e.salt <> ''))
               or (x.entry_id is null and (c.id is null or e.salt = ''
                   or e.digest <> sha256(e.salt || convert_to(c.canonical, 'UTF8'))))
            order by 1, 2
            """,
            [kind.code],
        )
        rows: Iterable[tuple[int | None, int, str]] = cursor.fetchall()
    for entry, row_id, fault in rows:
        sentence = _SENTENCES[fault].format(entry=entry, row=f"{kind.code} row {row_id}")
        yield Fault(entry, kind.code, row_id, sentence)


_SENTENCES = {
    "unrecorded": "{row} stands in the database, but no action recorded it.",
    "gone": "Entry {entry} names {row}, which is gone.",
    "changed": "Entry {entry}: {row} was changed after it was recorded.",
    "unsalted": "Entry {entry}: its salt was destroyed, but no entry says why.",
    "salted": "Entry {entry} is named as erased, but its salt is still kept.",
    "returned": "Entry {entry} was erased, but {row} stands in the database again.",
}


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
