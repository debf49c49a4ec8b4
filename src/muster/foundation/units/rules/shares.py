"""How the area of a divided unit is shared out among its parts, where nobody measured it."""

from collections.abc import Mapping, Sequence
from fractions import Fraction


def area_shares(
    before: Mapping[int, float | None],
    after: Mapping[int, float | None],
    heirs: Mapping[int, Sequence[int]],
) -> dict[tuple[int, int], Fraction]:
    """Which share of each divided unit's area came to each of its parts.

    `before` and `after` are km² of the old and of the new units, `heirs` says which old
    unit went to which new ones. A part is what a new unit has beyond those that came to
    it whole. Where one part's extent is unknown or nothing, the unit has no shares.

    >>> area_shares({1: 10.0, 2: 6.0}, {8: 13.0, 9: 3.0}, {1: [8], 2: [8, 9]})
    {(2, 8): Fraction(1, 2), (2, 9): Fraction(1, 2)}
    >>> area_shares({2: 6.0}, {8: 13.0, 9: None}, {2: [8, 9]})
    {}
    """
    rest = {unit: None if area is None else Fraction(area) for unit, area in after.items()}
    for old, (new, *others) in heirs.items():
        left, taken = rest.get(new), before.get(old)
        if not others:
            rest[new] = None if left is None or taken is None else left - Fraction(taken)
    found: dict[tuple[int, int], Fraction] = {}
    for old, parts in heirs.items():
        extents = {new: extent for new in parts if (extent := rest.get(new)) and extent > 0}
        if len(parts) > 1 and len(extents) == len(parts):
            total = sum(extents.values(), Fraction(0))
            found |= {(old, new): extent / total for new, extent in extents.items()}
    return found
