"""A season is opened on a page of the province, with its days and the seats it was given."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from muster.domains.recruitment import actions, queries
from muster.domains.recruitment.actions import opening
from muster.domains.recruitment.models import Quota, Season, Step
from muster.domains.recruitment.tests.conftest import open_season
from muster.domains.recruitment.tests.test_pages import read, signed_in
from muster.foundation.ledger.models import Entry
from muster.foundation.units.models import Unit

pytestmark = pytest.mark.django_db
HAND_OVER = date(2026, 3, 4)
DAYS = {
    Step.SOURCE: date(2025, 7, 20),
    Step.REVIEW: date(2025, 8, 31),
    Step.SIGNED: date(2025, 9, 5),
    Step.SCREENING: date(2025, 10, 10),
    Step.EXAM: date(2025, 11, 15),
    Step.POLITICAL: date(2025, 12, 20),
    Step.CLOSING: date(2026, 1, 12),
    Step.CALL_UP: date(2026, 1, 25),
    Step.RE_CHECK: date(2026, 3, 9),
}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2025-07-10T09:00:00+07:00", tick=False):
        yield


def told(unit, **more):
    days = {step.value: day for step, day in DAYS.items()}
    return {
        "unit": unit.id,
        "year": 2026,
        "hand_over_on": HAND_OVER,
        "hand_over_confirmed": "on",
        "seats": 2_550,
        "paper": "Quyết định số 4807/QĐ-BQP",
        **days,
        **more,
    }


def send(client, unit, **more):
    return client.post(reverse("recruitment:open"), told(unit, **more))


@pytest.mark.parametrize("role", ["commander", "chairman"])
def test_the_province_opens_its_season_with_days_and_seats(reform, role):
    client = signed_in(role)
    assert reverse("recruitment:open") in read(client, "seasons")
    answer = send(client, reform)
    season = Season.objects.get()
    assert answer.url == reverse("recruitment:season", args=[season.uid])
    assert (season.year, season.hand_over_on, season.opened_on) == (
        2026,
        HAND_OVER,
        date(2025, 7, 10),
    )
    assert season.hand_over_confirmed
    dated = {each.step: each.due_on for each in season.milestones.all()}
    assert dated == {**DAYS, Step.HAND_OVER: HAND_OVER}
    quota = Quota.objects.get()
    assert (quota.seats, quota.unit_id, quota.confirmed) == (2_550, reform.id, False)
    kinds = Entry.objects.values_list("kind", flat=True)
    assert {"recruitment.season", "recruitment.quota"} <= set(kinds)
    assert "2,550" in read(client, "season", season.uid)


@pytest.mark.parametrize(
    ("role", "code", "answered"),
    [
        ("clerk", "31", 403),
        ("inspector", "31", 403),
        ("commander", "11001", 403),
        ("council", "31", 403),
    ],
)
def test_nobody_else_opens_one(reform, role, code, answered):
    client = signed_in(role, code)
    assert reverse("recruitment:open") not in read(client, "seasons")
    assert client.get(reverse("recruitment:open")).status_code == answered
    assert send(client, reform).status_code == answered
    assert not Season.objects.exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"hand_over_on": date(2026, 5, 4), "re_check": date(2026, 5, 9)}, "February or March"),
        ({"hand_over_on": date(2027, 3, 4), "re_check": date(2027, 3, 9)}, "February or March"),
        ({"exam": date(2025, 10, 15)}, "November and December"),
        ({"review": date(2025, 9, 30)}, "order the days"),
        ({"seats": 0}, "greater than or equal to 1"),
        ({"paper": ""}, "required"),
    ],
)
def test_a_calendar_or_quota_that_cannot_be_is_refused_and_nothing_is_written(reform, change, says):
    answer = send(signed_in("commander"), reform, **change)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Season.objects.exists()
    assert not Quota.objects.exists()


def test_a_disaster_moves_the_hand_over(reform):
    moved = {"hand_over_on": date(2026, 5, 4), "re_check": date(2026, 5, 9), "adjusted": "on"}
    assert send(signed_in("commander"), reform, **moved).status_code == 302
    assert Season.objects.get().hand_over_on == date(2026, 5, 4)


def test_a_year_has_one_season_a_province(reform):
    client = signed_in("commander")
    send(client, reform)
    again = send(client, reform)
    assert again.status_code == 422
    assert Season.objects.count() == 1


def test_a_commander_opens_the_season_of_his_own_province_only(reform):
    other = Unit.objects.filter(level="commune").exclude(pk=reform.id).first()
    answer = send(signed_in("commander"), other)
    assert answer.status_code == 422
    assert not Season.objects.exists()


def test_the_days_of_the_last_season_are_proposed_a_year_later(reform):
    unit = Unit.objects.get(pk=reform.id)
    actions.announce_season(
        unit=unit, year=2026, hand_over_on=HAND_OVER, milestones={**DAYS, Step.HAND_OVER: HAND_OVER},
        opened_on=date(2025, 7, 10), seats=2_550, source="Decision of the test", confirmed=True,
    )  # fmt: skip
    page = read(signed_in("commander"), "open")
    for day in ("2026-07-20", "2026-11-15", "2027-01-25", "2027-03-04"):
        assert f'value="{day}"' in page
    assert 'value="2027"' in page


def test_the_rehearsed_seasons_pass_the_same_check(reform):
    open_season(reform, 2026, HAND_OVER)
    with pytest.raises(opening.BadCalendar):
        open_season(reform, 2027, date(2027, 4, 1))
    assert queries.last_season([reform.id]).year == 2026
