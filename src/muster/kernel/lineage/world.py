"""The whole history of units as one immutable value, and the promises it must keep.

This is the model that the database follows: the same spans, closed and opened by the
same effects, undone in the same way. It exists to be reasoned about and tested.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeVar

from muster.kernel.errors import Refused
from muster.kernel.lineage.acts import Key, Move, Order
from muster.kernel.lineage.chart import (
    Chart,
    Effects,
    Ended,
    Fault,
    Link,
    Standing,
    Succession,
)
from muster.kernel.lineage.plan import plan


class Unlawful(Refused):
    """An order has faults; nothing of it was applied."""

    def __init__(self, order: str, faults: tuple[Fault, ...]) -> None:
        first = faults[0]
        super().__init__(f"order {order}, act {first.act + 1}: {first.reason} ({first.code}).")
        self.faults = faults


class NotOnTop(Refused):
    """Another order builds on this one and must be undone first."""


class Spell(NamedTuple):
    """A value for a span of days (`until` exclusive, `None` = open), and by which orders.

    A spell that one order opens and another closes on the same day is empty; it is kept,
    so that undoing the second gives back the first.
    """

    value: Any
    since: date
    until: date | None
    opened_by: str
    closed_by: str | None = None

    def covers(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class Seat(NamedTuple):
    """The unit in which a place lies; provisional while it waits with a keeper."""

    unit: Key
    provisional: bool = False


Timeline = tuple[Spell, ...]


@dataclass(frozen=True)
class World:
    """Every unit, place and link with its spells; successions with the order they are by."""

    lives: Mapping[Key, Timeline] = field(default_factory=dict)
    """A unit's level, for one spell."""
    names: Mapping[Key, Timeline] = field(default_factory=dict)
    parents: Mapping[Key, Timeline] = field(default_factory=dict)
    seats: Mapping[str, Timeline] = field(default_factory=dict)
    links: Mapping[Link, Timeline] = field(default_factory=dict)
    successions: tuple[tuple[str, Succession], ...] = ()
    ended: frozenset[Key] = frozenset()

    def standing(self, day: date) -> dict[Key, Standing]:
        """The units that stand on the day."""
        return {
            key: Standing(level, _on(self.parents.get(key, ()), day), _on(self.names[key], day))
            for key, spells in self.lives.items()
            if (level := _on(spells, day)) is not None
        }

    def unit_of(self, place: str, day: date) -> Key | None:
        """The unit in which a place lies on the day."""
        seat = _on(self.seats.get(place, ()), day)
        return None if seat is None else seat.unit

    def chain(self, unit: Key, day: date) -> list[Key]:
        """The unit and those above it on the day, from the bottom up."""
        chain: list[Key] = []
        above: Key | None = unit
        while above is not None:
            chain.append(above)
            above = _on(self.parents.get(above, ()), day)
        return chain


def _on(spells: Timeline, day: date) -> Any:
    return next((spell.value for spell in spells if spell.covers(day)), None)


def apply(world: World, order: Order) -> World:
    """The history with the order carried out; `Unlawful` when it has faults."""
    outcome = plan(_chart(world, order), [order])[0]
    if outcome.faults:
        raise Unlawful(order.number, outcome.faults)
    return _carry_out(world, outcome.effects)


def undo(world: World, number: str) -> World:
    """The history as it was before the order; `NotOnTop` when another builds on it."""
    later = sorted(_builders(world, number))
    if later:
        raise NotOnTop(f"order {number} cannot be undone before order {later[0]} is.")
    return World(
        _without(world.lives, number),
        _without(world.names, number),
        _without(world.parents, number),
        _without(world.seats, number),
        _without(world.links, number),
        tuple(each for each in world.successions if each[0] != number),
        world.ended - _closed(world.lives, number),
    )


def _timelines(world: World) -> tuple[Mapping[Any, Timeline], ...]:
    return world.lives, world.names, world.parents, world.seats, world.links


def _chart(world: World, order: Order) -> Chart:
    day, standing = order.effective_on, world.standing(order.effective_on)
    moved = {place for act in order.acts if isinstance(act, Move) for place in act.places}
    endings = [(key, line[-1]) for key, line in world.lives.items() if line[-1].until is not None]
    return Chart(
        day,
        standing,
        frozenset(link for link, spells in world.links.items() if _on(spells, day)),
        frozenset(seat.unit for line in world.seats.values() if (seat := _on(line, day))),
        {place: unit for place in moved if (unit := world.unit_of(place, day))},
        {
            key[:2]: Ended(end.until, end.closed_by or "")
            for key, end in sorted(endings)
            if end.until is not None and end.until <= day
        },
        {
            key[:2]: Ended(key.since, line[0].opened_by)
            for key, line in world.lives.items()
            if key.since > day
        },
        dict(_ahead(world, day)),
    )


def _ahead(world: World, day: date) -> Iterator[tuple[tuple[str, Key], Ended]]:
    """What orders of later days change about a unit."""
    aspects = {"life": world.lives, "name": world.names, "parent": world.parents}
    for aspect, timelines in aspects.items():
        for key, spells in timelines.items():
            for spell in spells:
                if spell.until is not None and spell.until > day:
                    yield (aspect, key), Ended(spell.until, spell.closed_by or "")
    for spells in world.seats.values():
        for spell in spells:
            if spell.until is not None and spell.until > day:
                yield ("ground", spell.value.unit), Ended(spell.until, spell.closed_by or "")


def _carry_out(world: World, effects: Effects) -> World:
    book = _Book(
        effects, dict(world.lives), dict(world.names), dict(world.parents),
        dict(world.seats), dict(world.links),
    )  # fmt: skip
    book.open_units()
    book.change_units()
    book.move_ground()
    book.change_links()
    book.close_units()
    return World(
        book.lives, book.names, book.parents, book.seats, book.links,
        (*world.successions, *((effects.order, each) for each in effects.successions)),
        world.ended | {key for key, without in effects.closed.items() if without},
    )  # fmt: skip


@dataclass
class _Book:
    """Copies of the timelines while effects are written into them."""

    effects: Effects
    lives: dict[Key, Timeline]
    names: dict[Key, Timeline]
    parents: dict[Key, Timeline]
    seats: dict[str, Timeline]
    links: dict[Link, Timeline]

    def end(self, timelines: dict[Any, Timeline], key: Any) -> None:
        *past, last = timelines[key]
        ended = last._replace(until=self.effects.on, closed_by=self.effects.order)
        timelines[key] = (*past, ended)

    def begin(self, timelines: dict[Any, Timeline], key: Any, value: Any) -> None:
        spell = Spell(value, self.effects.on, None, self.effects.order)
        timelines[key] = (*timelines.get(key, ()), spell)

    def change(self, timelines: dict[Any, Timeline], key: Any, value: Any) -> None:
        self.end(timelines, key)
        self.begin(timelines, key, value)

    def open_units(self) -> None:
        for key, unit in self.effects.opened.items():
            self.begin(self.lives, key, unit.level)
            self.begin(self.names, key, unit.profile)
            if unit.parent is not None:
                self.begin(self.parents, key, unit.parent)

    def change_units(self) -> None:
        for key, profile in self.effects.renamed.items():
            self.change(self.names, key, profile)
        for key, parent in self.effects.reparented.items():
            self.change(self.parents, key, parent)

    def move_ground(self) -> None:
        """Whoever already waits for a part still waits, unless his place is named."""
        for old, new, provisional, places in self.effects.transfers:
            for place, spells in self.seats.items():
                seat = spells[-1].value
                if seat.unit == old and (places is None or place in places):
                    waits = places is None and (provisional or seat.provisional)
                    self.change(self.seats, place, Seat(new, waits))

    def change_links(self) -> None:
        for link in self.effects.unlinked:
            self.end(self.links, link)
        for link in self.effects.linked:
            self.begin(self.links, link, link.kind)

    def close_units(self) -> None:
        for key in self.effects.closed:
            self.end(self.lives, key)
            self.end(self.names, key)
            if key in self.parents:
                self.end(self.parents, key)


K = TypeVar("K")


def _without(timelines: Mapping[K, Timeline], number: str) -> dict[K, Timeline]:
    """The timelines without the spells that the order opened, those it closed open again."""
    restored = {}
    for key, spells in timelines.items():
        kept = tuple(
            spell._replace(until=None, closed_by=None) if spell.closed_by == number else spell
            for spell in spells
            if spell.opened_by != number
        )
        if kept:
            restored[key] = kept
    return restored


def _closed(lives: Mapping[Key, Timeline], number: str) -> frozenset[Key]:
    return frozenset(key for key, line in lives.items() if line[-1].closed_by == number)


def _builders(world: World, number: str) -> Iterator[str]:
    """Other orders that ended what this one began, refer to its units, or reuse a code."""
    opened = {key for key, line in world.lives.items() if line[0].opened_by == number}
    closed = _closed(world.lives, number)
    freed = {key[:2]: world.lives[key][-1].until for key in closed}
    for key, (life, *_) in world.lives.items():
        emptied = freed.get(key[:2])
        if emptied and key.since >= emptied and life.opened_by != number:
            yield life.opened_by
    for timelines in _timelines(world):
        for key, line in timelines.items():
            for spell in line:
                if spell.opened_by == number and spell.closed_by not in {None, number}:
                    yield spell.closed_by or ""
                if spell.opened_by != number and not opened.isdisjoint(_units(key, spell.value)):
                    yield spell.opened_by


def _units(*values: Any) -> set[Key]:
    """The units that a spell refers to."""
    found: set[Key] = set()
    for value in values:
        match value:
            case Key():
                found.add(value)
            case Seat(unit):
                found.add(unit)
            case Link(_, source, target):
                found |= {source, target}
            case _:
                pass
    return found
