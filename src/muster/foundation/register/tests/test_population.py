"""Whole populations: everybody enters with his spells, and the day's facts are the day's."""

from datetime import date

import polars as pl
import pytest
from django.db import connection

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.ledger import queries as ledger
from muster.foundation.register import actions, queries, rules, synthetic
from muster.foundation.register.actions import adopt
from muster.foundation.register.models import Act, Circumstance, Person, Residence, Schooling
from muster.foundation.register.queries import state
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _scope(db):
    with acting_as_system():
        yield


@pytest.fixture(scope="module")
def population():
    rows = [
        {
            "code": f"{province}{each:03}",
            "name": f"Xã {each}",
            "kind": "xã",
            "province_code": province,
        }
        for province in ("30", "31")
        for each in range(3)
    ]
    return synthetic.generate(pl.DataFrame(rows), men=400, seed=3)


@pytest.fixture
def places(population):
    found = {}
    for code in population.groups["commune_code"].unique().sort():
        unit = factories.commune(code)
        found[code, None] = factories.ground(unit).pk
        groups = population.groups.filter(pl.col("commune_code") == code)["group_name"]
        for name in groups:
            found[code, name] = factories.ground(unit, name, within_id=found[code, None]).pk
    return found


@pytest.fixture
def entered(population, places):
    return actions.register_population(
        population=population, places=places, on=TODAY, basis="Demonstration"
    )


def test_everybody_registered_by_the_day_enters_once(population, entered):
    known = population.persons.filter(pl.col("registered_on") <= TODAY)
    assert entered == len(known) == Person.objects.count()
    assert {int(each) for each in Person.objects.values_list("source_id", flat=True)} == set(
        known["source_id"]
    )


def test_each_stands_on_exactly_one_roll(entered):
    assert sum(queries.count_by_place(TODAY).values()) == entered
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select count(*) from register_registration r join register_person p on p.id = r.person_id
            where r.valid_to is null and r.place_id = p.place_id
            """
        )
        assert cursor.fetchone()[0] == entered


def test_heads_of_an_earlier_day_are_those_registered_by_then(population, entered):
    day = date(2024, 2, 25)
    registered = population.persons.filter(pl.col("registered_on") <= day)
    assert sum(queries.count_by_place(day).values()) == len(registered)


def test_spells_are_those_that_had_begun(population, entered):
    ids = population.persons.filter(pl.col("registered_on") <= TODAY).select("source_id")
    for model, frame in (
        (Schooling, population.schooling),
        (Residence, population.residence),
        (Circumstance, population.circumstances),
    ):
        begun = frame.filter(pl.col("starts_on") <= TODAY).join(ids, on="source_id", how="semi")
        assert model.objects.count() == len(begun), model.__name__


def test_every_act_is_in_the_ledger_and_every_entry_as_its_last_act_left_it(entered):
    assert Act.objects.count() == Person.objects.count() + Act.objects.filter(kind="moved").count()
    assert not list(ledger.faults(ledger.kinds()["register.act"]))
    with connection.cursor() as cursor:
        cursor.execute(state.CHANGED_BEHIND)
        assert cursor.fetchall() == []


def test_a_name_of_the_population_is_found_without_diacritics(population, entered):
    person = Person.objects.order_by("pk").first()
    assert person in queries.found(person.folded)


def test_a_commune_without_a_place_stops_the_whole_intake(population, places):
    missing = population.groups["commune_code"][0]
    fewer = {key: value for key, value in places.items() if key[0] != missing}
    with pytest.raises(adopt.NoSuchPlace, match=missing):
        actions.register_population(
            population=population, places=fewer, on=TODAY, basis="Demonstration"
        )
    assert not Person.objects.exists()


def test_facts_give_one_row_per_man_with_every_kind_of_circumstance(entered):
    men = queries.facts(None, TODAY)
    assert men["person_id"].is_unique().all()
    assert len(men) == Person.objects.filter(sex="m").count()
    for kind in rules.CIRCUMSTANCES:
        assert men[kind].dtype == pl.Boolean
        assert men[kind].null_count() == men[f"{kind}_documented"].null_count() == 0
        assert (men[kind] == men[f"{kind}_since"].is_not_null()).all()


def test_facts_of_a_place_are_those_of_its_roll(places, entered):
    everybody = queries.facts(None, TODAY)
    some = list(places.values())[:3]
    assert queries.facts(some, TODAY).equals(everybody.filter(pl.col("place_id").is_in(some)))


@pytest.mark.parametrize(
    ("on", "level", "degree"),
    [
        (date(2021, 5, 31), "none", None),
        (date(2021, 6, 1), "upper_secondary", None),
        (date(2025, 7, 4), "upper_secondary", None),
        (date(2025, 7, 5), "university", "university"),
    ],
)
def test_a_level_is_reached_on_the_day_the_course_is_completed(on, level, degree):
    place = factories.ground(factories.commune())
    person = factories.register(
        place, birth_date=date(2003, 2, 1), school_level="none", on=date(2020, 4, 8)
    )
    for study, award, since, until in (
        ("general", "upper_secondary", date(2018, 9, 5), date(2021, 6, 1)),
        ("university", "university", date(2021, 9, 6), date(2025, 7, 5)),
    ):
        actions.begin_spell(
            person=person, spell=Schooling, valid_from=since, valid_to=until, on=TODAY,
            document="", level=study, award=award,
        )  # fmt: skip
    (row,) = queries.facts([place.pk], on).to_dicts()
    assert (row["school_level"], row["degree_level"]) == (level, degree)
    assert row["has_degree"] is (degree is not None)


def test_of_two_courses_the_full_time_one_counts():
    place = factories.ground(factories.commune())
    person = factories.register(place)
    for mode, level in (("part_time", "university"), ("full_time", "college")):
        actions.begin_spell(
            person=person, spell=Schooling, valid_from=date(2024, 9, 5), on=TODAY, document="",
            level=level, mode=mode,
        )  # fmt: skip
    (row,) = queries.facts([place.pk], TODAY).to_dicts()
    assert (row["study_level"], row["study_mode"]) == ("college", "full_time")


@pytest.mark.parametrize(
    ("until", "away"), [(date(2026, 3, 31), False), (date(2026, 4, 1), True), (None, True)]
)
def test_an_absence_counts_from_three_months_on(until, away):
    place = factories.ground(factories.commune())
    person = factories.register(place)
    actions.begin_spell(
        person=person, spell=Residence, valid_from=date(2026, 1, 1), valid_to=until, on=TODAY,
        document="", kind="absent",
    )  # fmt: skip
    assert queries.facts([place.pk], TODAY)["away"].to_list() == [away]
