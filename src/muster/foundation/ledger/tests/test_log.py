"""The log is the tree of RFC 9162 over its entries, and whatever is changed behind it shows."""

import json
import threading

import pytest
from click.testing import CliRunner
from django.db import DatabaseError, connection, transaction

from muster.foundation.ledger import actions, queries, rules
from muster.foundation.ledger.commands import commands
from muster.foundation.ledger.models import Entry, Head, Leaf, Waiting
from muster.kernel import tree

pytestmark = pytest.mark.django_db
KIND = "test.paper"


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


def recorded(write, *texts):
    ids = write(*texts)
    actions.record(kind=KIND, ids=ids)
    actions.place()
    return ids


def faults():
    return list(queries.audit().faults)


def test_the_root_is_that_of_the_rows_and_their_salts(write):
    recorded(write, "a", "b")
    recorded(write, *(f"c{each}" for each in range(300)))
    rows = sql(
        """
        select e.salt, json_build_array(p.id, p.text)::text from ledger_leaf l
        join ledger_entry e on e.id = l.entry_id join ledger_test_paper p on p.id = e.row_id
        order by l.position
        """
    )
    leaves = [tree.leaf_hash(rules.digest(text, bytes(salt))) for salt, text in rows]
    assert len(leaves) == 302
    assert bytes(queries.latest_head().root) == tree.root(leaves)
    assert faults() == []


def test_two_equal_papers_have_different_digests(write):
    recorded(write, "same", "same")
    first, second = Entry.objects.values_list("digest", flat=True)
    assert bytes(first) != bytes(second)


def test_one_changed_letter_is_named_by_its_entry(write):
    first, _ = recorded(write, "called", "deferred")
    sql("update ledger_test_paper set text = 'callex' where id = %s", first)
    entry = Entry.objects.get(row_id=first)
    assert faults() == [f"Entry {entry.pk}: {KIND} row {first} was changed after it was recorded."]


def test_a_row_that_is_gone_is_named_by_its_entry(write):
    (only,) = recorded(write, "called")
    sql("delete from ledger_test_paper")
    assert faults() == [f"Entry {Entry.objects.get().pk} names {KIND} row {only}, which is gone."]


def test_a_row_written_behind_the_log_is_named(write):
    recorded(write, "called")
    (behind,) = write("exempt")
    assert faults() == [f"{KIND} row {behind} stands in the database, but no action recorded it."]


@pytest.mark.parametrize("table", ["entry", "leaf", "head"])
@pytest.mark.parametrize("change", ["delete from ledger_{}", "update ledger_{} set {} = {}"])
def test_the_database_refuses_to_change_the_log(write, table, change):
    recorded(write, "called")
    column = {"entry": "salt", "leaf": "entry_id", "head": "root"}[table]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(change.format(table, column, column))


def test_an_entry_changed_by_force_breaks_every_head_above_it(write):
    (row,) = recorded(write, "called")
    recorded(write, "deferred")
    sql("alter table ledger_entry disable trigger ledger_entry_append_only")
    sql("update ledger_test_paper set text = 'exempt' where id = %s", row)
    sql(
        """
        update ledger_entry e set digest = sha256(e.salt || convert_to(
            json_build_array(e.row_id, 'exempt')::text, 'UTF8')) where e.row_id = %s
        """,
        row,
    )
    assert faults() == [
        "The head over 1 entries does not follow from the entries.",
        "The head over 2 entries does not follow from the entries.",
    ]


def test_a_head_signed_with_another_key_is_named(write, monkeypatch):
    recorded(write, "called")
    monkeypatch.setattr("muster.shell.keys.secret", lambda _: bytes(32))
    assert faults() == ["The head over 1 entries is not signed by this installation."]


def test_a_changed_tile_is_named(write):
    recorded(write, *map(str, range(256)))
    sql("update ledger_node set hash = sha256('other')")
    assert faults() == ["The tiles under the head over 256 entries were changed."]


def test_an_entry_that_waits_is_counted_and_no_fault(write):
    actions.record(kind=KIND, ids=write("called"))
    audit = queries.audit()
    assert (audit.entries, audit.unplaced, audit.faults) == (1, 1, ())


def test_an_entry_taken_from_the_queue_is_named(write):
    actions.record(kind=KIND, ids=write("called"))
    Waiting.objects.all().delete()
    entry = Entry.objects.get()
    assert faults() == [f"Entry {entry.pk} has no place in the tree and waits for none."]


def test_a_row_that_the_kind_does_not_show_cannot_be_recorded(write):
    with pytest.raises(actions.NotRecorded, match="1 of 2 rows"):
        actions.record(kind=KIND, ids=[*write("called"), 999_999_999])


def test_a_list_is_recorded_by_its_select(write):
    write("a", "b", "c")
    where = ("select id from ledger_test_paper where text <> %s", ["b"])
    assert actions.record(kind=KIND, where=where) == 2


def test_the_log_proves_that_it_only_grew(write):
    recorded(write, "a", "b", "c")
    old = queries.latest_head()
    recorded(write, "d", "e")
    growth = queries.growth(old.size)
    assert tree.verify_consistency(3, 5, bytes(old.root), bytes(growth.new.root), growth.proof)
    with pytest.raises(queries.NoSuchHead, match="4"):
        queries.growth(4)


def test_a_receipt_holds_across_many_tiles(write):
    ids = recorded(write, *map(str, range(700)))
    recorded(write, "later")
    for row in (ids[0], ids[255], ids[256], ids[699]):
        receipt = queries.receipt(KIND, row)
        assert receipt.is_included
        assert queries.signature_holds(receipt)
        assert receipt.size == 701


def test_verify_names_the_entry_and_fails(write):
    (row,) = recorded(write, "called")
    assert CliRunner().invoke(commands, ["verify"]).exit_code == 0
    sql("update ledger_test_paper set text = 'Called'")
    outcome = CliRunner().invoke(commands, ["verify"])
    assert outcome.exit_code == 1
    assert f"Entry {Entry.objects.get().pk}: test.paper row {row} was changed" in outcome.output


def test_a_receipt_is_checked_from_its_file_alone(write, tmp_path):
    (row,) = recorded(write, "called")
    content = queries.receipt(KIND, row).as_json()
    file = tmp_path / "receipt.json"
    for text, code in ((content["canonical"], 0), ('[1, "exempt"]', 1)):
        file.write_text(json.dumps(content | {"canonical": text}), encoding="utf-8")
        assert CliRunner().invoke(commands, ["check", str(file)]).exit_code == code


@pytest.mark.django_db(transaction=True)
def test_entries_get_their_places_once_the_action_has_committed(write):
    with transaction.atomic():
        actions.record(kind=KIND, ids=write("a"))
        actions.record(kind=KIND, ids=write("b"))
        assert Head.objects.count() == 0
    assert [head.size for head in Head.objects.all()] == [2]


@pytest.mark.django_db(transaction=True)
def test_an_action_that_fails_leaves_no_entry(write):
    @transaction.atomic
    def broken():
        actions.record(kind=KIND, ids=write("a"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_ten_offices_record_at_once_and_every_entry_has_one_place(write):
    def office(name):
        try:
            for each in range(5):
                with transaction.atomic():
                    actions.record(kind=KIND, ids=write(f"{name}-{each}"))
        finally:
            connection.close()

    offices = [threading.Thread(target=office, args=[name]) for name in range(10)]
    for each in offices:
        each.start()
    for each in offices:
        each.join()
    assert list(Leaf.objects.order_by("position").values_list("position", flat=True)) == list(
        range(50)
    )
    assert faults() == []
