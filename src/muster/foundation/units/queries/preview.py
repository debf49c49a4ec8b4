"""What an order would do, shown before anything happens."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from muster.foundation.units.queries.naming import Named, named
from muster.foundation.units.queries.orders import Reading
from muster.foundation.units.queries.people import people_by_place, touched_by
from muster.kernel.lineage import Effects, Key, Standing
from muster.kernel.manifest import Touched


@dataclass(frozen=True, slots=True)
class Closing:
    """A unit that closes, its successors, and the places and people that go with it."""

    unit: Named
    successors: tuple[str, ...]
    whole: bool
    keeper: str
    places: int
    people: int


@dataclass(frozen=True)
class Preview:
    """The effects of one order in the reader's words; nothing of it has happened."""

    number: str
    on: date
    opens: tuple[tuple[Key, Standing], ...]
    closes: tuple[Closing, ...]
    renamed: tuple[tuple[Named, str], ...]
    reparented: tuple[tuple[Named, str], ...]
    clashes: tuple[tuple[str, int], ...]
    touched: tuple[Touched, ...]

    @property
    def places(self) -> int:
        """Places that come to another unit."""
        return sum(each.places for each in self.closes)

    @property
    def people(self) -> int:
        """People at these places."""
        return sum(each.people for each in self.closes)

    @property
    def divided(self) -> tuple[Closing, ...]:
        """Units whose places wait for a part."""
        return tuple(each for each in self.closes if len(each.successors) > 1)

    @property
    def waiting(self) -> int:
        """People who wait for a part."""
        return sum(each.people for each in self.divided)


def preview(reading: Reading) -> list[Preview]:
    """Each order that was read, with what it moves and whom it touches."""
    return [_one(outcome.effects, reading.ids) for outcome in reading.outcomes]


def _one(effects: Effects, ids: dict[Key, int]) -> Preview:
    eve = effects.on - timedelta(days=1)
    people = people_by_place(eve)
    places = _places_of([ids[key] for key in effects.closed if key in ids], eve)
    names = named(ids.values(), eve)

    def label(key: Key) -> str:
        unit = effects.opened.get(key)
        known = names.get(ids.get(key, 0))
        if unit is not None:
            return f"{key.code} {unit.profile.kind} {unit.profile.name}"
        return f"{key.code} {known.full_name}" if known else key.code

    heirs: dict[Key, list[Key]] = {}
    for succession in effects.successions:
        heirs.setdefault(succession.old, []).append(succession.new)
    keepers = {each.old: each.new for each in effects.transfers if each.places is None}
    closes = tuple(
        Closing(
            names[ids[key]],
            tuple(label(heir) for heir in heirs.get(key, ())),
            len(heirs.get(key, ())) == 1,
            label(keepers[key]) if key in keepers else "",
            len(places.get(ids[key], ())),
            sum(people.get(place, 0) for place in places.get(ids[key], ())),
        )
        for key in effects.closed
    )
    ground = [place for group in places.values() for place in group]
    return Preview(
        effects.order, effects.on, tuple(effects.opened.items()), closes,
        tuple((names[ids[key]], f"{new.kind} {new.name}") for key, new in effects.renamed.items()),
        tuple((names[ids[key]], label(new)) for key, new in effects.reparented.items()),
        _clashes(effects), tuple(touched_by(ground, eve)),
    )  # fmt: skip


def _clashes(effects: Effects) -> tuple[tuple[str, int], ...]:
    """Names that several new units of one parent bear: documents cannot tell them apart."""
    names = Counter(
        (unit.parent, unit.profile.kind, unit.profile.name) for unit in effects.opened.values()
    )
    return tuple((f"{kind} {name}", n) for (_, kind, name), n in names.items() if n > 1)


def _places_of(unit_ids: list[int], on: date) -> dict[int, list[int]]:
    """The ground of each of these units; of two that stand above a place, the nearer has it."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, {"units": unit_ids, "on": on})
        return dict(cursor.fetchall())


_PLACES = """
    with recursive edge (above, below) as materialized (
        select p.parent_id, p.unit_id from units_unitparent p
        where p.valid_from <= %(on)s and (p.valid_to is null or p.valid_to > %(on)s)
        union all
        select l.source_id, l.target_id from units_link l
        where l.valid_from <= %(on)s and (l.valid_to is null or l.valid_to > %(on)s)
    ), below (root, unit, depth) as (
        select id, id, 0 from units_unit where id = any(%(units)s)
        union
        select below.root, edge.below, below.depth + 1
        from below join edge on edge.above = below.unit
        where edge.below <> all(%(units)s)
    ), nearest as (
        select distinct on (t.place_id) below.root, t.place_id
        from below join units_tenure t on t.unit_id = below.unit
        where t.valid_from <= %(on)s and (t.valid_to is null or t.valid_to > %(on)s)
        order by t.place_id, below.depth, below.root
    )
    select root, array_agg(place_id) from nearest group by root
"""
