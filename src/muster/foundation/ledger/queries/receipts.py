"""Receipts: that one row is in the log, and that the log only grew since an older head."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection
from django.utils.translation import gettext as _

from muster.foundation.ledger.models import Head
from muster.foundation.ledger.queries.log import kinds, latest_head
from muster.foundation.ledger.rules import Receipt
from muster.kernel import tree
from muster.kernel.errors import Refused
from muster.shell import keys


class UnknownPaper(Refused):
    """An opaque name that no paper of the kind bears."""


class NoSuchHead(Refused):
    """A size at which no head was signed."""


def row_of(kind: str, uid: UUID) -> int:
    """The row that bears the opaque name printed on a paper, or `UnknownPaper`."""
    by_uid = kinds()[kind].by_uid if kind in kinds() else ""
    found = None
    if by_uid:
        with connection.cursor() as cursor:
            cursor.execute(by_uid, [uid])
            found = cursor.fetchone()
    if found is None:
        raise UnknownPaper(
            _("No paper bears this number; check the address against the paper."),
            code="ledger.unknown_paper",
        )
    return int(found[0])


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
        kind=kind,
        canonical=canonical,
        salt=bytes(salt),
        position=position,
        size=head.size,
        root=bytes(head.root),
        proof=tuple(tree.inclusion_proof(position, head.size, lookup())),
        signature=bytes(head.signature),
        key=keys.public_key(),
    )


def signature_holds(receipt: Receipt) -> bool:
    """Whether the receipt's head was signed with the key that the receipt names."""
    try:
        Ed25519PublicKey.from_public_bytes(receipt.key).verify(receipt.signature, receipt.message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Growth:
    """The proof that the log of today only added to the log of an older head."""

    old: Head
    new: Head
    proof: tuple[bytes, ...]

    def as_json(self) -> dict[str, Any]:
        """The proof as a file: bytes in hexadecimal (RFC 9162, 2.1.4)."""
        return {
            "old_size": self.old.size,
            "old_root": bytes(self.old.root).hex(),
            "new_size": self.new.size,
            "new_root": bytes(self.new.root).hex(),
            "proof": [step.hex() for step in self.proof],
            "signature": bytes(self.new.signature).hex(),
            "key": keys.public_key().hex(),
        }


def growth(old_size: int) -> Growth:
    """That nothing was taken away or changed since the head over `old_size` entries."""
    old, new = Head.objects.filter(size=old_size).first(), latest_head()
    if old is None or new is None:
        raise NoSuchHead(
            _("No head was signed over %(size)s entries; take the size from the head you kept.")
            % {"size": old_size},
            code="ledger.no_head",
        )
    return Growth(old, new, tuple(tree.consistency_proof(old.size, new.size, lookup())))


def lookup() -> tree.Lookup:
    """The stored tree: leaves by position, roots of full tiles from their table."""
    return tree.tiled(_tile)


def _tile(level: int, number: int) -> bytes:
    first = number * tree.TILE_WIDTH
    last = first + tree.TILE_WIDTH - 1
    with connection.cursor() as cursor:
        cursor.execute(_NODES if level else _LEAVES, {"level": level, "first": first, "last": last})
        (tile,) = cursor.fetchone()
    return bytes(tile or b"")


_NODES = """
    select string_agg(hash, '' order by index) from ledger_node
    where level = %(level)s and index between %(first)s and %(last)s
"""
_LEAVES = """
    select string_agg(sha256('\\x00' || e.digest), '' order by l.position)
    from ledger_leaf l join ledger_entry e on e.id = l.entry_id
    where l.position between %(first)s and %(last)s
"""
