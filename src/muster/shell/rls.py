"""The second wall: PostgreSQL itself refuses rows outside a user's places.

Every table with a person or a place-bound case carries a `place_id` and the
policy written by `protect`. A connection sees nothing until `scoped` opens a
transaction with a role and the units that the user answers for.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, migrations, transaction

APP, WIDE, OWN = "muster_app", "muster_wide", "muster_own"

# What policies compare with. A function is asked once a statement (a scalar sub-select),
# since a join in the policy made searches forty times slower.
PLACES = "any((select muster_places())::int[])"
EXAMS = "any((select muster_exams())::int[])"
HIMSELF = "any((select muster_own())::bigint[])"
UNITS = "any(string_to_array(nullif(current_setting('muster.units', true), ''), ',')::int[])"
USER = "nullif(current_setting('muster.user', true), '')::int"

_SETTINGS = ("muster.units", "muster.user", "muster.exams")
_SET = "select set_config('role', %s, true)" + "".join(
    f", set_config('{name}', %s, true)" for name in _SETTINGS
)
_GET = "select current_setting('role')" + "".join(
    f", coalesce(current_setting('{name}', true), '')" for name in _SETTINGS
)


def _settings(cursor: Any) -> tuple[str, ...]:
    """The role and settings of the scope that is open."""
    cursor.execute(_GET)
    found: tuple[str, ...] = cursor.fetchone()
    return found


@contextmanager
def scoped(
    *,
    role: str,
    units: Sequence[int] = (),
    user_id: int | None = None,
    exams: Sequence[int] = (),
) -> Iterator[None]:
    """Open a transaction that acts as `role` for the leaf `units` (ids).

    `role` is `APP` (rows of the units' places only), `WIDE` (every row of this
    installation) or `OWN` (rows about the citizen who is signed in). `exams` are the units at whose health examinations the user works:
    he sees what is read there, and nothing else of the men. Scopes nest; the outer one is
    restored on leaving.
    """
    user = "" if user_id is None else str(user_id)
    scope = (role, ",".join(map(str, units)), user, ",".join(map(str, exams)))
    nested = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        before = _settings(cursor) if nested else None
        cursor.execute(_SET, scope)
        yield
        # The settings of an outermost scope end with its transaction, those of a scope in
        # which an error was raised with its savepoint.
        if before and not connection.needs_rollback:
            cursor.execute(_SET, before)


@contextmanager
def erasing() -> Iterator[None]:
    """Let rows that otherwise never go be deleted: for a retention rule alone.

    The tables' triggers ask for it; whatever goes without an erasure in the log still shows.
    """
    with connection.cursor() as cursor:
        cursor.execute("select set_config('muster.erasing', 'on', true)")
        yield
        if not connection.needs_rollback:
            cursor.execute("select set_config('muster.erasing', '', true)")


def current_user_id() -> int | None:
    """Who acts in the open scope; None for the system itself."""
    with connection.cursor() as cursor:
        cursor.execute("select nullif(current_setting('muster.user', true), '')::int")
        row = cursor.fetchone()
    return row[0] if row else None


def analyze(*tables: str) -> None:
    """Tell the planner of rows that this transaction has just written in bulk.

    Without it a list of a hundred thousand is joined as if it were empty, row by
    row. Only a table's owner may do this, so the scope steps aside for it.
    """
    with connection.cursor() as cursor:
        before = _settings(cursor)
        cursor.execute("set local role none")
        for table in tables:
            cursor.execute(f"analyze {table}")
        cursor.execute(_SET, before)


def asking(name: str, returns: str, query: str) -> migrations.RunSQL:
    """The migration step that adds the function `name`, by which policies ask what the scope is.

    A page asks some twenty times, so it is written in the language whose plans are kept.
    """
    return migrations.RunSQL(
        f"""
        create function {name}() returns {returns} language plpgsql stable as
            $$begin return ({query}); end$$;
        grant execute on function {name}() to {APP}, {WIDE}, {OWN};
        """,
        f"drop function {name}()",
    )


def close(table: str, inside: str, *, wide: str = "true") -> migrations.RunSQL:
    """The migration step that closes `table`: only rows that are `inside` the scope pass.

    `wide` says which rows pass for the province, where that is not all of them.
    """
    return migrations.RunSQL(
        f"""
        alter table {table} enable row level security;
        alter table {table} force row level security;
        create policy {table}_app on {table} to {APP} using ({inside}) with check ({inside});
        create policy {table}_wide on {table} to {WIDE} using ({wide}) with check ({wide});
        """,
        f"""
        drop policy {table}_app on {table};
        drop policy {table}_wide on {table};
        alter table {table} no force row level security;
        alter table {table} disable row level security;
        """,
    )


def protect(table: str) -> migrations.RunSQL:
    """The migration step that closes `table`: only rows of the scope's places pass."""
    return close(table, f"place_id = {PLACES}")


def close_with(table: str, key: str, parent: str) -> migrations.RunSQL:
    """The migration step that closes `table`: a row passes where the row of `parent` passes."""
    return close(table, f"exists (select from {parent} p where p.id = {table}.{key})")


def own(table: str, inside: str = f"person_id = {HIMSELF}") -> migrations.RunSQL:
    """The migration step that shows a citizen the rows of `table` that are about himself.

    He reads them and changes none: what he asks for is written by an action. A table
    without this step shows him nothing.
    """
    return migrations.RunSQL(
        f"create policy {table}_own on {table} for select to {OWN} using ({inside})",
        f"drop policy {table}_own on {table}",
    )


def grant_roles(**_: Any) -> None:
    """Let both roles work on every table; the policies decide which rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            grant usage on schema public to {APP}, {WIDE}, {OWN};
            grant select, insert, update, delete on all tables in schema public to {APP}, {WIDE}, {OWN};
            grant usage, select on all sequences in schema public to {APP}, {WIDE}, {OWN};
            """
        )
