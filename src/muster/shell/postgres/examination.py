"""What is wrong with a database, each in a sentence that says how to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg

from muster.shell.postgres.roles import OWNER, ROLES_FILE

OLDEST = 15
_SETS_ROLES = 160000  # since PostgreSQL 16 a grant says whether SET ROLE is allowed
_FACTS = """
select current_setting('server_version_num')::int / 10000 as major,
       pg_encoding_to_char(encoding) as encoding,
       current_user::text as me,
       (select rolsuper or rolbypassrls from pg_roles where rolname = current_user) as walks_through,
       has_schema_privilege('public', 'create') as creates
  from pg_database where datname = current_database()
"""
_ROLES = ("muster_app", "muster_wide", "muster_own", "muster_backup")
_STEPPED_INTO = ("muster_app", "muster_wide", "muster_own")


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding; `sentence` says what is wrong and how to mend it."""

    code: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


def doctor(url: str) -> list[Problem]:
    """Examine the database at `url` as Muster will use it; empty means sound."""
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            return [*_database(connection), *_roles(connection)]
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        sentence = f"The database cannot be reached ({reason}); start it, or mend DATABASE_URL."
        return [Problem("unreachable", sentence)]


def _database(connection: psycopg.Connection) -> Iterator[Problem]:
    major, encoding, me, walks_through, creates = _row(connection, _FACTS)
    name = connection.info.dbname
    if major < OLDEST:
        yield Problem("version", f"PostgreSQL {major} is too old; move to {OLDEST} or later.")
    if encoding != "UTF8":
        yield Problem(
            "encoding",
            f"Database {name} is encoded as {encoding}; make it anew with "
            f"`createdb --encoding=UTF8 --template=template0 {name}`.",
        )
    elif not _row(connection, "select lower('Đ') = 'đ'")[0]:
        yield Problem(
            "locale",
            f"Database {name} cannot lower “Đ”; make it anew with "
            f"`createdb --locale=C.UTF-8 --template=template0 {name}`.",
        )
    if walks_through:
        yield Problem(
            "superuser",
            f"User {me} passes every row-level check; let DATABASE_URL sign in as {OWNER}.",
        )
    if not creates:
        yield Problem(
            "create",
            f"User {me} may not make tables in {name}; {_mend(connection)}",
        )


def _roles(connection: psycopg.Connection) -> Iterator[Problem]:
    rows = connection.execute(
        "select rolname from pg_roles where rolname = any(%s)", [list(_ROLES)]
    )
    known = {name for (name,) in rows}
    missing = [name for name in _ROLES if name not in known]
    if missing:
        yield Problem("roles", f"The roles {', '.join(missing)} are missing; {_mend(connection)}")
    right = "set" if connection.info.server_version >= _SETS_ROLES else "member"
    for name in _STEPPED_INTO:
        query = "select pg_has_role(current_user, %s, %s)"
        if name in known and not _row(connection, query, [name, right])[0]:
            yield Problem(
                "membership",
                f"User {connection.info.user} may not work as {name}; {_mend(connection)}",
            )


def _row(
    connection: psycopg.Connection, query: str, values: list[str] | None = None
) -> tuple[Any, ...]:
    """The row of a query that has exactly one."""
    return connection.execute(query, values).fetchall()[0]


def _mend(connection: psycopg.Connection) -> str:
    return f"let its administrator run `psql -d {connection.info.dbname} -f '{ROLES_FILE}'`."
