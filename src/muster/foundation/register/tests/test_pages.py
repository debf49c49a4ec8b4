"""The clerk searches and reads; what he typed and whom he found stay out of addresses."""

from datetime import date
from importlib import import_module

import pytest
from django.urls import reverse

from muster.foundation.accounts.actions import acting_as_system, give_post
from muster.foundation.register import actions
from muster.foundation.register.models import Person, Reading, Residence
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = "/register/"


@pytest.fixture
def commune(transactional_db):
    with acting_as_system():
        unit = factories.commune()
        place = factories.ground(unit)
        factories.register(place, "Nguyễn Văn An")
        factories.register(place, "Rơ Châm H'Yĕn", citizen_number="")
    return unit


@pytest.fixture
def clerk(client, commune, django_user_model):
    user = django_user_model.objects.create(username="clerk", first_name="Phạm Lan")
    with acting_as_system():
        give_post(user=user, role="clerk", unit=commune, valid_from=date(2020, 1, 1))
    client.force_login(user)
    return client


def address_of(name):
    with acting_as_system():
        return reverse("register:person", args=[Person.objects.get(full_name=name).uid])


def test_the_register_asks_for_a_sign_in(client, commune):
    assert client.get(PEOPLE).status_code == 302


def test_an_account_without_a_post_is_refused(client, commune, django_user_model):
    client.force_login(django_user_model.objects.create(username="stranger"))
    assert client.get(PEOPLE).status_code == 403


def test_a_search_keeps_the_words_out_of_the_address(clerk):
    found = clerk.post(PEOPLE, {"find": "cham hyen"}, follow=True)
    page = found.content.decode()
    assert "Rơ Châm H&#x27;Yĕn" in page
    assert "Nguyễn Văn An" not in page
    address = found.redirect_chain[-1][0]
    assert "cham" not in address
    assert clerk.get(address + "x").status_code == 200


def test_lists_mask_numbers_and_the_page_shows_them_only_when_asked(clerk):
    assert "031*****1234" in clerk.get(PEOPLE).content.decode()
    address = address_of("Nguyễn Văn An")
    assert "031205001234" not in clerk.get(address).content.decode()
    assert "031205001234" in clerk.get(f"{address}?numbers=full").content.decode()
    with acting_as_system():
        assert list(Reading.objects.order_by("pk").values_list("page", flat=True)) == [
            "person",
            "person, numbers in full",
        ]


def test_an_entry_is_shown_as_it_stood_on_a_day(clerk):
    with acting_as_system():
        person = Person.objects.get(full_name="Nguyễn Văn An")
        actions.correct(
            person=person, changes={"full_name": "Nguyễn Văn Ân"}, on=date(2025, 6, 2), basis="CCCD"
        )
    address = reverse("register:person", args=[person.uid])
    before = clerk.get(f"{address}?on=2025-06-01").content.decode()
    after = clerk.get(f"{address}?on=2025-06-02").content.decode()
    assert "<h1>Nguyễn Văn An</h1>" in before
    assert "<h1>Nguyễn Văn Ân</h1>" in after
    assert "Nguyễn Văn An → Nguyễn Văn Ân" in after
    assert "→" not in before


def test_an_unknown_address_is_a_refusal_not_an_error(clerk):
    page = clerk.get(reverse("register:person", args=["00000000-0000-4000-8000-000000000000"]))
    assert page.status_code in {400, 404, 422}


def test_people_are_found_by_the_commune_they_live_in(clerk):
    assert (
        "Nguyễn Văn An" in clerk.post(PEOPLE, {"where": "Kiến Thụy"}, follow=True).content.decode()
    )
    assert (
        "Nguyễn Văn An" not in clerk.post(PEOPLE, {"where": "An Lão"}, follow=True).content.decode()
    )


def test_the_account_balances_on_its_page_and_opens_to_its_heads(clerk):
    days = {"unit": "Kiến Thụy", "since": "2022-01-01", "until": "2026-03-02"}
    page = clerk.get("/register/account/", days).content.decode()
    assert "Kiến Thụy" in page
    address = next(part for part in page.split('"') if "/entered/registered/" in part)
    opened = clerk.get(address.replace("&amp;", "&")).content.decode()
    assert "Nguyễn Văn An" in opened
    assert "Rơ Châm H&#x27;Yĕn" in opened


def test_no_account_is_given_of_a_unit_out_of_sight(clerk):
    with acting_as_system():
        factories.ground(factories.commune("An Lão"))
    page = clerk.get("/register/account/?unit=An+L%C3%A3o&since=2022-01-01&until=2026-03-02")
    assert page.status_code >= 400


def test_a_long_term_of_the_account_opens_page_by_page(clerk, commune, monkeypatch):
    page = import_module("muster.foundation.register.views.account")
    monkeypatch.setattr(page, "_SHOWN", 1)
    address = reverse("register:heads", args=[commune.pk, "closing", "all"])
    days = {"since": "2022-04-10", "until": "2026-03-02"}
    first = clerk.get(address, days).context["table"]
    second = clerk.get(address + first.next_href).context["table"]
    names = [table.rows[0][0].value for table in (first, second)]
    assert sorted(names) == ["Nguyễn Văn An", "Rơ Châm H'Yĕn"]
    assert (first.previous_href, second.next_href) == ("", "")
    back = clerk.get(address + second.previous_href).context["table"]
    assert back.rows[0][0].value == names[0]
    assert clerk.get(address, days | {"beyond": "x"}).context["table"].rows == first.rows


@pytest.fixture
def homes(commune):
    with acting_as_system():
        group = factories.ground(commune, "thon 2", within=factories.ground(commune, "cu"))
        factories.register(group, "Lê Ở Thôn")
        an = Person.objects.get(full_name="Nguyễn Văn An")
        Residence.objects.create(
            person=an, place=an.place, kind="permanent", address="12 Lê Lợi",
            valid_from=date(2020, 1, 1), valid_to=date(2024, 1, 1),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("Thôn 2", "Lê Ở Thôn"),
        ("thon 2, Kiến Thụy", "Lê Ở Thôn"),
        ("le loi 12", "Nguyễn Văn An"),
    ],
)
def test_people_are_found_by_their_group_or_the_words_of_an_address(clerk, homes, where, name):
    found = clerk.post(PEOPLE, {"where": where}, follow=True)
    assert [row[0].value for row in found.context["listing"].rows] == [name]
    assert found.context["form"].initial["where"] == where


def test_a_street_stands_sealed_in_the_address_and_a_unit_plainly(clerk, homes):
    street = clerk.post(PEOPLE, {"where": "Lê Lợi"})["location"]
    assert "L%C3%AA" not in street
    assert clerk.post(PEOPLE, {"where": "Thôn 2"})["location"].endswith("where=Th%C3%B4n+2")


def test_an_address_nobody_bears_finds_nobody(clerk, homes):
    found = clerk.post(PEOPLE, {"where": "Trần Phú"}, follow=True)
    assert not found.context["listing"].rows


@pytest.mark.parametrize("typed", ["031205001234", "031 205 001 234", "031.205.001.234"])
def test_a_number_is_found_however_its_digits_are_grouped(clerk, typed):
    found = clerk.post(PEOPLE, {"find": typed}, follow=True).context["listing"]
    assert [row[0].value for row in found.rows] == ["Nguyễn Văn An"]
