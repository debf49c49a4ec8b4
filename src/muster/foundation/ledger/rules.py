"""What the log promises, over plain bytes: digests, heads and receipts that anyone can check."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from muster.kernel import tree
from muster.kernel.errors import Refused

FORM = "muster ledger v1"


class FaultyReceipt(Refused):
    """A file that is no receipt of a log like this one."""


def head_message(size: int, root: bytes) -> bytes:
    """The bytes that are signed: name of the log's form, size and root.

    >>> head_message(1, b"\\x00" * 2)
    b'muster ledger v1\\n1\\n0000\\n'
    """
    return f"{FORM}\n{size}\n{root.hex()}\n".encode()


def digest(canonical: str, salt: bytes) -> bytes:
    """An entry's digest: SHA-256 over its salt and the row's canonical text.

    Without the salt the digest tells nothing, even of a text that can be guessed.
    """
    return sha256(salt + canonical.encode()).digest()


@dataclass(frozen=True, slots=True)
class Receipt:
    """What its holder needs in order to check one row's entry from home.

    `position` counts from 0; `proof` are the hashes that lead from the entry to the
    `root` of the tree of `size` entries (RFC 9162, 2.1.3); `signature` is Ed25519 by
    `key` over `head_message(size, root)`.
    """

    kind: str
    canonical: str
    salt: bytes
    position: int
    size: int
    root: bytes
    proof: tuple[bytes, ...]
    signature: bytes
    key: bytes

    @property
    def is_included(self) -> bool:
        """Whether the text, just as it stands here, is the entry that the root holds."""
        leaf = tree.leaf_hash(digest(self.canonical, self.salt))
        return tree.verify_inclusion(leaf, self.position, self.size, self.proof, self.root)

    @property
    def message(self) -> bytes:
        """The bytes that the signature must be over."""
        return head_message(self.size, self.root)

    def as_json(self) -> dict[str, Any]:
        """The receipt as a file: bytes in hexadecimal."""
        return {
            "form": FORM,
            "kind": self.kind,
            "canonical": self.canonical,
            "salt": self.salt.hex(),
            "position": self.position,
            "size": self.size,
            "root": self.root.hex(),
            "proof": [step.hex() for step in self.proof],
            "signature": self.signature.hex(),
            "key": self.key.hex(),
        }


def read_receipt(content: Any) -> Receipt:
    """The receipt that a file's JSON holds; `FaultyReceipt` where it holds none.

    >>> read_receipt({"form": "another log"})
    Traceback (most recent call last):
    muster.foundation.ledger.rules.FaultyReceipt: this is no receipt of “muster ledger v1”; download it again.
    """
    refusal = FaultyReceipt(
        f"this is no receipt of “{FORM}”; download it again.", code="ledger.receipt"
    )
    if not isinstance(content, dict) or content.get("form") != FORM:
        raise refusal
    try:
        return Receipt(
            kind=str(content["kind"]),
            canonical=str(content["canonical"]),
            salt=bytes.fromhex(content["salt"]),
            position=int(content["position"]),
            size=int(content["size"]),
            root=bytes.fromhex(content["root"]),
            proof=tuple(bytes.fromhex(step) for step in content["proof"]),
            signature=bytes.fromhex(content["signature"]),
            key=bytes.fromhex(content["key"]),
        )
    except (KeyError, TypeError, ValueError):
        raise refusal from None
