"""A man of the January list fills in his first registration at home; the office believes his card."""

from datetime import date

import pytest
from django.urls import reverse

from muster.foundation.accounts.actions import acting_as_system, give_post
from muster.foundation.register.actions import duties as acts
from muster.foundation.register.models import Errand, Filing, Person
from muster.foundation.register.queries import online
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
BORN = date(2009, 5, 19)
SENT = {
    "full_name": "Lê Văn Tý", "birth_date": "2009-05-19", "citizen_number": "031209001234",
    "father_name": "Lê Văn Sửu", "education_grade": "11",
}  # fmt: skip


@pytest.fixture
def unit(transactional_db):
    with acting_as_system():
        return factories.commune("10570")


@pytest.fixture
def call(unit):
    with acting_as_system():
        place = factories.ground(unit, "Thôn 1")
        paper = acts.file_paper(
            unit_id=unit.pk, kind=Filing.Kind.JANUARY, period=date(2026, 1, 1),
            on=date(2026, 1, 5), basis="DS 1",
        )  # fmt: skip
        return acts.list_young_man(
            filing=paper, full_name="Lê Tý", birth_date=BORN, place_id=place.pk,
            on=date(2026, 1, 6),
        )  # fmt: skip


@pytest.fixture
def page(call):
    return reverse("register:first", args=[call.uid])


def kept(call):
    with acting_as_system():
        errand = Errand.objects.get(pk=call.pk)
        return errand, online.sent(errand)


def test_the_page_opens_without_a_sign_in_and_tells_nothing_of_him(client, page):
    shown = client.get(page).content.decode()
    assert "Lê Tý" not in shown
    assert "2009" not in shown
    assert client.get(page)["Cache-Control"].startswith("max-age=0")


def test_what_he_sends_is_kept_sealed_and_registers_nobody(client, call, page):
    assert client.post(page, SENT).status_code == 302
    errand, sent = kept(call)
    assert sent["full_name"] == "Lê Văn Tý"
    assert b"031209001234" not in bytes(errand.form)
    with acting_as_system():
        assert not Person.objects.exists()


def test_another_day_of_birth_than_the_lists_is_refused(client, call, page):
    refused = client.post(page, SENT | {"birth_date": "2009-05-20"})
    assert refused.context["form"].errors["birth_date"]
    assert kept(call)[1] == {}


def test_a_call_that_nobody_wrote_has_no_page(client, call):
    stranger = reverse("register:first", args=["7f4df6a8-0000-4000-8000-000000000000"])
    assert client.get(stranger).status_code == 404


def test_the_clerk_finds_the_form_filled_in_and_enters_him_by_it(
    client, unit, call, page, django_user_model
):
    client.post(page, SENT)
    user = django_user_model.objects.create(username="clerk")
    with acting_as_system():
        give_post(user=user, role="clerk", unit=unit, valid_from=date(2020, 1, 1))
    client.force_login(user)
    desk = reverse("register:errand", args=[call.uid])
    opened = client.get(desk)
    assert page in opened.content.decode()
    form = opened.context["form"]
    shown = {name: form[name].value() for name in form.fields if name != "basis"}
    typed = {name: value for name, value in shown.items() if value is not None}
    client.post(desk, typed | {"basis": "CCCD"})
    errand, sent = kept(call)
    assert (errand.form, sent) == (None, {})
    with acting_as_system():
        assert errand.person.father_name == "Lê Văn Sửu"
        assert errand.person.birth_date == BORN
    client.logout()
    assert client.get(page).status_code == 404


def test_a_stranger_who_tries_too_often_waits(client, page):
    answers = {client.get(page).status_code for _ in range(11)}
    assert answers == {200, 429}
