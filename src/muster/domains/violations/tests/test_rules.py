"""The decree of the day sets the fine, its maximum the office, and the steps keep their order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.domains.violations import rules
from muster.domains.violations.models import Offence
from muster.domains.violations.rules import Progress
from muster.kernel.parameters import NotInForce

BEFORE, SINCE = date(2025, 8, 4), date(2025, 8, 5)
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("offence", "before", "since"),
    [
        ("screening_absence", (10, 12), (3, 5)),
        ("screening_refused", None, (5, 8)),
        ("exam_absence", (10, 12), (15, 20)),
        ("exam_refused", (12, 15), (20, 30)),
        ("exam_disobeyed", None, (50, 75)),
        ("call_up_late", (30, 40), (30, 40)),
        ("call_up_deceit", (40, 50), (40, 50)),
        ("call_up_refused", (50, 75), (50, 75)),
        ("registration_missed", (8, 10), (0, 0)),
        ("registration_missed_again", (8, 10), (8, 10)),
    ],
)
def test_decree_218_replaces_the_fines_on_5_august_2025(offence, before, since):
    for day, expected in ((BEFORE, before), (SINCE, since)):
        if expected is None:
            with pytest.raises(NotInForce):
                rules.bracket(offence, day)
        else:
            found = rules.bracket(offence, day)
            assert (found.low, found.high) == tuple(MILLION * each for each in expected)


def test_what_was_read_in_the_press_is_not_confirmed():
    assert not rules.bracket("exam_absence", BEFORE).confirmed
    assert rules.bracket("exam_absence", SINCE).confirmed


def test_a_first_missed_registration_is_warned_since_decree_218():
    assert rules.bracket("registration_missed", SINCE).is_warning
    assert not rules.bracket("registration_missed_again", SINCE).is_warning


def test_not_obeying_a_call_up_costs_62_5_million_in_the_middle():
    assert rules.bracket("call_up_refused", date(2026, 3, 20)).middle == 62_500_000


@pytest.mark.parametrize("offence", ["screening_absence", "exam_absence", "exam_refused"])
def test_a_commune_closes_what_its_ceiling_of_37_5_million_reaches(offence):
    assert rules.authority(offence, date(2026, 1, 10)).level == "commune"


@pytest.mark.parametrize("offence", ["call_up_late", "call_up_deceit", "call_up_refused"])
def test_a_bracket_whose_maximum_lies_above_the_ceiling_goes_up(offence):
    assert rules.authority(offence, date(2026, 1, 10)).level == "province"


def test_the_district_punished_until_it_was_dissolved():
    assert rules.authority("exam_absence", date(2025, 6, 30)).level == "district"
    assert rules.authority("exam_absence", date(2025, 7, 1)).level == "commune"
    assert not rules.authority("exam_absence", date(2025, 7, 1)).confirmed


def test_a_fine_stays_inside_its_bracket():
    days = {"committed_on": date(2025, 11, 20), "signed_on": date(2025, 12, 20)}
    for amount in (15 * MILLION, 20 * MILLION):
        rules.check_fine("exam_absence", amount, **days)
    for amount in (15 * MILLION - 1, 20 * MILLION + 1):
        with pytest.raises(rules.OutsideBracket, match="15000000–20000000"):
            rules.check_fine("exam_absence", amount, **days)


def test_a_year_after_the_violation_nobody_is_punished():
    committed = date(2024, 11, 20)
    last = rules.punishable_until(committed)
    assert last == date(2025, 11, 20)
    fine = {"committed_on": committed, "amount": 16 * MILLION}
    rules.check_fine("exam_absence", signed_on=last, **fine)
    with pytest.raises(rules.TooLate, match="until 2025-11-20"):
        rules.check_fine("exam_absence", signed_on=last + timedelta(days=1), **fine)


def test_an_offence_that_no_decree_names_is_refused():
    with pytest.raises(rules.UnknownOffence, match="no offence of the decrees"):
        rules.bracket("lateness", SINCE)


def test_every_offence_of_the_forms_has_its_decree_and_its_call():
    assert set(rules.CALLS) == {each.value for each in Offence}
    for offence in rules.CALLS:
        assert rules.bracket(offence, SINCE).high <= 75 * MILLION


DAY = date(2025, 3, 1)
DETECTED = Progress(DAY)
MINUTED = Progress(DAY, minuted_on=DAY + timedelta(3))
PUNISHED = Progress(DAY, MINUTED.minuted_on, punished_on=DAY + timedelta(10))
PAID = Progress(DAY, MINUTED.minuted_on, PUNISHED.punished_on, paid_on=DAY + timedelta(15))
DISMISSED = Progress(DAY, dismissed_on=DAY + timedelta(5))
LATER = DAY + timedelta(30)
ALLOWED = {
    ("detected", "minuted"), ("detected", "dismissed"), ("minuted", "punished"),
    ("minuted", "dismissed"), ("punished", "paid"),
}  # fmt: skip


@pytest.mark.parametrize("step", ["minuted", "punished", "paid", "dismissed"])
@pytest.mark.parametrize("case", [DETECTED, MINUTED, PUNISHED, PAID, DISMISSED], ids=rules.state)
def test_minutes_come_before_the_sanction_and_the_sanction_before_the_payment(case, step):
    if (rules.state(case), step) in ALLOWED:
        rules.check_step(case, step, LATER)
    else:
        with pytest.raises(rules.OutOfOrder, match="cannot be"):
            rules.check_step(case, step, LATER)


@given(early=st.integers(1, 400))
def test_no_step_is_dated_before_the_one_it_follows(early):
    with pytest.raises(rules.OutOfOrder, match="correct the day"):
        rules.check_step(MINUTED, "punished", MINUTED.minuted_on - timedelta(early))
    rules.check_step(MINUTED, "punished", MINUTED.minuted_on)
