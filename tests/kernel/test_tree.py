"""The log's tree gives the published roots and proofs, and shows every change."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.kernel.tree import (
    EMPTY_ROOT,
    TILE_WIDTH,
    FaultyFrontier,
    Frontier,
    Lookup,
    NoSuchProof,
    consistency_proof,
    in_memory,
    inclusion_proof,
    leaf_hash,
    root,
    root_at,
    tiled,
    verify_consistency,
    verify_inclusion,
)

# The vectors that implementations of RFC 6962 and RFC 9162 share.
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
INCLUSION = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
CONSISTENCY = {
    (1, 1): [],
    (1, 8): INCLUSION[0, 8],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): INCLUSION[1, 5][1:],
}
LEAVES = [leaf_hash(entry) for entry in ENTRIES]


def leaves(size: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4, "big")) for number in range(size)]


def hexed(proof: list[bytes]) -> list[str]:
    return [step.hex() for step in proof]


class Store:
    """Tiles as a database keeps them, filled batch by batch from the frontier."""

    def __init__(self) -> None:
        self.frontier = Frontier()
        self.rows: dict[int, list[bytes]] = {0: []}

    def append(self, batch: list[bytes]) -> None:
        self.frontier, nodes = self.frontier.extend(batch)
        self.rows[0] += batch
        for node in nodes:
            row = self.rows.setdefault(node.level, [])
            assert node.index == len(row)
            row.append(node.hash)

    def read(self, level: int, number: int) -> bytes:
        return b"".join(self.rows[level][TILE_WIDTH * number : TILE_WIDTH * (number + 1)])


@pytest.mark.parametrize("size", range(1, 9))
def test_the_published_roots(size: int) -> None:
    assert root(LEAVES[:size]).hex() == ROOTS[size - 1]
    assert root_at(size, in_memory(LEAVES)).hex() == ROOTS[size - 1]


def test_the_empty_log_has_the_root_of_nothing() -> None:
    assert root([]) == sha256(b"").digest() == root_at(0, in_memory([]))


@pytest.mark.parametrize(("index", "size"), INCLUSION)
def test_the_published_inclusion_proofs(index: int, size: int) -> None:
    proof = inclusion_proof(index, size, in_memory(LEAVES))
    assert hexed(proof) == INCLUSION[index, size]
    assert verify_inclusion(LEAVES[index], index, size, proof, bytes.fromhex(ROOTS[size - 1]))


@pytest.mark.parametrize(("old", "new"), CONSISTENCY)
def test_the_published_consistency_proofs(old: int, new: int) -> None:
    proof = consistency_proof(old, new, in_memory(LEAVES))
    assert hexed(proof) == CONSISTENCY[old, new]
    older, newer = (bytes.fromhex(ROOTS[size - 1]) for size in (old, new))
    assert verify_consistency(old, new, older, newer, proof)


def test_every_leaf_of_every_small_tree_is_proved() -> None:
    for size in range(1, 70):
        lookup, whole = in_memory(leaves(size)), root(leaves(size))
        for index, leaf in enumerate(leaves(size)):
            assert verify_inclusion(leaf, index, size, inclusion_proof(index, size, lookup), whole)


def test_every_small_tree_grew_from_every_smaller_one() -> None:
    lookup = in_memory(leaves(40))
    roots = [root_at(size, lookup) for size in range(41)]
    for new in range(41):
        for old in range(new + 1):
            proof = consistency_proof(old, new, lookup)
            assert verify_consistency(old, new, roots[old], roots[new], proof)


@given(st.lists(st.integers(0, 700), max_size=6))
def test_a_log_grown_in_batches_is_the_log_written_at_once(batches: list[int]) -> None:
    store, every = Store(), leaves(sum(batches))
    for size in batches:
        store.append(every[len(store.rows[0]) :][:size])
        store.frontier = Frontier.from_bytes(store.frontier.to_bytes())
    assert store.frontier.root == root(every)
    assert len(store.rows.get(8, [])) == len(every) // 256


@pytest.fixture(scope="module")
def long_log() -> tuple[Store, Lookup, Lookup]:
    store, every = Store(), leaves(66_000)
    for start in range(0, len(every), 9_999):
        store.append(every[start : start + 9_999])
    return store, tiled(store.read), in_memory(every)


@given(st.integers(1, 66_000), st.data())
def test_stored_tiles_prove_what_the_whole_log_proves(
    long_log: tuple[Store, Lookup, Lookup], size: int, data: st.DataObject
) -> None:
    store, stored, whole = long_log
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(index, size, stored)
    assert proof == inclusion_proof(index, size, whole)
    assert verify_inclusion(store.rows[0][index], index, size, proof, root_at(size, stored))
    grown = consistency_proof(size, 66_000, stored)
    assert verify_consistency(size, 66_000, root_at(size, whole), store.frontier.root, grown)


def test_a_proof_reads_two_tiles_a_level_and_not_the_log(
    long_log: tuple[Store, Lookup, Lookup],
) -> None:
    store, _, _ = long_log
    asked: list[tuple[int, int]] = []

    def read(level: int, number: int) -> bytes:
        asked.append((level, number))
        return store.read(level, number)

    inclusion_proof(12_345, 66_000, tiled(read))
    assert len(asked) <= 6


@st.composite
def proofs(draw: st.DrawFn) -> tuple[int, int, list[bytes]]:
    size = draw(st.integers(2, 60))
    index = draw(st.integers(0, size - 1))
    return index, size, inclusion_proof(index, size, in_memory(leaves(size)))


@given(proofs(), st.integers(0, 255), st.integers(1, 255), st.data())
def test_one_changed_byte_breaks_an_inclusion_proof(
    proved: tuple[int, int, list[bytes]], place: int, flip: int, data: st.DataObject
) -> None:
    index, size, proof = proved
    whole, leaf = root(leaves(size)), leaves(size)[index]
    parts = [leaf, whole, *proof]
    at = data.draw(st.integers(0, len(parts) - 1))
    changed = bytearray(parts[at])
    changed[place % 32] ^= flip
    parts[at] = bytes(changed)
    assert not verify_inclusion(parts[0], index, size, parts[2:], parts[1])


@given(proofs(), st.integers(0, 60), st.integers(0, 60))
def test_a_proof_of_one_place_proves_no_other(
    proved: tuple[int, int, list[bytes]], other: int, longer: int
) -> None:
    index, size, proof = proved
    whole, leaf = root(leaves(size)), leaves(size)[index]
    if other != index:
        assert not verify_inclusion(leaf, other, size, proof, whole)
    assert not verify_inclusion(leaf, index, size, [*proof, whole], whole)
    assert not verify_inclusion(leaf, index, size, proof[:-1], whole)
    assert not verify_inclusion(leaves(size + 1 + longer)[-1], index, size, proof, whole)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_a_log_that_rewrote_an_entry_cannot_prove_that_it_only_grew(
    old: int, more: int, data: st.DataObject
) -> None:
    new = old + more
    changed = data.draw(st.integers(0, old - 1))
    rewritten = leaves(new)
    rewritten[changed] = leaf_hash(b"rewritten")
    old_root, new_root = root(leaves(old)), root(rewritten)
    for lookup in (in_memory(rewritten), in_memory(leaves(new))):
        proof = consistency_proof(old, new, lookup)
        assert not verify_consistency(old, new, old_root, new_root, proof)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 31), st.integers(1, 255), st.data())
def test_one_changed_byte_breaks_a_consistency_proof(
    old: int, more: int, place: int, flip: int, data: st.DataObject
) -> None:
    new = old + more
    lookup = in_memory(leaves(new))
    parts = [root_at(old, lookup), root_at(new, lookup), *consistency_proof(old, new, lookup)]
    at = data.draw(st.integers(0, len(parts) - 1))
    changed = bytearray(parts[at])
    changed[place] ^= flip
    parts[at] = bytes(changed)
    assert not verify_consistency(old, new, parts[0], parts[1], parts[2:])
    assert not verify_consistency(old, new, parts[0], parts[1], [])


def test_what_cannot_be_proved_is_refused() -> None:
    lookup = in_memory(LEAVES)
    impossible: list[Callable[[], object]] = [
        lambda: inclusion_proof(8, 8, lookup),
        lambda: inclusion_proof(-1, 8, lookup),
        lambda: consistency_proof(9, 8, lookup),
        lambda: inclusion_proof(0, 300, tiled(Store().read)),
    ]
    for ask in impossible:
        with pytest.raises(NoSuchProof, match="log"):
            ask()


def test_sizes_that_cannot_be_are_not_verified() -> None:
    whole = root(LEAVES)
    assert not verify_inclusion(LEAVES[0], 8, 8, [], whole)
    assert not verify_inclusion(LEAVES[0], -1, 8, [], whole)
    assert not verify_consistency(9, 8, whole, whole, [whole])
    assert not verify_consistency(0, 8, whole, whole, [])
    assert verify_consistency(0, 8, EMPTY_ROOT, whole, [])
    assert not verify_consistency(8, 8, whole, EMPTY_ROOT, [])
    assert not verify_consistency(3, 8, whole, whole, [])


@pytest.mark.parametrize("damage", [b"", b"short", Frontier(3, (EMPTY_ROOT,)).to_bytes()])
def test_a_damaged_frontier_is_refused(damage: bytes) -> None:
    with pytest.raises(FaultyFrontier, match="cannot be the frontier"):
        Frontier.from_bytes(damage)


def test_a_frontier_is_a_value() -> None:
    grown, _ = Frontier().extend(LEAVES)
    assert Frontier() == replace(grown, size=0, peaks=())
    assert grown.extend([])[0] == grown
