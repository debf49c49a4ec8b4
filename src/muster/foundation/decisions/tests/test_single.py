"""Sittings and single acts: votes by seat, a line set aside, complaints in two instances."""

from datetime import date

import pytest
from django.utils import translation

from muster.foundation.accounts.actions import acting_as_system, open_account
from muster.foundation.decisions import actions, queries
from muster.foundation.decisions.actions import bulk, complaints, councils, disputes, sittings
from muster.foundation.decisions.models import Body, Line, Posting, Proposal
from muster.foundation.decisions.tests import factories
from muster.foundation.ledger.queries import faults, kinds
from muster.kernel.errors import Refused
from muster.kernel.periods import parse

pytestmark = pytest.mark.django_db
SUMMER, AUTUMN = date(2025, 8, 30), date(2025, 9, 10)


@pytest.fixture(autouse=True)
def _scope(db):
    with translation.override("en"), acting_as_system():
        yield
        assert [
            f for k in kinds().values() if k.code.startswith("decisions.") for f in faults(k)
        ] == []


@pytest.fixture
def province():
    return factories.unit("province", "Hải Phòng")


@pytest.fixture
def commune(province):
    commune = factories.unit("commune")
    factories.under(commune, province)
    return commune


@pytest.fixture
def man(commune):
    return factories.people(factories.place(commune), 1)[0]


@pytest.fixture
def council(commune):
    actions.establish_councils(unit_ids=[commune.pk], on=date(2025, 7, 1), members=16)
    return Body.objects.get(unit=commune)


def ballots(seats, ayes, noes=0, recused=0):
    choices = ["aye"] * ayes + ["no"] * noes + ["recused"] * recused
    return dict(zip(seats, choices, strict=False))


def seats_of(council):
    return list(queries.seats_on(council.pk, SUMMER))


def test_a_sitting_votes_a_list_and_contested_names_singly(council, man):
    seats = seats_of(council)
    meeting = actions.open_meeting(body=council, held_on=SUMMER, seats=seats[:12])
    singly = actions.Contested(
        man.pk, man.place_id, "deferred", "41.1.b", ballots(seats[:12], ayes=8, noes=3, recused=1)
    )
    resolution = actions.vote(
        meeting=meeting, act="deferral", ballots=ballots(seats[:12], ayes=11), contested=[singly]
    )
    assert resolution.passed
    assert (resolution.members, resolution.present, resolution.needed) == (16, 12, 9)
    name = resolution.contested.get()
    assert not name.passed
    assert name.ballots.count() == 12


def test_a_list_that_fails_in_a_sitting_is_kept_as_failed_and_cannot_be_signed(
    council, province, man
):
    seats = seats_of(council)
    meeting = actions.open_meeting(body=council, held_on=SUMMER, seats=seats)
    lost = actions.vote(meeting=meeting, act="deferral", ballots=ballots(seats, ayes=8, noes=8))
    assert not lost.passed
    draft = actions.Draft(man.pk, man.place_id, "deferred", "41.1.b", resolution_ids=(lost.pk,))
    with pytest.raises(bulk.Unproposed):
        actions.decide(kind="deferral", unit_id=province.pk, lines=[draft], signed_on=AUTUMN)


def test_somebody_without_a_seat_that_day_does_not_vote(council):
    seats = seats_of(council)
    gone = actions.take_seat(body=council, title="Ủy viên cũ", on=date(2025, 7, 1))
    actions.leave(seat=gone, on=SUMMER)
    with pytest.raises(councils.NoSeat):
        actions.open_meeting(body=council, held_on=SUMMER, seats=[gone.pk])
    meeting = actions.open_meeting(body=council, held_on=SUMMER, seats=seats[:9])
    with pytest.raises(councils.NoSeat, match="without attending"):
        actions.vote(meeting=meeting, act="deferral", ballots={seats[9]: "aye"})


def reviewed(province, **more):
    """The provincial council's sitting of the same day carries what lies before it."""
    actions.establish_councils(unit_ids=[province.pk], on=date(2025, 7, 1), members=16)
    body = Body.objects.get(unit=province)
    seats = seats_of(body)
    meeting = actions.open_meeting(body=body, held_on=SUMMER, seats=seats)
    everybody = {"meeting": meeting, "act": "deferral", "ballots": ballots(seats, ayes=16)}
    return actions.vote_list(**everybody, singly={}, **more) if more else actions.vote(**everybody)


@pytest.fixture
def deferral(council, province, man):
    seats = seats_of(council)
    meeting = actions.open_meeting(body=council, held_on=SUMMER, seats=seats)
    carried = actions.vote(meeting=meeting, act="deferral", ballots=ballots(seats, ayes=16))
    draft = actions.Draft(
        man.pk,
        man.place_id,
        "deferred",
        "41.1.g",
        "student",
        facts={"school": "Đại học Hàng hải"},
        resolution_ids=(carried.pk, reviewed(province).pk),
    )
    decision = actions.decide(
        kind="deferral", unit_id=province.pk, lines=[draft], signed_on=AUTUMN, season="2026"
    )
    return decision.lines.get()


def test_the_facts_that_a_line_relied_on_are_frozen_with_it(deferral):
    assert deferral.fact.facts == {"school": "Đại học Hàng hải"}


def test_a_line_that_is_set_aside_stays_readable_and_counts_no_more(deferral, province, man):
    actions.set_aside(
        line=deferral,
        unit_id=province.pk,
        signed_on=date(2025, 10, 1),
        resolution_ids=tuple(deferral.resolution_ids),
    )
    states = [view.state for view in queries.lines_of(man.pk)]
    assert states == ["undoing", "set_aside"]
    assert queries.in_force(man.pk) == []
    span = parse("2025").span
    assert queries.count_lines(kind="deferral", outcomes=None, place_ids=None, span=span) == 0


def test_a_corrected_line_takes_the_place_of_the_first(deferral, province, man):
    actions.supersede(
        line=deferral,
        way="corrected",
        unit_id=province.pk,
        signed_on=date(2025, 10, 1),
        outcome="deferred",
        article="41.1.b",
        resolution_ids=tuple(deferral.resolution_ids),
    )
    (stands,) = queries.in_force(man.pk)
    assert stands.article == "41.1.b"
    span = parse("2025").span
    assert queries.count_lines(kind="deferral", outcomes=None, place_ids=None, span=span) == 1


def test_a_line_is_replaced_once_and_only_by_one_about_the_same_man(deferral, province, man):
    other = factories.people(man.place, 1)[0]
    for person, line in ((other.pk, deferral.pk), (man.pk, 0)):
        draft = actions.Draft(
            person, man.place_id, "deferred", "41.1.b", replaces_id=line, way="corrected",
            resolution_ids=tuple(deferral.resolution_ids),
        )  # fmt: skip
        with pytest.raises(bulk.CannotReplace):
            actions.decide(
                kind="deferral", unit_id=province.pk, lines=[draft], signed_on=date(2025, 10, 1)
            )


def test_a_paper_left_with_the_family_names_who_took_it(deferral):
    with pytest.raises(Refused, match="name of who took it"):
        actions.serve(line=deferral, delivered_on=date(2025, 9, 12), means="family")
    actions.serve(
        line=deferral, delivered_on=date(2025, 9, 12), means="family", receiver="mẹ: Lê Thị C"
    )
    assert queries.received_on(deferral.pk) == date(2025, 9, 12)


def test_a_complaint_that_is_upheld_sets_the_line_aside_everywhere(deferral, province, man):
    actions.serve(line=deferral, delivered_on=date(2025, 9, 12))
    complaint = actions.complain(line=deferral, received_on=date(2025, 12, 11))
    actions.accept(complaint=complaint, on=date(2025, 12, 15))
    assert complaint.answer_by == date(2026, 1, 14)
    actions.answer(
        complaint=complaint, unit_id=province.pk, signed_on=date(2026, 1, 5), upheld=True
    )
    assert queries.in_force(man.pk) == []


def test_a_complaint_after_ninety_days_is_late(deferral):
    actions.serve(line=deferral, delivered_on=date(2025, 9, 12))
    with pytest.raises(complaints.TooLate, match="11/12/2025"):
        actions.complain(line=deferral, received_on=date(2025, 12, 12))


def test_the_first_complaint_goes_to_the_signer_the_second_to_his_superior(
    deferral, province, commune, man
):
    superior = factories.unit("province", "Cấp trên")
    first = actions.complain(line=deferral, received_on=date(2025, 10, 1))
    with pytest.raises(complaints.WrongInstance, match="still open"):
        actions.complain(line=deferral, received_on=date(2025, 10, 2))
    actions.accept(complaint=first, on=date(2025, 10, 3))
    with pytest.raises(complaints.WrongInstance, match="office that signed"):
        actions.answer(
            complaint=first, unit_id=superior.pk, signed_on=date(2025, 10, 20), upheld=False
        )
    actions.answer(complaint=first, unit_id=province.pk, signed_on=date(2025, 10, 20), upheld=False)
    assert len(queries.in_force(man.pk)) == 2

    second = actions.complain(line=deferral, received_on=date(2025, 11, 1))
    actions.accept(complaint=second, on=date(2025, 11, 3))
    assert (second.instance, second.answer_by) == (2, date(2025, 12, 18))
    with pytest.raises(complaints.WrongInstance, match="superior"):
        actions.answer(
            complaint=second, unit_id=province.pk, signed_on=date(2025, 11, 20), upheld=True
        )
    actions.answer(complaint=second, unit_id=superior.pk, signed_on=date(2025, 11, 20), upheld=True)
    assert {view.kind for view in queries.in_force(man.pk)} == {"complaint_answer"}


def test_a_second_complaint_counts_from_the_answer_not_from_the_decision(deferral, province):
    """Law 02/2011, art. 33: thirty days from receipt of the first answer, remote forty-five."""
    actions.serve(line=deferral, delivered_on=date(2025, 9, 12))
    first = actions.complain(line=deferral, received_on=date(2025, 12, 11))
    actions.accept(complaint=first, on=date(2025, 12, 15))
    answered = {"unit_id": province.pk, "signed_on": date(2026, 1, 14), "upheld": False}
    actions.answer(complaint=first, **answered)
    with pytest.raises(complaints.TooLate, match="13/02/2026"):
        actions.complain(line=deferral, received_on=date(2026, 2, 14))
    assert queries.second_complaint_until(first) == date(2026, 2, 13)
    second = actions.complain(line=deferral, received_on=date(2026, 2, 14), remote=True)
    assert second.instance == 2


def test_a_first_complaint_left_unanswered_opens_the_way_to_the_superior(deferral, province):
    first = actions.complain(line=deferral, received_on=date(2025, 10, 1))
    actions.accept(complaint=first, on=date(2025, 10, 3))
    with pytest.raises(complaints.WrongInstance, match="by 02/11/2025"):
        actions.complain(line=deferral, received_on=date(2025, 11, 2))
    second = actions.complain(line=deferral, received_on=date(2025, 11, 3))
    assert list(queries.open_complaints()) == [second]
    with pytest.raises(complaints.WrongInstance, match="superior or to court"):
        actions.answer(
            complaint=first, unit_id=province.pk, signed_on=date(2025, 11, 4), upheld=True
        )


def test_a_man_goes_to_court_at_either_step_and_no_clock_runs_on(deferral):
    first = actions.complain(line=deferral, received_on=date(2025, 10, 1))
    with pytest.raises(complaints.WrongInstance, match="not before"):
        actions.go_to_court(complaint=first, on=date(2025, 9, 30))
    actions.go_to_court(complaint=first, on=date(2025, 10, 20))
    assert not queries.open_complaints()
    with pytest.raises(complaints.WrongInstance, match="court decides"):
        actions.complain(line=deferral, received_on=date(2025, 12, 1))


def test_the_timeline_shows_office_number_and_article(deferral, province, man):
    (item,) = queries.timeline(man.pk)
    assert item.on == AUTUMN
    assert (item.article, item.decision_number) == ("41.1.g", "01/QĐ-UBND")
    assert "thành phố Hải Phòng" in str(item.detail)
    assert str(Line.objects.get(pk=deferral.pk).uid) in item.receipt_url


def test_a_mark_disputed_is_set_at_once_and_lifted_by_another(man, commune):
    users = [open_account(username=name, name=name, password=None).pk for name in ("man", "chair")]
    friday = date(2026, 7, 3)
    facts = {"person_id": man.pk, "place_id": man.place_id, "about": "register.birth_date"}
    mark = actions.mark_disputed(**facts, on=friday, by=users[0])
    assert mark.look_by == date(2026, 7, 7)
    assert actions.mark_disputed(**facts, on=friday).pk == mark.pk
    assert queries.open_disputes(man.pk).count() == 1
    with pytest.raises(disputes.OwnMark):
        actions.lift_dispute(
            dispute=mark, unit_id=commune.pk, signed_on=friday, upheld=True, by=users[0]
        )
    actions.lift_dispute(
        dispute=mark, unit_id=commune.pk, signed_on=friday, upheld=True, by=users[1]
    )
    assert queries.open_disputes(man.pk).count() == 0
    assert queries.lines_of(man.pk)[0].kind == "dispute_lifting"


def test_2800_names_are_voted_signed_and_posted_in_one_sitting(council, commune, province):
    men = factories.people(factories.place(commune), 2_800)
    where = {"act": "deferral", "season": "2026"}
    proposals = actions.propose(
        **where,
        unit_id=commune.pk,
        proposed_on=SUMMER,
        drafts=[actions.Draft(each.pk, each.place_id, "deferred", "41.1.g") for each in men],
    )
    singly = proposals[:3]
    for each in singly:
        actions.contest(proposal=each, contested=True)
    seats = seats_of(council)
    meeting = actions.open_meeting(body=council, held_on=SUMMER, seats=seats[:14])
    ayes = (14, 9, 8)
    resolution = actions.vote_list(
        meeting=meeting,
        **where,
        ballots=ballots(seats[:14], ayes=14),
        singly={
            each.pk: ballots(seats[:14], ayes=number, noes=14 - number)
            for each, number in zip(singly, ayes, strict=True)
        },
    )
    assert resolution.passed
    assert [each.passed for each in resolution.contested.order_by("pk")] == [True, True, False]
    reviewed(province, season="2026")
    (number,) = actions.sign_proposed(**where, unit_id=province.pk, signed_on=AUTUMN)
    assert Line.objects.filter(decision=number).count() == 2_799
    assert Posting.objects.filter(decision=number).count() == 2
    assert Proposal.objects.filter(line=None).count() == 1 + 1, "the lost name, and its refusal"
    with pytest.raises(sittings.NothingProposed):
        actions.sign_proposed(**where, unit_id=province.pk, signed_on=AUTUMN)


def test_names_that_came_after_the_page_was_opened_are_not_voted_unseen(council, commune, man):
    draft = actions.Draft(man.pk, man.place_id, "deferred", "41.1.b")
    (proposal,) = actions.propose(
        act="deferral", unit_id=commune.pk, proposed_on=SUMMER, drafts=[draft]
    )
    meeting = actions.open_meeting(body=council, held_on=SUMMER, seats=seats_of(council))
    actions.contest(proposal=proposal, contested=True)
    with pytest.raises(sittings.NothingProposed, match="open the page again"):
        actions.vote_list(
            meeting=meeting,
            act="deferral",
            season="",
            ballots=ballots(seats_of(council), ayes=16),
            singly={},
        )
