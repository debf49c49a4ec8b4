"""What a rule erased is named by the entry that erased it; whatever else is missing is a fault."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from muster.foundation.ledger import actions, queries, rules
from muster.foundation.ledger.manifest import MANIFEST
from muster.foundation.ledger.models import Entry, Erased, Erasure
from muster.kernel import tree

pytestmark = pytest.mark.django_db
KIND, DAY = "test.paper", date(2050, 1, 1)


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def papers(write, monkeypatch):
    """Three papers in the log, by id."""
    (kind,) = MANIFEST.ledger
    monkeypatch.setitem(queries.kinds(), kind.code, kind)
    ids = write("called", "deferred", "exempt")
    actions.record(kind=KIND, ids=ids)
    actions.place()
    return ids


def entry_of(row, kind=KIND):
    return Entry.objects.get(kind=kind, row_id=row)


def erase(*ids):
    sql("delete from ledger_test_paper where id = any(%s)", list(ids))
    return actions.erase(
        rule="keep_test", source="Circular 1", confirmed=True, on=DAY, rows={KIND: ids}
    )


def faults():
    return list(queries.audit().faults)


def test_an_erased_row_is_no_fault_and_names_the_entry_that_erased_it(papers):
    erasure = erase(papers[0])
    actions.place()
    audit = queries.audit()
    assert audit.faults == ()
    (erasing,) = audit.erasures
    assert erasing.entry == entry_of(erasure.pk, "ledger.erasure").pk
    assert erasing.erased == (entry_of(papers[0]).pk,)
    assert erasing.sentence == (
        f"Erased by entry {erasing.entry} on 2050-01-01 under “keep_test” (Circular 1): "
        f"{entry_of(papers[0]).pk}."
    )


def test_the_salt_is_gone_and_the_digest_stays_in_the_tree(papers):
    digest = bytes(entry_of(papers[0]).digest)
    erase(papers[0])
    left = entry_of(papers[0])
    assert (bytes(left.salt), bytes(left.digest)) == (b"", digest)


def test_a_receipt_given_before_still_proves_for_its_holder(papers):
    receipt = queries.receipt(KIND, papers[0])
    erase(papers[0])
    actions.place()
    assert receipt.is_included
    assert queries.receipt(KIND, papers[0]) is None
    proof = queries.growth(receipt.size)
    new = proof.new
    assert tree.verify_consistency(
        receipt.size, new.size, receipt.root, bytes(new.root), proof.proof
    )


def test_a_row_deleted_without_an_erasure_is_a_fault(papers):
    erase(papers[0])
    sql("delete from ledger_test_paper where id = %s", papers[1])
    entry = entry_of(papers[1]).pk
    assert faults() == [f"Entry {entry} names {KIND} row {papers[1]}, which is gone."]


def test_a_row_changed_beside_an_erasure_is_a_fault(papers):
    erase(papers[0])
    sql("update ledger_test_paper set text = 'callex' where id = %s", papers[2])
    entry = entry_of(papers[2]).pk
    assert faults() == [f"Entry {entry}: {KIND} row {papers[2]} was changed after it was recorded."]


def test_the_database_refuses_to_destroy_a_salt_that_no_erasure_names(papers):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(
            "update ledger_entry set salt = '' where kind = 'test.paper' and row_id = %s", papers[1]
        )


@pytest.mark.parametrize("column", ["digest = ''", "kind = 'other'", "row_id = 0"])
def test_an_erasure_lets_nothing_but_the_salt_change(papers, column):
    erase(papers[0])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(
            f"update ledger_entry set salt = '', {column} where kind = 'test.paper' and row_id = %s",
            papers[0],
        )


def test_a_salt_destroyed_by_force_is_a_fault_with_or_without_its_row(papers):
    sql("alter table ledger_entry disable trigger ledger_entry_append_only")
    sql(
        "update ledger_entry set salt = '' where kind = 'test.paper' and row_id = any(%s)",
        papers[:2],
    )
    sql("delete from ledger_test_paper where id = %s", papers[0])
    assert faults() == [
        f"Entry {entry_of(row).pk}: its salt was destroyed, but no entry says why."
        for row in papers[:2]
    ]


def test_another_row_under_an_erased_ones_number_is_a_fault(papers):
    erase(papers[0])
    sql("insert into ledger_test_paper (id, text) values (%s, 'exempt')", papers[0])
    entry = entry_of(papers[0]).pk
    assert faults() == [
        f"Entry {entry} was erased, but {KIND} row {papers[0]} stands in the database again."
    ]


def test_an_erasure_cannot_be_widened_afterwards(papers):
    """Somebody deletes a row and puts its entry under an erasure that the log knows."""
    erasure = erase(papers[0])
    sql("delete from ledger_test_paper where id = %s", papers[1])
    Erased.objects.create(entry=entry_of(papers[1]), erasure=erasure)
    sql("update ledger_entry set salt = '' where kind = 'test.paper' and row_id = %s", papers[1])
    entry = entry_of(erasure.pk, "ledger.erasure").pk
    assert faults() == [
        f"Entry {entry}: ledger.erasure row {erasure.pk} was changed after it was recorded."
    ]


def test_an_erasure_that_no_action_recorded_is_a_fault(papers):
    forged = Erasure.objects.create(rule="keep_test", source="", confirmed=True, on=DAY)
    sql("delete from ledger_test_paper where id = %s", papers[1])
    Erased.objects.create(entry=entry_of(papers[1]), erasure=forged)
    sql("update ledger_entry set salt = '' where kind = 'test.paper' and row_id = %s", papers[1])
    assert faults() == [
        f"ledger.erasure row {forged.pk} stands in the database, but no action recorded it."
    ]


def test_an_entry_named_as_erased_whose_salt_is_kept_is_a_fault(papers):
    erasure = Erasure.objects.create(rule="keep_test", source="", confirmed=True, on=DAY)
    sql("delete from ledger_test_paper where id = %s", papers[1])
    Erased.objects.create(entry=entry_of(papers[1]), erasure=erasure)
    actions.record(kind="ledger.erasure", ids=[erasure.pk])
    entry = entry_of(papers[1]).pk
    assert faults() == [f"Entry {entry} is named as erased, but its salt is still kept."]


def test_an_erased_digest_changed_by_force_breaks_the_heads(papers):
    erase(papers[0])
    sql("alter table ledger_entry disable trigger ledger_entry_append_only")
    forged = rules.digest("exempt", b"")
    sql(
        "update ledger_entry set digest = %s where kind = 'test.paper' and row_id = %s",
        forged,
        papers[0],
    )
    assert faults() == ["The head over 3 entries does not follow from the entries."]


@pytest.mark.parametrize("change", ["delete from ledger_{}", "update ledger_{} set {} = {}"])
@pytest.mark.parametrize(("table", "column"), [("erased", "entry_id"), ("erasure", "rule")])
def test_an_erasure_is_never_taken_back(papers, table, column, change):
    erase(papers[0])
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(change.format(table, column, column))


def test_a_row_that_still_stands_is_not_erased(papers):
    with pytest.raises(actions.NotErasable, match="still stand"):
        actions.erase(
            rule="keep_test", source="Circular 1", confirmed=True, on=DAY, rows={KIND: papers[:1]}
        )
    assert not Erasure.objects.exists()


def test_a_row_is_erased_once(papers):
    erase(papers[0])
    with pytest.raises(actions.NotErasable, match="1 of 1 rows"):
        erase(papers[0])


def test_an_erasure_is_not_erased_itself(papers):
    erasure = erase(papers[0])
    with pytest.raises(actions.NotErasable):
        actions.erase(
            rule="keep_test", source="", confirmed=True, on=DAY,
            rows={"ledger.erasure": [erasure.pk]},
        )  # fmt: skip
