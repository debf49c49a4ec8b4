"""The examination: the next man by slip, one station typed, read twice, corrected, concluded."""

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import translation

from muster.domains.recruitment import actions, queries, rules
from muster.domains.recruitment.models import Case, Reading, Slip, State
from muster.domains.recruitment.tests.playing import (
    call_to_exam,
    cases_at,
    draw_and_review,
    examine,
    screen,
)
from muster.foundation.accounts.actions import acting_as, give_post, open_account
from muster.foundation.accounts.models import Refusal
from muster.foundation.decisions import actions as decisions
from muster.foundation.decisions.models import Decision, Line
from muster.foundation.evidence.models import Paper
from muster.foundation.register.models import Circumstance, Person
from muster.foundation.units import queries as units
from muster.foundation.units.models import Unit
from muster.shell import rls

pytestmark = pytest.mark.django_db
DAY = date(2025, 11, 15)
BODY = {"height_cm": "168", "weight_kg": "60", "chest_cm": "85"}
EYES = {"myopia_d": "0.5", "hyperopia_d": "0"}


@pytest.fixture(autouse=True)
def _on_the_day(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with time_machine.travel(f"{DAY}T09:00:00+07:00", tick=False), translation.override("en"):
        yield


@pytest.fixture
def called(season_2026):
    """A season whose screened men are called to the examination."""
    draw_and_review(season_2026)
    screen(season_2026)
    call_to_exam(season_2026)
    return season_2026


def somebody(role, name, code="31"):
    user = open_account(username=name, name=name.title(), password=None)
    unit = Unit.objects.get(pk=units.resolve(code, date(2026, 1, 1)).id)
    give_post(user=user, role=role, unit=unit, valid_from=date(2024, 1, 1))
    return user


@pytest.fixture
def doctors(called):
    """The chair of the examination council and a doctor of it."""
    chair, other = somebody("doctor", "chair"), somebody("doctor", "other")
    decisions.establish_doctors(
        unit_id=called.unit_id,
        name="Hội đồng khám sức khỏe",
        seats=[("Chủ tịch Hội đồng", chair), ("Ủy viên", other)],
        on=date(2025, 7, 1),
    )
    return chair, other


def client_of(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def read_all(slip, by, **scores):
    for station in rules.stations(DAY):
        values = {"physique": BODY, "sight": EYES}.get(station, {})
        score = None if station == "physique" else scores.get(station, 1)
        actions.read_station(slip=slip, station=station, values=values, score=score, by=by.pk)


def text(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


# ---- slips and stations ------------------------------------------------------------------


def test_everyone_called_has_one_slip_numbered_without_a_gap(called):
    cases = cases_at(called, State.CALLED_TO_EXAM)
    assert sorted(Slip.objects.values_list("case", flat=True)) == cases
    assert sorted(Slip.objects.values_list("number", flat=True)) == [*range(1, len(cases) + 1)]
    assert set(Slip.objects.values_list("exam_on", flat=True)) == {DAY}
    assert actions.deal_slips(season=called) == 0


def test_the_next_man_comes_up_by_slip_and_one_station_is_typed(called, doctors):
    doctor = client_of(doctors[0])
    address = reverse("recruitment:station", args=[called.uid, "physique"])
    first, second = Slip.objects.order_by("number")[:2]
    page = text(doctor.get(address))
    assert f"Slip {first.number}" in page
    assert first.full_name in page
    assert "Height, cm" in page
    assert "Score" not in page
    assert "Myopia" not in page
    answer = doctor.post(f"{address}?slip={first.number}", BODY)
    assert answer.status_code == 302, answer.content.decode()
    assert f"Slip {second.number}" in text(doctor.get(address))


def test_a_doctor_s_work_is_the_slips_that_nobody_has_concluded(called, doctors):
    home = text(client_of(doctors[1]).get("/"))
    assert "Season 2026: slips to examine and conclude" in home
    assert reverse("recruitment:examinations") in home


def test_a_body_that_cannot_be_is_refused_at_the_station(called, doctors):
    doctor = client_of(doctors[0])
    address = reverse("recruitment:station", args=[called.uid, "physique"])
    answer = doctor.post(f"{address}?slip=1", BODY | {"height_cm": "999"})
    assert answer.status_code == 422
    assert "height_cm is 999" in text(answer)
    assert not Reading.objects.exists()


def test_a_second_reading_is_somebody_else_s_and_blind(called, doctors):
    chair, other = doctors
    slip = Slip.objects.get(number=1)
    actions.read_station(slip=slip, station="physique", values=BODY, score=None, by=chair.pk)
    with pytest.raises(actions.NotToRead, match="somebody else"):
        actions.read_station(slip=slip, station="physique", values=BODY, score=None, by=chair.pk)
    address = reverse("recruitment:station", args=[called.uid, "physique"]) + "?again"
    assert "Nobody waits here" in text(client_of(chair).get(address))
    page = text(client_of(other).get(address))
    assert "Slip 1" in page
    assert "168" not in page
    actions.read_station(slip=slip, station="physique", values=BODY, score=None, by=other.pk)
    with pytest.raises(actions.NotToRead, match="the chair corrects"):
        actions.read_station(slip=slip, station="physique", values=BODY, score=None, by=other.pk)


# ---- proposal, correction, conclusion ----------------------------------------------------


def test_readings_that_differ_leave_the_slip_open_until_the_chair_corrects(called, doctors):
    chair, other = doctors
    slip = Slip.objects.get(number=1)
    read_all(slip, other)
    actions.read_station(slip=slip, station="skin", values={}, score=4, by=chair.pk)
    assert queries.standing(slip).differing == ["skin"]
    page = text(client_of(chair).get(reverse("recruitment:conclude", args=[called.uid])))
    assert "Dermatology" in page
    assert "No slip is complete" in page
    with pytest.raises(actions.NotConcludable):
        actions.conclude_slips(season=called, classes={slip.pk: 1}, by=chair.pk, on=DAY)
    with pytest.raises(actions.NotTheChair):
        actions.correct_station(slip=slip, station="skin", values={}, score=2, by=other.pk, on=DAY)
    actions.correct_station(slip=slip, station="skin", values={}, score=2, by=chair.pk, on=DAY)
    standing = queries.standing(slip)
    assert standing.complete
    assert standing.health.health_class == 2
    assert Reading.objects.filter(slip=slip, station="skin").count() == 3


@pytest.mark.parametrize(("scores", "proposed", "state"), [
    ({}, 1, State.EXAMINED), ({"teeth": 3}, 3, State.EXAMINED), ({"inner": 4}, 4, State.UNFIT),
])  # fmt: skip
def test_the_worst_score_is_proposed_and_the_signed_conclusion_decides(
    called, doctors, scores, proposed, state
):
    chair, other = doctors
    slip = Slip.objects.get(number=1)
    read_all(slip, other, **scores)
    slip.refresh_from_db()
    assert slip.proposed == proposed
    case = Case.objects.get(pk=slip.case_id)
    assert (case.state, case.health_class) == (State.CALLED_TO_EXAM, None)
    address = reverse("recruitment:conclude", args=[called.uid])
    answer = client_of(chair).post(address, {f"class-{slip.pk}": str(proposed)})
    assert answer.status_code == 302, answer.content.decode()
    case.refresh_from_db()
    slip.refresh_from_db()
    assert (case.state, case.health_class, slip.concluded) == (state, proposed, proposed)
    assert case.line.decision.kind == "health_conclusion"
    assert (case.line.ground, case.line.article) == (f"class_{proposed}", "")
    waiting = len(cases_at(called, State.CALLED_TO_EXAM))
    assert waiting == Slip.objects.filter(concluded=None).count() > 0


def test_the_council_may_conclude_otherwise_than_was_computed(called, doctors):
    chair, other = doctors
    slip = Slip.objects.get(number=1)
    read_all(slip, other)
    actions.conclude_slips(season=called, classes={slip.pk: 4}, by=chair.pk, on=DAY)
    assert Case.objects.get(pk=slip.case_id).state == State.UNFIT


def test_a_conclusion_by_somebody_else_is_refused_and_noted(called, doctors):
    _, other = doctors
    slip = Slip.objects.get(number=1)
    read_all(slip, other)
    with pytest.raises(actions.NotTheChair):
        actions.conclude_slips(season=called, classes={slip.pk: 1}, by=other.pk, on=DAY)
    assert client_of(other).get(
        reverse("recruitment:conclude", args=[called.uid])
    ).status_code == 403  # fmt: skip
    assert not Decision.objects.filter(kind="health_conclusion").exists()


def test_slips_of_a_list_that_was_concluded_at_once_are_concluded_too(season_2026):
    draw_and_review(season_2026)
    screen(season_2026)
    examine(season_2026)
    assert not Slip.objects.filter(concluded=None).exists()


def test_who_did_not_come_waits_at_no_station_any_more(called):
    came, *rest = cases_at(called, State.CALLED_TO_EXAM)
    actions.conclude_health(season=called, on=DAY, classes=[(came, 2)], excused=rest[:3])
    waiting = Slip.objects.filter(concluded=None, taken_off=False)
    assert set(waiting.values_list("case", flat=True)) == set(rest[:3])
    assert Slip.objects.get(case=came).concluded == 2


def test_a_man_deferred_late_is_left_out_and_the_others_are_concluded(called, doctors):
    chair, other = doctors
    gone, stays = Slip.objects.order_by("number")[:2]
    for slip in (gone, stays):
        read_all(slip, other)
    Case.objects.filter(pk=gone.case_id).update(state=State.DEFERRED)
    done = actions.conclude_slips(
        season=called, classes={gone.pk: 1, stays.pk: 1}, by=chair.pk, on=DAY
    )
    assert (done.men, done.left_out) == (1, (gone.number,))
    gone.refresh_from_db()
    assert (gone.concluded, gone.case.state) == (None, State.DEFERRED)
    assert Case.objects.get(pk=stays.case_id).state == State.EXAMINED
    assert gone.taken_off


def test_who_is_left_out_is_told_once_and_leaves_the_lists_of_chair_and_stations(called, doctors):
    chair, other = doctors
    gone, half = Slip.objects.order_by("number")[:2]
    read_all(gone, other)
    Case.objects.filter(pk__in=(gone.case_id, half.case_id)).update(state=State.DEFERRED)
    address = reverse("recruitment:conclude", args=[called.uid])
    page = client_of(chair).post(address, {f"class-{gone.pk}": 1}, follow=True)
    told = f"Left out, since a later decision calls them no longer: slips {gone.number}."
    assert told in text(page)
    assert gone.full_name not in text(client_of(chair).get(address))
    station = reverse("recruitment:station", args=[called.uid, "physique"])
    assert f"Slip {half.number}" not in text(client_of(chair).get(f"{station}?slip={half.number}"))
    with pytest.raises(actions.NotToRead, match="no longer"):
        read_all(half, other)


def test_a_deferral_takes_his_slip_off_at_once_and_its_end_brings_it_back(called, doctors):
    slip = Slip.objects.get(number=1)
    season, case = slip.season, slip.case
    Case.objects.filter(pk=case.pk).update(state=State.DEFERRED)
    actions.follow_decisions(season=season)
    assert queries.next_slip(season, "physique").number == 2
    (before,) = queries.examinations()
    Case.objects.filter(pk=case.pk).update(state=State.CALLED_TO_EXAM)
    actions.follow_decisions(season=season)
    assert queries.next_slip(season, "physique").number == 1
    assert queries.examinations()[0].slips == before.slips + 1


def test_an_assessment_signed_by_the_province_corrects_slip_and_case_at_once(called, doctors):
    chair, other = doctors
    slip = Slip.objects.get(number=1)
    read_all(slip, other, inner=4)
    actions.conclude_slips(season=called, classes={slip.pk: 4}, by=chair.pk, on=DAY)
    line = Line.objects.get(ground="class_4", person=slip.case.person_id)
    mark = decisions.mark_disputed(
        person_id=line.person_id, place_id=line.place_id, about=f"line:{line.uid}", on=DAY,
        line=line,
    )  # fmt: skip
    with acting_as(somebody("commander", "province"), on=DAY):
        decisions.lift_dispute(
            dispute=mark, unit_id=called.unit_id, signed_on=DAY, upheld=True, correction="class_2"
        )
        case = Case.objects.get(pk=slip.case_id)
        assert (case.state, case.health_class) == (State.EXAMINED, 2)
        assert Slip.objects.get(pk=slip.pk).concluded == 2


# ---- who sees what -----------------------------------------------------------------------


def test_a_doctor_reads_no_family_ground_paper_or_political_fact(called, doctors):
    with acting_as(doctors[1], on=DAY):
        assert Slip.objects.count() == queries.examinations()[0].slips > 0
        for model in (Person, Circumstance, Case, Paper):
            assert not model.objects.exists(), model
        with connection.cursor() as cursor:
            for table in ("decisions_line", "decisions_fact", "decisions_proposal"):
                cursor.execute(f"select count(*) from {table}")
                assert cursor.fetchone() == (0,), table


def test_no_page_of_another_room_opens_to_a_doctor(called, doctors):
    doctor = client_of(doctors[0])
    person = Person.objects.first()
    for name, args in (
        ("register:people", []), ("register:person", [person.uid]), ("decisions:list", []),
        ("recruitment:season", [called.uid]), ("evidence:papers", [person.uid]),
        ("violations:index", []),
    ):  # fmt: skip
        assert doctor.get(reverse(name, args=args)).status_code == 403, name
    home = text(doctor.get("/"))
    for href in set(re.findall(r'href="(/(?!static)[^"#]*)"', home)):
        assert doctor.get(href).status_code in {200, 302}, href


def test_a_clerk_sees_the_class_and_never_an_indicator(called, doctors):
    chair, other = doctors
    slip = Slip.objects.get(number=1)
    read_all(slip, other, inner=4)
    actions.conclude_slips(season=called, classes={slip.pk: 4}, by=chair.pk, on=DAY)
    on = date(2025, 11, 15)
    commune = units.named(units.holders([slip.place_id], on), on)
    code = next(each.code for each in commune.values() if each.level == "commune")
    clerk, province = somebody("clerk", "clerk", code), somebody("commander", "province")
    for user in (clerk, province):
        with acting_as(user, on=DAY):
            assert Slip.objects.get(pk=slip.pk).concluded == 4
            assert not Reading.objects.exists()
        page = text(
            client_of(user).get(
                reverse("recruitment:case", args=[called.uid, slip.case.person.uid])
            )
        )
        assert "Internal" not in page
        for name, args in (("station", [called.uid, "inner"]), ("slip", [slip.uid])):
            address = reverse(f"recruitment:{name}", args=args)
            assert client_of(user).get(address).status_code == 403


def test_the_house_itself_may_destroy_readings_when_their_time_is_up(called, doctors):
    read_all(Slip.objects.get(number=1), doctors[1])
    with rls.scoped(role=rls.WIDE):
        assert Reading.objects.count() == len(rules.stations(DAY))
    with rls.scoped(role=rls.WIDE, user_id=doctors[0].pk):
        assert not Reading.objects.exists()


def test_nothing_was_refused_on_the_way(called, doctors):
    read_all(Slip.objects.get(number=1), doctors[1])
    assert not Refusal.objects.exists()
