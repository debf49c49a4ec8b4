"""Spans of dates, the reporting periods that officials name, and ages.

A span is half-open: its first day belongs to it, its end does not. So a tenure that
ends on 1 July 2025 and one that begins on that day meet without gap or overlap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from muster.kernel.errors import Refused


class BackwardSpan(Refused):
    """A span that would end on or before its first day."""


class UnknownPeriod(Refused):
    """A text that names no reporting period."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The days from `valid_from` until the day before `valid_to`; `None` = still open.

    >>> districts = Span(date(2000, 1, 1), date(2025, 7, 1))
    >>> date(2025, 6, 30) in districts, date(2025, 7, 1) in districts
    (True, False)
    """

    valid_from: date
    valid_to: date | None = None

    def __post_init__(self) -> None:
        if self.valid_to is not None and self.valid_to <= self.valid_from:
            raise BackwardSpan(
                f"a span from {self.valid_from} cannot end on {self.valid_to}; "
                "the end is the first day that no longer belongs to it.",
                code="span.backward",
            )

    def contains(self, day: date) -> bool:
        """Whether the day belongs to the span."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    __contains__ = contains

    def overlaps(self, other: Span) -> bool:
        """Whether at least one day belongs to both; spans that merely meet do not overlap.

        >>> before, since = Span(date(2024, 1, 1), date(2025, 7, 1)), Span(date(2025, 7, 1))
        >>> before.overlaps(since)
        False
        """
        return (other.valid_to is None or self.valid_from < other.valid_to) and (
            self.valid_to is None or other.valid_from < self.valid_to
        )

    def intersect(self, other: Span) -> Span | None:
        """The days that belong to both, or `None`.

        >>> Span(date(2025, 1, 1), date(2026, 1, 1)).intersect(Span(date(2025, 7, 1)))
        Span(valid_from=datetime.date(2025, 7, 1), valid_to=datetime.date(2026, 1, 1))
        """
        if not self.overlaps(other):
            return None
        ends = [end for end in (self.valid_to, other.valid_to) if end is not None]
        return Span(max(self.valid_from, other.valid_from), min(ends, default=None))

    @property
    def last_day(self) -> date | None:
        """The last day that belongs to the span, `None` while it is open."""
        return None if self.valid_to is None else self.valid_to - timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A reporting period by its name: a year, a half-year, a quarter or a month.

    `start` is its first day, `end_exclusive` the first day after it.
    """

    start: date
    end_exclusive: date
    code: str

    @property
    def last_day(self) -> date:
        """The last day of the period, as a report prints it.

        >>> parse("2025H1").last_day
        datetime.date(2025, 6, 30)
        """
        return self.end_exclusive - timedelta(days=1)

    @property
    def span(self) -> Span:
        """The period as a span of dates."""
        return Span(self.start, self.end_exclusive)

    def contains(self, day: date) -> bool:
        """Whether the day belongs to the period."""
        return self.start <= day < self.end_exclusive

    __contains__ = contains

    def previous_like(self) -> Period:
        """The same part of the year before, with which reviews compare.

        >>> parse("2025H1").previous_like().code
        '2024H1'
        """
        return parse(f"{self.start.year - 1:04d}{self.code[4:]}")

    def __str__(self) -> str:
        return self.code


_FORM = re.compile(
    r"(?P<year>(?:19|20|21)\d\d)(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?"
)


def parse(text: str) -> Period:
    """The period that a text names: 2025, 2025H1, 2025Q1 or 2025-03.

    >>> parse("2025h2")
    Period(start=datetime.date(2025, 7, 1), end_exclusive=datetime.date(2026, 1, 1), code='2025H2')
    >>> parse("H1/2025")
    Traceback (most recent call last):
    muster.kernel.periods.UnknownPeriod: "H1/2025" is not a period; write 2025, 2025H1, 2025Q1 or 2025-03.
    """
    code = text.strip().upper()
    form = _FORM.fullmatch(code)
    if form is None or not code.isascii():
        raise UnknownPeriod(
            f'"{text}" is not a period; write 2025, 2025H1, 2025Q1 or 2025-03.',
            code="period.unknown",
        )
    part, months = _part(form)
    start = date(int(form["year"]), 1 + part * months, 1)
    return Period(start, _months_later(start, months), code)


def half_year_of(day: date) -> Period:
    """The half-year in which a day lies.

    >>> str(half_year_of(date(2025, 6, 30))), str(half_year_of(date(2025, 7, 1)))
    ('2025H1', '2025H2')
    """
    return parse(f"{day.year}H{1 + (day.month - 1) // 6}")


def _part(form: re.Match[str]) -> tuple[int, int]:
    """Which part of the year it is, counted from 0, and how many months a part has."""
    for name, months in (("half", 6), ("quarter", 3), ("month", 1)):
        if form[name]:
            return int(form[name]) - 1, months
    return 0, 12


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def add_years(birth: date, years: int, *, after_february: bool = False) -> date:
    """The birthday on which somebody born on `birth` completes `years` years.

    Only 29 February is a question: most years lack it, and no provision found speaks
    of birthdays. Article 148.3 of the Civil Code 2015 ends a term of months whose last
    month lacks the day on that month's last day; read alike, the birthday is
    28 February, the default. `after_february=True` gives the other reading, 1 March.
    A rule that turns on this one day should compute both and call the case disputed.

    >>> add_years(date(2000, 2, 29), 18), add_years(date(2000, 2, 29), 18, after_february=True)
    (datetime.date(2018, 2, 28), datetime.date(2018, 3, 1))
    >>> add_years(date(2000, 2, 29), 24)
    datetime.date(2024, 2, 29)
    """
    try:
        return birth.replace(year=birth.year + years)
    except ValueError:
        month, day = (3, 1) if after_february else (2, 28)
        return date(birth.year + years, month, day)


def years_on(birth: date, on: date, *, after_february: bool = False) -> int:
    """Completed years of age on a day; negative before birth.

    For somebody born on 29 February see `add_years`.

    >>> years_on(date(2000, 3, 4), date(2026, 3, 3)), years_on(date(2000, 3, 4), date(2026, 3, 4))
    (25, 26)
    """
    years = on.year - birth.year
    return years - (on < add_years(birth, years, after_february=after_february))
