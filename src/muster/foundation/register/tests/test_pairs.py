"""Double entries in the register: found, laid out, merged, parted, and told of."""

import json
import random
from datetime import date

import pytest
from click.testing import CliRunner
from django.db import connection

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.ledger.models import Entry
from muster.foundation.register import actions, linkage, queries
from muster.foundation.register.actions import inscribe
from muster.foundation.register.actions import pairs as merging
from muster.foundation.register.actions import queue as runs
from muster.foundation.register.models import (
    Act,
    Circumstance,
    Notice,
    Pair,
    PairDecision,
    Person,
    Schooling,
)
from muster.foundation.register.models.evidence import ABOUT, BECAUSE, FOUND
from muster.foundation.register.queries import pairs, queue, state
from muster.foundation.register.queries.counting import count_by_place
from muster.foundation.register.tests import factories

pytestmark = pytest.mark.django_db
DAY, LATER = date(2026, 3, 2), date(2026, 3, 9)
KEPT = (
    "register_person", "register_persontoken", "register_registration", "register_residence",
    "register_schooling", "register_employment", "register_circumstance",
)  # fmt: skip


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


@pytest.fixture
def twice(place, elsewhere):
    """An entered at two offices: the second knows the old number, a course and a brother."""
    first = factories.register(place)
    second = factories.register(
        elsewhere, citizen_number="", old_number="031234567", occupation="Thợ hàn"
    )
    for entry in (first, second):
        study(entry, "Đại học Hải Phòng")
    study(second, "Cao đẳng Duyên hải")
    actions.begin_spell(
        person=second, spell=Circumstance, kind="volunteer", valid_from=DAY, on=DAY, document="Đơn"
    )
    return first, second


def study(person, school):
    actions.begin_spell(
        person=person, spell=Schooling, level="university", school=school, on=DAY,
        valid_from=date(2023, 9, 5), document="Giấy xác nhận",
    )  # fmt: skip


def contents():
    """Every byte that the register keeps of people, but for the count of acts upon each."""
    kept = {}
    with connection.cursor() as cursor:
        for table in KEPT:
            cursor.execute(f"select row_to_json(t)::jsonb - 'version' from {table} t")
            kept[table] = sorted(json.dumps(row[0], sort_keys=True) for row in cursor.fetchall())
    return kept


def changed_behind():
    with connection.cursor() as cursor:
        cursor.execute(state.CHANGED_BEHIND)
        return cursor.fetchall()


def merge(first, second, **more):
    return merging.merge_people(kept=first, dropped=second, on=DAY, basis="Biên bản 1", **more)


# Merging


def test_the_kept_entry_gains_what_only_the_other_knew(twice):
    first, second = twice
    merge(first, second)
    first.refresh_from_db()
    assert first.occupation == "Thợ hàn"
    assert set(first.schoolings.values_list("school", flat=True)) == {
        "Đại học Hải Phòng",
        "Cao đẳng Duyên hải",
    }
    assert first.circumstances.get().kind == "volunteer"
    assert merging._number(first, "old_number") == "031234567"


def test_the_dropped_entry_leaves_its_roll_and_stays_readable(twice, place, elsewhere):
    first, second = twice
    merge(first, second)
    assert count_by_place(DAY) == {place.pk: 1}
    assert second.registrations.get().closed == "merged"
    assert second.schoolings.get().school == "Đại học Hải Phòng"  # both knew it
    assert Person.objects.get(pk=second.pk).merged_into == first


def test_both_acts_stand_in_the_log_and_both_people_are_told(twice):
    first, second = twice
    before = Entry.objects.filter(kind="register.act").count()
    merge(first, second)
    assert [p.acts.order_by("version").last().kind for p in twice] == ["merged", "merged"]
    assert Entry.objects.filter(kind="register.act").count() == before + 2
    assert {notice.person_id for notice in Notice.objects.all()} == {first.pk, second.pk}
    assert changed_behind() == []


def test_no_personal_number_stands_in_the_acts(twice):
    merge(*twice)
    told = json.dumps(list(Act.objects.values_list("changes", flat=True)))
    assert "031234567" not in told
    assert "031205001234" not in told


def test_an_entry_is_not_merged_with_itself_nor_when_closed(twice):
    first, second = twice
    with pytest.raises(merging.NotTwoEntries, match="chính nó"):
        merge(first, first)
    merge(first, second)
    with pytest.raises(merging.NotTwoEntries, match="đã đóng ngày"):
        merge(first, second)


def test_of_two_clerks_who_merge_one_is_told(twice):
    first, second = twice
    stale = Person.objects.get(pk=first.pk)
    actions.correct(person=first, changes={"ethnicity": "Tày"}, on=DAY, basis="Giấy khai sinh")
    before = contents()
    with pytest.raises(inscribe.Overtaken):
        merge(stale, second)
    assert contents() == before


def test_the_kept_entry_tells_what_happened_to_both(twice):
    first, second = twice
    merge(first, second)
    assert len(queries.timeline(first.pk)) == Act.objects.filter(person__in=twice).count()


# Parting


def test_what_was_merged_is_parted_byte_for_byte(twice, place, elsewhere):
    first, second = twice
    before = contents()
    merge(first, second)
    assert contents() != before
    merging.unmerge(dropped=second, on=LATER, basis="Đơn khiếu nại")
    assert contents() == before
    assert count_by_place(LATER) == {place.pk: 1, elsewhere.pk: 1}
    assert [p.acts.order_by("version").last().kind for p in twice] == ["unmerged", "unmerged"]
    assert changed_behind() == []


def test_both_people_are_told_again_when_parted(twice):
    merge(*twice)
    merging.unmerge(dropped=twice[1], on=LATER, basis="Đơn khiếu nại")
    assert sorted(Notice.objects.values_list("due_since", flat=True)) == [DAY, DAY, LATER, LATER]


def test_a_correction_made_since_stays_where_it_was_made(twice):
    first, second = twice
    merge(first, second)
    actions.correct(person=first, changes={"occupation": "Lái xe"}, on=DAY, basis="Giấy xác nhận")
    merging.unmerge(dropped=Person.objects.get(pk=second.pk), on=LATER, basis="Đơn")
    first.refresh_from_db()
    assert first.occupation == "Lái xe"
    assert not first.old_number_sealed
    assert changed_behind() == []


def test_a_person_who_moved_since_gives_back_what_he_had_been_given(twice, elsewhere):
    first, second = twice
    merge(first, second)
    actions.move(person=first, to_place_id=elsewhere.pk, on=DAY, basis="Giấy giới thiệu")
    merging.unmerge(dropped=Person.objects.get(pk=second.pk), on=LATER, basis="Đơn")
    assert second.schoolings.count() == 2
    assert first.schoolings.count() == 1


def test_merges_are_undone_in_the_reverse_order(twice, place):
    first, second = twice
    third = factories.register(place, "Nguyễn Văn An")
    merge(first, second)
    merge(third, first)
    with pytest.raises(merging.NotMerged, match="thứ ba"):
        merging.unmerge(dropped=Person.objects.get(pk=second.pk), on=LATER, basis="Đơn")
    merging.unmerge(dropped=first, on=LATER, basis="Đơn")
    merging.unmerge(dropped=Person.objects.get(pk=second.pk), on=LATER, basis="Đơn")
    assert not Person.objects.exclude(merged_into=None).exists()


def test_what_was_not_merged_cannot_be_parted(twice):
    with pytest.raises(merging.NotMerged, match="không có gì để tách"):
        merging.unmerge(dropped=twice[0], on=LATER, basis="Đơn")


def test_random_pairs_merged_and_parted_leave_the_register_as_it_was(place, elsewhere):
    chance = random.Random(7)
    people = [
        factories.register(
            chance.choice([place, elsewhere]),
            f"Người {number}",
            citizen_number="" if chance.random() < 0.3 else f"0312050{number:05}",
            mother_name=chance.choice(["", "Vũ Thị Hiền"]),
        )
        for number in range(40)
    ]
    for person in people[::3]:
        study(person, f"Trường {person.pk % 3}")
    before = contents()
    chance.shuffle(people)
    for first, second in zip(people[::2], people[1::2], strict=True):
        merge(first, second)
    for second in people[1::2]:
        merging.unmerge(dropped=second, on=LATER, basis="Đơn")
    assert contents() == before
    assert changed_behind() == []


# Found and laid out


@pytest.fixture
def register(place, elsewhere):
    """A small register with a double, a borrowed number, and other people."""
    one, two = factories.register(place), factories.register(elsewhere)
    factories.register(place, "Phạm Đức Long", citizen_number="031203005555")
    factories.register(
        place, "Lê Văn Tám", citizen_number="031203005555", birth_date=date(2003, 1, 2)
    )
    for number in range(30):
        factories.register(
            place, f"Trần Thị {chr(65 + number % 26)}uyên", citizen_number=f"0312070{number:05}",
            birth_date=date(2004, 1 + number % 12, 1 + number % 28),
        )  # fmt: skip
    return one, two


def found(*places):
    return pairs.found_pairs(pairs.Ground(tuple(p.pk for p in places), {}))


def test_an_equal_number_and_nothing_against_it_is_told_for_merging(register, place, elsewhere):
    told = {(each["decision"], each["because"]) for each in pairs.told(found(place, elsewhere))}
    assert told == {
        ("merge", str(BECAUSE["nothing_against"])),
        ("distinct", str(BECAUSE["one_number"])),
    }


def test_evidence_says_in_words_what_was_found_and_names_nobody(register, place, elsewhere):
    text = json.dumps(list(pairs.told(found(place, elsewhere))), default=str, ensure_ascii=False)
    assert str(FOUND["number"]["same"]) in text
    for value in ("Nguyễn", "An", "Long", "031205001234", "2005-05-19"):
        assert f'"{value}"' not in text
        assert f" {value} " not in text


def test_every_finding_and_reason_of_the_model_has_its_words():
    model = linkage.model.model()
    for name, comparison in model["comparisons"].items():
        told = {finding for finding, rates in comparison.items() if isinstance(rates, dict)}
        assert told <= FOUND[name].keys(), name
    assert set(linkage.COMPARISONS) == ABOUT.keys()
    assert linkage.REASONS.keys() == BECAUSE.keys()


def test_two_registers_that_merge_are_compared_within_and_across(register, place, elsewhere):
    ground = pairs.Ground((place.pk, elsewhere.pk), {place.pk: 1, elsewhere.pk: 2})
    across = dict(pairs.found_pairs(ground).select("because", "across").iter_rows())
    assert across == {"nothing_against": True, "one_number": False}


def test_csv_has_one_line_for_each_pair(register, place, elsewhere):
    lines = pairs.as_csv(pairs.told(found(place, elsewhere))).splitlines()
    assert lines[0].startswith("source_id,other_source_id,")
    assert len(lines) == 3


def test_the_queue_holds_each_pair_once_and_keeps_what_was_decided(register, place, elsewhere):
    assert runs.lay_out(pairs=found(place, elsewhere), on=DAY) == 2
    shared = Pair.objects.get(because="one_number")
    merging.decide_pair(pair=shared, verdict=Pair.State.APART, on=DAY, note="Hai anh em")
    assert runs.lay_out(pairs=found(place, elsewhere), on=LATER) == 0
    assert Pair.objects.get(pk=shared.pk).state == "apart"
    assert Pair.objects.get(pk=shared.pk).found_on == DAY


def test_a_third_entry_leaves_the_group_its_name(register, place, elsewhere):
    runs.lay_out(pairs=found(place, elsewhere), on=DAY)
    before = Pair.objects.get(because="nothing_against").group
    factories.register(elsewhere)
    runs.lay_out(pairs=found(place, elsewhere), on=LATER)
    assert set(Pair.objects.filter(proposed="merge").values_list("group", flat=True)) == {before}


def test_bulk_merging_takes_only_what_has_nothing_against_it(register, place, elsewhere):
    runs.lay_out(pairs=found(place, elsewhere), on=DAY)
    bulk = {"scope": acting_as_system, "on": DAY, "basis": "Kế hoạch làm sạch dữ liệu"}
    assert runs.merge_in_bulk(**bulk) == 1
    assert Person.objects.exclude(merged_into=None).get() == register[1]
    assert Pair.objects.get(because="one_number").state == "open"
    assert runs.merge_in_bulk(**bulk) == 0


# Decided by a person


@pytest.fixture
def pair(register, place, elsewhere):
    runs.lay_out(pairs=found(place, elsewhere), on=DAY)
    return Pair.objects.select_related("left", "right").get(because="nothing_against")


def test_a_decision_is_a_line_of_the_ledger_with_its_reason(pair):
    merging.decide_pair(pair=pair, verdict=Pair.State.MERGED, on=DAY, note="Hai thẻ, một người")
    assert PairDecision.objects.get().note == "Hai thẻ, một người"
    assert Entry.objects.filter(kind="register.pair").count() == 1
    assert Person.objects.get(pk=pair.right_id).merged_into_id == pair.left_id


def test_the_newer_entry_is_kept_where_the_clerk_says_so(pair):
    merging.decide_pair(pair=pair, verdict=Pair.State.MERGED, on=DAY, note="…", keep_right=True)
    assert Person.objects.get(pk=pair.left_id).merged_into_id == pair.right_id


def test_a_pair_is_decided_once(pair):
    merging.decide_pair(pair=pair, verdict=Pair.State.APART, on=DAY, note="…")
    with pytest.raises(merging.AlreadyDecided):
        merging.decide_pair(pair=pair, verdict=Pair.State.APART, on=DAY, note="…")


def test_an_error_found_later_parts_the_pair_for_good(pair, place, elsewhere):
    merging.decide_pair(pair=pair, verdict=Pair.State.MERGED, on=DAY, note="…")
    again = queue.pair(pair.uid)
    merging.undo_merge(pair=again, on=LATER, note="Hai anh em sinh đôi")
    assert list(PairDecision.objects.order_by("pk").values_list("verdict", flat=True)) == [
        "merged",
        "apart",
    ]
    assert runs.lay_out(pairs=found(place, elsewhere), on=LATER) == 0
    assert queue.waiting_pairs().filter(pk=pair.pk).count() == 0


def test_entries_stand_side_by_side_with_numbers_masked(pair):
    shown = {str(each.label): each for each in queue.side_by_side(queue.pair(pair.uid))}
    number = shown[str(queue.FIELDS["citizen_number"])]
    assert number.left == number.right == "031*****1234"
    assert number.speaks == "for"
    assert shown[str(queue.FIELDS["place"])].left != shown[str(queue.FIELDS["place"])].right


def test_the_surest_pair_is_shown_first(pair):
    assert queue.next_pair() == pair
    assert queue.next_pair(after=pair).because == "one_number"


def test_a_letter_is_due_until_it_was_handed_over(pair):
    merging.decide_pair(pair=pair, verdict=Pair.State.MERGED, on=DAY, note="…")
    assert queue.due_notices().count() == 2
    merging.note_served(notice=queue.due_notices().first(), on=LATER)
    assert queue.due_notices().count() == 1


# The command


@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_command_refuses_a_code_that_nobody_bears(form):
    from muster.foundation.register.commands import commands

    factories.baseline()
    outcome = CliRunner().invoke(commands, ["duplicates", "--unit", "99", "--format", form])
    assert outcome.exit_code != 0
    assert outcome.output == ""
