"""A unit is complete when all its works are accepted."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from muster.domains.works.rules import complete

DAY = date(2025, 6, 30)


def test_one_open_work_keeps_a_unit_open():
    assert complete([date(2020, 1, 1), DAY], DAY)
    assert not complete([date(2020, 1, 1), None], DAY)


def test_a_unit_without_works_is_not_complete():
    assert not complete([], DAY)


@given(st.lists(st.dates(date(2018, 1, 1), DAY), min_size=1))
def test_a_unit_is_complete_from_its_last_acceptance_on(days):
    assert complete(days, max(days))
    assert not complete(days, max(days) - timedelta(days=1))
