"""A season from the source to the discharge, under the districts and under two levels."""

from datetime import date, timedelta

import pytest

from muster.domains.recruitment import actions, queries, rules
from muster.domains.recruitment.actions import after, exam, moving, opening, source
from muster.domains.recruitment.models import Case, State
from muster.domains.recruitment.tests.conftest import SEATS, open_season
from muster.domains.recruitment.tests.playing import (
    call_to_exam,
    call_to_screening,
    call_up,
    cases_at,
    draw_and_review,
    examine,
    screen,
    select,
    up_to_hand_over,
)
from muster.foundation.decisions import queries as deciding
from muster.foundation.decisions.actions import bulk, councils
from muster.foundation.decisions.models import Body, Decision, Fact, Line, Posting
from muster.foundation.ledger import actions as ledger
from muster.foundation.ledger.models import Entry
from muster.foundation.ledger.queries import audit

pytestmark = pytest.mark.django_db
AFTER = timedelta(days=30)


def state_of(case):
    return Case.objects.get(pk=case).state


def signers(kind):
    return set(Decision.objects.filter(kind=kind).values_list("level", flat=True))


# ---- the whole way ---------------------------------------------------------------------


@pytest.fixture(params=["season_2025", "season_2026"])
def season(request):
    return request.getfixturevalue(request.param)


def test_a_season_fills_its_quota_and_every_step_is_in_the_log(season):
    gone = up_to_hand_over(season, absent=2)
    assert gone == {State.HANDED_OVER: SEATS, State.ABSENT: 2, "open": 0}
    on = season.hand_over_on + timedelta(days=5)
    (returned,) = cases_at(season, State.HANDED_OVER, 1)
    actions.return_recruits(season=season, on=on, cases=[returned])
    assert actions.replace_recruits(season=season, on=on) == 1
    assert actions.accept_recruits(season=season, on=season.hand_over_on + AFTER) == SEATS
    actions.close_season(season=season, on=season.hand_over_on + AFTER)
    ended = rules.service_ends(season.hand_over_on)
    assert actions.discharge(season=season, on=ended) == SEATS
    assert Case.objects.get(replaces=returned).state == State.DISCHARGED
    ledger.place()
    checked = audit()
    assert checked.faults == ()
    assert (checked.unplaced, checked.entries) == (0, Entry.objects.count())


def test_the_district_decides_until_june_2025_and_commune_and_province_since(season):
    up_to_hand_over(season)
    old = season.year == 2025
    assert signers("deferral") == {"district" if old else "province"}
    assert signers("final_list") == {"district" if old else "province"}
    assert signers("call_up") == {"district" if old else "commune"}
    assert signers("exam_call") == {"district" if old else "commune"}


def test_the_councils_carry_a_deferral_before_the_chairman_signs(season):
    draw_and_review(season)
    for decision in Decision.objects.filter(kind="deferral"):
        assert decision.resolution.adopted_on <= decision.signed_on
        proposed, reviewed = deciding.councils_behind(decision)
        assert reviewed == [decision.resolution]
        assert {each.body.unit.level for each in proposed} == {"commune"}
        assert all(each.adopted_on < decision.signed_on and each.passed for each in proposed)


def test_without_a_council_nothing_is_signed_and_nothing_written(season_2025):
    Body.objects.filter(unit__level="commune").update(valid_to=date(2024, 8, 1))
    actions.draw_source(season=season_2025, on=date(2024, 7, 20))
    with pytest.raises(councils.NoCouncil):
        actions.review_grounds(
            season=season_2025, reviewed_on=date(2024, 8, 30), signed_on=date(2024, 9, 5)
        )
    assert queries.count_states(season_2025).keys() == {State.SOURCED}
    assert not Line.objects.exists()


def test_a_deferral_dated_before_its_vote_is_refused(season_2025):
    actions.draw_source(season=season_2025, on=date(2024, 7, 20))
    with pytest.raises(bulk.Unproposed, match="before its resolution"):
        actions.review_grounds(
            season=season_2025, reviewed_on=date(2024, 9, 6), signed_on=date(2024, 9, 5)
        )
    assert set(Case.objects.values_list("state", flat=True)) == {State.SOURCED}


# ---- source and grounds ------------------------------------------------------------------


def test_the_source_holds_each_man_of_age_once_and_each_commune_one_list(season_2025):
    men = actions.draw_source(season=season_2025, on=date(2024, 7, 20))
    lists = season_2025.source_lists.all()
    assert {each.unit.level for each in lists} == {"commune"}
    assert sum(each.men for each in lists) == men == season_2025.cases.count()
    born = Case.objects.filter(person__birth_precision="day").order_by("person__birth_date")
    assert born.first().person.birth_date > date(1997, 2, 13)
    assert born.last().person.birth_date <= date(2007, 2, 13)
    over_25 = Case.objects.filter(person__birth_date__lte=date(1999, 2, 13))
    assert over_25.exists()  # those deferred for study, or with a degree
    assert all(case.degree for case in over_25.filter(person__birth_precision="day"))


def test_a_source_is_drawn_once(season_2025):
    actions.draw_source(season=season_2025, on=date(2024, 7, 20))
    with pytest.raises(source.SourceDrawn):
        actions.draw_source(season=season_2025, on=date(2024, 7, 21))


def test_every_man_of_the_source_is_judged_with_article_and_the_facts_relied_on(season_2025):
    found = draw_and_review(season_2025)
    assert sum(found.values()) == season_2025.cases.count()
    assert found.get(State.SOURCED, 0) == 0
    deferred = Line.objects.filter(decision__kind="deferral")
    assert deferred.count() == found[State.DEFERRED]
    assert set(deferred.values_list("article", flat=True)) <= {f"41.1.{x}" for x in "bcdđegh"}
    student = Fact.objects.filter(line__ground="study").first()
    assert student.facts["study_mode"] == "full_time"
    assert not Line.objects.filter(decision__kind="registration_bar", article__startswith="41")


def test_deferrals_hang_twenty_days_from_the_provincial_signature(season_2026):
    draw_and_review(season_2026)
    posted = Posting.objects.filter(decision__kind="deferral")
    assert {(each.valid_from, each.valid_to) for each in posted} == {
        (date(2025, 9, 5), date(2025, 9, 25))
    }


def test_a_disputed_man_becomes_callable_by_a_decision_only(season_2025):
    draw_and_review(season_2025)
    disputed = cases_at(season_2025, State.DISPUTED)
    assert disputed
    actions.lift_disputes(
        season=season_2025, signed_on=date(2024, 9, 10), callable_cases=disputed[:1]
    )
    case = Case.objects.get(pk=disputed[0])
    assert (case.state, case.line.decision.kind) == (State.CALLABLE, "dispute_lifting")
    assert state_of(disputed[1]) == State.DISPUTED


def test_who_went_last_year_is_not_drawn_again_and_his_brother_has_a_ground(city, season_2025):
    up_to_hand_over(season_2025)
    actions.accept_recruits(season=season_2025, on=date(2025, 3, 15))
    recruit = Case.objects.filter(state=State.SERVING).first()
    brother = Case.objects.filter(state=State.CALLABLE).exclude(person=recruit.person).first()
    type(brother.person).objects.filter(pk=brother.person_id).update(
        family_id=recruit.person.family_id
    )
    again = open_season(city, 2026, date(2026, 3, 4))
    actions.draw_source(season=again, on=date(2025, 6, 20))
    assert not again.cases.filter(person=recruit.person).exists()
    facts = queries.facts(again, [brother.place_id], date(2025, 6, 20))
    told = {row["person_id"]: row["sibling_serving"] for row in facts.iter_rows(named=True)}
    assert told[brother.person_id]


# ---- seats -----------------------------------------------------------------------------


def test_seats_are_shared_out_so_that_every_commune_sends_somebody(season_2026):
    draw_and_review(season_2026)
    shared = queries.sharing(season_2026, date(2025, 9, 6))
    assert shared.agrees
    assert sum(each.seats for each in shared.communes) == SEATS
    assert all(each.seats >= 1 for each in shared.communes)
    assert {each.unit.name for each in shared.communes} == {"An Biên", "11003", "11004", "11005"}


def test_a_quota_moves_and_the_last_version_counts(season_2025):
    actions.set_quota(
        season=season_2025, seats={season_2025.unit_id: 40}, decided_on=date(2024, 12, 1),
        source="later decision", confirmed=True,
    )  # fmt: skip
    assert queries.quota(season_2025, date(2024, 11, 30)).seats == SEATS
    assert queries.quota(season_2025, date(2024, 12, 1)).seats == 40


def test_nobody_is_called_before_a_quota_is_announced(city):
    season = open_season(city, 2025, date(2025, 2, 13), seats=0)
    actions.draw_source(season=season, on=date(2024, 7, 20))
    with pytest.raises(opening.NoQuota, match="set it first"):
        call_to_screening(season)


def test_a_second_season_of_the_year_is_refused(city, season_2025):
    with pytest.raises(opening.SeasonExists):
        open_season(city, 2025, date(2025, 3, 13))


# ---- calls -----------------------------------------------------------------------------


def test_calls_are_limited_per_seat_and_volunteers_and_schooling_go_first(season_2025):
    draw_and_review(season_2025)
    assert call_to_screening(season_2025) == 6 * SEATS
    left = Case.objects.filter(state=State.CALLABLE)
    called = Case.objects.filter(state=State.CALLED_TO_SCREENING)
    for commune in season_2025.source_lists.all():
        behind = left.filter(source_list=commune)
        ahead = called.filter(source_list=commune)
        assert not behind.filter(volunteer=True).exists() or not ahead.filter(volunteer=False)
    assert all(each.serve_by for each in Decision.objects.filter(kind="prescreening_call"))


def test_an_absence_counts_only_after_a_call_in_time_and_without_a_reason(season_2025):
    draw_and_review(season_2025)
    year = 2024
    actions.call_to_screening(
        season=season_2025, signed_on=date(year, 9, 15), screening_on=date(year, 10, 10)
    )
    unreached, excused, absent, *came = cases_at(season_2025, State.CALLED_TO_SCREENING)
    actions.serve_calls(
        season=season_2025, kind="prescreening_call", delivered_on=date(year, 9, 18),
        unreached=[unreached],
    )  # fmt: skip
    actions.conclude_screening(
        season=season_2025, on=date(year, 10, 10), came=came, passed=came, excused=[excused]
    )
    assert state_of(unreached) == State.CALLED_TO_SCREENING
    assert state_of(excused) == State.CALLED_TO_SCREENING
    assert state_of(absent) == State.ABSENT


def test_whoever_refuses_the_paper_was_served(season_2025):
    draw_and_review(season_2025)
    actions.call_to_screening(
        season=season_2025, signed_on=date(2024, 9, 15), screening_on=date(2024, 10, 10)
    )
    refused, *came = cases_at(season_2025, State.CALLED_TO_SCREENING)
    actions.serve_calls(
        season=season_2025, kind="prescreening_call", delivered_on=date(2024, 9, 18),
        refused=[refused],
    )  # fmt: skip
    actions.conclude_screening(season=season_2025, on=date(2024, 10, 10), came=came, passed=came)
    assert state_of(refused) == State.ABSENT


def test_a_late_paper_makes_nobody_absent_from_the_hand_over(season_2025):
    draw_and_review(season_2025)
    screen(season_2025)
    examine(season_2025)
    select(season_2025)
    actions.call_up(season=season_2025, signed_on=date(2025, 1, 20))
    actions.serve_calls(season=season_2025, kind="call_up", delivered_on=date(2025, 2, 1))
    missing = cases_at(season_2025, State.CALLED_UP, 2)
    with pytest.raises(exam.NotServed, match=r"art\. 35"):
        actions.hand_over(season=season_2025, on=date(2025, 2, 13), absent=missing)
    assert len(cases_at(season_2025, State.CALLED_UP)) == SEATS


# ---- the examination and after -------------------------------------------------------------


def test_nobody_comes_on_the_list_without_an_examination(season_2025):
    draw_and_review(season_2025)
    screen(season_2025)
    call_to_exam(season_2025)
    actions.conclude_political_review(season=season_2025, on=date(2024, 12, 20), failed=[])
    assert not Case.objects.filter(state=State.LISTED).exists()
    screened = cases_at(season_2025, State.SCREENED_OUT, 1)
    with pytest.raises(moving.WrongState, match="cannot become “not_listed”"):
        actions.conclude_political_review(
            season=season_2025, on=date(2024, 12, 20), failed=screened
        )
    assert state_of(screened[0]) == State.SCREENED_OUT


def test_a_class_for_a_man_who_was_not_called_is_refused_and_nothing_written(season_2025):
    draw_and_review(season_2025)
    screen(season_2025)
    call_to_exam(season_2025)
    called = cases_at(season_2025, State.CALLED_TO_EXAM)
    stranger = cases_at(season_2025, State.CALLABLE, 1)
    before = Line.objects.count()
    with pytest.raises(moving.WrongState, match="stand at “callable”"):
        actions.conclude_health(
            season=season_2025, on=date(2024, 11, 15), classes=[(c, 1) for c in called + stranger]
        )
    assert Line.objects.count() == before
    assert not Case.objects.filter(health_class__isnull=False).exists()


@pytest.mark.parametrize("classes", [[7], [0], [1, 2]])
def test_a_class_outside_the_six_or_given_twice_is_refused(season_2025, classes):
    draw_and_review(season_2025)
    (case,) = cases_at(season_2025, State.CALLABLE, 1)
    with pytest.raises(exam.NoSuchClass):
        actions.conclude_health(
            season=season_2025, on=date(2024, 11, 15), classes=[(case, each) for each in classes]
        )


def test_the_unfit_are_deferred_by_a_decision_of_their_own(season_2025):
    draw_and_review(season_2025)
    screen(season_2025)
    assert examine(season_2025) == SEATS  # every fourth of four calls a seat is class 4
    unfit = Case.objects.filter(state=State.DEFERRED, health_class=4)
    assert set(unfit.values_list("line__article", "line__ground")) == {("41.1.a", "not_fit")}
    assert Case.objects.filter(state=State.EXAMINED, health_class__gt=3).count() == 0


def test_those_absent_from_the_hand_over_are_made_up_from_the_reserve(season_2025):
    gone = up_to_hand_over(season_2025, absent=2)
    assert gone[State.HANDED_OVER] == SEATS
    from_reserve = Line.objects.filter(decision__kind="call_up", ground="reserve")
    people = from_reserve.values("person")
    assert Case.objects.filter(state=State.HANDED_OVER, person__in=people).count() == 2
    assert Case.objects.filter(state=State.RESERVE, person__in=people).count() == 1


def test_no_more_go_than_there_are_seats(season_2025):
    assert up_to_hand_over(season_2025)[State.HANDED_OVER] == SEATS
    assert Case.objects.filter(state=State.RESERVE).count() == 3
    again = actions.hand_over(season=season_2025, on=date(2025, 2, 13))
    assert again == {State.HANDED_OVER: 0, State.ABSENT: 0, "open": 0}


# ---- returns and replacements ----------------------------------------------------------------


@pytest.fixture
def handed_over(season_2025):
    up_to_hand_over(season_2025)
    return cases_at(season_2025, State.HANDED_OVER)


def test_recruits_come_back_within_seven_days(season_2025, handed_over):
    with pytest.raises(after.TooLate, match="2025-02-20"):
        actions.return_recruits(season=season_2025, on=date(2025, 2, 21), cases=handed_over[:1])
    assert state_of(handed_over[0]) == State.HANDED_OVER


def test_a_verification_gives_fifteen_days(season_2025, handed_over):
    actions.return_recruits(
        season=season_2025, on=date(2025, 2, 28), cases=handed_over[:1], verification=True
    )
    with pytest.raises(after.TooLate):
        actions.replace_recruits(season=season_2025, on=date(2025, 3, 1), verification=True)


def test_at_most_two_per_cent_are_replaced(season_2025, handed_over):
    actions.return_recruits(season=season_2025, on=date(2025, 2, 18), cases=handed_over[:2])
    with pytest.raises(after.TooMany, match="may replace 1"):
        actions.replace_recruits(season=season_2025, on=date(2025, 2, 18))
    one = actions.replace_recruits(season=season_2025, on=date(2025, 2, 18), cases=handed_over[:1])
    assert one == 1
    with pytest.raises(after.TooMany):
        actions.replace_recruits(season=season_2025, on=date(2025, 2, 18))
    assert Case.objects.get(replaces=handed_over[0]).state == State.HANDED_OVER


def test_only_a_recruit_handed_over_can_be_returned(season_2025, handed_over):
    (reserve,) = cases_at(season_2025, State.RESERVE, 1)
    with pytest.raises(moving.WrongState, match="reserve"):
        actions.return_recruits(season=season_2025, on=date(2025, 2, 18), cases=[reserve])


# ---- the end ---------------------------------------------------------------------------


def test_the_end_of_the_season_leaves_the_uncalled_uncalled_and_decisions_as_they_are(
    season_2025, handed_over
):
    actions.accept_recruits(season=season_2025, on=date(2025, 3, 15))
    deferred = len(cases_at(season_2025, State.DEFERRED))
    absent = len(cases_at(season_2025, State.ABSENT))
    actions.close_season(season=season_2025, on=date(2025, 3, 15))
    states = queries.count_states(season_2025)
    assert states[State.DEFERRED] == deferred
    assert states[State.ABSENT] == absent
    assert states[State.NOT_CALLED]
    assert not set(states) & set(rules.OPEN_STATES)


def test_a_closed_season_takes_no_further_step(season_2025, handed_over):
    actions.accept_recruits(season=season_2025, on=date(2025, 3, 15))
    actions.close_season(season=season_2025, on=date(2025, 3, 15))
    with pytest.raises(moving.SeasonClosed):
        actions.return_recruits(season=season_2025, on=date(2025, 2, 18), cases=handed_over[:1])
    with pytest.raises(moving.SeasonClosed):
        actions.close_season(season=season_2025, on=date(2025, 3, 16))


def test_service_ends_after_24_months_not_before(season_2025, handed_over):
    actions.accept_recruits(season=season_2025, on=date(2025, 3, 15))
    with pytest.raises(after.TooEarly, match="2027-02-13"):
        actions.discharge(season=season_2025, on=date(2027, 2, 12))
    assert actions.discharge(season=season_2025, on=date(2027, 2, 13)) == SEATS


def test_a_season_under_a_law_that_nobody_has_read_signs_unconfirmed(reform):
    season = open_season(reform, 2027, date(2027, 3, 2))
    draw_and_review(season)
    deferral = Decision.objects.filter(kind="deferral").first()
    assert not deferral.confirmed
    assert "14/2026/QH16" in deferral.confirmed_note


def test_call_up_decisions_are_served_fifteen_days_before(season_2026):
    draw_and_review(season_2026)
    screen(season_2026)
    examine(season_2026)
    select(season_2026)
    call_up(season_2026)
    served = set(Decision.objects.filter(kind="call_up").values_list("event_on", "serve_by"))
    assert served == {(date(2026, 3, 4), date(2026, 2, 17))}
