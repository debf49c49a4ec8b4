"""What became of the units of one day on a later day."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from datetime import date
from typing import Generic, NamedTuple, TypeVar

U = TypeVar("U", bound=Hashable)


class Descent(NamedTuple, Generic[U]):
    """`old` lives on in `new`, wholly or in part (any hashable identities of units)."""

    old: U
    new: U
    whole: bool


def descend(
    units: Iterable[U], successors: Mapping[U, Collection[tuple[U, date]]], living: Collection[U]
) -> list[Descent[U]]:
    """Each unit with the living units that hold its ground, through every order between.

    `successors` are the successions of the period with their days, `living` the units of
    its last day. A unit that lives and lost a part is its own successor as well. The
    share is whole only where there is one successor; a unit that ended without any has
    no line.

    >>> reform, later = date(2025, 7, 1), date(2026, 7, 1)
    >>> successors = {"A": [("N", reform)], "B": [("N", reform), ("M", reform)], "M": [("L", later)]}
    >>> for line in descend(["A", "B"], successors, {"N", "L"}):
    ...     print(line.old, line.new, "whole" if line.whole else "part")
    A N whole
    B N part
    B L part
    """
    lines = []
    for unit in units:
        heirs = [heir for heir in _reached(unit, successors) if heir in living]
        lines += [Descent(unit, heir, len(heirs) == 1) for heir in heirs]
    return lines


def _reached(unit: U, successors: Mapping[U, Collection[tuple[U, date]]]) -> dict[U, date]:
    """Every unit that got ground of this one, and the first day; ground moves forward only."""
    reached, waiting = {unit: date.min}, [unit]
    while waiting:
        current = waiting.pop(0)
        for heir, day in successors.get(current, ()):
            if day >= reached[current] and day < reached.get(heir, date.max):
                reached[heir] = day
                waiting.append(heir)
    return reached
