"""Plays a season step by step as its offices do, for the tests."""

from datetime import date, timedelta

from muster.domains.recruitment import actions
from muster.domains.recruitment.models import Case, State


def cases_at(season, state, number=None):
    """Case ids at a state, in the order of their entry."""
    found = Case.objects.filter(season=season, state=state).order_by("pk")
    return list(found.values_list("pk", flat=True)[:number])


def draw_and_review(season):
    year = season.year - 1
    actions.draw_source(season=season, on=date(year, 7, 20))
    found = actions.review_grounds(
        season=season, reviewed_on=date(year, 8, 30), signed_on=date(year, 9, 5)
    )
    actions.share_quota(season=season, on=date(year, 9, 6))
    return found


def call_to_screening(season):
    year = season.year - 1
    called = actions.call_to_screening(
        season=season, signed_on=date(year, 9, 15), screening_on=date(year, 10, 10)
    )
    actions.serve_calls(season=season, kind="prescreening_call", delivered_on=date(year, 9, 18))
    return called


def screen(season):
    """Nine of ten come, and all of them pass but every seventh."""
    call_to_screening(season)
    called = cases_at(season, State.CALLED_TO_SCREENING)
    came = [case for number, case in enumerate(called) if number % 10]
    passed = [case for number, case in enumerate(came) if number % 7]
    on = date(season.year - 1, 10, 10)
    return actions.conclude_screening(season=season, on=on, came=came, passed=passed)


def call_to_exam(season):
    year = season.year - 1
    actions.call_to_exam(season=season, signed_on=date(year, 10, 20), exam_on=date(year, 11, 15))
    actions.serve_calls(season=season, kind="exam_call", delivered_on=date(year, 10, 25))


def examine(season):
    """Everybody comes; classes go round from 1 to 4."""
    call_to_exam(season)
    called = cases_at(season, State.CALLED_TO_EXAM)
    classes = [(case, 1 + number % 4) for number, case in enumerate(called)]
    on = date(season.year - 1, 11, 15)
    actions.conclude_health(season=season, on=on, classes=classes)
    return actions.defer_unfit(season=season, signed_on=on + timedelta(days=10))


def select(season):
    year = season.year
    actions.conclude_political_review(season=season, on=date(year - 1, 12, 20), failed=[])
    return actions.close_list(season=season, signed_on=date(year, 1, 12))


def call_up(season, reserve=0):
    called = actions.call_up(season=season, signed_on=date(season.year, 1, 20), reserve=reserve)
    actions.serve_calls(season=season, kind="call_up", delivered_on=date(season.year, 1, 22))
    return called


def up_to_hand_over(season, *, absent=0):
    """All steps to the hand-over, from which some of the selected stay away; returns its minutes."""
    draw_and_review(season)
    screen(season)
    examine(season)
    select(season)
    call_up(season, reserve=3)
    selected = Case.objects.filter(season=season, state=State.CALLED_UP, line__ground="")
    missing = list(selected.order_by("pk").values_list("pk", flat=True)[:absent])
    return actions.hand_over(season=season, on=season.hand_over_on, absent=missing)
