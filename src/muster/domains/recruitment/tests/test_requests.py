"""A request at the desk: shown by a paper, laid before the commune's council, never decided here."""

from dataclasses import replace
from datetime import date
from itertools import islice

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from muster.domains.recruitment import actions, queries
from muster.domains.recruitment.models import Case, State
from muster.domains.recruitment.tests.playing import draw_and_review
from muster.domains.recruitment.tests.test_pages import read, signed_in
from muster.foundation.decisions import actions as decisions
from muster.foundation.decisions import queries as deciding
from muster.foundation.decisions.models import Body, Line, Posting, Proposal
from muster.foundation.decisions.rules import act
from muster.foundation.evidence.actions import UnfitFile, attach
from muster.foundation.evidence.queries import papers_of
from muster.foundation.evidence.tests.files import PDF, PROGRAM
from muster.foundation.ledger import actions as ledger
from muster.foundation.ledger.queries import receipt
from muster.foundation.register.models import Circumstance, Schooling
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused
from muster.kernel.periods import Span

pytestmark = pytest.mark.django_db
ON = date(2025, 9, 10)
CONFIRMATION = "Giấy xác nhận số 12/UBND ngày 08/9/2025"


@pytest.fixture
def reviewed(season_2026):
    draw_and_review(season_2026)
    return season_2026


@pytest.fixture
def today():
    with time_machine.travel(f"{ON}T09:00:00+07:00", tick=False), translation.override("en"):
        yield


def callable_men(season):
    """Men without any ground on the day of the request."""
    found = Case.objects.filter(season=season, state=State.CALLABLE, volunteer=False, degree=False)
    return (each for each in found if queries.relief(each, ON).outcome == State.CALLABLE)


def callable_man(season):
    return next(callable_men(season))


def paper(reference=CONFIRMATION, **changes):
    facts = {"reference": reference, "issued_on": date(2025, 9, 8), "data": PDF}
    return facts | {"valid_to": None, "family": ()} | changes


def sole_worker(ground="sole_worker", **changes):
    return actions.Shown(ground, date(2025, 6, 1), paper(**changes))


def a_file():
    return SimpleUploadedFile("giay.pdf", PDF, "application/pdf")


def student(**changes):
    course = {"level": "university", "mode": "full_time", "school": "ĐH", "course_no": 1}
    return actions.Shown("study", date(2025, 9, 1), paper("GCN 7"), course | changes)


@pytest.fixture(autouse=True)
def _keys(settings, tmp_path):
    settings.KEYS = tmp_path / "keys"


def test_a_ground_shown_by_its_paper_goes_before_the_council_of_his_commune(reviewed):
    case = callable_man(reviewed)
    laid = actions.request(case=case, on=ON, shown=sole_worker())
    assert (laid.act, laid.outcome, laid.article) == ("deferral", "deferred", "41.1.b")
    assert laid.unit_id == queries.commune_of(case.place_id, ON)
    assert laid.facts["sole_worker_since"] == "2025-06-01"
    assert laid.facts["paper"] == CONFIRMATION
    assert Circumstance.objects.filter(person=case.person, kind="sole_worker").count() == 1
    assert [each.claim for each in papers_of(case.person)] == ["sole_worker"]
    case.refresh_from_db()
    assert case.state == State.CALLABLE, "nothing is decided at the desk"


def test_a_merit_file_asks_for_an_exemption_and_a_certificate_for_a_deferral(reviewed):
    martyrs_child, pupil = islice(callable_men(reviewed), 2)
    laid = actions.request(case=martyrs_child, on=ON, shown=sole_worker(ground="child_martyr"))
    assert (laid.act, laid.article) == ("exemption", "41.2.a")
    laid = actions.request(case=pupil, on=ON, shown=student(valid_to=date(2029, 6, 30)))
    assert (laid.act, laid.article, laid.ground) == ("deferral", "41.1.g", "study")


@pytest.mark.parametrize("change", [{"mode": "part_time"}, {"course_no": 2}])
def test_a_course_that_defers_nobody_is_refused_and_nothing_is_written(reviewed, change):
    case = callable_man(reviewed)
    before = Schooling.objects.filter(person=case.person).count()
    with pytest.raises(actions.NoGround, match="no letter of article 41"):
        actions.request(case=case, on=ON, shown=student(**change))
    assert Schooling.objects.filter(person=case.person).count() == before
    assert not Proposal.objects.exists()


def test_a_paper_that_lapsed_before_the_request_carries_nothing(reviewed):
    case = callable_man(reviewed)
    with pytest.raises(Refused, match="09/09/2025"):
        actions.request(case=case, on=ON, shown=sole_worker(valid_to=date(2025, 9, 9)))
    assert not Circumstance.objects.filter(person=case.person, kind="sole_worker").exists()


def test_a_program_is_no_paper_and_nothing_is_laid(reviewed):
    with pytest.raises(UnfitFile):
        actions.request(case=callable_man(reviewed), on=ON, shown=sole_worker(data=PROGRAM))
    assert not Proposal.objects.exists()


def test_a_name_lies_before_the_council_once(reviewed):
    case = callable_man(reviewed)
    actions.request(case=case, on=ON, shown=sole_worker())
    with pytest.raises(actions.AlreadyAsked, match="2025-09-10"):
        actions.request(case=case, on=ON)


def test_who_is_deferred_already_does_not_ask_again(reviewed):
    deferred = Case.objects.filter(state=State.DEFERRED).first()
    with pytest.raises(actions.NotOnTheWay):
        actions.request(case=deferred, on=ON, shown=sole_worker())


def sit(unit_id, season, *, choice="aye", act="deferral"):
    """The council of a unit votes on all that lies before it."""
    body = Body.objects.get(unit=unit_id, valid_to=None)
    seats = [seat.pk for seat in body.seats.order_by("pk")]
    meeting = decisions.open_meeting(body=body, held_on=ON, seats=seats)
    return decisions.vote_list(
        meeting=meeting,
        act=act,
        season=season.key,
        ballots=dict.fromkeys(seats, choice),
        singly={},
    )


def sign(laid, season):
    """The provincial Chairman signs what lies before him of an act."""
    decisions.sign_proposed(
        act=laid.act,
        season=season.key,
        unit_id=season.unit_id,
        signed_on=ON,
    )


def complained_of(line, season, *, upheld):
    complaint = decisions.complain(line=line, received_on=ON)
    decisions.accept(complaint=complaint, on=ON)
    return decisions.answer(
        complaint=complaint, unit_id=season.unit_id, signed_on=ON, upheld=upheld
    )


def test_voted_reviewed_and_signed_his_case_follows_at_once(reviewed, today):
    case = callable_man(reviewed)
    laid = actions.request(case=case, on=ON, shown=sole_worker())
    sit(laid.unit_id, reviewed)
    with pytest.raises(Refused, match="Hải Phòng has still to review 1 names"):
        sign(laid, reviewed)
    sit(reviewed.unit_id, reviewed)
    sign(laid, reviewed)
    case.refresh_from_db()
    assert (case.state, case.ground) == (State.DEFERRED, "sole_worker"), "it follows at once"
    assert "Deferred" in read(signed_in("commander"), "case", reviewed.uid, case.person.uid)
    complained_of(case.line, reviewed, upheld=True)
    case.refresh_from_db()
    assert (case.state, case.line) == (State.CALLABLE, None), "and so does an answer"


@pytest.mark.parametrize("lost_before", ["commune", "province"])
def test_a_request_that_a_council_does_not_carry_is_declined_by_a_decision(
    reviewed, today, lost_before
):
    case = callable_man(reviewed)
    laid = actions.request(case=case, on=ON, shown=sole_worker())
    if lost_before == "province":
        sit(laid.unit_id, reviewed)
        sit(reviewed.unit_id, reviewed, choice="no")
    else:
        sit(laid.unit_id, reviewed, choice="no")
    declined = queries.request_of(case)
    assert declined.act == decisions.REFUSAL
    sign(declined, reviewed)
    (line,) = lines_about(case, decisions.REFUSAL)
    assert (line.outcome, line.article, line.ground) == ("not_deferred", "41.1.b", "not_carried")
    assert line.decision.level == "province"
    case.refresh_from_db()
    assert case.state == State.CALLABLE
    assert queries.request_of(case) is None, "he may ask again with another paper"


def lines_about(case, kind):
    return Line.objects.filter(person=case.person, decision__kind=kind)


def test_a_declined_request_is_served_complained_of_and_granted_by_the_answer(reviewed, today):
    case = callable_man(reviewed)
    laid = actions.decline(case=case, on=ON, ground="sole_worker", reason="no_paper")
    sign(laid, reviewed)
    line = lines_about(case, decisions.REFUSAL).get()
    assert queries.request_of(case) is None
    assert line.decision.serve_by == date(2025, 9, 20)
    assert line.pk in deciding.waiting_lines(line.decision_id, limit=9)
    decisions.serve(line=line, delivered_on=date(2025, 9, 12))
    assert line.pk not in deciding.waiting_lines(line.decision_id, limit=9)
    ledger.place()
    assert receipt("decisions.line", line.pk) is not None
    told = [each for each in deciding.timeline(case.person_id) if each.article == "41.1.b"]
    assert told[0].title == "Request declined: not deferred"
    assert "the paper that the article asks for was not shown" in told[0].detail
    answer = complained_of(line, reviewed, upheld=True)
    assert (answer.kind, answer.lines.get().outcome) == ("complaint_answer", "upheld")
    granted = lines_about(case, "deferral").get()
    assert (granted.replaces_id, granted.way) == (line.pk, "corrected")
    case.refresh_from_db()
    assert (case.state, case.ground, case.line) == (State.DEFERRED, "sole_worker", granted)


@pytest.fixture
def granted(reviewed, today):
    """The deferral that the answer to a complaint granted, and the man's case."""
    case = callable_man(reviewed)
    sign(actions.decline(case=case, on=ON, ground="sole_worker", reason="no_paper"), reviewed)
    complained_of(lines_about(case, decisions.REFUSAL).get(), reviewed, upheld=True)
    case.refresh_from_db()
    return case, lines_about(case, "deferral").get()


def test_a_deferral_granted_by_an_answer_is_posted_for_twenty_days_on_board_and_web(granted):
    case, line = granted
    postings = Posting.objects.filter(decision=line.decision)
    assert {each.channel for each in postings} == {"board", "web"}
    assert {(each.valid_to - each.valid_from).days for each in postings} == {20}
    (row,) = deciding.posted(postings[0], place_ids=None).rows
    assert case.person.full_name in row


def test_it_is_a_deferral_of_the_season_in_every_count(granted, reviewed):
    case, line = granted
    span = Span(ON, None)
    assert deciding.counted_lines(kind="deferral", span=span, outcomes=["deferred"])[-1] == line.pk
    assert (
        deciding.count_lines(kind="request_refusal", outcomes=None, place_ids=None, span=span) == 0
    )
    with_him = queries.funnel(reviewed).steps[0]
    decisions.set_aside(line=line, unit_id=reviewed.unit_id, signed_on=ON, kind=carried(line))
    assert queries.funnel(reviewed).steps[0] == (with_him[0], with_him[1] + 1)
    assert [each.kind for each in queries.lines_of(case)].count("deferral") == 2


def carried(line):
    """The act without a council, as the office that signed undoes it."""
    return replace(act("deferral", line.decision.signed_on), steps=())


def test_it_is_brought_to_him_like_the_refusal_whose_place_it_takes(granted):
    _, line = granted
    assert line.decision.serve_by == date(2025, 9, 20)
    assert [each.decision_id for each in deciding.rounds(ON)].count(line.decision_id) == 1
    decisions.serve(line=line, delivered_on=ON)
    assert line.pk not in deciding.waiting_lines(line.decision_id, limit=9)


def test_it_holds_for_its_season_and_is_asked_for_anew_the_next(granted, reviewed):
    case, line = granted
    assert line.decision.season == reviewed.key
    with pytest.raises(actions.NotOnTheWay):
        actions.request(case=case, on=ON, shown=sole_worker())
    found = queries.relief(case, date(2026, 8, 1))
    assert found.outcome != "deferred", "his ground still needs its paper"


def test_a_complaint_that_is_rejected_leaves_the_request_declined(reviewed, today):
    case = callable_man(reviewed)
    sign(actions.decline(case=case, on=ON, ground="child_martyr", reason="no_ground"), reviewed)
    line = lines_about(case, decisions.REFUSAL).get()
    assert line.outcome == "not_exempt"
    complained_of(line, reviewed, upheld=False)
    case.refresh_from_db()
    assert case.state == State.CALLABLE
    assert deciding.line(line.uid).state == "in_force"


def test_what_the_law_grants_is_not_declined_and_no_other_reason_is_given(reviewed):
    case = callable_man(reviewed)
    with pytest.raises(Refused, match='not for "we dislike him"'):
        actions.decline(case=case, on=ON, ground="sole_worker", reason="we dislike him")
    attach(person=case.person, claim="family_damaged", received_on=ON, **paper("GXN 15"))
    with pytest.raises(actions.Granted, match=r"article 41\.1\.b holds for him"):
        actions.decline(case=case, on=ON, ground="family_damaged", reason="no_ground")


def test_the_desk_lays_a_request_that_the_law_does_not_grant_to_be_declined(reviewed, today):
    case, clerk = callable_man(reviewed), signed_in("commander")
    where = (reviewed.uid, case.person.uid)
    declining = reverse("recruitment:decline", args=[*where, "sole_worker"])
    assert declining in read(clerk, "paper", *where, "sole_worker")
    assert "Reason" in read(clerk, "decline", *where, "sole_worker")
    assert clerk.post(declining, {"received_on": ON, "reason": "not_carried"}).status_code == 200
    assert not Proposal.objects.exists(), "a vote is not the desk's to tell"
    answer = clerk.post(declining, {"received_on": ON, "reason": "no_paper"})
    assert answer.url == reverse("recruitment:case", args=where)
    assert "to be declined, by a signed decision" in read(clerk, "case", *where)
    sign(Proposal.objects.get(), reviewed)
    line = lines_about(case, decisions.REFUSAL).get()
    page = clerk.get(reverse("decisions:line", args=[line.uid])).content.decode()
    assert "the paper that the article asks for was not shown" in page
    assert (
        "Request declined: not deferred"
        in clerk.get(reverse("register:person", args=[case.person.uid])).content.decode()
    )


def test_the_desk_asks_one_question_at_a_time(reviewed, today):
    case = callable_man(reviewed)
    commune = units.named([queries.commune_of(case.place_id, ON)], ON).popitem()[1]
    clerk = signed_in("clerk", commune.code)
    where = (reviewed.uid, case.person.uid)
    assert "Take in a request" in read(clerk, "case", *where)
    assert "Is the sole worker who directly supports kin" in read(clerk, "ask", *where)
    chosen = clerk.get(reverse("recruitment:ask", args=where), {"ground": "sole_worker"})
    assert chosen.url == reverse("recruitment:paper", args=[*where, "sole_worker"])
    told = {"received_on": ON, "since": "2025-06-01", "reference": CONFIRMATION}
    told |= {"issued_on": "2025-09-08"}
    answer = clerk.post(chosen.url, told | {"file": a_file()})
    assert answer.url == reverse("recruitment:case", args=where)
    assert "before the council" in read(clerk, "case", *where)
    again = clerk.post(chosen.url, told | {"file": a_file()})
    assert "wait for its vote" in again.content.decode()


def test_a_paper_not_typed_is_asked_for(reviewed, today):
    case = callable_man(reviewed)
    address = reverse("recruitment:paper", args=[reviewed.uid, case.person.uid, "study"])
    answer = signed_in("commander").post(address, {"received_on": ON})
    told = answer.content.decode()
    assert all(
        f'href="#id_{name}"' in told for name in ("reference", "since", "file", "school", "level")
    )


def test_the_desk_is_closed_to_councils_and_to_other_communes(reviewed, today):
    case = callable_man(reviewed)
    address = reverse("recruitment:ask", args=[reviewed.uid, case.person.uid])
    assert signed_in("inspector").get(address).status_code == 403
    elsewhere = Case.objects.exclude(place=case.place).exclude(
        place__in=units.place_ids(queries.commune_of(case.place_id, ON), ON)
    )
    other = units.named([queries.commune_of(elsewhere.first().place_id, ON)], ON).popitem()[1]
    assert signed_in("clerk", other.code).get(address).status_code == 404


def test_what_the_register_shows_already_is_not_asked_again(reviewed, today):
    case = callable_man(reviewed)
    commander, where = signed_in("commander"), (reviewed.uid, case.person.uid)
    already = reverse("recruitment:registered", args=where)
    assert commander.get(already).url == reverse("recruitment:ask", args=where), "nothing yet"
    attach(
        person=case.person,
        claim="family_damaged",
        received_on=ON,
        **paper("Giấy xác nhận số 15/UBND"),
    )
    assert "By his facts and papers article 41(1)(b) holds today" in read(commander, "ask", *where)
    assert "As the register shows it: article 41(1)(b)" in read(commander, "registered", *where)
    answer = commander.post(already, {"received_on": ON})
    assert answer.url == reverse("recruitment:case", args=where)
    assert Proposal.objects.get().ground == "family_damaged"


def test_only_grounds_in_force_on_the_day_are_offered(reviewed, today):
    case, commander = callable_man(reviewed), signed_in("commander")
    offered = {each.code for each in queries.may_be_shown(date(2020, 6, 30))}
    assert "permanent_militia" not in offered, "since July 2020 only"
    assert "sole_worker" in offered
    for ground in ("prosecuted", "special_area_completed", "nonsense"):
        address = reverse("recruitment:paper", args=[reviewed.uid, case.person.uid, ground])
        assert commander.get(address).status_code == 404, ground
