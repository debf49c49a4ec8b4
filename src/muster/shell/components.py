"""The plain values that the page components show; templates never see a model's insides."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from muster.kernel.manifest import Label

Tone = Literal["neutral", "good", "warn", "bad", "info"]


@dataclass(frozen=True, slots=True)
class Status:
    """A state in a word; the tone also chooses a sign, so that colour never stands alone."""

    label: Label
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Card:
    """One figure of a summary: what it counts, how it changed, and what it rests on.

    `value`, `previous` and `change` are numbers (None = not known), printed with `places`
    decimals in the reader's language. `better` says whether the change is for the better;
    None leaves it uncoloured. `href` opens the cases behind the figure.
    """

    label: Label
    value: Decimal | int | None
    unit: Literal["count", "percent", "points"] = "count"
    places: int = 0
    previous: Decimal | int | None = None
    change: Decimal | int | None = None
    change_unit: Literal["count", "points"] = "count"
    better: bool | None = None
    basis: Literal["derived", "declared", ""] = ""
    source: Label = ""
    scaled: bool = False
    unconfirmed: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a definition list or of *check your answers*.

    `change_href` leads back to change it; `href` opens what the value names.
    """

    term: Label
    value: object
    change_href: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One view among a few of the same thing."""

    label: Label
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way to this page."""

    label: Label
    href: str


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a timeline: `major` marks a decision, `bad` what broke the law or failed.

    `doubt` says why the law behind it is unconfirmed; the timeline tells each reason once.
    """

    on: date
    title: Label
    detail: Label = ""
    article: str = ""
    number: str = ""
    place: str = ""
    href: str = ""
    receipt_href: str = ""
    kind: Literal["major", "bad", ""] = ""
    doubt: Label = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, which opens to its cases; `before` is the same a period earlier.

    `note` is written at its end instead of the number.
    """

    label: Label
    value: int | Decimal
    href: str = ""
    before: int | Decimal | None = None
    note: Label = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One unit on a schematic map: degrees east and north, area in km², a value to shade."""

    label: Label
    east: float
    north: float
    area: float = 0.0
    value: int | Decimal | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Stream:
    """What flows from one unit to another, as in a merger: people, places or area."""

    source: str
    target: str
    amount: float
    partly: bool = False


def as_facts(pairs: Sequence[tuple[Label, object]]) -> tuple[Fact, ...]:
    """Pairs of term and value as facts without a way to change them."""
    return tuple(Fact(term, value) for term, value in pairs)
