"""When a case is late and when it may be closed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.domains.skeleton import rules

OPENED = date(2026, 3, 2)


def test_a_case_is_in_time_on_its_last_day_and_late_the_day_after():
    last = rules.due_on(OPENED)
    assert not rules.is_late(opened_on=OPENED, closed_on=None, today=last)
    assert rules.is_late(opened_on=OPENED, closed_on=None, today=last + timedelta(days=1))


def test_a_case_closed_in_time_never_becomes_late():
    assert not rules.is_late(opened_on=OPENED, closed_on=OPENED, today=date(2030, 1, 1))


@given(days=st.integers(1, 1000))
def test_no_case_ends_before_it_began(days):
    with pytest.raises(rules.ClosedTooEarly, match="cannot be closed on"):
        rules.check_closing(opened_on=OPENED, closed_on=OPENED - timedelta(days=days))


def test_a_case_may_end_on_the_day_it_began():
    rules.check_closing(opened_on=OPENED, closed_on=OPENED)
