"""When a list may leave the house, over plain values."""

from dataclasses import dataclass
from datetime import date, timedelta

from muster.foundation.register.rules.clocks import LAW
from muster.kernel.errors import Refused


class NotYours(Refused):
    """A list taken by somebody else than who asked for it, or answered by who asked."""


class NotApproved(Refused):
    """A list that needs a second person who has not agreed."""


class TooMany(Refused):
    """More rows than one list may take along."""


class TooLate(Refused):
    """A list asked for so long ago that it must be asked for again."""


def needs_second(rows: int, *, full_numbers: bool, on: date) -> bool:
    """Whether a second person must agree: above the limit of rows, or for numbers in full."""
    return full_numbers or rows > LAW.integer("export_alone_rows", on)


def check_size(rows: int, on: date) -> None:
    """Refuse a list that nobody can look after once it is out."""
    most = LAW.integer("export_most_rows", on)
    if rows > most:
        raise TooMany(
            "the list has %(rows)s rows and one list may take %(most)s; narrow the search.",
            code="export.too_many",
            rows=rows,
            most=most,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """An export as its taking is judged: who asked, when, for how much, what was answered."""

    asked_by: int
    on: date
    full_numbers: bool
    approved: bool
    refused: bool


def check_answer(*, asked: Asked, by: int) -> None:
    """Refuse an answer by who asked, or a second one."""
    if by == asked.asked_by:
        raise NotYours(
            "you asked for this list yourself; a second person must answer.", code="export.own"
        )
    if asked.approved or asked.refused:
        raise NotYours("the list was answered already; open it again.", code="export.answered")


def check_taking(*, asked: Asked, by: int, rows: int, on: date) -> None:
    """Refuse whoever did not ask, a list that waits or was refused, and one gone stale.

    `rows` is how many there are now: a list that has grown above the limit waits too.
    """
    if by != asked.asked_by:
        raise NotYours("only who asked for a list takes it along.", code="export.other")
    if asked.refused:
        raise NotApproved("the list was refused.", code="export.refused")
    if not asked.approved and needs_second(rows, full_numbers=asked.full_numbers, on=on):
        raise NotApproved("a second person must agree to this list first.", code="export.waits")
    if on >= asked.on + timedelta(days=LAW.integer("export_days", asked.on)):
        raise TooLate("the list was asked for too long ago; ask again.", code="export.stale")
    check_size(rows, on)
