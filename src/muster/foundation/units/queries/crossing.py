"""From the map of one day to that of a later one: which unit's ground came where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from django.db import connection

from muster.foundation.units.models import Level
from muster.foundation.units.queries.counts import lineage
from muster.foundation.units.queries.ground import ground_by_level
from muster.foundation.units.queries.naming import Named, named
from muster.foundation.units.queries.people import people_by_place
from muster.foundation.units.rules import area_shares

Shares = dict[tuple[int, int], Fraction]

LEVELS = (Level.COMMUNE, Level.DISTRICT, Level.PROVINCE)


class Above(NamedTuple):
    """A commune with its district and its province."""

    commune: int
    district: int | None
    province: int | None


class Came(NamedTuple):
    """How much of a unit came: 1 for `whole`, else its share, None when nothing tells it."""

    share: Fraction | None
    whole: bool


@dataclass(frozen=True)
class Crossing:
    """Local government between two days: who holds the ground that each commune had.

    `heirs` are all communes that an old one went to, waiting parts included. `shares` say
    by `method` how much of a commune, weighed by `weights`, came to each of its heirs.
    """

    heirs: dict[int, set[int]]
    above: dict[int, Above]
    method: str
    shares: Shares
    weights: dict[int, Fraction]

    @classmethod
    def between(cls, begin: date, end: date, method: str = "") -> Crossing:
        """The ground of `begin` on the map of `end`; `method` is `people`, `area` or none."""
        heirs: dict[int, set[int]] = {}
        for line in lineage(begin, end):
            heirs.setdefault(line.old_id, set()).add(line.new_id)
        weigh = _METHODS.get(method)
        shares, weights = weigh(heirs, begin, end) if weigh else ({}, {})
        return cls(heirs, {each.commune: each for each in _above(begin)}, method, shares, weights)

    def into(self, unit: Named, leaves: set[int]) -> dict[int, Came]:
        """What came to a unit that holds these communes, from each old unit of its level."""
        level = LEVELS.index(Level(unit.level))
        parts: dict[int, list[int]] = {}
        for old, above in self.above.items():
            source = above[level]
            if source is not None and old in self.heirs:
                parts.setdefault(source, []).append(old)
        return {
            source: self._came(olds, leaves)
            for source, olds in parts.items()
            if any(not leaves.isdisjoint(self.heirs[old]) for old in olds)
        }

    def _came(self, olds: list[int], leaves: set[int]) -> Came:
        if all(self.heirs[old] <= leaves for old in olds):
            return Came(Fraction(1), whole=True)
        came = total = Fraction(0)
        for old in olds:
            share, weight = self._share(old, leaves), self.weights.get(old)
            if share is None or weight is None:
                return Came(None, whole=False)
            came += share * weight
            total += weight
        return Came(came / total if total else None, whole=False)

    def _share(self, old: int, leaves: set[int]) -> Fraction | None:
        heirs = self.heirs[old]
        if heirs <= leaves or heirs.isdisjoint(leaves):
            return Fraction(heirs <= leaves)
        known = [self.shares.get((old, heir)) for heir in heirs]
        if all(share is None for share in known):
            return None
        return sum(
            (self.shares.get((old, heir), Fraction(0)) for heir in heirs & leaves), Fraction(0)
        )


def _above(on: date) -> list[Above]:
    sql, values = ground_by_level(on)
    columns = "commune_id, district_id, province_id"
    with connection.cursor() as cursor:
        cursor.execute(f"select distinct {columns} from ({sql}) g", values)
        return [Above(*row) for row in cursor.fetchall()]


def _by_people(
    heirs: dict[int, set[int]], begin: date, end: date
) -> tuple[Shares, dict[int, Fraction]]:
    """Shares by the people of `begin`; those who wait count with their keeper."""
    before, after = ground_by_level(begin), ground_by_level(end)
    people = people_by_place(begin)
    counts: Shares = {}
    weights = dict.fromkeys(heirs, Fraction(0))
    with connection.cursor() as cursor:
        cursor.execute(
            f"select place_id, o.commune_id, n.commune_id"
            f" from ({before[0]}) o join ({after[0]}) n using (place_id)",
            [*before[1], *after[1]],
        )
        for place, old, new in cursor.fetchall():
            number = Fraction(people.get(place, 0))
            counts[old, new] = counts.get((old, new), Fraction(0)) + number
            weights[old] = weights.get(old, Fraction(0)) + number
    shares = {pair: count / weights[pair[0]] for pair, count in counts.items() if weights[pair[0]]}
    return shares, weights


def _by_area(
    heirs: dict[int, set[int]], begin: date, end: date
) -> tuple[Shares, dict[int, Fraction]]:
    """Shares by what each heir's area has beyond the communes that came to it whole."""
    old, new = _areas(heirs, begin), _areas({each for some in heirs.values() for each in some}, end)
    weights = {unit: Fraction(area) for unit, area in old.items() if area is not None}
    return area_shares(old, new, {each: sorted(some) for each, some in heirs.items()}), weights


def _areas(ids: Iterable[int], on: date) -> dict[int, float | None]:
    return {unit.id: unit.area_km2 for unit in named(ids, on).values()}


_METHODS: dict[
    str, Callable[[dict[int, set[int]], date, date], tuple[Shares, dict[int, Fraction]]]
] = {"people": _by_people, "area": _by_area}
