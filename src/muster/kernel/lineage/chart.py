"""What an order is read against, and what reading it gives: effects or faults."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from muster.kernel.lineage.acts import Key, Order, Profile


class Standing(NamedTuple):
    """A unit as it stands on the day: level, parent, name."""

    level: str
    parent: Key | None
    profile: Profile


class Link(NamedTuple):
    """`serves`: a command answers for a unit's ground. `guides`: it guides another."""

    kind: str
    source: Key
    target: Key


class Ended(NamedTuple):
    """On which day, and by which order, something was changed."""

    day: date
    order: str


class Succession(NamedTuple):
    """`old` lives on in `new`; `whole` when nowhere else, `keeper` when `new` answers for it."""

    old: Key
    new: Key
    whole: bool
    keeper: bool = False


class Transfer(NamedTuple):
    """Ground of `old` goes to `new`: the named places, or all that is left (`None`).

    `provisional`: `new` is only the keeper until each place is settled.
    """

    old: Key
    new: Key
    provisional: bool = False
    places: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Chart:
    """What an order of `day` must know of the map, orders of that day so far included.

    It may cover the touched neighbourhood only: the units named, their parents, the
    children and links of those that close. `grounded` are units that hold places,
    `holders` the unit of each place that a `Move` names. `gone` says what became of a
    code that no longer stands, `coming` which code opens later. `ahead` says what later
    orders already change about a unit (its life, name, parent or ground), so that they
    must be undone first.
    """

    day: date
    standing: Mapping[Key, Standing] = field(default_factory=dict)
    links: AbstractSet[Link] = frozenset()
    grounded: AbstractSet[Key] = frozenset()
    holders: Mapping[str, Key] = field(default_factory=dict)
    gone: Mapping[tuple[str, str], Ended] = field(default_factory=dict)
    coming: Mapping[tuple[str, str], Ended] = field(default_factory=dict)
    ahead: Mapping[tuple[str, Key], Ended] = field(default_factory=dict)


@dataclass
class Effects:
    """What one order does, span by span, each beginning or ending on `on`."""

    order: str
    on: date
    opened: dict[Key, Standing] = field(default_factory=dict)
    closed: dict[Key, bool] = field(default_factory=dict)
    """Units that close; true when they end without a successor."""
    renamed: dict[Key, Profile] = field(default_factory=dict)
    reparented: dict[Key, Key] = field(default_factory=dict)
    transfers: list[Transfer] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)
    linked: list[Link] = field(default_factory=list)
    unlinked: list[Link] = field(default_factory=list)


class Reason(StrEnum):
    """Why an act cannot be carried out."""

    UNKNOWN = "unknown"
    CLOSED = "closed"
    OPENED_TODAY = "opened_today"
    OVERLAP = "overlap"
    CODE_TAKEN = "code_taken"
    LEVEL = "level"
    NO_PARENT = "no_parent"
    NO_PARTS = "no_parts"
    KEEPER = "keeper"
    NO_SUCCESSOR = "no_successor"
    CONTRADICTS = "contradicts"
    UNKNOWN_PLACE = "unknown_place"
    OTHER_DAY = "other_day"


class Fault(NamedTuple):
    """One fault of an order: in which act (counted from 0), about which code.

    `other` names what it collides with: a code, a place or an order; `day` since when.
    """

    act: int
    reason: Reason
    code: str
    other: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Outcome:
    """An order with its effects; they mean nothing when it has faults."""

    order: Order
    effects: Effects
    faults: tuple[Fault, ...]
