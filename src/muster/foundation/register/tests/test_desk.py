"""A clerk enters what he is shown a paper for; the entry keeps what stood there before."""

from datetime import date

import pytest
from django.urls import reverse

from muster.foundation.accounts.actions import acting_as_system, give_post
from muster.foundation.register.actions import families
from muster.foundation.register.actions.duties import note_change
from muster.foundation.register.actions.entries import NothingToDo
from muster.foundation.register.models import Act, Errand, Person, Reading
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PAPER = "GKS 12/2005"
PARENTS = {"father_name": "Nguyễn Văn Đức", "mother_name": "H'Bia Ksơr"}


@pytest.fixture
def commune(transactional_db):
    with acting_as_system():
        unit = factories.commune()
        factories.ground(unit)
    return unit


@pytest.fixture
def clerk(client, commune, django_user_model):
    user = django_user_model.objects.create(username="clerk", first_name="Phạm Lan")
    with acting_as_system():
        give_post(user=user, role="clerk", unit=commune, valid_from=date(2020, 1, 1))
    client.force_login(user)
    return client


@pytest.fixture
def enter(commune):
    def one(name="Nguyễn Văn An", **more):
        with acting_as_system():
            place = factories.Place.objects.get(code=f"{commune.code}/{commune.code}")
            return factories.register(place, name, **more)

    return one


def address(name, person, *more):
    return reverse(f"register:{name}", args=[person.uid, *more])


def last_act(person):
    with acting_as_system():
        return Act.objects.filter(person=person).latest("version")


def again(person):
    with acting_as_system():
        return Person.objects.get(pk=person.pk)


def shown(form):
    """What a form would send as it stands."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None}


def test_a_correction_changes_what_was_typed_and_nothing_else(clerk, enter):
    person = enter()
    page = clerk.get(address("correct", person))
    typed = shown(page.context["form"]) | {"mother_name": "Trần Thị Mơ", "basis": PAPER}
    assert clerk.post(address("correct", person), typed).status_code == 302
    assert again(person).mother_name == "Trần Thị Mơ"
    assert again(person).citizen_number_index == person.citizen_number_index
    assert last_act(person).changes == {"mother_name": ["", "Trần Thị Mơ"]}


@pytest.mark.parametrize("page", ["correct", "family"])
def test_whoever_opens_a_page_that_shows_the_entry_is_noted(clerk, enter, page):
    person = enter()
    clerk.get(address(page, person))
    with acting_as_system():
        assert [each.page for each in Reading.objects.filter(person=person)] == [page]


def test_a_number_too_short_is_refused_beside_its_field(clerk, enter):
    person = enter()
    typed = shown(clerk.get(address("correct", person)).context["form"])
    page = clerk.post(
        address("correct", person), typed | {"citizen_number": "03120", "basis": PAPER}
    )
    assert page.context["form"].errors["citizen_number"]


@pytest.mark.parametrize(
    ("kind", "facts", "table"),
    [
        ("schooling", {"level": "university", "mode": "full_time", "course_no": 1}, "schoolings"),
        ("employment", {"employer": "Xí nghiệp Hồng Hà"}, "employments"),
        ("residence", {"kind": "temporary", "address": "12 Lê Lợi"}, "residences"),
        ("circumstance", {"kind": "sole_worker"}, "circumstances"),
    ],
)
def test_a_fact_is_entered_with_its_paper_and_ended_with_another(clerk, enter, kind, facts, table):
    person = enter()
    began = {"valid_from": "2025-09-05", "document": PAPER}
    assert clerk.post(address("begin", person, kind), facts | began).status_code == 302
    with acting_as_system():
        spell = getattr(person, table).get()
    assert (spell.valid_from, spell.document) == (date(2025, 9, 5), PAPER)
    link = address("end", person, kind, spell.pk)
    assert link in clerk.get(address("person", person)).content.decode()
    clerk.post(link, {"valid_to": "2026-01-05", "basis": "QĐ 7"})
    with acting_as_system():
        assert getattr(person, table).get().valid_to == date(2026, 1, 5)


def test_a_circumstance_names_the_brother_on_whom_it_rests(clerk, enter):
    serving, stranger = enter("Lê Anh"), enter("Trần Bê", citizen_number="031205001236")
    younger = enter("Lê Em", citizen_number="031207001235", birth_date=date(2007, 5, 1))
    with acting_as_system():
        families.join_family(person=younger, kin=serving, on=date(2025, 1, 2), basis=PAPER)
    link, man = address("begin", younger, "circumstance"), again(serving)
    told = {"kind": "sibling_serving", "valid_from": "2025-03-01", "document": PAPER}
    assert clerk.post(link, told | {"relative": stranger.pk}).context["form"].errors["relative"]
    clerk.post(link, told | {"relative": man.pk})
    with acting_as_system():
        assert younger.circumstances.get().relative == man
    entry = clerk.get(address("person", younger)).context["entry"]
    assert entry.circumstances[0].text == "Lê Anh"
    alone = clerk.get(address("begin", stranger, "circumstance")).context["form"]
    assert "relative" not in alone.fields


def test_a_fact_cannot_end_before_it_began(clerk, enter):
    typed = {
        "kind": "sole_worker",
        "valid_from": "2025-09-05",
        "valid_to": "2025-09-05",
        "document": PAPER,
    }
    page = clerk.post(address("begin", enter(), "circumstance"), typed)
    assert page.context["form"].errors["valid_to"]


def test_an_entry_is_closed_and_opened_again(clerk, enter):
    person = enter()
    clerk.post(address("close", person), {"why": "died", "on": "2026-02-03", "basis": PAPER})
    assert again(person).closed_on == date(2026, 2, 3)
    assert address("reopen", person) in clerk.get(address("person", person)).content.decode()
    clerk.post(address("reopen", person), {"basis": "Nhầm người"})
    assert again(person).closed_on is None


def test_what_was_told_to_the_office_is_settled_by_the_act_that_enters_it(clerk, enter):
    person = enter()
    with acting_as_system():
        errand = note_change(person=person, what="Vào đại học", told_on=date(2026, 3, 1))
    link = address("begin", person, "schooling") + f"?errand={errand.uid}"
    assert link in clerk.get(reverse("register:errand", args=[errand.uid])).content.decode()
    typed = {"level": "university", "mode": "full_time", "course_no": 1, "valid_from": "2026-02-20"}
    clerk.post(link, typed | {"document": PAPER})
    with acting_as_system():
        assert Errand.objects.get(pk=errand.pk).act_id == last_act(person).pk


def test_somebody_on_no_roll_is_entered_once(clerk, commune):
    with acting_as_system():
        place = factories.Place.objects.get(code=f"{commune.code}/{commune.code}")
    typed = {
        "entered": "found", "place": place.pk, "full_name": "Rơ Châm H'Yĕn", "sex": "f",
        "birth_date": "2004-01-01", "birth_precision": "jan1", "citizen_number": "064304000011",
        "basis": PAPER,
    }  # fmt: skip
    assert clerk.post(reverse("register:enlist"), typed).status_code == 302
    with acting_as_system():
        assert Person.objects.get().acts.get().kind == Act.Kind.FOUND
    page = clerk.post(reverse("register:enlist"), typed)
    assert page.context["form"].errors["citizen_number"]


def test_brothers_are_offered_by_their_parents_and_entered_as_one_family(clerk, enter):
    elder = enter("Nguyễn Văn An", **PARENTS)
    younger = enter("Y Bình", citizen_number="031207001235", **PARENTS)
    stranger = enter("Nguyễn Văn Ba", citizen_number="031207001236", father_name="Nguyễn Văn Đức")
    offered = clerk.get(address("family", elder)).context["candidates"]
    assert [each.pk for each in offered] == [younger.pk]
    clerk.post(address("family", elder), {"kin": str(younger.uid), "basis": PAPER})
    assert again(elder).family_id == again(younger).family_id is not None
    assert "Y Bình" in clerk.get(address("person", elder)).content.decode()
    found = clerk.post(address("family", elder), {"find": "van ba"}).context["candidates"]
    assert [each.pk for each in found] == [stranger.pk]
    clerk.post(address("family", elder), {"leave": "1", "basis": "Nhầm"})
    assert again(elder).family_id is None


def test_two_families_become_one_and_nobody_is_left_behind(enter):
    people = [
        enter(f"Nguyễn Văn {word}", citizen_number="") for word in ("An", "Bình", "Chi", "Dũng")
    ]
    with acting_as_system():
        first, second, third, fourth = people
        families.join_family(person=first, kin=second, on=factories.TODAY, basis=PAPER)
        families.join_family(person=third, kin=fourth, on=factories.TODAY, basis=PAPER)
        for person in people:
            person.refresh_from_db()
        families.join_family(person=first, kin=third, on=factories.TODAY, basis=PAPER)
        assert len(set(Person.objects.values_list("family_id", flat=True))) == 1
        third.refresh_from_db()
        first.refresh_from_db()
        with pytest.raises(NothingToDo):
            families.join_family(person=first, kin=third, on=factories.TODAY, basis=PAPER)


def test_a_household_is_found_by_the_parents_without_diacritics(clerk, enter):
    enter("Nguyễn Văn An", **PARENTS)
    enter("Trần Văn Ba", citizen_number="")
    page = clerk.post("/register/", {"parent": "hbia ksor"}, follow=True)
    assert "Nguyễn Văn An" in page.content.decode()
    assert "Trần Văn Ba" not in page.content.decode()
    assert "hbia" not in page.redirect_chain[-1][0]


def test_an_address_that_names_no_errand_is_no_page(clerk, enter):
    assert clerk.get(address("close", enter()) + "?errand=none").status_code == 404


def test_a_clerk_of_another_commune_enters_nothing(client, enter, django_user_model):
    person = enter()
    with acting_as_system():
        other = factories.commune("An Lão")
        factories.ground(other)
        user = django_user_model.objects.create(username="other")
        give_post(user=user, role="clerk", unit=other, valid_from=date(2020, 1, 1))
    client.force_login(user)
    for name in ("correct", "close", "family"):
        assert client.get(address(name, person)).status_code == 404
