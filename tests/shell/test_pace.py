"""A stranger reads public pages at a man's pace, whichever process of the house answers him."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory

from muster.shell import pace

MOST = {"minute": 20, "day": 300}


def read(address: str = "10.1.2.3", what: str = "posted", most: Mapping[str, int] = MOST) -> int:
    request = RequestFactory().get("/", REMOTE_ADDR=address)
    request.user = AnonymousUser()
    return pace.too_fast(request, what, most)


def kept() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("select reader, readings from shell_pace order by reader")
        return dict(cursor.fetchall())


@pytest.fixture(autouse=True)
def _nobody_has_read(request: pytest.FixtureRequest) -> Iterator[None]:
    """Begin without the readings of other tests: the table is none of Django's to empty."""
    whole = request.node.get_closest_marker("django_db").kwargs.get("transaction")
    request.getfixturevalue("transactional_db" if whole else "db")
    with connection.cursor() as cursor:
        cursor.execute("delete from shell_pace")
    yield
    if whole:
        with connection.cursor() as cursor:
            cursor.execute("delete from shell_pace")


@pytest.mark.django_db
def test_the_page_after_the_last_one_waits_and_another_reader_does_not() -> None:
    assert [read() for _ in range(21)] == [0] * 20 + [60]
    assert read("10.1.2.4") == 0
    assert read(what="receipts") == 0


@pytest.mark.django_db
def test_once_the_minute_is_over_he_reads_on_and_the_day_goes_on_counting() -> None:
    with time_machine.travel("2026-03-02T09:00:00+07:00", tick=False) as clock:
        assert [read() for _ in range(21)][-1] == 60
        clock.shift(timedelta(seconds=60))
        assert read() == 0
        assert sorted(kept().values()) == [1, 22]
        assert [read(most={"day": 22}), read(most={"minute": 20})] == [86_400, 0]


@pytest.mark.django_db
def test_a_count_goes_once_its_span_is_over_and_no_address_is_kept() -> None:
    with time_machine.travel("2026-03-02T09:00:00+07:00", tick=False) as clock:
        read()
        assert not any("10.1.2.3" in reader for reader in kept())
        clock.shift(timedelta(days=2))
        read("10.9.9.9")
        assert len(kept()) == 2, "only the reader of today"


@pytest.mark.django_db(transaction=True)
def test_processes_count_together() -> None:
    def elsewhere(_: int) -> int:
        """A connection of its own, as another process has."""
        try:
            return read()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as others:
        waits = list(others.map(elsewhere, range(40)))
    assert sorted(waits) == [0] * 20 + [60] * 20
    assert sorted(kept().values()) == [40, 40]


@pytest.mark.django_db
def test_no_log_of_the_database_keeps_it() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select relpersistence from pg_class where relname = 'shell_pace'")
        assert cursor.fetchone() == ("u",)
