"""What is refused is said in a sentence and noted, though nothing else of it is kept."""

from datetime import date

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from muster.foundation.accounts.actions import (
    acting_as,
    acting_as_system,
    give_post,
    open_account,
)
from muster.foundation.accounts.models import Refusal
from muster.foundation.decisions import actions, queries
from muster.foundation.decisions.models import Body, Decision, Meeting, Resolution
from muster.foundation.decisions.tests import factories
from muster.foundation.ledger.models import Entry
from muster.kernel.errors import Refused

TODAY = date(2026, 8, 20)


@pytest.fixture(autouse=True)
def _today(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with time_machine.travel(f"{TODAY}T09:00:00+07:00", tick=False):
        yield


def town():
    """A commune and its province with their councils, and ten men to be deferred."""
    with acting_as_system():
        province = factories.unit("province", "Hải Phòng")
        commune = factories.unit("commune", "An Biên")
        factories.under(commune, province)
        men = factories.people(factories.place(commune), 10)
        actions.establish_councils(
            unit_ids=[commune.pk, province.pk], on=date(2026, 7, 1), members=16
        )
        drafts = [actions.Draft(man.pk, man.place_id, "deferred", "41.1.g") for man in men]
        actions.propose(
            act="deferral", unit_id=commune.pk, season="2027", proposed_on=TODAY, drafts=drafts
        )
    return province, commune, men


def somebody(role, unit):
    user = open_account(username=f"{role}-{unit.pk}", name=role.title(), password=None)
    with acting_as_system():
        give_post(user=user, role=role, unit=unit, valid_from=date(2026, 1, 1))
    return user


def noted():
    with acting_as_system():
        return list(Refusal.objects.order_by("pk").values_list("code", "user__username"))


def signed_in(user):
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


def stranger_to(commune, province):
    return Body.objects.get(unit=province).seats.first().pk, Body.objects.get(unit=commune)


@pytest.mark.django_db(transaction=True)
def test_a_refusal_outlives_the_transaction_that_it_ended():
    province, commune, _ = town()
    clerk = somebody("clerk", commune)
    seat, body = stranger_to(commune, province)
    with pytest.raises(actions.councils.NoSeat), acting_as(clerk, on=TODAY):
        actions.open_meeting(body=body, held_on=TODAY, seats=[seat])
    assert noted() == [("vote.no_seat", clerk.username)]
    with acting_as_system():
        assert not Meeting.objects.exists()
        assert Entry.objects.filter(kind="accounts.refusal").count() == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_refused_at_the_command_line_is_noted_for_the_house_itself():
    _, commune, men = town()
    with pytest.raises(Refused), acting_as_system():
        actions.decide(
            kind="deferral",
            unit_id=commune.pk,
            lines=[actions.Draft(men[0].pk, men[0].place_id, "deferred", "41.1.g")],
            signed_on=TODAY,
        )
    assert noted() == [("decision.wrong_office", None)]


@pytest.mark.django_db
def test_a_refusal_that_no_manifest_names_is_not_kept():
    _, commune, _ = town()
    with acting_as(somebody("clerk", commune), on=TODAY), pytest.raises(Refused):
        actions.decide(kind="deferral", unit_id=commune.pk, lines=[], signed_on=TODAY)
    assert noted() == []


@pytest.mark.django_db
def test_a_seat_of_another_council_is_refused_on_the_page_and_noted():
    province, commune, _ = town()
    clerk = somebody("clerk", commune)
    seat, body = stranger_to(commune, province)
    address = reverse("decisions:sit", args=[commune.pk, "deferral"]) + "?season=2027"
    own = list(queries.seats_on(body.pk, TODAY))
    answer = signed_in(clerk).post(address, {"held_on": TODAY, "seats": [*own, seat]})
    assert answer.status_code == 422
    assert "does not belong to" in answer.content.decode()
    assert noted() == [("vote.no_seat", clerk.username)]


@pytest.mark.django_db
def test_a_ballot_of_somebody_who_does_not_attend_is_refused_and_noted():
    _, commune, _ = town()
    clerk = somebody("clerk", commune)
    with acting_as_system():
        body = Body.objects.get(unit=commune)
        *present, absent = queries.seats_on(body.pk, TODAY)
        meeting = actions.open_meeting(body=body, held_on=TODAY, seats=present)
    address = reverse("decisions:ballot", args=[meeting.uid, "deferral"]) + "?season=2027"
    answer = signed_in(clerk).post(
        address, {f"vote-0-{seat}": "aye" for seat in (*present, absent)}
    )
    assert answer.status_code == 422
    assert "only members who attend vote" in answer.content.decode()
    assert not Resolution.objects.exists()
    assert noted() == [("vote.no_seat", clerk.username)]


def carried(commune):
    with acting_as_system():
        body = Body.objects.get(unit=commune)
        seats = list(queries.seats_on(body.pk, TODAY))
        meeting = actions.open_meeting(body=body, held_on=TODAY, seats=seats)
        actions.vote_list(
            meeting=meeting, act="deferral", season="2027", singly={},
            ballots=dict.fromkeys(seats, "aye"),
        )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "at", "signed_on", "code", "says"),
    [
        ("chairman", "commune", "2026-08-20", "decision.wrong_office", "not by xã An Biên"),
        (
            "chairman",
            "province",
            "2026-08-19",
            "decision.before_resolution",
            "before its resolution",
        ),
    ],
)
def test_a_wrong_signature_is_refused_on_the_page_and_noted(role, at, signed_on, code, says):
    province, commune, _ = town()
    carried(commune)
    carried(province)
    unit = {"commune": commune, "province": province}[at]
    user = somebody(role, unit)
    answer = signed_in(user).post(
        reverse("decisions:signing"),
        {"act": "deferral", "season": "2027", "unit": unit.pk, "signed_on": signed_on},
    )
    assert answer.status_code == 422
    assert says in answer.content.decode()
    with acting_as_system():
        assert not Decision.objects.exists()
    assert noted() == [(code, user.username)]


@pytest.mark.django_db
def test_an_inspector_reads_what_was_refused_in_his_unit_and_a_clerk_does_not():
    province, commune, _ = town()
    other = factories.unit("commune", "Kiến An")
    clerk = somebody("clerk", commune)
    seat, body = stranger_to(commune, province)
    with acting_as(clerk, on=TODAY), pytest.raises(Refused):
        actions.open_meeting(body=body, held_on=TODAY, seats=[seat])
    address = reverse("accounts:refusals")
    for unit in (commune, province):
        page = signed_in(somebody("inspector", unit)).get(address).content.decode()
        assert "without a seat that day" in page
        assert "Clerk" in page
    assert (
        "Nothing was refused"
        in signed_in(somebody("inspector", other)).get(address).content.decode()
    )
    assert signed_in(clerk).get(address).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_a_note_taken_inside_another_transaction_ends_with_the_outermost_scope():
    province, commune, _ = town()
    clerk = somebody("clerk", commune)
    seat, body = stranger_to(commune, province)
    with acting_as_system(), transaction.atomic():
        with pytest.raises(Refused), acting_as(clerk, on=TODAY):
            actions.open_meeting(body=body, held_on=TODAY, seats=[seat])
        assert not Refusal.objects.exists()
    assert [code for code, _ in noted()] == ["vote.no_seat"]
