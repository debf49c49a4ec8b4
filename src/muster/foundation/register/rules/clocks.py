"""The deadlines of registration, by the law in force on the day they start."""

from datetime import date, timedelta
from pathlib import Path

from muster.kernel import parameters

LAW = parameters.load(Path(__file__).parent.parent / "parameters.toml")
_SATURDAY = 5


def working_days_after(start: date, days: int) -> date:
    """The last of so many working days, counted from the day after `start`.

    Saturdays and Sundays are left out; public holidays are not known here, so a deadline
    over a holiday shows a few days early, never late.

    >>> working_days_after(date(2026, 3, 6), 1)
    datetime.date(2026, 3, 9)
    """
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < _SATURDAY
    return day


def transfer_due(proposed_on: date) -> date:
    """Until when the office at the new place registers a citizen who was let go (art. 17)."""
    return working_days_after(proposed_on, LAW.integer("transfer_working_days", proposed_on))


def return_due(returned_on: date) -> date:
    """Until when somebody back from a long absence is registered again (art. 17)."""
    return working_days_after(returned_on, LAW.integer("return_working_days", returned_on))


def turning_of_age(year: int) -> tuple[date, date]:
    """First and last birthday of those first registered in April of the year (art. 12, 16)."""
    born = year - LAW.integer("registration_age", date(year, 1, 1))
    return date(born, 1, 1), date(born, 12, 31)
