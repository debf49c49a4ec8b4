"""One sitting of a commune: 2,800 names at once, three singly; voted, signed, posted, each counted."""

import time
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions import actions
from muster.foundation.decisions.models import (
    Body,
    Decision,
    Meeting,
    Posting,
    Proposal,
    Resolution,
)
from muster.foundation.decisions.tests import factories
from muster.foundation.decisions.tests.test_pages import page, send, signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 28)
NAMES, SINGLY = 2_800, 3


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T09:00:00+07:00", tick=False):
        yield


@pytest.fixture
def commune(db):
    with acting_as_system():
        province = factories.unit("province", "Hải Phòng")
        commune = factories.unit("commune", "An Biên")
        factories.under(commune, province)
        councils = [commune.pk, province.pk]
        actions.establish_councils(unit_ids=councils, on=date(2026, 7, 1), members=16)
    return commune


def lay(commune, names):
    with acting_as_system():
        men = factories.people(factories.place(commune), names)
        actions.propose(
            act="deferral",
            unit_id=commune.pk,
            season="2027",
            proposed_on=TODAY,
            drafts=[
                actions.Draft(man.pk, man.place_id, "deferred", "41.1.g", "study") for man in men
            ],
        )


def seats_of(commune):
    with acting_as_system():
        return [seat.pk for seat in Body.objects.get(unit=commune).seats.order_by("pk")]


def vote(clerk, commune, present, votes, singly=()):
    """Hold the sitting on its pages: who came, each one's vote on the list and on single names."""
    seats = seats_of(commune)[:present]
    send(clerk, "sit", commune.pk, "deferral", query="?season=2027", held_on=TODAY, seats=seats)
    with acting_as_system():
        meeting = Meeting.objects.order_by("-pk").first()
        names = Proposal.objects.filter(unit=commune, contested=True)
        contested = list(names.order_by("pk"))
    fields = {f"vote-0-{seat}": choice for seat, choice in zip(seats, votes, strict=True)}
    for name, choices in zip(contested, singly, strict=True):
        pairs = zip(seats, choices, strict=True)
        fields |= {f"vote-{name.pk}-{seat}": choice for seat, choice in pairs}
    send(clerk, "ballot", meeting.uid, "deferral", query="?season=2027", **fields)
    with acting_as_system():
        return Resolution.objects.get(meeting=meeting)


def told(clerk, resolution):
    return " ".join(page(clerk, "resolution", resolution.uid).split())


def test_nine_ayes_of_sixteen_members_carry_with_nine_present_and_the_page_says_how(commune):
    lay(commune, 3)
    clerk = signed_in("clerk", commune)
    resolution = vote(clerk, commune, 9, ["aye"] * 9)
    said = told(clerk, resolution)
    assert "The council has 16 members; 9 were present. 9 voted for, 0 against" in said
    assert "More than half of all members is 9, whoever is present or recused." in said
    assert "The list is carried." in said


@pytest.mark.parametrize("others", ["no", "abstain", "recused"])
def test_eight_ayes_fail_with_sixteen_present_and_no_recusal_helps(commune, others):
    lay(commune, 3)
    clerk = signed_in("clerk", commune)
    resolution = vote(clerk, commune, 16, ["aye"] * 8 + [others] * 8)
    said = told(clerk, resolution)
    assert "16 were present. 8 voted for" in said
    assert "More than half of all members is 9" in said
    assert "The list is not carried." in said
    assert resolution.needed == 9


def test_2800_names_are_voted_signed_and_posted_in_one_sitting_three_of_them_singly(commune):
    lay(commune, NAMES)
    with acting_as_system():
        province = commune.parents.get().parent
        singly = list(Proposal.objects.order_by("pk")[:SINGLY])
    clerk, chairman = signed_in("clerk", commune), signed_in("chairman", province)
    began = time.perf_counter()
    for name in singly:
        send(clerk, "contest", name.uid, singly="yes")
    choices = (
        ["aye"] * 9 + ["no"] * 7,
        ["aye"] * 8 + ["no"] * 8,
        ["aye"] * 8 + ["recused"] * 8,
    )
    resolution = vote(clerk, commune, 16, ["aye"] * 12 + ["no"] * 4, choices)
    vote(signed_in("commander", province), province, 16, ["aye"] * 16)
    send(chairman, "signing", act="deferral", season="2027", unit=province.pk, signed_on=TODAY)
    seconds = time.perf_counter() - began
    said = told(clerk, resolution)
    assert "2,798 names go on to the review by the council of the province" in said
    assert "9 for, 7 against, 0 recused, of 16 members; 9 needed" in said
    assert "8 for, 0 against, 8 recused, of 16 members; 9 needed" in said
    with acting_as_system():
        decision = Decision.objects.get()
        assert decision.lines.count() == NAMES - SINGLY + 1
        assert Proposal.objects.filter(carried=False).count() == 2
        hanging = Posting.objects.get(channel="web")
    assert "Nguyễn Văn" in page(Client(), "posting", hanging.uid)
    assert page(clerk, "decision", decision.uid).count("Nguyễn Văn") == 100
    notice = reverse("decisions:notice", args=[decision.postings.get(channel="board").uid])
    assert clerk.get(notice).content.startswith(b"%PDF")
    assert seconds < 60, "contested, voted, numbered, signed, logged and posted"
