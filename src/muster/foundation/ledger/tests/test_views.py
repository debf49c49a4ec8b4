"""The log is open to everybody; a receipt only to whoever holds the paper's number."""

import json
from uuid import uuid4

import pytest
from django.db import connection

from muster.foundation.ledger import actions, queries, rules

pytestmark = pytest.mark.django_db
KIND = "test.paper"


@pytest.fixture
def paper(write):
    (row,) = write("called up")
    actions.record(kind=KIND, ids=[row])
    with connection.cursor() as cursor:
        cursor.execute("select uid from ledger_test_paper where id = %s", [row])
        return cursor.fetchone()[0]


def test_an_empty_log_says_what_comes(client):
    assert client.get("/ledger/").status_code == 200
    assert client.get("/ledger/head.json").json()["size"] == 0


def test_anybody_reads_the_head_and_keeps_it(client, paper):
    actions.place()
    page = client.get("/ledger/").content.decode()
    head = client.get("/ledger/head.json").json()
    assert head["root"] == bytes(queries.latest_head().root).hex()
    assert head["root"][:8] in page
    assert client.get("/ledger/growth/1.json").json()["proof"] == []
    assert client.get("/ledger/growth/7.json").status_code == 422


def test_the_holder_of_a_paper_finds_its_receipt_and_the_file_holds(client, paper):
    actions.place()
    page = client.get(f"/ledger/receipt/{KIND}/{paper}/")
    assert "called up" in page.content.decode()
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    file = client.get(f"/ledger/receipt/{KIND}/{paper}.json")
    receipt = rules.read_receipt(json.loads(file.content))
    assert receipt.is_included
    assert queries.signature_holds(receipt)


def test_a_paper_just_recorded_is_not_yet_placed(client, paper):
    page = client.get(f"/ledger/receipt/{KIND}/{paper}/")
    assert page.status_code == 200
    assert "called up" not in page.content.decode()
    assert client.get(f"/ledger/receipt/{KIND}/{paper}.json").status_code == 202


@pytest.mark.parametrize("kind", [KIND, "no.kind", "accounts.post"])
def test_an_unknown_number_is_refused_in_a_sentence(client, paper, kind):
    assert client.get(f"/ledger/receipt/{kind}/{uuid4()}/").status_code == 422
