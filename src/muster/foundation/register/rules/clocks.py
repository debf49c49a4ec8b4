"""The deadlines of registration, by the law in force on the day they start."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from muster.kernel import parameters
from muster.kernel.periods import add_years

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


def change_due(told_on: date) -> date:
    """Until when a change of which the office was told stands in the register (art. 17)."""
    return told_on + timedelta(days=LAW.integer("change_days", told_on))


def reserve_due(discharged_on: date) -> date:
    """Until when a discharged soldier registers for the reserve."""
    return working_days_after(discharged_on, LAW.integer("reserve_working_days", discharged_on))


def reserve_asked_since(today: date) -> date:
    """From which discharge on the reserve is asked for; what lies before is for a check to find."""
    years = LAW.integer("reserve_asked_years", today)
    return today.replace(year=today.year - years, day=min(today.day, 28))


def january_list_due(year: int) -> date:
    """Until when the commune's list of men who turn 17 in the year is drawn up and confirmed."""
    day = date(year, 1, 1)
    return date(year, LAW.integer("january_list_month", day) + 1, 1) - timedelta(days=1)


def past_age(on: date) -> tuple[date, date]:
    """Up to which birthday men, and women, are past the age of the reserve on a day (art. 25)."""
    men, women = (LAW.integer(f"register_age_{who}", on) for who in ("men", "women"))
    return add_years(on, -(men + 1)), add_years(on, -(women + 1))


def first_registration_due(year: int) -> date:
    """The last day of the month of first registration."""
    month = LAW.integer("first_registration_month", date(year, 1, 1))
    return date(year, month + 1, 1) - timedelta(days=1)


def quarter_of(day: date) -> date:
    """The first day of the quarter of a day."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def police_notice_days(quarter: date) -> tuple[date, date]:
    """First and last day on which the police tell of a quarter: late in its last month."""
    first, last = LAW.value("police_notice_days", quarter)
    return quarter.replace(month=quarter.month + 2, day=first), quarter.replace(
        month=quarter.month + 2, day=last
    )


def is_long_absence(since: date, until: date | None) -> bool:
    """Whether an absence is long enough to be registered; one without an end is."""
    months = LAW.integer("absence_months", since)
    years, month = divmod(since.month - 1 + months, 12)
    return until is None or until >= date(since.year + years, month + 1, min(since.day, 28))


def latest_past_due(today: date, due: Callable[[date], date]) -> date:
    """The latest day whose deadline lies before today; deadlines never run backwards.

    >>> latest_past_due(date(2026, 3, 26), change_due)
    datetime.date(2026, 3, 15)
    """
    day = today
    while due(day) >= today:
        day -= timedelta(days=1)
    return day
