"""The log's numbers as a page lists them."""

from django.utils.translation import gettext_lazy as _

from muster.foundation.ledger.models import Head
from muster.foundation.ledger.rules import Receipt
from muster.shell import written
from muster.shell.components import Fact

_GROUP = 8  # digits of a hash are compared by eye in groups


def head_facts(head: Head, key: bytes) -> tuple[Fact, ...]:
    """Size, root, day and key of a head."""
    return (
        Fact(_("Entries"), written.number(head.size)),
        Fact(_("Root"), spaced(bytes(head.root))),
        Fact(_("Signed at"), written.moment(head.signed_at)),
        Fact(_("Signature (Ed25519)"), spaced(bytes(head.signature))),
        Fact(_("Public key of this office"), spaced(key)),
    )


def receipt_facts(receipt: Receipt) -> tuple[Fact, ...]:
    """Where the paper stands in the log, and what its entry says word for word."""
    return (
        Fact(_("Entry number"), written.number(receipt.position + 1)),
        Fact(_("Entries in the log"), written.number(receipt.size)),
        Fact(_("Steps of the proof"), written.number(len(receipt.proof))),
        Fact(_("Root"), spaced(receipt.root)),
        Fact(_("Text of the entry"), receipt.canonical),
    )


def spaced(content: bytes) -> str:
    """Bytes in hexadecimal, in groups that can be read out."""
    digits = content.hex()
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))
