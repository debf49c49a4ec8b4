"""References that the database checks once a statement, for tables written by the ten thousand.

A plain foreign key is looked up row by row: the 80,000 references that a national reform
writes would take longer than the reform. The triggers here refuse the same faults, set by set.
"""

from collections.abc import Iterable, Mapping
from itertools import chain

from django.db import migrations

from muster.shell.promises import UncheckedKey, each_change, each_statement, function

Keys = Mapping[str, str]  # a table's columns, each with the table whose `id` it holds

_REFERENCES = """
    declare missing bigint;
    begin
        for i in 0 .. tg_nargs / 2 - 1 loop
            execute format(
                'select c.id from (select distinct %1$I as id from changed) c'
                ' where c.id is not null'
                ' and not exists (select from %2$I r where r.id = c.id) limit 1',
                tg_argv[2 * i], tg_argv[2 * i + 1]
            ) into missing;
            if missing is not null then
                raise exception '%.% refers to row % of %, which does not exist',
                    tg_table_name, tg_argv[2 * i], missing, tg_argv[2 * i + 1]
                    using errcode = 'foreign_key_violation', table = tg_table_name;
            end if;
        end loop;
        return null;
    end"""
_REFERENCE = """
    declare found_row boolean;
    begin
        for i in 0 .. tg_nargs / 2 - 1 loop
            execute format(
                'select exists (select from %I r where r.id = ($1).%I)',
                tg_argv[2 * i + 1], tg_argv[2 * i]
            ) into found_row using new;
            if not found_row then
                raise exception '%.% refers to a row of %, which does not exist',
                    tg_table_name, tg_argv[2 * i], tg_argv[2 * i + 1]
                    using errcode = 'foreign_key_violation', table = tg_table_name;
            end if;
        end loop;
        return null;
    end"""
_UNREFERENCED = """
    declare kept bigint;
    begin
        for i in 0 .. tg_nargs / 2 - 1 loop
            execute format(
                'select c.id from changed c join %I r on r.%I = c.id limit 1',
                tg_argv[2 * i], tg_argv[2 * i + 1]
            ) into kept;
            if kept is not null then
                raise exception 'row % of % is still referred to by %',
                    kept, tg_table_name, tg_argv[2 * i]
                    using errcode = 'foreign_key_violation', table = tg_argv[2 * i];
            end if;
        end loop;
        return null;
    end"""


class BulkKey(UncheckedKey):
    """A reference that the database checks once a statement, of whose table a migration tells below."""


def functions() -> list[migrations.RunSQL]:
    """The steps before all others here: what the triggers run."""
    return [
        function("muster_check_references", _REFERENCES),
        function("muster_check_reference", _REFERENCE),
        function("muster_check_unreferenced", _UNREFERENCED),
    ]


def inserted(table: str, keys: Keys) -> migrations.RunSQL:
    """The step that looks up the `keys` of the rows that a statement inserts."""
    return each_statement(
        "references_insert", table, "insert", "muster_check_references", _pairs(keys)
    )


def updated(table: str, keys: Keys) -> migrations.RunSQL:
    """The step that looks up `keys` that one statement sets in many rows."""
    return each_statement(
        "references_update", table, "update", "muster_check_references", _pairs(keys)
    )


def changed(table: str, keys: Keys) -> migrations.RunSQL:
    """The step that looks up `keys` that hardly ever change, for the row in which one does."""
    return each_change("references_change", table, keys, "muster_check_reference", _pairs(keys))


def deleted(target: str, tables: Mapping[str, Keys]) -> migrations.RunSQL:
    """The step that keeps each row of `target` to which a row of the `tables` refers."""
    referring = [
        (table, column)
        for table, keys in tables.items()
        for column, other in keys.items()
        if other == target
    ]
    return each_statement(
        "unreferenced_delete", target, "delete", "muster_check_unreferenced", chain(*referring)
    )


def _pairs(keys: Keys) -> Iterable[str]:
    return chain.from_iterable(keys.items())
