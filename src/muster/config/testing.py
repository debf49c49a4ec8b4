"""Pytest plugin: an embedded database of the tests' own before Django starts, one language."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("MUSTER_HOME", str(Path.cwd() / ".muster-test"))
os.environ.setdefault("MUSTER_PG_FAST", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.config.settings")

from muster.config.bootstrap import ensure_environment

ensure_environment()
(Path(os.environ["MUSTER_HOME"]) / "static").mkdir(exist_ok=True)

# A test's rows are never committed: counted halfway they are none, and every plan is wrong.
_LEAVE_ALONE = """
do $$ declare t regclass; begin
    for t in select oid from pg_class
             where relkind = 'r' and relnamespace = 'public'::regnamespace loop
        execute format('alter table %s set (autovacuum_enabled = off)', t);
    end loop;
end $$
"""


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Iterator[None]:
    """Once the tests' database stands, keep the server from counting while a test is under way."""
    made = yield
    if fixturedef.argname == "django_db_setup":
        from django.db import connection

        with request.getfixturevalue("django_db_blocker").unblock(), connection.cursor() as cursor:
            cursor.execute(_LEAVE_ALONE)
    return made


@pytest.fixture(autouse=True)
def _language_of_the_house() -> Iterator[None]:
    """No test goes on in the language of the last page that another has asked for."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _another_stranger(request: pytest.FixtureRequest) -> None:
    """No test waits for the public pages that another read: each is a stranger of its own."""
    if pace := sys.modules.get("muster.shell.pace"):
        vars(pace)["SALT"] = request.node.nodeid
