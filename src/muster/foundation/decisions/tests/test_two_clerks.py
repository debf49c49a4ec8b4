"""The secretary and a second clerk at one sitting: neither overwrites the other in silence."""

import threading
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions import actions, queries
from muster.foundation.decisions.actions import sittings
from muster.foundation.decisions.models import (
    Ballot,
    Body,
    ContestedVote,
    Meeting,
    Proposal,
    Resolution,
)
from muster.foundation.decisions.tests import factories
from muster.foundation.decisions.tests.test_pages import page, send, signed_in

TODAY = date(2026, 8, 28)
LIST = {"act": "deferral", "season": "2027"}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{TODAY}T09:00:00+07:00", tick=False):
        yield


def town(names=5):
    """A commune whose council has names before it, the first of them contested."""
    with acting_as_system():
        province, commune = factories.unit("province", "Hải Phòng"), factories.unit("commune")
        factories.under(commune, province)
        both = [commune.pk, province.pk]
        actions.establish_councils(unit_ids=both, on=date(2026, 7, 1), members=16)
        men = factories.people(factories.place(commune), names)
        first, *_ = actions.propose(
            **LIST, unit_id=commune.pk, proposed_on=TODAY, drafts=[drafted(man) for man in men]
        )
        actions.contest(proposal=first, contested=True)
    return commune, first


def drafted(man):
    return actions.Draft(man.pk, man.place_id, "deferred", "41.1.g", "study")


def open_sitting(commune):
    body = Body.objects.get(unit=commune)
    seats = list(queries.seats_on(body.pk, TODAY))
    return actions.open_meeting(body=body, held_on=TODAY, seats=seats), seats


def count(meeting, seats, contested, choice, shown=None):
    votes = dict.fromkeys(seats, choice)
    return actions.vote_list(
        meeting=meeting, **LIST, ballots=votes, singly={contested.pk: votes}, shown=shown
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("clerks", [2, 4])
def test_of_votes_counted_at_the_same_moment_one_stands_and_the_others_are_refused(clerks):
    commune, contested = town()
    with acting_as_system():
        meeting, seats = open_sitting(commune)
    together, told = threading.Barrier(clerks), []

    def clerk(choice):
        try:
            together.wait()
            with acting_as_system():
                told.append(count(meeting, seats, contested, choice).pk)
        except sittings.NothingProposed as refusal:
            told.append(refusal.sentence)
        finally:
            connection.close()

    typing = [threading.Thread(target=clerk, args=[("aye", "no")[n % 2]]) for n in range(clerks)]
    for each in typing:
        each.start()
    for each in typing:
        each.join()
    with acting_as_system():
        resolution = Resolution.objects.get()
        refused = [each for each in told if each != resolution.pk]
        assert refused == [sittings.CHANGED] * (clerks - 1)
        assert ContestedVote.objects.get().passed == resolution.passed
        assert Ballot.objects.count() == 2 * len(seats)
        first_rows = Proposal.objects.filter(unit=commune, act="deferral")
        assert set(first_rows.values_list("resolution", "carried")) == {
            (resolution.pk, resolution.passed)
        }


@pytest.mark.django_db
def test_a_second_sitting_on_the_same_list_is_refused_and_named_before(client):
    commune, contested = town()
    secretary, second = signed_in("clerk", commune), signed_in("commander", commune)
    with acting_as_system():
        seats = [seat.pk for seat in Body.objects.get(unit=commune).seats.all()]
    where = (commune.pk, "deferral")
    sittings_of = [
        send(each, "sit", *where, query="?season=2027", held_on=TODAY, seats=seats)
        for each in (secretary, second)
    ]
    told = page(second, "sit", *where, season="2027")
    with acting_as_system():
        assert all(str(uid) in told for uid in Meeting.objects.values_list("uid", flat=True))
    votes = {f"vote-{row}-{seat}": "aye" for row in (0, contested.pk) for seat in seats}
    assert secretary.post(sittings_of[0], votes | {"shown": 5}).status_code == 302
    late = second.post(sittings_of[1], votes | {"shown": 5})
    assert late.status_code == 422
    assert "open the page again" in late.content.decode()
    with acting_as_system():
        assert Resolution.objects.count() == 1


@pytest.mark.django_db
def test_a_name_laid_while_the_votes_were_typed_is_not_voted_on_unseen():
    commune, contested = town()
    clerk = signed_in("clerk", commune)
    with acting_as_system():
        seats = [seat.pk for seat in Body.objects.get(unit=commune).seats.all()]
    where = (commune.pk, "deferral")
    ballot = send(clerk, "sit", *where, query="?season=2027", held_on=TODAY, seats=seats)
    assert 'name="shown" value="5"' in clerk.get(ballot).content.decode()
    with acting_as_system():
        late = factories.people(contested.place, 1)
        actions.propose(
            **LIST, unit_id=commune.pk, proposed_on=TODAY, drafts=[drafted(man) for man in late]
        )
    votes = {f"vote-{row}-{seat}": "aye" for row in (0, contested.pk) for seat in seats}
    assert clerk.post(ballot, votes | {"shown": 5}).status_code == 422
    assert clerk.post(ballot, votes | {"shown": 6}).status_code == 302


@pytest.mark.django_db
def test_two_clerks_who_take_the_same_name_off_the_list_do_not_put_it_back():
    commune, contested = town()
    with acting_as_system():
        other = Proposal.objects.filter(contested=False).first()
    for clerk in (signed_in("clerk", commune), signed_in("commander", commune)):
        assert send(clerk, "contest", other.uid, singly="yes")
    with acting_as_system():
        assert Proposal.objects.filter(contested=True).count() == 2
    answer = signed_in("council", commune).get(reverse("decisions:contest", args=[contested.uid]))
    assert '<input type="hidden" name="singly" value="no">' in answer.content.decode()
