"""One citizen: entered, corrected, moved, closed; each act leaves its line."""

from datetime import date

import pytest
from django.db import connection, transaction

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.ledger import queries as ledger
from muster.foundation.ledger.models import Entry
from muster.foundation.register import actions, queries, rules
from muster.foundation.register.actions import entries, inscribe, supplement
from muster.foundation.register.models import Act, Circumstance, Close, Person, Schooling
from muster.foundation.register.models.numbers import KeysUnusable
from muster.foundation.register.queries import state
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _scope(db):
    with acting_as_system():
        yield


@pytest.fixture
def place():
    return factories.ground(factories.commune())


@pytest.fixture
def elsewhere():
    return factories.ground(factories.commune("An Lão"))


def entries_behind():
    with connection.cursor() as cursor:
        cursor.execute(state.CHANGED_BEHIND)
        return [row[0] for row in cursor.fetchall()]


def acts(person):
    return list(person.acts.order_by("version").values_list("kind", flat=True))


def test_a_registered_citizen_stands_on_the_roll_of_his_place(place):
    factories.register(place)
    assert queries.count_by_place(DAY) == {place.pk: 1}
    assert queries.count_by_place(date(2022, 4, 9)) == {}


def test_every_act_has_its_line_in_the_ledger(place, elsewhere):
    person = factories.register(place)
    actions.correct(person=person, changes={"ethnicity": "Tày"}, on=DAY, basis="Giấy khai sinh")
    actions.move(person=person, to_place_id=elsewhere.pk, on=DAY, basis="Giấy giới thiệu")
    actions.close(person=person, why=Close.DIED, on=DAY, basis="Giấy chứng tử")
    assert acts(person) == ["registered", "corrected", "moved", "closed"]
    assert Entry.objects.filter(kind="register.act").count() == 4
    assert not list(ledger.faults(ledger.kinds()["register.act"]))


def test_numbers_are_kept_sealed_and_found_whole(place):
    person = factories.register(place)
    stored = Person.objects.get(pk=person.pk)
    assert b"031205001234" not in bytes(stored.citizen_number_sealed)
    assert list(queries.found("0312 0500 1234")) == [stored]
    assert not queries.found("0312050012").exists()
    assert queries.masked_number(stored) == "031*****1234"


def test_a_number_moved_to_another_row_does_not_open(place):
    one, other = factories.register(place), factories.register(place, "Trần Bình")
    other.citizen_number_sealed = one.citizen_number_sealed
    with pytest.raises(KeysUnusable, match="Không mở được"):
        queries.masked_number(other)


@pytest.mark.parametrize("number", ["12345", "03120500123x", "0312050012345", "٠٣١٢٠٥٠٠١٢٣٤"])
def test_a_number_of_another_shape_is_refused(place, number):
    with pytest.raises(rules.NotTheNumber, match="12 chữ số"):
        factories.register(place, citizen_number=number)
    assert not Person.objects.exists()


def test_a_correction_keeps_what_was_before_but_no_number(place):
    person = factories.register(place)
    act = actions.correct(
        person=person,
        changes={"birth_date": date(2005, 5, 9), "citizen_number": "031205009999"},
        on=DAY,
        basis="Giấy khai sinh",
    )
    assert act.changes == {
        "birth_date": ["2005-05-19", "2005-05-09"],
        "citizen_number": ["sealed", "sealed"],
    }
    assert list(queries.found("031205009999")) == [person]


def test_a_corrected_name_is_found_and_the_old_one_no_longer(place):
    person = factories.register(place, "Nguyễn Văn Am")
    actions.correct(person=person, changes={"full_name": "Nguyễn Văn An"}, on=DAY, basis="CCCD")
    assert not queries.found("am").exists()
    assert [found.full_name for found in queries.found("an nguyen")] == ["Nguyễn Văn An"]


def test_a_correction_that_changes_nothing_is_refused(place):
    person = factories.register(place)
    with pytest.raises(entries.NothingToDo):
        actions.correct(person=person, changes={"sex": "m"}, on=DAY, basis="CCCD")


def test_what_is_kept_of_a_person_follows_him(place, elsewhere):
    person = factories.register(place)
    actions.begin_spell(
        person=person, spell=Schooling, valid_from=date(2023, 9, 5), on=DAY, document="GXN 12",
        level="university", school="Trường Đại học Hải Phòng",
    )  # fmt: skip
    actions.move(person=person, to_place_id=elsewhere.pk, on=DAY, basis="Giấy giới thiệu")
    assert set(person.schoolings.values_list("place_id", flat=True)) == {elsewhere.pk}
    assert set(person.acts.values_list("place_id", flat=True)) == {elsewhere.pk}
    assert set(person.tokens.values_list("place_id", flat=True)) == {elsewhere.pk}
    assert queries.count_by_place(DAY) == {elsewhere.pk: 1}


def test_a_move_takes_nobody_out_of_the_account(place, elsewhere):
    person = factories.register(place)
    for on in (date(2023, 1, 9), date(2024, 6, 3)):
        other = elsewhere if person.place_id == place.pk else place
        actions.move(person=person, to_place_id=other.pk, on=on, basis="Giấy giới thiệu")
    days = [date(2022, 12, 31), date(2023, 1, 9), date(2024, 6, 2), date(2024, 6, 3)]
    found = [queries.count_by_place(day) for day in days]
    assert found == [{place.pk: 1}, {elsewhere.pk: 1}, {elsewhere.pk: 1}, {place.pk: 1}]


def test_of_two_clerks_the_second_is_told(place):
    person = factories.register(place)
    stale = Person.objects.get(pk=person.pk)
    actions.correct(person=person, changes={"ethnicity": "Tày"}, on=DAY, basis="CCCD")
    with pytest.raises(inscribe.Overtaken):
        actions.correct(person=stale, changes={"ethnicity": "Hoa"}, on=DAY, basis="CCCD")


def test_a_closed_entry_takes_no_further_act_until_it_is_reopened(place):
    person = factories.register(place)
    actions.close(person=person, why=Close.LEFT, on=DAY, basis="Quyết định 12")
    with pytest.raises(entries.Closed):
        actions.correct(person=person, changes={"ethnicity": "Tày"}, on=DAY, basis="CCCD")
    assert queries.count_by_place(DAY) == {}
    actions.reopen(person=person, on=DAY, basis="Quyết định 13")
    assert queries.count_by_place(DAY) == {place.pk: 1}


def test_a_row_changed_behind_the_register_shows(place):
    person = factories.register(place)
    actions.begin_spell(
        person=person, spell=Circumstance, valid_from=DAY, on=DAY, document="GXN 5",
        kind="sole_worker",
    )  # fmt: skip
    assert entries_behind() == []
    person.circumstances.update(document="GXN 6")
    assert entries_behind() == [person.pk]


def test_one_digest_serves_a_single_entry_and_the_whole_register(place):
    person = factories.register(place)
    with connection.cursor() as cursor:
        cursor.execute(f"select {state.DIGEST} from register_person p where id = %s", [person.pk])
        single = cursor.fetchone()[0]
        cursor.execute(state.digests())
        assert [row[2] for row in cursor.fetchall()] == [single]


def test_a_spell_does_not_end_before_it_began(place):
    person = factories.register(place)
    with pytest.raises(supplement.EndsBeforeItBegan):
        actions.begin_spell(
            person=person, spell=Schooling, valid_from=DAY, on=DAY, document="GXN",
            level="college", valid_to=DAY,
        )  # fmt: skip
    assert acts(person) == ["registered"]


def test_the_database_refuses_a_spell_at_another_place_than_its_person(place, elsewhere):
    person = factories.register(place)
    with pytest.raises(Exception, match="follows_person"), transaction.atomic():
        Circumstance.objects.create(person=person, place=elsewhere, kind="disabled", valid_from=DAY)


def test_a_divided_commune_leaves_its_people_on_the_work_list_until_settled(place):
    unit = factories.commune("Ngũ Lão")
    divided = factories.ground(unit, provisional=True)
    group = factories.ground(unit, "Thôn 3", within=divided)
    factories.register(place)
    person = factories.register(divided, "Bùi Nam", citizen_number="031205004321")
    assert queries.waiting_by_unit(DAY) == {unit.pk: 1}
    actions.settle_place(person=person, group_place_id=group.pk, on=DAY, basis="Bảng phân tổ")
    assert queries.waiting(DAY) == 0
    assert queries.count_by_place(DAY) == {place.pk: 1, group.pk: 1}
    assert Act.objects.get(person=person, version=2).kind == Act.Kind.SETTLED
