"""What every history of units must keep, and which promise a given one breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from muster.kernel.lineage.acts import GOVERNMENT, RANK, Key
from muster.kernel.lineage.world import Spell, Timeline, World


def flaws(world: World) -> list[str]:
    """Every broken promise in a sentence; empty for a sound history.

    1. A place lies in one unit at every date, without gap or overlap.
    2. A unit lies in one parent at most, which stands higher and outlives it.
    3. A code means one unit at a time.
    4. Every closed unit reaches a living successor or one that is marked ended.
    5. No unit is above or before itself.
    """
    return [
        *_of_places(world),
        *_of_parents(world),
        *_of_codes(world),
        *_of_successors(world),
    ]


def _of_places(world: World) -> Iterator[str]:
    for place, line in world.seats.items():
        yield from _breaks(f"place {place}", line)
        if line[-1].until is not None:
            yield f"place {place} lies nowhere from {line[-1].until}"
        for seat in line:
            if not _within(seat, world.lives[seat.value.unit][0]):
                yield f"place {place} lies in {seat.value.unit} outside its life"


def _of_parents(world: World) -> Iterator[str]:
    for key, (life,) in world.lives.items():
        line = world.parents.get(key, ())
        yield from _breaks(f"unit {key}", line)
        if line and (line[0].since, line[-1].until) != (life.since, life.until):
            yield f"unit {key} has no parent for a part of its life"
        for spell in line:
            above = world.lives[spell.value][0]
            if not _within(spell, above):
                yield f"unit {key} outlives its parent {spell.value}"
            if RANK[above.value] >= RANK[life.value]:
                yield f"unit {key} stands no lower than its parent {spell.value}"
        if not line and life.value == "commune" and key.tree == GOVERNMENT:
            yield f"commune {key} has no parent"


def _of_codes(world: World) -> Iterator[str]:
    for day in {line[0].since for line in world.lives.values()}:
        codes = Counter(key[:2] for key in world.standing(day))
        yield from (f"code {code} means {n} units on {day}" for code, n in codes.items() if n > 1)


def _of_successors(world: World) -> Iterator[str]:
    heirs: dict[Key, list[Key]] = {}
    for number, succession in world.successions:
        if world.lives[succession.old][0].closed_by == number:
            heirs.setdefault(succession.old, []).append(succession.new)
    for key, (life,) in world.lives.items():
        if life.until is not None and not _survives(key, heirs, world, frozenset()):
            yield f"closed unit {key} leads nowhere"


def _survives(key: Key, heirs: dict[Key, list[Key]], world: World, before: frozenset[Key]) -> bool:
    """Whether every line from the unit ends in a living or an ended one, without a loop."""
    if key in before:
        return False
    if world.lives[key][0].until is None or key in world.ended:
        return True
    lines = heirs.get(key, [])
    return bool(lines) and all(_survives(heir, heirs, world, before | {key}) for heir in lines)


def _breaks(what: str, line: Timeline) -> Iterator[str]:
    for earlier, later in pairwise(line):
        if earlier.until != later.since:
            yield f"{what}: {earlier.until} is followed by {later.since}"


def _within(spell: Spell, life: Spell) -> bool:
    end: date = life.until or date.max
    return life.since <= spell.since and (spell.until or date.max) <= end
