"""A citizen goes from one office to another, and is at every hour on somebody's roll."""

from datetime import date

import pytest

from muster.foundation.accounts.actions import acting_as_system, give_post
from muster.foundation.ledger import queries as ledger
from muster.foundation.register import actions, queries
from muster.foundation.register.actions.transfers import (
    AlreadyAnswered,
    AlreadyOnTheWay,
    NotTheReceiver,
    NowhereToGo,
)
from muster.foundation.register.models import Person, Transfer
from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.register.queries.work import Pile, piles
from muster.foundation.register.rules import clocks
from muster.foundation.register.tests import factories
from muster.foundation.units.models import Unit, UnitVersion
from muster.shell import rls

FRIDAY, LATER = date(2026, 3, 6), date(2026, 3, 17)


def test_ten_working_days_are_two_weeks():
    assert clocks.transfer_due(FRIDAY) == date(2026, 3, 20)


@pytest.mark.parametrize("day", [date(2026, 3, 7), date(2026, 3, 8)])
def test_a_clock_that_starts_on_a_weekend_runs_from_monday(day):
    assert clocks.working_days_after(day, 1) == date(2026, 3, 9)


def test_those_of_2009_register_in_2026():
    assert clocks.turning_of_age(2026) == (date(2009, 1, 1), date(2009, 12, 31))


@pytest.fixture
def offices(transactional_db):
    with acting_as_system():
        ours, theirs = factories.commune("An Lão"), factories.commune("Kiến Thụy")
        here, there = factories.ground(ours), factories.ground(theirs)
        factories.register(here)
    return ours, theirs, here, there


def acting(unit):
    return rls.scoped(role=rls.APP, units=[unit.pk])


def pile(kind, today):
    return piles(0, today, places_in_scope())[kind]


def propose(unit, place, on=FRIDAY):
    with acting(unit):
        person = Person.objects.get()
        return actions.propose_transfer(person=person, to_place_id=place.pk, on=on, basis="GGT 12")


pytestmark = pytest.mark.django_db(transaction=True)


def test_he_stays_on_the_old_roll_until_he_is_received(offices):
    ours, theirs, here, there = offices
    letter = propose(ours, there)
    with acting_as_system():
        assert queries.count_by_place(LATER) == {here.pk: 1}
    with acting(theirs):
        assert pile("receive", FRIDAY) == Pile(1, 0, date(2026, 3, 20))
        assert not Person.objects.exists()
        actions.receive_transfer(transfer=letter, on=LATER)
        assert [p.full_name for p in Person.objects.all()] == ["Nguyễn Văn An"]
        assert pile("receive", LATER) == Pile()
    with acting_as_system():
        assert queries.count_by_place(date(2026, 3, 16)) == {here.pk: 1}
        assert queries.count_by_place(LATER) == {there.pk: 1}
        assert not list(ledger.faults(ledger.kinds()["register.transfer"]))


def test_a_letter_sent_back_leaves_him_where_he_was(offices):
    ours, theirs, here, there = offices
    letter = propose(ours, there)
    with acting(theirs):
        actions.return_transfer(transfer=letter, on=LATER, why="No such address")
    with acting(ours):
        assert queries.count_by_place(LATER) == {here.pk: 1}
        (told,) = queries.letters(LATER)
        assert told.state == str(Transfer.State.RETURNED.label)
        assert propose(ours, there, LATER).pk != letter.pk


def test_only_the_office_he_was_sent_to_receives_him(offices):
    ours, _theirs, _here, there = offices
    letter = propose(ours, there)
    with acting(ours), pytest.raises(NotTheReceiver):
        actions.receive_transfer(transfer=letter, on=LATER)


def test_nobody_is_on_two_ways_at_once_or_received_twice(offices):
    ours, theirs, _here, there = offices
    letter = propose(ours, there)
    with pytest.raises(AlreadyOnTheWay):
        propose(ours, there)
    with acting(theirs):
        actions.receive_transfer(transfer=letter, on=LATER)
    with acting(theirs), pytest.raises(AlreadyAnswered):
        actions.receive_transfer(transfer=letter, on=LATER)
    with pytest.raises(NowhereToGo):
        propose(theirs, there)


def test_a_letter_past_its_day_is_late_at_both_offices(offices):
    ours, theirs, _here, there = offices
    propose(ours, there)
    for unit in (ours, theirs):
        with acting(unit):
            (letter,) = queries.letters(date(2026, 3, 21))
            assert letter.late
            assert letter.ours is (unit is theirs)


def test_the_handshake_in_the_pages_of_both_offices(offices, client, django_user_model):
    ours, theirs, _here, _there = offices
    clerks = {}
    for unit in (ours, theirs):
        clerks[unit] = django_user_model.objects.create(username=unit.code)
        with acting_as_system():
            give_post(user=clerks[unit], role="clerk", unit=unit, valid_from=date(2020, 1, 1))
    with acting_as_system():
        uid = Person.objects.get().uid
    client.force_login(clerks[ours])
    letter = {"commune": "Kiến Thụy", "basis": "Giấy giới thiệu 12"}
    wrong = client.post(f"/register/person/{uid}/transfer/", {**letter, "commune": "99999"})
    assert wrong.status_code == 200
    assert client.post(f"/register/person/{uid}/transfer/", letter).status_code == 302
    assert "In giấy giới thiệu" in client.get("/register/transfers/").content.decode()
    client.force_login(clerks[theirs])
    page = client.get("/register/transfers/").content.decode()
    assert "Nguyễn Văn An" in page
    assert "In giấy giới thiệu" not in page
    address = next(
        part
        for part in page.split('"')
        if part.startswith("/register/transfers/") and len(part) > 40
    )
    assert client.post(address, {"receive": "1"}).status_code == 302
    assert client.get(f"/register/person/{uid}/").status_code == 200


def test_a_returned_letter_is_the_senders_work_until_he_writes_anew(offices):
    ours, theirs, _here, there = offices
    letter = propose(ours, there)
    with acting(theirs):
        actions.return_transfer(transfer=letter, on=LATER, why="Không ở đây")
        assert pile("back", LATER) == Pile()
    with acting(ours):
        assert pile("back", LATER) == Pile(1)
    propose(ours, there, on=LATER)
    with acting(ours):
        assert pile("back", LATER) == Pile()


def test_a_name_means_the_commune_that_bears_it_today(offices):
    _ours, theirs, _here, there = offices
    with acting_as_system():
        gone = factories.commune("Phù Liễn")
        UnitVersion.objects.filter(unit=gone).update(name=theirs.code, folded="kien thuy")
        UnitVersion.objects.filter(unit=theirs).update(folded="kien thuy")
        Unit.objects.filter(pk=gone.pk).update(
            closed_on=date(2025, 7, 1), closed_by=gone.opened_by_id
        )
        named = ("", "Kiến Thụy", "", "")
        assert named in queries.find_ground([named], FRIDAY).faults
        found = queries.find_ground([named], FRIDAY, standing=True)
        assert found.units == {named: theirs.pk}
        assert found.grounds[theirs.pk].place_named("") == there.pk
