"""Who signs, what passes and which clock runs, in the words of the law."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.foundation.decisions import rules

SUMMER_2025 = date(2025, 8, 20)


def test_nine_of_sixteen_members_pass_with_nine_present():
    assert rules.count(on=SUMMER_2025, members=16, present=9, ayes=9).passed


def test_eight_of_sixteen_members_fail_with_all_present():
    assert not rules.count(on=SUMMER_2025, members=16, present=16, ayes=8, noes=8).passed


@given(members=st.integers(1, 60), recused=st.integers(0, 60))
def test_a_recusal_never_lowers_the_number_needed(members, recused):
    recused = min(recused, members)
    without = rules.count(on=SUMMER_2025, members=members, present=members, ayes=0)
    with_them = rules.count(
        on=SUMMER_2025, members=members, present=members, ayes=0, recused=recused
    )
    assert with_them.needed == without.needed


@given(members=st.integers(1, 200))
def test_half_is_never_enough_and_half_and_one_head_always_is(members):
    needed = rules.votes_needed(members, SUMMER_2025)
    assert 2 * needed > members >= 2 * (needed - 1)


@pytest.mark.parametrize(
    ("present", "ayes", "noes", "recused"),
    [(17, 9, 0, 0), (9, 9, 1, 0), (9, 9, 0, 1), (16, -1, 0, 0)],
)
def test_a_vote_that_cannot_have_been_cast_is_refused(present, ayes, noes, recused):
    with pytest.raises(rules.ImpossibleVote):
        rules.count(
            on=SUMMER_2025, members=16, present=present, ayes=ayes, noes=noes, recused=recused
        )


@pytest.mark.parametrize(
    ("act", "on", "level", "role"),
    [
        ("deferral", date(2025, 6, 30), "district", "chairman"),
        ("deferral", date(2025, 7, 1), "province", "chairman"),
        ("exemption", date(2025, 6, 30), "district", "chairman"),
        ("exemption", date(2025, 7, 1), "province", "chairman"),
        ("final_list", date(2025, 6, 30), "district", "chairman"),
        ("final_list", date(2026, 1, 20), "province", "chairman"),
        ("quota", date(2026, 1, 5), "province", "chairman"),
        ("exam_call", date(2024, 11, 1), "district", "commander"),
        ("exam_call", date(2025, 11, 1), "commune", "chairman"),
        ("call_up", date(2025, 1, 20), "district", "commander"),
        ("call_up", date(2026, 2, 6), "commune", "chairman"),
        ("registration_call", date(2026, 3, 20), "commune", "chairman"),
        ("prescreening_call", date(2025, 10, 1), "commune", "chairman"),
    ],
)
def test_the_office_that_signs_follows_the_day_of_the_act(act, on, level, role):
    office = rules.signing_office(act, on)
    assert (office.level, office.role) == (level, role)


@pytest.mark.parametrize("act", ["deferral", "final_list", "call_up", "exam_call", "exemption"])
def test_from_september_2026_every_act_is_carried_over_unconfirmed(act):
    before, since = rules.act(act, date(2026, 8, 31)), rules.act(act, date(2026, 9, 1))
    assert [(o.level, o.role) for o in since.offices] == [(o.level, o.role) for o in before.offices]
    assert not since.confirmed
    assert "Law 14/2026" in since.note


def test_a_deferral_is_confirmed_law_in_the_season_of_2026():
    assert rules.act("deferral", date(2026, 2, 1)).confirmed


def test_the_wrong_office_is_told_where_to_send_it():
    act = rules.act("deferral", date(2025, 7, 1))
    with pytest.raises(rules.WrongOffice, match="chairman of the province"):
        rules.check_office(act, level="commune", unit="Xã Kiến Thụy", on=date(2025, 7, 1))


def test_an_act_nobody_may_sign_is_unknown():
    with pytest.raises(rules.UnknownAct, match="coronation"):
        rules.signing_office("coronation", SUMMER_2025)


def test_a_deferral_hangs_twenty_days_from_the_signature():
    span = rules.posting_span(date(2025, 9, 10))
    assert (span.valid_from, span.last_day) == (date(2025, 9, 10), date(2025, 9, 29))


@pytest.mark.parametrize(
    ("kind", "days"), [("exam_call", 15), ("call_up", 15), ("registration_call", 10)]
)
def test_a_call_comes_in_time_on_the_last_day_and_not_after(kind, days):
    event = date(2025, 11, 20)
    last = event - timedelta(days=days)
    assert rules.served_in_time(last, event, kind)
    assert not rules.served_in_time(last + timedelta(days=1), event, kind)
    assert not rules.served_in_time(None, event, kind)


def test_a_complaint_has_ninety_days_from_receipt():
    assert rules.complaint_until(date(2025, 9, 30)) == date(2025, 12, 29)


@pytest.mark.parametrize(
    ("instance", "complex_case", "remote", "days"),
    [
        (1, False, False, 30),
        (1, True, False, 45),
        (1, False, True, 45),
        (1, True, True, 60),
        (2, False, False, 45),
        (2, True, False, 60),
        (2, False, True, 60),
        (2, True, True, 70),
    ],
)
def test_an_answer_has_the_days_of_the_complaints_law(instance, complex_case, remote, days):
    accepted = date(2025, 10, 1)
    last = rules.settle_by(accepted, instance=instance, complex_case=complex_case, remote=remote)
    assert last == accepted + timedelta(days=days)


def test_acceptance_takes_seven_working_days_since_july_2026():
    friday = date(2026, 7, 3)
    assert rules.accept_by(friday) == date(2026, 7, 14)
    assert rules.accept_by(friday, holidays=[date(2026, 7, 6)]) == date(2026, 7, 15)


def test_a_list_never_prints_the_letter_that_tells_of_an_illness():
    shown = {rules.shown_article(a, SUMMER_2025) for a in ("41.1.a", "41.1.c")}
    assert shown == {"41.1"}
    assert rules.shown_article("41.1.đ", SUMMER_2025) == "41.1.đ"


@pytest.mark.parametrize("kind", ["deferral", "exemption", "final_list", "health_conclusion"])
def test_the_web_never_shows_more_than_the_year_of_birth(kind):
    web = set(rules.shown_fields(kind, "web", SUMMER_2025))
    assert web
    assert not web & {"birth_date", "place", "ground", "reason", "occupation"}


def test_a_council_of_three_or_more_has_the_seats_that_the_law_names():
    titles = rules.council_titles(16)
    assert len(titles) == len(set(titles)) == 16
    assert titles[0].startswith("Chủ tịch Hội đồng")


def test_every_source_and_doubt_of_the_law_is_told_in_vietnamese_and_french():
    told = {text for value in rules.LAW.all() for text in (value.source, value.note) if text}
    for language in ("vi", "fr"):
        path = Path(__file__).parents[1] / "locale" / language / "LC_MESSAGES" / "django.po"
        page = path.read_text()
        assert [text for text in told if f'msgid "{text}"' not in page] == []


@pytest.mark.parametrize(
    ("on", "steps"),
    [(date(2025, 6, 30), ("commune", "district")), (date(2025, 7, 1), ("commune", "province"))],
)
def test_the_councils_of_a_deferral_are_dated_law(on, steps):
    act = rules.act("deferral", on)
    assert act.steps == steps
    assert act.next_step(()) == "commune"
    assert act.next_step({"commune"}) == steps[1]
    assert act.next_step(steps) == ""
    assert rules.act("call_up", on).steps == ()
