"""Who sits in a council, and who signs for a head: entered on pages, dated, kept in the log."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from muster.foundation.accounts.actions import acting_as_system, give_post, open_account
from muster.foundation.decisions import actions, queries
from muster.foundation.decisions.actions.delegating import DelegationDay
from muster.foundation.decisions.actions.seats import SeatDay, StandsAlready, TwoChairs
from muster.foundation.decisions.models import Body, Decision, Delegation, Proposal, Seat
from muster.foundation.decisions.tests import factories
from muster.foundation.ledger import queries as ledger
from muster.foundation.ledger.queries import auditing

pytestmark = pytest.mark.django_db
JULY, VOTED, AFTER = date(2026, 7, 1), date(2026, 7, 10), date(2026, 7, 11)


@pytest.fixture(autouse=True)
def _today():
    import time_machine

    morning = time_machine.travel("2026-07-20T09:00:00+07:00", tick=False)
    with morning, translation.override("en"):
        yield


@pytest.fixture
def commune(db):
    with acting_as_system():
        return factories.unit("commune", "An Biên")


@pytest.fixture
def council(commune):
    with acting_as_system():
        actions.establish_councils(unit_ids=[commune.pk], on=JULY, members=16)
        return Body.objects.get()


def signed_in(role, unit):
    user = open_account(username=f"{role}-{unit.pk}", name=role, password=None)
    with acting_as_system():
        give_post(user=user, role=role, unit=unit, valid_from=date(2026, 1, 1))
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def members(council, on):
    with acting_as_system():
        return queries.seats_on(council.pk, on)


def test_a_seventeenth_member_raises_no_number_before_his_day(council):
    with acting_as_system():
        actions.take_seat(body=council, title="Ủy viên 14", holder="Trần B", on=AFTER)
    assert [len(members(council, day)) for day in (VOTED, AFTER)] == [16, 17]


def test_whoever_follows_in_a_seat_keeps_its_title_and_the_number_of_members(council):
    with acting_as_system():
        chair = council.seats.get(chair=True)
        new = actions.follow(seat=chair, holder="Lê C", on=AFTER)
    assert (new.title, new.chair) == (chair.title, True)
    assert chair.pk in members(council, VOTED)
    assert new.pk in members(council, AFTER)
    assert len(members(council, AFTER)) == 16


def test_no_seat_changes_on_a_day_that_its_council_has_voted_on(council):
    """The resolution was counted against all members of that day (art. 36.3)."""
    with acting_as_system():
        meeting = actions.open_meeting(body=council, held_on=VOTED, seats=[])
        actions.vote(meeting=meeting, act="deferral", ballots={})
        seat = council.seats.first()
        with pytest.raises(SeatDay, match="voted on 10/07/2026"):
            actions.leave(seat=seat, on=VOTED)
        actions.leave(seat=seat, on=AFTER)
        with pytest.raises(SeatDay, match="has ended"):
            actions.leave(seat=seat, on=date(2026, 7, 12))


def test_a_council_has_one_chair_and_a_unit_one_council(council, commune):
    with acting_as_system():
        with pytest.raises(TwoChairs):
            actions.take_seat(body=council, title="Chủ tịch", chair=True, on=AFTER)
        with pytest.raises(StandsAlready):
            actions.set_up(unit_id=commune.pk, kind="council", on=AFTER, members=16)
        actions.set_up(unit_id=commune.pk, kind="health_council", on=AFTER, members=5)
    doctors = Body.objects.get(kind="health_council")
    assert doctors.name == "Hội đồng khám sức khỏe xã An Biên"
    assert [seat.chair for seat in members(doctors, AFTER).values()] == [True, *[False] * 4]


def test_a_clerk_sets_up_his_council_and_names_who_sits_in_it(commune):
    clerk = signed_in("clerk", commune)
    asked = {"unit": commune.pk, "kind": "council", "on": JULY, "members": 16}
    assert clerk.post(reverse("decisions:councils"), asked).status_code == 302
    council = Body.objects.get()
    address = reverse("decisions:council", args=[council.pk])
    chair = council.seats.get(chair=True)
    named = {"step": "take", "follows": chair.pk, "holder": "Phạm Văn D", "on": "2026-07-02"}
    assert clerk.post(address, named).status_code == 302
    assert "Phạm Văn D" in clerk.get(address).content.decode()
    assert members(council, AFTER)[Seat.objects.latest("pk").pk].chair
    last = council.seats.order_by("pk").exclude(valid_to__isnull=False)[5]
    gone = {"step": "leave", "which": last.pk, "on": "2026-07-05"}
    assert clerk.post(address, gone).status_code == 302
    assert len(members(council, AFTER)) == 15
    assert clerk.post(address, {"step": "take", "on": "2026-07-05"}).status_code == 422


def test_who_keeps_no_seats_changes_none_and_another_communes_council_is_not_there(council):
    address = reverse("decisions:council", args=[council.pk])
    member = signed_in("council", council.unit)
    assert member.get(address).status_code == 200
    assert member.post(address, {"step": "take", "title": "x", "on": AFTER}).status_code == 403
    with acting_as_system():
        elsewhere = factories.unit("commune", "Tiên Lãng")
    assert signed_in("clerk", elsewhere).get(address).status_code == 404


def test_every_seat_is_in_the_log(council):
    with acting_as_system():
        actions.take_seat(body=council, title="Ủy viên 14", on=AFTER)
        assert list(auditing.faults(ledger.kinds()["decisions.seat"])) == []
        Seat.objects.filter(valid_from=AFTER).update(title="Chủ tịch")
        assert len(list(auditing.faults(ledger.kinds()["decisions.seat"]))) == 1


def test_a_deputy_signs_on_the_page_under_the_delegation_that_names_him():
    with acting_as_system():
        province = factories.unit("province", "Hải Phòng")
        commune = factories.unit("commune", "An Biên")
        factories.under(commune, province)
        (man,) = factories.people(factories.place(commune), 1)
        Proposal.objects.create(
            unit=province, act="request_refusal", season="2027", person=man, place=man.place,
            outcome="not_deferred", article="41.1.g", ground="no_paper", proposed_on=VOTED,
        )  # fmt: skip
    chairman = signed_in("chairman", province)
    for holder in ("Nguyễn E", "Trần G"):
        given = {
            "step": "give", "unit": province.pk, "role": "chairman", "form": "KT",
            "title": "Phó Chủ tịch", "holder": holder, "document": "12/QĐ-UBND",
            "valid_from": JULY,
        }  # fmt: skip
        assert chairman.post(reverse("decisions:delegations"), given).status_code == 302
    first, second = Delegation.objects.order_by("pk")
    shown = chairman.get(reverse("decisions:signing")).content.decode()
    assert "KT. Phó Chủ tịch Nguyễn E" in shown
    signed = {
        "act": "request_refusal", "season": "2027", "unit": province.pk,
        "signed_on": "2026-07-20", "delegation": first.pk,
    }  # fmt: skip
    assert chairman.post(reverse("decisions:signing"), signed).status_code == 302
    with acting_as_system():
        decision = Decision.objects.get()
    assert (decision.form, decision.signatory, decision.delegation) == ("KT", "Nguyễn E", first)

    ended = {"step": "end", "which": first.pk, "on": "2026-07-20"}
    assert chairman.post(reverse("decisions:delegations"), ended).status_code == 422
    assert chairman.post(reverse("decisions:delegations"), ended | {"on": "2026-07-21"}).url
    first.refresh_from_db()
    assert first.valid_to == date(2026, 7, 21)
    with acting_as_system(), pytest.raises(DelegationDay):
        actions.end_delegation(delegation=second, on=JULY)
