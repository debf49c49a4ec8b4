"""Spans are half-open, periods have names, and 29 February has a birthday every year."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.kernel.periods import (
    BackwardSpan,
    Period,
    Span,
    UnknownPeriod,
    add_years,
    parse,
    years_on,
)

DAYS = st.dates(date(1930, 1, 1), date(2090, 12, 31))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    first = draw(DAYS)
    length = draw(st.none() | st.integers(1, 9000))
    return Span(first, None if length is None else first + timedelta(days=length))


def test_the_districts_end_on_the_last_day_of_june_2025() -> None:
    districts = Span(date(2000, 1, 1), date(2025, 7, 1))
    assert districts.last_day == date(2025, 6, 30)
    assert date(2025, 6, 30) in districts
    assert date(2025, 7, 1) not in districts


@pytest.mark.parametrize("end", [date(2025, 7, 1), date(2025, 6, 30)])
def test_a_span_without_a_day_is_refused(end: date) -> None:
    with pytest.raises(BackwardSpan, match="cannot end on"):
        Span(date(2025, 7, 1), end)


def test_an_open_span_has_no_last_day() -> None:
    assert Span(date(2025, 7, 1)).last_day is None
    assert Span(date(2025, 7, 1)).intersect(Span(date(2024, 1, 1))) == Span(date(2025, 7, 1))


@given(spans(), spans(), DAYS)
def test_a_day_is_in_the_intersection_when_it_is_in_both(a: Span, b: Span, day: date) -> None:
    both = a.intersect(b)
    assert (both is not None and day in both) == (day in a and day in b)


@given(spans(), spans())
def test_spans_overlap_when_they_share_a_day(a: Span, b: Span) -> None:
    later = max(a.valid_from, b.valid_from)
    assert a.overlaps(b) == b.overlaps(a) == (later in a and later in b)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025H1", date(2025, 1, 1), date(2025, 6, 30)),
        ("2025H2", date(2025, 7, 1), date(2025, 12, 31)),
        ("2025Q1", date(2025, 1, 1), date(2025, 3, 31)),
        ("2025Q4", date(2025, 10, 1), date(2025, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        (" 2025-12 ", date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_a_named_period_has_its_days(text: str, first: date, last: date) -> None:
    period = parse(text)
    assert (period.start, period.last_day) == (first, last)
    assert first in period
    assert last in period
    assert last + timedelta(days=1) not in period
    assert period.span == Span(period.start, period.end_exclusive)
    assert str(period) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25H1",
        "2025H3",
        "2025Q5",
        "2025-13",
        "2025-00",
        "2025-3",
        "0225H1",
        "2025 H1",
        "\u0662025",
    ],
)
def test_another_text_is_refused_with_the_forms_that_are_accepted(text: str) -> None:
    with pytest.raises(UnknownPeriod, match="write 2025, 2025H1, 2025Q1 or 2025-03"):
        parse(text)


@given(st.integers(1901, 2199), st.sampled_from(["", "H1", "H2", "Q2", "-02"]))
def test_the_period_before_is_the_same_part_of_the_year_before(year: int, part: str) -> None:
    assert parse(f"{year}{part}").previous_like() == parse(f"{year - 1}{part}")


@given(st.integers(1900, 2199))
def test_parts_follow_each_other_and_fill_the_year(year: int) -> None:
    whole = parse(f"{year}")
    for parts in (("H1", "H2"), ("Q1", "Q2", "Q3", "Q4"), tuple(f"-{m:02d}" for m in range(1, 13))):
        periods: list[Period] = [parse(f"{year}{part}") for part in parts]
        assert periods[0].start == whole.start
        assert periods[-1].end_exclusive == whole.end_exclusive
        assert all(a.end_exclusive == b.start for a, b in pairwise(periods))


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2000, 3, 4), date(2026, 3, 3), 25),
        (date(2000, 3, 4), date(2026, 3, 4), 26),
        (date(2008, 2, 29), date(2026, 2, 27), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 18),
        (date(2008, 2, 29), date(2024, 2, 28), 15),
        (date(2008, 2, 29), date(2024, 2, 29), 16),
    ],
)
def test_age_in_completed_years(birth: date, on: date, years: int) -> None:
    assert years_on(birth, on) == years


def test_the_other_reading_of_29_february_waits_for_march() -> None:
    birth = date(2008, 2, 29)
    assert years_on(birth, date(2026, 2, 28), after_february=True) == 17
    assert years_on(birth, date(2026, 3, 1), after_february=True) == 18


@given(DAYS, st.integers(0, 100), st.booleans())
def test_a_birthday_is_the_first_day_of_the_new_age(birth: date, n: int, after: bool) -> None:
    birthday = add_years(birth, n, after_february=after)
    assert years_on(birth, birthday, after_february=after) == n
    assert years_on(birth, birthday - timedelta(days=1), after_february=after) == n - 1
