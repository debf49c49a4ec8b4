"""Reading the log: its size, its head, a proof for one row, what fails to verify."""

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from django.db import connection

from muster.foundation.ledger import rules
from muster.foundation.ledger.models import Entry, Head, Leaf, Node
from muster.kernel import tree
from muster.kernel.manifest import LedgerKind
from muster.shell import keys
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


@dataclass(frozen=True)
class Receipt:
    """What its holder needs in order to check one row's entry from home."""

    canonical: str
    salt: bytes
    position: int
    size: int
    root: bytes
    proof: tuple[bytes, ...]
    signature: bytes


def receipt(kind: str, row_id: int) -> Receipt | None:
    """The receipt of a row, None while its entry has no place yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select c.canonical, e.salt, l.position
            from ledger_entry e join ledger_leaf l on l.entry_id = e.id
            join ({kinds()[kind].canonical_sql}) c on c.id = e.row_id
            where e.kind = %s and e.row_id = %s
            """,
            [kind, row_id],
        )
        found = cursor.fetchone()
    head = latest_head()
    if found is None or head is None:
        return None
    canonical, salt, position = found
    return Receipt(
        canonical=canonical,
        salt=bytes(salt),
        position=position,
        size=head.size,
        root=bytes(head.root),
        proof=tuple(tree.inclusion_proof(position, head.size, lookup())),
        signature=bytes(head.signature),
    )


def lookup() -> tree.Lookup:
    """The stored tree: leaves by position, roots of full tiles from their table."""
    return tree.tiled(_tile)


def _tile(level: int, number: int) -> bytes:
    first = number * tree.TILE_WIDTH
    last = first + tree.TILE_WIDTH - 1
    if level:
        nodes = Node.objects.filter(level=level, index__range=(first, last)).order_by("index")
        return b"".join(bytes(each) for each in nodes.values_list("hash", flat=True))
    leaves = Leaf.objects.filter(position__range=(first, last)).order_by("position")
    return b"".join(
        tree.leaf_hash(bytes(each)) for each in leaves.values_list("entry__digest", flat=True)
    )


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
    frontier = tree.Frontier()
    for head in Head.objects.order_by("size"):
        leaves = itertools.islice(leaf_digests(frontier.size), head.size - frontier.size)
        frontier, _ = frontier.extend(map(tree.leaf_hash, leaves))
        sentences += _head_faults(head, frontier)
    entries, leaves_kept = Entry.objects.count(), Leaf.objects.count()
    if leaves_kept != frontier.size:
        sentences.append(f"{leaves_kept} leaves are kept, but the last head signs {frontier.size}.")
    return Audit(entries, entries - leaves_kept, frontier.root, tuple(sentences))


def _unknown_kinds() -> Iterator[str]:
    for kind in Entry.objects.exclude(kind__in=kinds()).values_list("kind", flat=True).distinct():
        yield f"Entries of kind {kind} belong to no slice of this program."


def _broken_checks() -> Iterator[str]:
    for check in (each for manifest in manifests() for each in manifest.checks):
        with connection.cursor() as cursor:
            cursor.execute(check.sql)
            for row in cursor.fetchmany(20):
                yield f"{check.code}: {check.label} ({', '.join(map(str, row))})."


def _head_faults(head: Head, frontier: tree.Frontier) -> Iterator[str]:
    if frontier.size != head.size or frontier.root != bytes(head.root):
        yield f"The head over {head.size} entries does not follow from the entries."
    message = rules.head_message(head.size, bytes(head.root))
    try:
        keys.signing_key().public_key().verify(bytes(head.signature), message)
    except InvalidSignature:
        yield f"The head over {head.size} entries is not signed by this installation."
