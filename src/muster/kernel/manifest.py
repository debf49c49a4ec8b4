"""What a slice declares about itself, so that others can use it without knowing it.

Each slice has a `manifest.py` with one `MANIFEST`. Menus, rights, figures, the
ledger, work lists, timelines and previews of reorganisations are gathered from these
by folder, so that a new slice appears everywhere by adding its folder.

Callables are given plain values; the user is whoever asks, as the framework knows him.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Protocol

from muster.kernel.formulas import Number, percent
from muster.kernel.parameters import Parameters
from muster.kernel.periods import Period


class Label(Protocol):
    """A text for people: a `str`, or one that is translated when it is shown."""

    def __str__(self) -> str: ...
    def __len__(self) -> int: ...
    def __mod__(self, values: Any, /) -> Any: ...


@dataclass(frozen=True, slots=True)
class MenuItem:
    """An entry of the menu, shown to those who hold the permission (all, when empty)."""

    label: Label
    url_name: str
    permission: str = ""
    order: int = 100


@dataclass(frozen=True, slots=True)
class Permission:
    """A right, named `<slug>.<verb>`, and the roles whose posts carry it."""

    code: str
    label: Label
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scope:
    """What a figure is asked for.

    `place_ids` are the places that made up the unit on `as_of`, the day whose map is
    read; `period` is the time counted. The two are independent: the first half of 2024
    can be counted on the map of today.
    """

    unit_id: int
    place_ids: tuple[int, ...]
    period: Period
    as_of: date
    user: Any = None


@dataclass(frozen=True, slots=True)
class Row:
    """One case behind a figure, as the list shows it to which the figure opens."""

    label: Label
    detail: Label = ""
    on: date | None = None
    place: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """A computed figure, exact; `None` = not known.

    A *derived* figure opens to its rows; a *declared* one can only be typed and names
    its `source` document. `scaled` marks a demonstration that is not life size;
    `confirmed=False` a figure that rests on an assumption or an unchecked legal value.
    """

    numerator: Number | None = None
    denominator: Number | None = None
    value: Decimal | None = None
    basis: Literal["derived", "declared"] = "derived"
    source: str = ""
    scaled: bool = False
    confirmed: bool = True
    extra: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def count(cls, number: Number | None, **more: Any) -> Result:
        """A number of things.

        >>> Result.count(11).value
        Decimal('11')
        """
        return cls(numerator=number, value=None if number is None else Decimal(number), **more)

    @classmethod
    def share(cls, numerator: Number | None, denominator: Number | None, **more: Any) -> Result:
        """A share in per cent; not known when it is a share of nothing.

        >>> Result.share(21, 21).value, Result.share(0, 0).value
        (Decimal('100'), None)
        """
        return cls(numerator, denominator, percent(numerator, denominator), **more)


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure that the slice can compute for any unit, period and map.

    `compute` answers `None` where the slice knows nothing of the unit; without `compute`
    the figure can only be declared. `rows` gives the cases behind the numerator.
    `direction` says which change is for the better, `places` how many decimals are
    printed, `previous` with which period the figure is compared; `None` = with none, since
    it tells of the day of the map and not of a period. `known` names the units and periods
    of which the slice has something to tell, so that a review is offered.
    """

    code: str
    label: Label
    unit: Literal["count", "percent", "points"]
    compute: Callable[[Scope], Result | None] | None = None
    rows: Callable[[Scope], Iterable[Row]] | None = None
    direction: Literal["up", "down", "none"] = "none"
    places: int = 0
    previous: Callable[[Period], Period] | None = Period.previous_like
    known: Callable[[], Iterable[tuple[int, Period]]] | None = None


@dataclass(frozen=True, slots=True)
class LedgerKind:
    """One kind of ledger entry.

    `canonical_sql` selects `(id bigint, canonical text)`: for each row behind an entry
    the text whose salted digest is the leaf. It must not change for a row that is decided.
    `by_uid` selects the id of the row that bears an opaque name (one parameter), where
    rows have one that is printed on papers: whoever holds it may ask for the receipt.
    """

    code: str
    label: Label
    canonical_sql: str
    by_uid: str = ""


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """A check of derived state against the lines of the ledger.

    `sql` lists the rows that disagree, such as a case whose state is not what its last
    decision says; it must list none.
    """

    code: str
    label: Label
    sql: str


@dataclass(frozen=True, slots=True)
class Retention:
    """A rule by which rows of a slice go once their time is up; the register's job carries it out.

    `rule` names the legal value, among the slice's parameters. `due` finds the rows that it
    reaches on a day; `destroy` takes them and all that tells of them away, and answers the
    ids of the rows that went, by table. What stood behind entries of the log is erased there.
    """

    rule: str
    due: Callable[[date], Sequence[int]]
    destroy: Callable[[Sequence[int]], Mapping[str, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of *my work*: what somebody must do, how many wait, until when.

    `returned` is what another office sent back to this one: refused, or to be mended.
    """

    title: Label
    detail: Label = ""
    due: date | None = None
    url: str = ""
    count: int = 1
    urgency: Literal["late", "returned", "soon", "normal"] = "normal"


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One line of a person's timeline: what happened, by which article, with its receipt.

    `doubt` says why the law behind it is unconfirmed; the timeline tells each reason once.
    """

    on: date
    title: Label
    detail: Label = ""
    article: str = ""
    decision_number: str = ""
    receipt_url: str = ""
    place: str = ""
    doubt: Label = ""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a reorganisation would touch, as its preview shows it before anything happens."""

    label: Label
    count: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a slice declares about itself.

    `commands`        the slice's group of the command line
    `work`            (user, today) → what waits for him
    `person_pages`    pages about one citizen, by his opaque name, opened from his entry
    `timeline`        (person id) → what happened to the person in this slice
    `refusals`        codes of refusals that inspectors see, with what was tried
    `touched_by`      (place ids, day) → what a reorganisation of these places would touch
    `after_deciding`  (decision ids) → what the slice brings in line at once, called by actions
    `retention`       by which rules rows of the slice are destroyed
    `before_erasing`  (line ids) → lets go of decision lines that are about to be destroyed
    `decided_since`   (place ids, day) → what was decided there since, which an undo would hurt
    `count_by_place`  (day) → how many live or are kept at each place, by place id
    `addresses_at`    (place ids, day) → how many people there gave which address, by place id
    `to_try`          the password of a demonstration's accounts; empty where nothing was played
    `checks`          derived state that the ledger can prove wrong
    `parameters`      the legal values that the slice reads
    """

    slug: str
    title: Label
    menu: tuple[MenuItem, ...] = ()
    person_pages: tuple[MenuItem, ...] = ()
    permissions: tuple[Permission, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    ledger: tuple[LedgerKind, ...] = ()
    commands: Any = None
    work: Callable[[Any, date], Iterable[WorkItem]] | None = None
    timeline: Callable[[Any], Iterable[TimelineItem]] | None = None
    refusals: Mapping[str, Label] = field(default_factory=dict)
    touched_by: Callable[[Iterable[int], date], Iterable[Touched]] | None = None
    after_deciding: Callable[[Sequence[int]], None] | None = None
    retention: tuple[Retention, ...] = ()
    before_erasing: Callable[[Sequence[int]], None] | None = None
    decided_since: Callable[[Iterable[int], date], Iterable[Touched]] | None = None
    count_by_place: Callable[[date], Mapping[int, int]] | None = None
    addresses_at: Callable[[Iterable[int], date], Mapping[int, Mapping[str, int]]] | None = None
    to_try: Callable[[], str] | None = None
    checks: tuple[LedgerCheck, ...] = ()
    parameters: Parameters | None = None
