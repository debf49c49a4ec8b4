"""When a case may be closed, and by when it must be."""

from datetime import date, timedelta

from muster.kernel.errors import Refused
from muster.kernel.parameters import beside

LAW = beside(__file__)


class ClosedTooEarly(Refused):
    """A case cannot end before it began."""


def due_on(opened_on: date) -> date:
    """The last day on which a case opened on that day is in time (parameter `term`, days)."""
    return opened_on + timedelta(days=LAW.integer("term", opened_on))


def is_late(*, opened_on: date, closed_on: date | None, today: date) -> bool:
    """Whether a case was closed, or still stands open, after its last day."""
    return (closed_on or today) > due_on(opened_on)


def check_closing(*, opened_on: date, closed_on: date) -> None:
    """Refuse with `ClosedTooEarly` a closing before the opening."""
    if closed_on < opened_on:
        raise ClosedTooEarly(
            f"The case was opened on {opened_on}; it cannot be closed on {closed_on}.",
            code="skeleton.closed_too_early",
        )
