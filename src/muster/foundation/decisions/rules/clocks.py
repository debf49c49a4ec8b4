"""The clocks of serving, complaining and looking at marks."""

from collections.abc import Sequence
from datetime import date, timedelta

from muster.foundation.decisions.rules.law import LAW

_WEEKEND = (5, 6)


def serve_by(event_on: date, kind: str) -> date:
    """The last day on which a call may be served for an event on that day."""
    return event_on - timedelta(days=LAW.integer(f"{kind}_notice_days", event_on))


def served_in_time(served_on: date | None, event_on: date, kind: str) -> bool:
    """Whether a call came early enough; an unserved one never did (art. 35.5).

    >>> served_in_time(date(2026, 2, 17), date(2026, 3, 4), "call_up")
    True
    >>> served_in_time(date(2026, 2, 18), date(2026, 3, 4), "call_up")
    False
    """
    return served_on is not None and served_on <= serve_by(event_on, kind)


def complaint_until(received_on: date) -> date:
    """The last day for a complaint: the day of receipt is not counted (Law 02/2011)."""
    return received_on + timedelta(days=LAW.integer("complaint_days", received_on))


def second_complaint_until(since: date, *, remote: bool) -> date:
    """The last day for the second complaint, from the first answer or the day it was due."""
    name = "second_complaint_remote_days" if remote else "second_complaint_days"
    return since + timedelta(days=LAW.integer(name, since))


def settle_by(accepted_on: date, *, instance: int, complex_case: bool, remote: bool) -> date:
    """The last day for an answer of the first or second instance (Law 02/2011, art. 28)."""
    name = "_".join(
        [
            {1: "first", 2: "second"}[instance],
            "settlement",
            *(["remote"] if remote else []),
            *(["complex"] if complex_case else []),
            "days",
        ]
    )
    return accepted_on + timedelta(days=LAW.integer(name, accepted_on))


def accept_by(received_on: date, holidays: Sequence[date] = ()) -> date:
    """The last day on which a complaint is accepted or refused, in working days."""
    return add_working_days(
        received_on, LAW.integer("acceptance_working_days", received_on), holidays
    )


def look_by(marked_on: date, holidays: Sequence[date] = ()) -> date:
    """The last day on which an entry marked disputed must be looked at, in working days."""
    return add_working_days(marked_on, LAW.integer("dispute_working_days", marked_on), holidays)


def closed_until(on: date) -> date:
    """Whatever was last said of a closed outcome before this day is gone: a house rule of days.

    >>> closed_until(date(2027, 3, 1))
    datetime.date(2026, 3, 1)
    """
    return on - timedelta(days=LAW.integer("closed_outcome_days", on))


def add_working_days(start: date, days: int, holidays: Sequence[date] = ()) -> date:
    """The day `days` working days (Monday to Friday, no holiday) after `start`.

    >>> add_working_days(date(2026, 7, 3), 7)
    datetime.date(2026, 7, 14)
    """
    day, left, closed = start, days, frozenset(holidays)
    while left:
        day += timedelta(days=1)
        left -= day.weekday() not in _WEEKEND and day not in closed
    return day
