"""Who sees whom: the office of the place, nobody else."""

from datetime import date

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import DatabaseError

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.register import actions, queries
from muster.foundation.register.models import ListImport, ListSource, Person, PersonToken, Reading
from muster.foundation.register.tests import factories
from muster.shell import rls

TODAY = date(2026, 3, 2)
LISTS = {ListImport, ListSource}
MODELS = [each for each in apps.get_app_config("register").get_models() if each not in LISTS]


@pytest.mark.django_db
def test_every_table_of_the_register_is_closed_row_by_row():
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relname = any(%s)"
            " and not (relrowsecurity and relforcerowsecurity)",
            [[model._meta.db_table for model in MODELS]],
        )
        assert cursor.fetchall() == []


@pytest.fixture
def two_communes(transactional_db):
    with acting_as_system():
        ours, theirs = factories.commune("An Lão"), factories.commune("Kiến Thụy")
        places = factories.ground(ours), factories.ground(theirs)
        factories.register(places[0], "Nguyễn Văn Ta")
        factories.register(places[1], "Nguyễn Văn Họ", citizen_number="031205004321")
    return ours, theirs, places


def names_seen():
    return {person.full_name for person in queries.found("nguyen")}


@pytest.mark.django_db(transaction=True)
def test_an_office_sees_its_own_people_only(two_communes):
    ours, theirs, _ = two_communes
    with rls.scoped(role=rls.APP, units=[ours.pk]):
        assert names_seen() == {"Nguyễn Văn Ta"}
        assert PersonToken.objects.filter(token="ho").count() == 0
        assert not queries.found("031205004321").exists()
        assert sum(queries.count_by_place(TODAY).values()) == 1
        assert len(queries.facts(None, TODAY)) == 1
    with rls.scoped(role=rls.APP, units=[ours.pk, theirs.pk]):
        assert names_seen() == {"Nguyễn Văn Ta", "Nguyễn Văn Họ"}


@pytest.mark.django_db(transaction=True)
def test_without_a_scope_nobody_is_seen_not_even_after_somebody_else_was(two_communes):
    ours, _, _ = two_communes
    with rls.scoped(role=rls.APP, units=[ours.pk]):
        assert names_seen()
    with rls.scoped(role=rls.APP):
        assert names_seen() == set()
    assert names_seen() == set()


@pytest.mark.django_db(transaction=True)
def test_an_office_cannot_write_into_another_place(two_communes):
    ours, _, places = two_communes
    with (
        rls.scoped(role=rls.APP, units=[ours.pk]),
        pytest.raises(DatabaseError, match="policy"),
        transaction.atomic(),
    ):
        factories.register(places[1], "Trần Bình", citizen_number="")


@pytest.mark.django_db(transaction=True)
def test_a_transfer_leaves_the_old_office_and_reaches_the_new_one(two_communes):
    ours, theirs, places = two_communes
    with rls.scoped(role=rls.APP, units=[ours.pk]):
        person = Person.objects.get()
        actions.move(person=person, to_place_id=places[1].pk, on=TODAY, basis="Giấy giới thiệu")
        assert names_seen() == set()
        assert queries.count_by_place(date(2025, 1, 1)) == {places[0].pk: 1}
    with rls.scoped(role=rls.APP, units=[theirs.pk]):
        assert names_seen() == {"Nguyễn Văn Ta", "Nguyễn Văn Họ"}
        assert person.acts.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_reading_is_logged_after_the_page_and_by_whom(two_communes, django_user_model):
    ours, _, _ = two_communes
    user = django_user_model.objects.create(username="clerk")
    with rls.scoped(role=rls.APP, units=[ours.pk], user_id=user.pk):
        person = Person.objects.get()
        actions.note_reading(
            person_id=person.pk, place_id=person.place_id, user_id=user.pk, page="person"
        )
        assert not Reading.objects.exists()
    with acting_as_system():
        assert list(Reading.objects.values_list("person_id", "by_id", "page")) == [
            (person.pk, user.pk, "person")
        ]


def fail_while_reading(user):
    with acting_as_system():
        person = Person.objects.first()
        actions.note_reading(
            person_id=person.pk, place_id=person.place_id, user_id=user.pk, page="person"
        )
        raise ZeroDivisionError


@pytest.mark.django_db(transaction=True)
def test_a_page_that_failed_was_not_read(two_communes, django_user_model):
    with pytest.raises(ZeroDivisionError):
        fail_while_reading(django_user_model.objects.create(username="clerk"))
    with acting_as_system():
        assert not Reading.objects.exists()
