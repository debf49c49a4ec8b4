"""After a merge a citizen's sign-in leads to the entry that stands, and after a parting back."""

from datetime import date

import pytest

from muster.foundation.accounts.actions import acting_as, acting_as_system, give_post
from muster.foundation.accounts.models import User
from muster.foundation.ledger.queries import audit
from muster.foundation.register import actions
from muster.foundation.register.actions.own import (
    Elsewhere,
    answer_request,
    ask_correction,
    open_access,
)
from muster.foundation.register.actions.pairs import merge_people, unmerge
from muster.foundation.register.models import Access, Person
from muster.foundation.register.queries import own as reads
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
ON, LATER, LAST = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 16)


@pytest.fixture
def entries(transactional_db):
    """One man entered at three offices."""
    with acting_as_system():
        return [
            factories.register(factories.ground(factories.commune(name)), citizen_number=number)
            for name, number in (("An Lão", "031205001234"), ("Kiến An", ""), ("Đồ Sơn", ""))
        ]


def signed_in(man, username="an"):
    with acting_as_system():
        access = open_access(person=man, username=username, password=None, on=ON, basis="Thẻ")
    return User.objects.get(pk=access.user_id)


def fresh(man):
    return Person.objects.get(pk=man.pk)


def merge(kept, dropped, on=LATER):
    with acting_as_system():
        merge_people(kept=fresh(kept), dropped=fresh(dropped), on=on, basis="Biên bản")


def part(dropped, on=LAST):
    with acting_as_system():
        unmerge(dropped=fresh(dropped), on=on, basis="Nhầm người")


def shown(user):
    with acting_as(user):
        return reads.own_person(user.pk).pk


def clerk_of(man):
    user = User.objects.create(username=f"clerk-{man.pk}")
    with acting_as_system():
        (unit,) = {tenure.unit for tenure in man.place.tenures.all()}
        give_post(user=user, role="clerk", unit=unit, valid_from=date(2020, 1, 1))
    return user


def test_it_leads_to_the_surviving_entry_and_back(entries):
    kept, dropped, _ = entries
    user = signed_in(dropped)
    merge(kept, dropped)
    assert shown(user) == kept.pk
    part(dropped)
    assert shown(user) == dropped.pk
    with acting_as(user):
        assert [man.pk for man in Person.objects.all()] == [dropped.pk]


def test_of_two_sign_ins_each_leads_there_and_each_comes_back_to_its_own(entries):
    kept, dropped, _ = entries
    first, second = signed_in(kept), signed_in(dropped, "an2")
    merge(kept, dropped)
    assert shown(first) == shown(second) == kept.pk
    part(dropped)
    assert (shown(first), shown(second)) == (kept.pk, dropped.pk)


def test_it_follows_a_chain_and_comes_back_step_by_step(entries):
    last, middle, first = entries
    user = signed_in(first)
    merge(middle, first)
    merge(last, middle)
    assert shown(user) == last.pk
    part(middle)
    assert shown(user) == middle.pk
    part(first)
    assert shown(user) == first.pk


def test_the_sign_in_of_a_third_entry_stays_where_it_leads(entries):
    kept, one, other = entries
    mine, his = signed_in(one), signed_in(other, "an2")
    merge(kept, one)
    merge(kept, other)
    part(other)
    assert (shown(mine), shown(his)) == (kept.pk, other.pk)


def test_what_stands_in_the_log_of_the_sign_in_stays_true(entries):
    kept, dropped, _ = entries
    signed_in(dropped)
    merge(kept, dropped)
    with acting_as_system():
        assert audit().faults == ()
        assert Access.objects.get().person_id == dropped.pk


def test_on_his_page_stands_the_surviving_entry_with_all_that_he_asked_for(entries, client):
    kept, dropped, _ = entries
    user = signed_in(dropped)
    with acting_as(user):
        ask_correction(
            person=fresh(dropped), field="mother_name", wanted="Lê Thị Hoa", shown_by="Khai sinh",
            on=ON,
        )  # fmt: skip
    merge(kept, dropped)
    client.force_login(user)
    page = client.get("/register/own/").content.decode()
    assert "An Lão" in page
    assert "Lê Thị Hoa" in page


def test_a_wish_from_before_the_merge_corrects_the_entry_that_stands(entries):
    kept, dropped, _ = entries
    user = signed_in(dropped)
    with acting_as(user):
        wish = ask_correction(
            person=fresh(dropped), field="mother_name", wanted="Lê Thị Hoa", shown_by="Khai sinh",
            on=ON,
        )  # fmt: skip
    merge(kept, dropped)
    with acting_as(clerk_of(dropped)), pytest.raises(Elsewhere):
        answer_request(request=wish, grants=True, answer="Đã sửa", on=LAST)
    with acting_as_system():
        answer_request(request=wish, grants=True, answer="Đã sửa", on=LAST)
        assert fresh(kept).mother_name == "Lê Thị Hoa"
        assert fresh(dropped).mother_name == ""


def test_a_parted_entry_moves_with_its_sign_in(entries):
    kept, dropped, _ = entries
    user = signed_in(dropped)
    merge(kept, dropped)
    part(dropped)
    with acting_as_system():
        actions.move(person=fresh(dropped), to_place_id=kept.place_id, on=LAST, basis="Giấy")
        assert Access.objects.get().place_id == kept.place_id
    assert shown(user) == dropped.pk
