"""A table of papers that some slice might keep, with its kind of entry."""

import pytest
from django.db import connection

from muster.foundation.ledger import queries
from muster.kernel.manifest import LedgerKind
from muster.shell.rls import APP, WIDE

PAPER = LedgerKind(
    "test.paper",
    "Paper",
    "select id, json_build_array(id, text)::text as canonical from ledger_test_paper",
    by_uid="select id from ledger_test_paper where uid = %s",
)


@pytest.fixture(scope="session")
def paper_table(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            f"""
            create table ledger_test_paper (
                id bigserial primary key,
                uid uuid not null default gen_random_uuid(),
                text text not null);
            grant all on ledger_test_paper to {APP}, {WIDE};
            grant all on ledger_test_paper_id_seq to {APP}, {WIDE};
            """
        )
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("drop table ledger_test_paper")


@pytest.fixture
def write(db, paper_table, monkeypatch):
    """Writes papers, as an action would, without recording them; returns their ids.

    The log holds no other kind here, so that no other slice decides these tests.
    """
    for code in list(queries.kinds()):
        monkeypatch.delitem(queries.kinds(), code)
    monkeypatch.setitem(queries.kinds(), PAPER.code, PAPER)
    monkeypatch.setattr("muster.foundation.ledger.queries.auditing.manifests", tuple)

    with connection.cursor() as cursor:
        cursor.execute("delete from ledger_test_paper")

    def papers(*texts):
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into ledger_test_paper (text) select unnest(%s::text[]) returning id",
                [list(texts)],
            )
            return [row[0] for row in cursor.fetchall()]

    return papers
