"""The pages of a season, as its offices see them."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from muster.domains.recruitment import actions
from muster.domains.recruitment.models import Case, State
from muster.domains.recruitment.tests.conftest import SEATS, open_season
from muster.domains.recruitment.tests.playing import (
    call_to_exam,
    cases_at,
    draw_and_review,
    examine,
    screen,
    up_to_hand_over,
)
from muster.foundation.accounts.actions import give_post, open_account
from muster.foundation.units import queries as units
from muster.foundation.units.models import Unit

pytestmark = pytest.mark.django_db


def signed_in(role, code="31", language="en"):
    """Somebody with a post for the unit, reading in the language."""
    user = open_account(username=f"{role}-{code}", name="Test", password=None)
    unit = Unit.objects.get(pk=units.resolve(code, date(2026, 1, 1)).id)
    give_post(user=user, role=role, unit=unit, valid_from=date(2024, 1, 1))
    client = Client(HTTP_ACCEPT_LANGUAGE=language)
    client.force_login(user)
    return client


def read(client, name, *args, **query):
    answer = client.get(reverse(f"recruitment:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def reviewed(season_2026):
    draw_and_review(season_2026)
    return season_2026


def test_the_list_of_seasons_leads_to_each_season(season_2026):
    page = read(signed_in("commander"), "seasons")
    assert reverse("recruitment:season", args=[season_2026.uid]) in page
    assert "thành phố Hải Phòng" in page


def test_without_a_post_that_may_see_it_the_season_is_closed(season_2026):
    answer = signed_in("doctor").get(reverse("recruitment:season", args=[season_2026.uid]))
    assert answer.status_code == 403


def test_every_number_of_the_funnel_opens_to_as_many_cases(season_2026):
    up_to_hand_over(season_2026, absent=1)
    client = signed_in("commander")
    page = read(client, "season", season_2026.uid)
    steps = re.findall(r'href="([^"]*reached=\w+)"[^>]*aria-label="[^:"]*: ([\d,]+)"', page)
    assert len(dict(steps)) == 9
    for href, number in steps:
        listed = client.get(href.replace("&amp;", "&")).context["table"]
        assert listed.total == int(number.replace(",", "")), href
    aside = client.get(reverse("recruitment:season", args=[season_2026.uid])).context["aside"]
    for _state, men in aside.rows:
        listed = client.get(men.href).context["table"]
        assert listed.total == men.value, men.href


def test_seats_show_how_every_commune_came_to_them(reviewed):
    page = read(signed_in("commander"), "quota", reviewed.uid)
    assert "Computed again just now: the same seats." in page
    assert "phường An Biên" in page
    assert f"{SEATS} seats are shared among" in page


def test_the_list_pages_by_key_and_names_nobody_in_the_address(reviewed):
    client = signed_in("commander")
    first = client.get(reverse("recruitment:cases", args=[reviewed.uid])).context["table"]
    assert first.total == Case.objects.count()
    second = client.get(
        reverse("recruitment:cases", args=[reviewed.uid]) + first.next_href
    ).context["table"]
    names = [row[0].value for row in (*first.rows, *second.rows)]
    assert len(names) == len(first.rows) * 2
    assert re.fullmatch(r"\?after=\d+", first.next_href)


def test_a_state_and_a_commune_narrow_the_list(reviewed):
    client = signed_in("commander")
    commune = units.resolve("11003", date(2026, 1, 1))
    address = reverse("recruitment:cases", args=[reviewed.uid])
    listed = client.get(address, {"state": "deferred", "commune": commune.id}).context["table"]
    wanted = Case.objects.filter(
        state=State.DEFERRED, place__in=units.place_ids(commune.id, date(2026, 1, 1))
    )
    assert listed.total == wanted.count() > 0
    unknown = client.get(address, {"state": "nonsense"}).context["table"]
    assert unknown.total == Case.objects.count()


def test_a_clerk_sees_his_commune_only(reviewed):
    clerk = signed_in("clerk", "11003")
    listed = clerk.get(reverse("recruitment:cases", args=[reviewed.uid])).context["table"]
    ours = units.place_ids(units.resolve("11003", date(2026, 1, 1)).id, date(2026, 1, 1))
    assert listed.total == Case.objects.filter(place__in=ours).count()
    stranger = Case.objects.exclude(place__in=ours).first()
    address = reverse("recruitment:case", args=[reviewed.uid, stranger.person.uid])
    assert clerk.get(address).status_code == 404


def test_a_case_explains_its_ground_with_article_facts_and_what_would_change_it(reviewed):
    student = Case.objects.filter(line__ground="study").first()
    page = read(signed_in("commander"), "case", reviewed.uid, student.person.uid, on="2025-08-30")
    assert "article 41(1)(g)" in page
    assert "attends the one full-time course of college or university" in page
    assert "must be proved again: every intake" in page
    assert student.line.decision.full_number in page


def test_the_explanation_is_read_in_vietnamese(reviewed):
    student = Case.objects.filter(line__ground="study").first()
    commander = signed_in("commander", language="vi")
    page = read(commander, "case", reviewed.uid, student.person.uid, on="2025-08-30")
    assert "đang học hệ chính quy" in page
    assert "attends the" not in page


def test_a_failed_political_review_is_read_by_council_and_inspector_only(season_2026):
    draw_and_review(season_2026)
    screen(season_2026)
    examine(season_2026)
    failed = cases_at(season_2026, State.EXAMINED, 1)
    actions.conclude_political_review(season=season_2026, on=date(2025, 12, 20), failed=failed)
    man = Case.objects.get(pk=failed[0]).person
    told = "Not passed at the political and moral review"
    assert told in read(signed_in("inspector"), "case", season_2026.uid, man.uid)
    clerk = signed_in("commander")
    assert told not in read(clerk, "case", season_2026.uid, man.uid)
    assert told not in read(clerk, "season", season_2026.uid)
    assert told not in read(clerk, "cases", season_2026.uid)
    assert told not in read(clerk, "cases", season_2026.uid, state="not_listed")


def test_a_season_under_a_law_that_nobody_has_read_marks_its_values(reform):
    season = open_season(reform, 2027, date(2027, 3, 2))
    page = read(signed_in("commander"), "season", season.uid)
    assert "Unconfirmed legal values" in page
    assert "Law 14/2026/QH16" in page
    draw_and_review(season)
    somebody = Case.objects.filter(season=season).first()
    explained = read(signed_in("inspector"), "case", season.uid, somebody.person.uid)
    assert "unconfirmed: Law 14/2026/QH16" in explained
    assert "nobody has yet checked" in explained


def test_an_examined_man_shows_his_class_and_no_indicator(season_2026):
    draw_and_review(season_2026)
    screen(season_2026)
    call_to_exam(season_2026)
    called = cases_at(season_2026, State.CALLED_TO_EXAM)
    actions.conclude_health(
        season=season_2026, on=date(2025, 11, 15), classes=[(case, 2) for case in called]
    )
    man = Case.objects.get(pk=called[0]).person
    context = (
        signed_in("commander")
        .get(reverse("recruitment:case", args=[season_2026.uid, man.uid]))
        .context
    )
    assert ("Health class", 2) in [(str(f.term), f.value) for f in context["facts"]]


def test_the_next_step_of_an_open_season_is_work(season_2026):
    page = signed_in("commander").get("/").content.decode()
    assert reverse("recruitment:season", args=[season_2026.uid]) in page
