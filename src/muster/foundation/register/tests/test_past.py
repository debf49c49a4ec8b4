"""Men stay on the roll to the end of 45, women to the end of 40 (Law 78/2015/QH13 art. 25)."""

from datetime import date

import pytest
from django.urls import reverse

from muster.foundation.accounts.actions import acting_as_system, give_post
from muster.foundation.register import queries
from muster.foundation.register.models import Act, Person
from muster.foundation.register.queries.past import past_age
from muster.foundation.register.rules import clocks
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2026, 3, 2)


def test_the_last_year_runs_to_the_eve_of_the_next_birthday():
    assert clocks.past_age(ON) == (date(1980, 3, 2), date(1985, 3, 2))


@pytest.fixture
def place(transactional_db):
    with acting_as_system():
        return factories.ground(factories.commune())


@pytest.fixture
def people(place):
    born = {
        "Nam 46": ("m", date(1980, 3, 2)),
        "Nam 45": ("m", date(1980, 3, 3)),
        "Nữ 41": ("f", date(1985, 3, 2)),
        "Nữ 40": ("f", date(1985, 3, 3)),
    }
    with acting_as_system():
        for name, (sex, birth) in born.items():
            factories.register(place, name, sex=sex, birth_date=birth, citizen_number="")
    return place


def test_each_sex_has_its_own_age(people):
    with acting_as_system():
        assert {each.full_name for each in past_age(ON)} == {"Nam 46", "Nữ 41"}


def test_one_paper_takes_them_off_the_roll_each_by_his_own_act(people, client, django_user_model):
    unit = people.tenures.get().unit
    user = django_user_model.objects.create(username="clerk")
    with acting_as_system():
        give_post(user=user, role="clerk", unit=unit, valid_from=date(2020, 1, 1))
        old = factories.register(
            people, "Ông Già", birth_date=date(1970, 1, 1), citizen_number="031070001234"
        )
    client.force_login(user)
    page = reverse("register:past")
    assert page in client.get(reverse("register:account")).content.decode()
    assert "Ông Già" in client.get(page).content.decode()
    client.post(page, {"basis": "QĐ 12"})
    assert "Ông Già" not in client.get(page).content.decode()
    with acting_as_system():
        assert Person.objects.get(pk=old.pk).closed_why == "aged_out"
        assert Act.objects.filter(person=old, basis="QĐ 12").count() == 1
        found = queries.account(unit.pk, date(2020, 1, 1), date(2099, 1, 1))
        assert found.balanced
        assert found.left["aged_out"] >= 3
