"""The queue of double entries on its pages: who sees a pair, and one decision after the other."""

from datetime import date

import pytest
from django.urls import reverse

from muster.foundation.accounts.actions import acting_as_system, give_post
from muster.foundation.register.actions import queue as runs
from muster.foundation.register.models import Notice, Pair, Person, Reading
from muster.foundation.register.queries import pairs
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 3, 2)


@pytest.fixture
def communes(transactional_db):
    """Two communes; An is entered twice in the first, Bình once in each."""
    with acting_as_system():
        units = [factories.commune(name) for name in ("Kiến Thụy", "An Lão")]
        here, there = (factories.ground(unit) for unit in units)
        for place in (here, here):
            factories.register(place, "Nguyễn Văn An")
        for place in (here, there):
            factories.register(place, "Lê Văn Bình", citizen_number="031205007777")
        for number in range(20):
            factories.register(
                here, f"Trần Đức {chr(65 + number)}ung", citizen_number=f"0312070{number:05}"
            )
        found = pairs.found_pairs(pairs.Ground((here.pk, there.pk), {}))
        runs.lay_out(pairs=found, on=DAY)
    return units


@pytest.fixture
def sign_in(client, django_user_model):
    def as_(role, unit):
        user = django_user_model.objects.create(username=f"{role}-{unit}", first_name="Phạm Lan")
        with acting_as_system():
            give_post(user=user, role=role, unit=unit, valid_from=date(2020, 1, 1))
        client.force_login(user)
        return client

    return as_


@pytest.fixture
def province(communes, sign_in):
    return sign_in("commander", None)


def pair_of(name):
    with acting_as_system():
        return Pair.objects.get(left__full_name=name)


def address(pair):
    return reverse("register:double", args=[pair.uid])


def test_the_province_sees_every_pair_the_surest_first(province):
    page = province.get(reverse("register:doubles")).content.decode()
    assert "Nguyễn Văn An" in page
    assert "Lê Văn Bình" in page


def test_a_commune_sees_its_own_pairs_and_not_those_it_shares(communes, sign_in):
    clerk = sign_in("clerk", communes[0])
    page = clerk.get(reverse("register:doubles")).content.decode()
    assert "Nguyễn Văn An" in page
    assert "Lê Văn Bình" not in page
    refused = clerk.get(address(pair_of("Lê Văn Bình")))
    assert refused.status_code == 422
    assert "Lê Văn Bình" not in refused.content.decode()


def test_an_inspector_reads_the_register_and_decides_nothing(communes, sign_in):
    assert sign_in("inspector", None).get(reverse("register:doubles")).status_code == 403


def test_entries_stand_side_by_side_and_both_readings_are_logged(province):
    pair = pair_of("Nguyễn Văn An")
    page = province.get(address(pair)).content.decode()
    assert "031*****1234" in page
    assert "031205001234" not in page
    with acting_as_system():
        assert set(Reading.objects.values_list("person_id", flat=True)) == {
            pair.left_id,
            pair.right_id,
        }


def test_deciding_leads_to_the_next_pair(province):
    answer = province.post(
        address(pair_of("Nguyễn Văn An")), {"verdict": "merged", "keep": "left", "note": "Hai thẻ"}
    )
    pairs_left = {address(pair_of("Lê Văn Bình")), reverse("register:doubles")}
    assert answer.status_code == 302
    assert answer["Location"] in pairs_left
    with acting_as_system():
        assert Person.objects.exclude(merged_into=None).count() == 1


def test_without_a_basis_nothing_is_decided(province):
    pair = pair_of("Nguyễn Văn An")
    answer = province.post(address(pair), {"verdict": "merged", "keep": "left", "note": ""})
    assert answer.status_code == 200
    assert pair_of("Nguyễn Văn An").state == "open"


def test_what_was_merged_is_parted_and_both_are_told(province):
    pair = pair_of("Nguyễn Văn An")
    province.post(address(pair), {"verdict": "merged", "keep": "right", "note": "Hai thẻ"})
    province.post(reverse("register:part", args=[pair.uid]), {"note": "Đơn"})
    assert pair_of("Nguyễn Văn An").state == "apart"
    with acting_as_system():
        notice = Notice.objects.order_by("pk").first()
    letters = reverse("register:letters")
    assert province.get(letters).content.decode().count('name="notice"') == 4
    province.post(letters, {"notice": notice.uid})
    assert province.get(letters).content.decode().count('name="notice"') == 3


def test_the_basis_is_proposed_again_for_the_next_pair(province):
    province.post(
        address(pair_of("Nguyễn Văn An")),
        {"verdict": "apart", "keep": "left", "note": "Kế hoạch 12"},
    )
    assert "Kế hoạch 12" in province.get(address(pair_of("Lê Văn Bình"))).content.decode()


def test_the_enter_key_merges_nobody(province):
    page = province.get(address(pair_of("Nguyễn Văn An"))).content.decode()
    form = page[page.index('name="csrfmiddlewaretoken"') :]
    assert form.index("disabled hidden") < form.index('value="merged"')
