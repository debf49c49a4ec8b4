"""Which fine a violation carries on a day, and whose office may impose it."""

from dataclasses import dataclass
from datetime import date, timedelta

from muster.kernel.errors import Refused
from muster.kernel.parameters import beside

LAW = beside(__file__)

OFFENCES = ("screening_absence", "exam_absence", "call_up_late", "call_up_refused")


class UnknownOffence(Refused):
    """An offence that no decree in force names."""


class OutsideBracket(Refused):
    """A fine below or above what the decree allows."""


class TooLate(Refused):
    """A sanction after the limitation period."""


class AboveEveryOffice(Refused):
    """A bracket whose maximum no local office may impose."""


@dataclass(frozen=True)
class Bracket:
    """The least and the most of a fine in đồng, with its decree."""

    offence: str
    low: int
    high: int
    source: str
    confirmed: bool

    @property
    def middle(self) -> int:
        """What is imposed without aggravating or mitigating facts: half-way."""
        return (self.low + self.high) // 2


@dataclass(frozen=True)
class Authority:
    """The office that may impose a fine: its level and role."""

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
    if offence not in OFFENCES:
        raise UnknownOffence(f"“{offence}” is no offence of the decrees; use one of {OFFENCES}.")
    found = LAW.on(offence, on)
    return Bracket(offence, found.value["low"], found.value["high"], found.source, found.confirmed)


def authority(offence: str, on: date) -> Authority:
    """The lowest office whose ceiling reaches the bracket's maximum on the day.

    Authority follows the maximum of the bracket, not the fine imposed, so a
    commune closes cases up to 37.5 million and sends the others up.

    >>> authority("call_up_refused", date(2026, 3, 10)).level
    'province'
    """
    most = bracket(offence, on).high
    found = LAW.on("authority", on)
    for office in found.value:
        if most <= office["ceiling"]:
            return Authority(
                office["level"], office["role"], office["ceiling"], found.source, found.confirmed
            )
    raise AboveEveryOffice(f"A fine of up to {most} đồng is above every local office on {on}.")


def check_fine(offence: str, amount: int, *, committed_on: date, signed_on: date) -> None:
    """Refuse a fine outside its bracket or after the limitation period."""
    allowed = bracket(offence, signed_on)
    if not allowed.low <= amount <= allowed.high:
        raise OutsideBracket(
            f"{amount} đồng is outside {allowed.low}–{allowed.high} ({allowed.source}); "
            "correct the amount."
        )
    last = committed_on + timedelta(days=LAW.integer("limitation_days", committed_on))
    if signed_on > last:
        raise TooLate(f"The violation of {committed_on} could be punished until {last}.")
