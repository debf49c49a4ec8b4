"""A receipt convinces whoever holds it, from its own data alone."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from muster.foundation.ledger import queries, rules
from muster.kernel import tree

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
TEXTS = [f'[{each}, "called"]' for each in range(11)]
SALTS = [bytes([each] * 16) for each in range(11)]


def receipt(position=4):
    leaves = [
        tree.leaf_hash(rules.digest(text, salt)) for text, salt in zip(TEXTS, SALTS, strict=True)
    ]
    root = tree.root(leaves)
    return rules.Receipt(
        kind="decisions.line",
        canonical=TEXTS[position],
        salt=SALTS[position],
        position=position,
        size=len(leaves),
        root=root,
        proof=tuple(tree.inclusion_proof(position, len(leaves), tree.in_memory(leaves))),
        signature=KEY.sign(rules.head_message(len(leaves), root)),
        key=KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw),
    )


@pytest.mark.parametrize("position", range(11))
def test_every_entry_has_a_receipt_that_holds(position):
    assert receipt(position).is_included
    assert queries.signature_holds(receipt(position))


@given(st.data())
def test_a_receipt_with_one_changed_letter_does_not_hold(data):
    whole = receipt()
    at = data.draw(st.integers(0, len(whole.canonical) - 1))
    letter = data.draw(st.characters(codec="utf-8").filter(lambda c: c != whole.canonical[at]))
    changed = whole.canonical[:at] + letter + whole.canonical[at + 1 :]
    assert not replace(whole, canonical=changed).is_included


@pytest.mark.parametrize(
    "changed",
    [{"salt": SALTS[5]}, {"position": 5}, {"size": 10}, {"root": tree.EMPTY_ROOT}, {"proof": ()}],
    ids=lambda changed: next(iter(changed)),
)
def test_a_receipt_of_another_place_does_not_hold(changed):
    moved = replace(receipt(), **changed)
    assert not (moved.is_included and queries.signature_holds(moved))


def test_a_head_that_somebody_else_signed_does_not_hold():
    stranger = Ed25519PrivateKey.generate()
    forged = replace(receipt(), signature=stranger.sign(receipt().message))
    assert not queries.signature_holds(forged)
    assert not queries.signature_holds(replace(receipt(), root=tree.EMPTY_ROOT))
    assert not queries.signature_holds(replace(receipt(), key=b"short"))


def test_a_receipt_survives_its_file():
    assert rules.read_receipt(receipt().as_json()) == receipt()


@pytest.mark.parametrize(
    "content",
    [None, [], {}, {"form": rules.FORM}, receipt().as_json() | {"salt": "not hex"}],
    ids=["null", "list", "empty", "form only", "damaged"],
)
def test_what_is_no_receipt_is_refused_in_a_sentence(content):
    with pytest.raises(rules.FaultyReceipt, match="download it again"):
        rules.read_receipt(content)
