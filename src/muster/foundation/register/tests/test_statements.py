"""What a page asks of the database: little, and no more for a long list than for a short one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from muster.foundation.accounts.actions import acting_as_system, give_post
from muster.foundation.register import actions
from muster.foundation.register.actions import duties
from muster.foundation.register.actions import own as own_actions
from muster.foundation.register.actions.exports import ask_for_export
from muster.foundation.register.models import Person, numbers
from muster.foundation.register.models.pairs import Notice, Pair
from muster.foundation.register.queries import exports, own, queue
from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.register.queries.work import Pile, piles
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = factories.TODAY


@pytest.fixture
def place(transactional_db):
    with acting_as_system():
        return factories.ground(factories.commune())


@pytest.fixture
def man(place):
    with acting_as_system():
        return factories.register(place, "Nguyễn Văn An")


@pytest.fixture
def clerk(client, place, django_user_model):
    user = django_user_model.objects.create(username="clerk", first_name="Phạm Lan")
    with acting_as_system():
        give_post(
            user=user, role="clerk", unit=place.tenures.get().unit, valid_from=date(2020, 1, 1)
        )
    client.force_login(user)
    client.get(reverse("home"))  # a browser that has been here before
    return client


def asked(clerk, address):
    """How many statements a page sends, beside those that open and end its transaction."""
    with CaptureQueriesContext(connection) as found:
        assert clerk.get(address).status_code == 200
    ours = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return len([each for each in found if not each["sql"].startswith(ours)])


def search():
    return reverse("register:people") + "?find=" + numbers.keys().seal_text("nguyen an")


def more_people(place, number=12):
    for each in range(number):
        factories.register(place, f"Nguyễn Văn An {each}", citizen_number=f"0312050{each:05d}")


def correct(man, times):
    for each in range(times):
        changes = {"occupation": f"nghề {each}"}
        actions.correct(person=man, changes=changes, on=TODAY, basis="CV")


def test_a_search_asks_nine_statements_however_many_are_found(clerk, place, man):
    assert asked(clerk, search()) <= 9
    with acting_as_system():
        more_people(place)
    assert asked(clerk, search()) <= 9


def test_an_entry_asks_no_more_for_a_long_history(clerk, place, man):
    address = reverse("register:person", args=[man.uid])
    once = asked(clerk, address)
    assert once <= 24
    with acting_as_system():
        correct(man, 5)
    assert asked(clerk, address) == once


def test_my_work_asks_no_more_for_much_work(clerk, place, man):
    once = asked(clerk, reverse("home"))
    assert once <= 19
    with acting_as_system():
        more_people(place)
        duties.note_change(person=man, what="đổi nghề", told_on=TODAY)
    assert asked(clerk, reverse("home")) == once


def test_what_is_counted_as_work_is_what_its_lists_show(clerk, place, man, django_user_model):
    """The counts stand in one statement of their own, beside the lists that they lead to."""
    other = django_user_model.objects.create(username="other")
    with acting_as_system():
        more_people(place, 3)
        first, second, third, fourth = Person.objects.order_by("pk")
        for left, right in ((first, second), (third, fourth)):
            Pair.objects.create(
                left=left, right=right, left_place=place, right_place=place, bits=1,
                probability=0.5, proposed="review", because="x", evidence=[], found_on=TODAY,
            )  # fmt: skip
        actions.close(person=fourth, why="died", on=TODAY, basis="GCT")
        Notice.objects.create(person=first, place=place, act=first.acts.first(), due_since=TODAY)
        own_actions.ask_correction(
            person=first, field="ethnicity", wanted="Kinh", shown_by="CCCD", on=TODAY
        )
        for user in (other, django_user_model.objects.get(username="clerk")):
            ask_for_export(
                user_id=user.pk, unit_id=None, on=TODAY, purpose="đối chiếu",
                columns=["full_name"], full_numbers=True, may_see_numbers=True,
            )  # fmt: skip
        found = piles(other.pk, TODAY, places_in_scope())
        assert found["pair"].count == queue.waiting_pairs().count() == 1
        assert found["notice"].count == queue.due_notices().count() == 1
        assert found["wish"].count == own.open_requests().count() == 1
        assert found["wish"].due == own.open_requests().get().due_on
        assert found["export"].count == exports.unanswered(other.pk).count() == 1
        assert (found["receive"], found["back"], found["group"]) == (Pile(), Pile(), Pile())
