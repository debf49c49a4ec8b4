"""The words of an order: what it may do to units, as plain values.

Codes of units that the order finds are read on the day before it takes effect, codes
that it creates on the day itself. So `Merge(("30", "31"), Founding("31", …))` closes the
old unit 31 and opens another one under the same code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

GOVERNMENT, DEFENCE = "government", "defence"

RANK = {"region": 0, "province": 1, "regional": 2, "district": 2, "commune": 3}
"""Levels from the top down; a parent stands higher than its children.

`region` is the military region, `regional` the regional defence command that guides
communes since July 2025. The government tree uses province, district and commune.
"""


def rank(level: str) -> int:
    """How far below the top a level stands: 0 is the top."""
    return RANK[level]


class Key(NamedTuple):
    """The identity of a unit: a code means another unit when it is opened anew."""

    tree: str
    code: str
    since: date


class Profile(NamedTuple):
    """How a unit is called and where it lies; `lat`, `lon` in degrees, area in km²."""

    name: str
    kind: str
    lat: float | None = None
    lon: float | None = None
    area_km2: float | None = None
    area_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Founding:
    """A unit that an order creates. `parent` is a code of the same tree.

    `serves` is the code of the government unit whose ground a command answers for.
    """

    code: str
    level: str
    profile: Profile
    parent: str | None = None
    serves: str | None = None


@dataclass(frozen=True, slots=True)
class Merge:
    """Whole units become one new unit: all their ground and children go there."""

    sources: tuple[str, ...]
    into: Founding


@dataclass(frozen=True, slots=True)
class Establish:
    """A unit opens; ground comes to it by the other acts of the order."""

    unit: Founding


@dataclass(frozen=True, slots=True)
class Divide:
    """A unit closes and its ground goes in parts to several units.

    Until each place is settled, `keeper` answers for it; without one, the first part.
    """

    unit: str
    into: tuple[str, ...]
    keeper: str | None = None


@dataclass(frozen=True, slots=True)
class Rename:
    """A unit is called otherwise from the day on."""

    unit: str
    name: str


@dataclass(frozen=True, slots=True)
class ChangeKind:
    """A unit becomes a ward, a city, …; its identity stays."""

    unit: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reparent:
    """A unit comes under another parent."""

    unit: str
    parent: str


@dataclass(frozen=True, slots=True)
class Move:
    """Places (by their codes) go to another unit; the unit they leave stays."""

    places: tuple[str, ...]
    to: str


@dataclass(frozen=True, slots=True)
class Dissolve:
    """A unit, or every unit of a level, ends.

    Children go to its parent. Ground needs a successor; several make it a division.
    """

    unit: str | None = None
    level: str | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guide:
    """A command guides units without being their parent."""

    command: str
    units: tuple[str, ...]


Act = Merge | Establish | Divide | Rename | ChangeKind | Reparent | Move | Dissolve | Guide


@dataclass(frozen=True, slots=True)
class Order:
    """A numbered legal order and its acts, in effect from `effective_on`."""

    number: str
    tree: str
    effective_on: date
    acts: tuple[Act, ...]
