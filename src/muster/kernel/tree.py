"""The hash tree of an append-only log, as RFC 9162 section 2.1 defines it (SHA-256).

The tree over `size` leaves is known by one root of 32 bytes. Whoever holds a leaf can
prove with some twenty hashes that it is in the log, and whoever kept an older root
that the log only grew since. Verifying needs nothing but the functions of this module.

Everything is asked from a `Lookup`: `lookup(level, index)` gives the root of the
complete subtree over the leaf hashes `index * 2**level … (index + 1) * 2**level - 1`.
A short tree can be held `in_memory`; a long one is stored as tiles of 256 hashes
(of the leaves, then of every 8th level) and read through `tiled`, so that a proof reads
two tiles a level and not the log. Those hashes come from the `Frontier` as it grows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from muster.kernel.errors import Refused

Lookup = Callable[[int, int], bytes]

EMPTY_ROOT = sha256(b"").digest()
HASH_BYTES = 32
TILE_HEIGHT = 8
TILE_WIDTH = 1 << TILE_HEIGHT


class NoSuchProof(Refused):
    """A proof is asked for a leaf or a size that the tree does not have."""


class FaultyFrontier(Refused):
    """Bytes that are not a stored frontier."""


@dataclass(frozen=True, slots=True)
class Node:
    """The root of one complete subtree, by level and index."""

    level: int
    index: int
    hash: bytes


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry as a leaf; the prefix 0 keeps leaves apart from nodes."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees put together."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes.

    >>> root([]) == EMPTY_ROOT, root([leaf_hash(b"")]) == leaf_hash(b"")
    (True, True)
    """
    return Frontier().extend(leaves)[0].root


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that a log must remember in order to grow: its size and a few roots.

    `peaks` are the roots of the complete subtrees that make up the tree, the largest
    first: one for each binary 1 of `size`, so some twenty for a million leaves.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    @property
    def root(self) -> bytes:
        """The root of the whole tree."""
        if not self.peaks:
            return EMPTY_ROOT
        *larger, right = self.peaks
        for left in reversed(larger):
            right = node_hash(left, right)
        return right

    def extend(self, leaves: Iterable[bytes]) -> tuple[Frontier, list[Node]]:
        """The frontier after appending leaf hashes, and the nodes that tiles must keep.

        These are the roots, at levels 8, 16, 24 …, of the subtrees that the leaves
        completed; the leaf hashes themselves (level 0) are the caller's to store.
        """
        row = list(leaves)
        size = self.size + len(row)
        peaks = list(self.peaks)
        grown: list[bytes] = []
        kept: list[Node] = []
        first, level = self.size, 0
        while row or peaks:
            if level and level % TILE_HEIGHT == 0:
                kept += [Node(level, first + i, found) for i, found in enumerate(row)]
            if first & 1:
                row.insert(0, peaks.pop())
            if len(row) & 1:
                grown.append(row.pop())
            pairs = iter(row)
            row = [sha256(b"\x01" + a + b).digest() for a, b in zip(pairs, pairs, strict=True)]
            first >>= 1
            level += 1
        return Frontier(size, tuple(reversed(grown))), kept

    def to_bytes(self) -> bytes:
        """The frontier as bytes: the size in eight, then the peaks, the largest first."""
        return self.size.to_bytes(8, "big") + b"".join(self.peaks)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Frontier:
        """The frontier that was stored.

        >>> grown, _ = Frontier().extend([leaf_hash(b"a"), leaf_hash(b"b"), leaf_hash(b"c")])
        >>> Frontier.from_bytes(grown.to_bytes()) == grown
        True
        """
        size = int.from_bytes(stored[:8], "big")
        peaks = tuple(_cut(stored[8:]))
        if len(stored) != 8 + HASH_BYTES * size.bit_count():
            raise FaultyFrontier(
                f"{len(stored)} bytes cannot be the frontier of a log of {size} entries; "
                "rebuild it from the entries.",
                code="tree.frontier",
            )
        return cls(size, peaks)


def in_memory(leaves: Sequence[bytes]) -> Lookup:
    """Look up a tree whose leaf hashes are all at hand."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        pairs = iter(levels[-1])
        levels.append([node_hash(left, right) for left, right in zip(pairs, pairs, strict=False)])
    return lambda level, index: levels[level][index]


def tiled(read: Callable[[int, int], bytes]) -> Lookup:
    """Look up a tree that is stored in tiles, reading each tile once.

    `read(level, number)` gives the hashes `256 * number …` of one stored level (0, 8,
    16 …) put together, at most 256 of them; the last tile of a level may be shorter.
    """
    tile = cache(lambda level, number: tuple(_cut(read(level, number))))

    def lookup(level: int, index: int) -> bytes:
        stored, height = level - level % TILE_HEIGHT, level % TILE_HEIGHT
        number, place = divmod(index << height, TILE_WIDTH)
        row = list(tile(stored, number)[place : place + (1 << height)])
        if len(row) != 1 << height:
            raise NoSuchProof(
                f"tile {number} of level {stored} is shorter than the log; rebuild the tiles.",
                code="tree.tile",
            )
        return _complete(row)

    return lookup


def root_at(size: int, lookup: Lookup) -> bytes:
    """The root that the tree had when it held `size` leaves."""
    return _range_root(0, size, lookup) if size else EMPTY_ROOT


def inclusion_proof(index: int, size: int, lookup: Lookup) -> list[bytes]:
    """The proof that leaf `index` (from 0) is in the tree of `size` leaves (2.1.3.1)."""
    if not 0 <= index < size:
        raise NoSuchProof(
            f"entry {index} is not among the {size} entries of the log.", code="tree.leaf"
        )
    return _path(index, 0, size, lookup)


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Whether the proof leads from the leaf hash to the root (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistency_proof(old: int, new: int, lookup: Lookup) -> list[bytes]:
    """The proof that the tree of `new` leaves only added to that of `old` (2.1.4.1)."""
    if not 0 <= old <= new:
        raise NoSuchProof(f"a log of {new} entries cannot have grown from {old}.", code="tree.size")
    if old in (0, new):
        return []
    return _subproof(old, 0, new, lookup, known=True)


def verify_consistency(
    old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof leads from the older root to the newer one (2.1.4.2)."""
    if old == new:
        return not proof and old_root == new_root
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    if not 0 < old < new:
        return False
    # A complete older tree is its own first step, so that the proof leaves it out.
    steps = iter([old_root, *proof] if old & (old - 1) == 0 else proof)
    place, last = old - 1, new - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    older = newer = next(steps, b"")
    for step in steps:
        if last == 0:
            return False
        if place & 1 or place == last:
            older, newer = node_hash(step, older), node_hash(step, newer)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            newer = node_hash(newer, step)
        place, last = place >> 1, last >> 1
    return last == 0 and older == old_root and newer == new_root


def _cut(hashes: bytes) -> Iterator[bytes]:
    return (hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES))


def _complete(row: list[bytes]) -> bytes:
    """The root over a row of hashes whose number is a power of two."""
    while len(row) > 1:
        pairs = iter(row)
        row = [node_hash(left, right) for left, right in zip(pairs, pairs, strict=True)]
    return row[0]


def _split(size: int) -> int:
    """The largest power of two below `size`: the leaves of the left subtree."""
    return 1 << (size - 1).bit_length() - 1


def _range_root(start: int, end: int, lookup: Lookup) -> bytes:
    """The root over the leaves from `start` until before `end`, a subtree of the whole."""
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return lookup(level, start >> level)
    middle = start + _split(size)
    return node_hash(_range_root(start, middle, lookup), _range_root(middle, end, lookup))


def _path(index: int, start: int, end: int, lookup: Lookup) -> list[bytes]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_path(index, start, middle, lookup), _range_root(middle, end, lookup)]
    return [*_path(index, middle, end, lookup), _range_root(start, middle, lookup)]


def _subproof(old: int, start: int, end: int, lookup: Lookup, *, known: bool) -> list[bytes]:
    """`known`: the verifier holds the root of this subtree already, being the older root."""
    if old == end:
        return [] if known else [_range_root(start, end, lookup)]
    middle = start + _split(end - start)
    if old <= middle:
        rest = _subproof(old, start, middle, lookup, known=known)
        return [*rest, _range_root(middle, end, lookup)]
    rest = _subproof(old, middle, end, lookup, known=False)
    return [*rest, _range_root(start, middle, lookup)]
