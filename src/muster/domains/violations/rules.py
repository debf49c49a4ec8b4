"""Which fine a violation carries on a day, whose office may impose it, and in which order."""

from dataclasses import dataclass
from datetime import date, timedelta

from muster.kernel.errors import Refused
from muster.kernel.parameters import beside

LAW = beside(__file__)

#: The kind of call that each offence did not follow.
CALLS = {
    "registration_missed": "registration_call",
    "registration_missed_again": "registration_call",
    "screening_absence": "prescreening_call",
    "screening_refused": "prescreening_call",
    "exam_absence": "exam_call",
    "exam_refused": "exam_call",
    "exam_disobeyed": "exam_call",
    "call_up_late": "call_up",
    "call_up_deceit": "call_up",
    "call_up_refused": "call_up",
}


class UnknownOffence(Refused):
    """An offence that no decree in force names."""


class OutsideBracket(Refused):
    """A fine below or above what the decree allows."""


class TooLate(Refused):
    """A sanction after the limitation period."""


class AboveEveryOffice(Refused):
    """A bracket whose maximum no local office may impose."""


class OutOfOrder(Refused):
    """A step before the one it follows, or one that was done already."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """The least and the most of a fine in đồng, with its decree; a warning is none."""

    offence: str
    low: int
    high: int
    source: str
    confirmed: bool

    @property
    def middle(self) -> int:
        """What is imposed without aggravating or mitigating facts: half-way."""
        return (self.low + self.high) // 2

    @property
    def is_warning(self) -> bool:
        """Whether the decree orders a warning instead of a fine."""
        return self.high == 0


@dataclass(frozen=True, slots=True)
class Authority:
    """The office that may impose a fine: its level and role, up to its ceiling in đồng."""

    level: str
    role: str
    ceiling: int
    source: str
    confirmed: bool


def bracket(offence: str, on: date) -> Bracket:
    """The fine of an offence under the decree in force on the day of the sanction.

    >>> bracket("exam_absence", date(2025, 8, 4)).middle
    11000000
    >>> bracket("exam_absence", date(2025, 8, 5)).middle
    17500000
    """
    if offence not in CALLS:
        raise UnknownOffence(
            f"“{offence}” is no offence of the decrees; use one of {', '.join(CALLS)}.",
            code="violations.unknown_offence",
        )
    found = LAW.on(offence, on)
    return Bracket(offence, found.value["low"], found.value["high"], found.source, found.confirmed)


def authority(offence: str, on: date) -> Authority:
    """The lowest office whose ceiling reaches the bracket's maximum on the day.

    Authority follows the maximum of the bracket, not the fine imposed, so a
    commune closes cases up to 37.5 million and sends the others up.

    >>> authority("exam_refused", date(2026, 3, 10)).level
    'commune'
    >>> authority("call_up_late", date(2026, 3, 10)).level
    'province'
    """
    most = bracket(offence, on).high
    found = LAW.on("authority", on)
    for office in found.value:
        if most <= office["ceiling"]:
            return Authority(
                office["level"], office["role"], office["ceiling"], found.source, found.confirmed
            )
    raise AboveEveryOffice(
        f"a fine of up to {most} đồng is above every local office on {on}.",
        code="violations.above_every_office",
    )


def punishable_until(committed_on: date) -> date:
    """The last day on which a violation may be punished.

    >>> punishable_until(date(2025, 3, 1))
    datetime.date(2026, 3, 1)
    """
    return committed_on + timedelta(days=LAW.integer("limitation_days", committed_on))


def pay_by(signed_on: date) -> date:
    """The last day for paying a fine without a surcharge."""
    return signed_on + timedelta(days=LAW.integer("payment_days", signed_on))


def check_fine(offence: str, amount: int, *, committed_on: date, signed_on: date) -> None:
    """Refuse a fine outside its bracket or after the limitation period."""
    allowed = bracket(offence, signed_on)
    if not allowed.low <= amount <= allowed.high:
        raise OutsideBracket(
            f"{amount} đồng is outside {allowed.low}–{allowed.high} ({allowed.source}); "
            "correct the amount.",
            code="violations.outside_bracket",
        )
    last = punishable_until(committed_on)
    if signed_on > last:
        raise TooLate(
            f"the violation of {committed_on} could be punished until {last}, not on {signed_on}; "
            "close the case without a sanction.",
            code="violations.too_late",
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a case has come: the day of each step that was taken."""

    detected_on: date
    minuted_on: date | None = None
    punished_on: date | None = None
    paid_on: date | None = None
    dismissed_on: date | None = None


def state(case: Progress) -> str:
    """Where a case stands: detected, minuted, punished, paid or dismissed.

    >>> state(Progress(date(2025, 3, 1), minuted_on=date(2025, 3, 4)))
    'minuted'
    """
    if case.dismissed_on:
        return "dismissed"
    if case.paid_on:
        return "paid"
    if case.punished_on:
        return "punished"
    return "minuted" if case.minuted_on else "detected"


#: The states in which a step may be taken; what it is called when it may not.
_STEPS = {
    "minuted": (("detected",), "minuted"),
    "punished": (("minuted",), "punished"),
    "paid": (("punished",), "settled"),
    "dismissed": (("detected", "minuted"), "dismissed"),
}


def check_step(case: Progress, step: str, on: date) -> None:
    """Refuse a step out of order: no sanction without minutes, no payment without a sanction.

    `step` is the state that it leads to; a step cannot be dated before the last one.
    """
    now = state(case)
    before, name = _STEPS[step]
    if now not in before:
        raise OutOfOrder(
            f"a case that is {now} cannot be {name}; it must be {' or '.join(before)} first.",
            code="violations.out_of_order",
        )
    last = max(filter(None, (case.detected_on, case.minuted_on, case.punished_on)))
    if on < last:
        raise OutOfOrder(
            f"the case was {now} on {last} and cannot be {name} before, on {on}; correct the day.",
            code="violations.backdated",
        )
