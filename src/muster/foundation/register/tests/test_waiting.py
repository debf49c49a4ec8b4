"""Whoever lives on divided ground stands in a work list until his group is known."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from muster.foundation.accounts.actions import acting_as_system, give_post
from muster.foundation.register import queries
from muster.foundation.register.models import Act, Person, Residence
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
WAITING = reverse("register:waiting")


def clerk_of(client, unit, users):
    user = users.objects.create(username=f"clerk of {unit.code}")
    with acting_as_system():
        give_post(user=user, role="clerk", unit=unit, valid_from=date(2020, 1, 1))
    client.force_login(user)
    return client


@pytest.fixture
def keeper(transactional_db):
    with acting_as_system():
        return factories.commune("Ngũ Lão")


@pytest.fixture
def divided(keeper):
    with acting_as_system():
        ground = factories.ground(keeper, provisional=True)
        factories.ground(keeper, "Thôn 3", within=ground)
        return ground


@pytest.fixture
def man(divided):
    with acting_as_system():
        person = factories.register(divided, "Bùi Nam", mother_name="H'Bia Ksơr")
        Residence.objects.create(
            person=person, place=divided, kind="permanent", address="Xóm Bến",
            valid_from=date(2022, 4, 10),
        )  # fmt: skip
        return person


def test_a_clerk_gives_somebody_who_waits_his_group(client, keeper, man, django_user_model):
    clerk = clerk_of(client, keeper, django_user_model)
    page = clerk.get(WAITING).content.decode()
    link = reverse("register:settle", args=[man.uid])
    assert link in page
    assert "Xóm Bến" in page
    form = clerk.get(link).context["form"]
    ((_empty, _none), (group, label)) = form.fields["group"].choices
    assert label == f"Thôn 3, {keeper.code}"
    clerk.post(link, {"group": str(group), "basis": "Đơn 5"})
    with acting_as_system():
        settled = Person.objects.get(pk=man.pk)
        assert settled.place.name == "Thôn 3"
        assert Act.objects.get(person=man, version=2).kind == Act.Kind.SETTLED
        assert queries.waiting(timezone.localdate()) == 0
    assert "Bùi Nam" not in clerk.get(WAITING).content.decode()


def test_only_who_waits_is_given_a_group(client, keeper, divided, django_user_model):
    with acting_as_system():
        group = divided.groups.get()
        person = factories.register(group, "Lê An")
    clerk = clerk_of(client, keeper, django_user_model)
    assert clerk.get(reverse("register:settle", args=[person.uid])).status_code == 404


def test_the_list_of_one_office_is_closed_to_another(client, man, django_user_model):
    with acting_as_system():
        elsewhere = factories.commune("An Lão")
        factories.ground(elsewhere)
    clerk = clerk_of(client, elsewhere, django_user_model)
    assert "Bùi Nam" not in clerk.get(WAITING).content.decode()
    assert clerk.get(reverse("register:settle", args=[man.uid])).status_code == 404


def test_my_work_leads_to_the_list(client, keeper, man, django_user_model):
    clerk = clerk_of(client, keeper, django_user_model)
    assert WAITING in clerk.get("/").content.decode()
