"""When the time of an entry is up its values go, in every slice; counts and the log stay whole."""

from datetime import date

import pytest
from click.testing import CliRunner
from django.db import connection

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.ledger import actions as log
from muster.foundation.ledger.queries import audit
from muster.foundation.register import actions, queries
from muster.foundation.register.actions.pairs import decide_pair
from muster.foundation.register.actions.retention import NoSuchRule, retain
from muster.foundation.register.commands import commands
from muster.foundation.register.models import (
    Act,
    Certificate,
    Close,
    Pair,
    Person,
    PersonToken,
    Reading,
    Residence,
    Schooling,
)
from muster.foundation.register.queries.entry import Forgotten
from muster.foundation.register.rules import retention
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
LEFT_ON, DUE = date(2024, 3, 1), date(2034, 3, 1)
ACCEPT = retention.RULES


class TestDays:
    """Without a database: up to which day a rule reaches."""

    def test_the_end_of_forty_five_is_the_eve_of_the_forty_sixth_birthday(self):
        reached = retention.cutoff(retention.ENTRY_MEN, date(2026, 3, 2)).until
        assert reached == date(1980, 3, 2)
        assert retention.cutoff(retention.ENTRY_WOMEN, date(2026, 3, 2)).until == date(1985, 3, 2)

    def test_past_the_age_of_call_up_is_who_turned_28(self):
        assert retention.past_call_up(date(2026, 3, 2)) == date(1998, 3, 2)

    def test_no_period_that_no_text_gives_is_confirmed(self):
        assert not any(each.law.confirmed for each in retention.cutoffs(date(2026, 3, 2)))


@pytest.fixture
def place(transactional_db):
    with acting_as_system():
        return factories.ground(factories.commune())


@pytest.fixture
def men(place):
    """One who died, whose entry had a spell, a correction and a reader; and one who lives."""
    with acting_as_system():
        dead, living = (
            factories.register(place, name, citizen_number=number)
            for name, number in (
                ("Nguyễn Văn Mất", "031205001234"),
                ("Trần Văn Còn", "031205004321"),
            )
        )
        actions.correct(
            person=dead,
            changes={"mother_name": "Lê Thị Hoa"},
            on=date(2023, 1, 5),
            basis="Khai sinh",
        )
        actions.close(person=dead, why=Close.DIED, on=LEFT_ON, basis="Giấy chứng tử")
    return dead, living


def carry_out(on=DUE, accept=ACCEPT, **more):
    done = retain(on=on, scope=acting_as_system, accept=accept, **more)
    return {rule.law.name: rule for rule in done}


def faults():
    with acting_as_system():
        return audit().faults


def test_what_told_of_him_is_gone(men):
    dead, living = men
    assert carry_out()[retention.LEFT].due == 1
    with acting_as_system():
        left = Person.objects.get(pk=dead.pk)
        told = (left.full_name, left.sort_key, left.mother_name, left.citizen_number_sealed)
        assert told == ("", "", "", None)
        assert not PersonToken.objects.filter(person_id=dead.pk).exists()
        assert [act.kind for act in left.acts.all()] == [Act.Kind.ERASED]
        assert Person.objects.get(pk=living.pk).full_name == "Trần Văn Còn"


def test_no_text_of_the_database_tells_of_him_any_more(men):
    dead, _ = men
    with acting_as_system():
        actions.open_access(
            person=dead, username="vanmat", password=None, on=date(2023, 1, 5), basis="Thẻ căn cước"
        )
        actions.hand_out_paper(person=dead, kind=Certificate.Kind.REGISTRATION, on=date(2023, 1, 5))
    carry_out()
    with acting_as_system(), connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables"
            " where table_schema = 'public' and table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"select count(*) from {table} t where t::text ~ 'Văn Mất|Thị Hoa|van ?mat'"
            )
            assert cursor.fetchone() == (0,), table


def test_the_log_names_the_entry_that_erased_him_and_finds_no_fault(men):
    carry_out()
    with acting_as_system():
        checked = audit()
    assert checked.faults == ()
    (erasing,) = checked.erasures
    assert erasing.rule == retention.LEFT
    assert len(erasing.erased) == 3  # registered, corrected, closed


def test_a_change_after_an_erasure_is_still_found(men):
    _, living = men
    carry_out()
    with acting_as_system(), connection.cursor() as cursor:
        cursor.execute("update register_act set basis = 'x' where person_id = %s", [living.pk])
    assert any("was changed after it was recorded" in each for each in faults())


def test_an_erased_entry_that_somebody_fills_again_is_found(men):
    dead, _ = men
    carry_out()
    with acting_as_system():
        Person.objects.filter(pk=dead.pk).update(full_name="Nguyễn Văn Khác")
    assert any(each.startswith("register.entry:") for each in faults())


def test_an_entry_erased_by_hand_is_found(men):
    dead, _ = men
    with acting_as_system(), connection.cursor() as cursor:
        cursor.execute("delete from register_act where person_id = %s", [dead.pk])
    assert sum("which is gone" in each for each in faults()) == 3


def test_the_account_of_heads_still_balances(men, place):
    days = (date(2022, 1, 1), date(2026, 1, 1))
    with acting_as_system():
        (unit,) = place.tenures.values_list("unit_id", flat=True)
        before = queries.account(unit, *days)
    carry_out()
    with acting_as_system():
        after = queries.account(unit, *days)
    assert after == before
    assert after.left[Close.DIED] == 1
    assert after.balanced


def test_an_erased_entry_is_in_no_list_and_its_page_says_why(men):
    dead, _ = men
    carry_out()
    with acting_as_system():
        assert {each.full_name for each in queries.found("")} == {"Trần Văn Còn"}
        with pytest.raises(Forgotten):
            queries.entry(dead.uid, DUE)


def test_the_day_before_nothing_is_due(men):
    assert carry_out(on=date(2034, 2, 28))[retention.LEFT].due == 0


def test_an_open_entry_is_never_erased(men):
    _, living = men
    carry_out()
    assert carry_out(on=date(2070, 1, 1))[retention.ENTRY_MEN].due == 0
    with acting_as_system():
        assert Person.objects.get(pk=living.pk).full_name


def test_a_rule_that_nobody_confirmed_waits_until_it_is_named(men):
    waiting = carry_out(accept=())[retention.LEFT]
    assert (waiting.due, waiting.erasure, waiting.waits) == (1, None, True)
    assert carry_out(accept=[retention.LEFT])[retention.LEFT].erasure


def test_a_trial_destroys_nothing(men):
    dead, _ = men
    assert carry_out(dry_run=True)[retention.LEFT].due == 1
    with acting_as_system():
        assert Person.objects.get(pk=dead.pk).full_name == "Nguyễn Văn Mất"


def test_what_was_destroyed_is_not_due_again(men):
    carry_out()
    assert carry_out()[retention.LEFT].due == 0


def test_a_strange_rule_is_refused_before_anything_is_destroyed(men):
    with pytest.raises(NoSuchRule, match="keep_everything"):
        carry_out(accept=["keep_everything"])
    assert carry_out(dry_run=True)[retention.LEFT].due == 1


def test_merged_entries_go_together_or_not_at_all(place):
    with acting_as_system():
        old = factories.register(place, "Nguyễn Văn An", birth_date=date(1990, 5, 1))
        twice = factories.register(place, "Nguyễn Văn An", birth_date=date(1985, 5, 1))
        pair = Pair.objects.create(
            left=old, right=twice, left_place=place, right_place=place, bits=20, probability=1,
            proposed="merge", because="nothing_against", evidence={}, found_on=LEFT_ON,
        )  # fmt: skip
        decide_pair(pair=pair, verdict=Pair.State.MERGED, on=LEFT_ON, note="cùng số")
    assert carry_out(on=date(2032, 1, 1))[retention.ENTRY_MEN].due == 0
    with acting_as_system():
        kept = Person.objects.get(pk=old.pk)
        actions.close(person=kept, why=Close.AGED_OUT, on=date(2032, 1, 2), basis="quá tuổi")
    assert carry_out(on=date(2032, 2, 1))[retention.ENTRY_MEN].due == 0
    assert carry_out(on=date(2036, 5, 1))[retention.ENTRY_MEN].due == 2
    assert faults() == ()
    with acting_as_system():
        assert not Pair.objects.exists()


def test_a_year_of_birth_is_read_as_its_last_day(place):
    with acting_as_system():
        person = factories.register(
            place, birth_date=date(1980, 1, 1), birth_precision="year", on=date(1998, 4, 1)
        )
        actions.close(person=person, why=Close.AGED_OUT, on=date(2025, 12, 31), basis="quá tuổi")
    assert carry_out(on=date(2026, 12, 31), dry_run=True)[retention.ENTRY_MEN].due == 0
    assert carry_out(on=date(2027, 1, 1), dry_run=True)[retention.ENTRY_MEN].due == 1


def test_an_ended_spell_goes_with_the_act_that_cites_its_paper(place):
    with acting_as_system():
        man = factories.register(place, birth_date=date(1998, 1, 1), on=date(2015, 4, 1))
        actions.begin_spell(
            person=man, spell=Schooling, valid_from=date(2016, 9, 1), on=date(2016, 9, 10),
            document="Giấy xác nhận sinh viên", level="university", valid_to=date(2020, 7, 1),
        )  # fmt: skip
        actions.begin_spell(
            person=man, spell=Residence, valid_from=date(2016, 9, 1), on=date(2016, 9, 10),
            document="Sổ tạm trú", kind="permanent",
        )  # fmt: skip
    assert carry_out(on=date(2025, 7, 1))[retention.SPELL].due == 0  # not yet 28
    assert carry_out(on=date(2026, 1, 1))[retention.SPELL].due == 1
    with acting_as_system():
        assert not Schooling.objects.exists()
        assert Residence.objects.exists()
        assert [act.basis for act in man.acts.order_by("version")][:2] == ["Form 01", "Sổ tạm trú"]
    assert faults() == ()


def test_old_readings_go_and_the_log_counts_them(place, django_user_model):
    user = django_user_model.objects.create(username="clerk")
    with acting_as_system():
        man = factories.register(place)
        Reading.objects.create(person=man, place=place, by=user, page="person")
        Reading.objects.update(read_at="2026-01-01T00:00:00Z")
    assert carry_out(on=date(2031, 1, 1))[retention.READING].due == 0
    assert carry_out(on=date(2031, 1, 3))[retention.READING].erasure
    with acting_as_system():
        assert not Reading.objects.exists()
    assert faults() == ()


def test_the_command_says_what_waits_and_what_was_destroyed(men):
    run = CliRunner().invoke
    trial = run(commands, ["retain", "--on", "2034-03-01", "--dry-run"], env={"COLUMNS": "200"})
    assert "keep_after_leaving" in trial.output
    done = run(commands, ["retain", "--on", "2034-03-01", "--accept", "keep_after_leaving"])
    assert done.exit_code == 0, done.output
    log.place()
    assert faults() == ()
