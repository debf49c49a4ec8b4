"""A student or worker goes onto the roll of his school or enterprise, and back, by the same handshake."""

from datetime import date

import pytest
from django.urls import reverse

from muster.foundation.accounts.actions import acting_as_system, give_post
from muster.foundation.register import queries
from muster.foundation.register.models import Person, Registration
from muster.foundation.register.tests import factories
from muster.foundation.units.models import Place, PlaceKind

pytestmark = pytest.mark.django_db(transaction=True)
OFFICES, LETTERS = reverse("register:offices"), reverse("register:transfers")
SCHOOL = "Trường Cao đẳng Hàng hải"


@pytest.fixture
def communes(transactional_db):
    with acting_as_system():
        home, away = factories.commune("An Lão"), factories.commune("Kiến Thụy")
        factories.register(factories.ground(home))
        factories.ground(away)
    return home, away


@pytest.fixture
def desk(client, communes, django_user_model):
    clerks = {}
    for unit in communes:
        clerks[unit] = django_user_model.objects.create(username=unit.code)
        with acting_as_system():
            give_post(user=clerks[unit], role="clerk", unit=unit, valid_from=date(2020, 1, 1))

    def of(unit):
        client.force_login(clerks[unit])
        return client

    return of


@pytest.fixture
def school(desk, communes):
    with acting_as_system():
        ground = Place.objects.get(code="Kiến Thụy/Kiến Thụy")
    desk(communes[1]).post(OFFICES, {"name": SCHOOL, "ground": ground.pk})
    return Place.objects.get(kind=PlaceKind.OFFICE)


def student():
    with acting_as_system():
        return Person.objects.select_related("place").get()


def send(clerk, where):
    address = reverse("register:transfer", args=[student().uid])
    clerk.post(address, {"commune": where, "group": "", "basis": "GGT 5"})


def receive(clerk):
    (letter,) = [each for each in clerk.get(LETTERS).context["letters"] if each.ours]
    clerk.post(reverse("register:answer", args=[letter.uid]), {"receive": "1"})


def test_a_school_is_entered_once_and_lies_on_its_communes_ground(desk, communes, school):
    assert (school.name, school.within.name) == (SCHOOL, "Kiến Thụy")
    page = desk(communes[1]).post(OFFICES, {"name": SCHOOL, "ground": school.within_id})
    assert page.context["form"].errors["name"]
    assert SCHOOL in page.content.decode()


def test_nobody_enters_a_school_on_the_ground_of_others(desk, communes, school):
    refused = desk(communes[0]).post(OFFICES, {"name": "Công ty May", "ground": school.within_id})
    assert refused.context["form"].errors["ground"]
    assert SCHOOL not in refused.content.decode()


def test_a_student_goes_to_his_school_and_back_and_is_always_on_one_roll(desk, communes, school):
    home, away = communes
    send(desk(home), SCHOOL)
    assert student().place.name == "An Lão"
    receive(desk(away))
    assert student().place == school
    send(desk(away), "An Lão")
    receive(desk(home))
    assert student().place.name == "An Lão"
    with acting_as_system():
        rolls = Registration.objects.filter(person=student())
        assert rolls.filter(valid_to=None).count() == 1
        assert rolls.count() == 3
        day = date.fromisoformat("2020-01-01"), date.fromisoformat("2099-01-01")
        assert all(queries.account(unit.pk, *day).balanced for unit in communes)


def test_the_roll_of_a_school_is_found_by_its_name(desk, communes, school):
    send(desk(communes[0]), SCHOOL)
    clerk = desk(communes[1])
    receive(clerk)
    found = clerk.get(reverse("register:people"), {"where": SCHOOL}).context["listing"]
    assert [row[0].value for row in found.rows] == ["Nguyễn Văn An"]
