"""What became of the units of one day on a later day."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from typing import NamedTuple, TypeVar

U = TypeVar("U", bound=Hashable)


class Descent(NamedTuple):
    """`old` lives on in `new`, wholly or in part (any hashable identities of units)."""

    old: Hashable
    new: Hashable
    whole: bool


def descend(
    units: Iterable[U], successors: Mapping[U, Collection[U]], living: Collection[U]
) -> list[Descent]:
    """Each unit with the living units that hold its ground, through every order between.

    `successors` are the successions of the period, `living` the units of its last day.
    A unit that lives and lost a part is its own successor as well. The share is whole
    only where there is one successor; a unit that ended without any has no line.

    >>> descend(["A", "B"], {"A": ["N"], "B": ["N", "M"], "M": ["L"]}, {"N", "L"})
    [Descent(old='A', new='N', whole=True), Descent(old='B', new='N', whole=False), \
Descent(old='B', new='L', whole=False)]
    """
    lines = []
    for unit in units:
        heirs = _heirs(unit, successors, living)
        lines += [Descent(unit, heir, len(heirs) == 1) for heir in heirs]
    return lines


def _heirs(unit: U, successors: Mapping[U, Collection[U]], living: Collection[U]) -> list[U]:
    seen, waiting, heirs = {unit}, [unit], []
    while waiting:
        current = waiting.pop(0)
        if current in living:
            heirs.append(current)
        fresh = [heir for heir in successors.get(current, ()) if heir not in seen]
        seen.update(fresh)
        waiting += fresh
    return heirs
