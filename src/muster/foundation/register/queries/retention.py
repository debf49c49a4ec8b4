"""Whose time is up on a day, rule by rule."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from muster.foundation.register.rules import retention
from muster.foundation.register.rules.clocks import LAW
from muster.foundation.register.rules.retention import Cutoff
from muster.shell import rls

SPELLS = ("residence", "schooling", "employment", "circumstance")


@dataclass(frozen=True, slots=True)
class Due:
    """What a rule reaches on a day: rows by table, and the people they are about."""

    cutoff: Cutoff
    people: tuple[int, ...] = ()
    rows: Mapping[str, tuple[int, ...]] | None = None

    @property
    def count(self) -> int:
        """Entries, or rows where the rule is not about whole entries."""
        return len(self.people) if self.rows is None else sum(map(len, self.rows.values()))


def due(cutoff: Cutoff, on: date) -> Due:
    """Whatever a rule reaches; an open entry never: it is first closed by an act."""
    return _FIND[cutoff.rule](cutoff, on)


def _ids(sql: str, *values: date) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return tuple(row[0] for row in cursor.fetchall())


# A birth of which only the year is known may lie on its last day.
_BORN = """p.birth_date <= %s and (p.birth_precision = 'day'
    or extract(year from p.birth_date) < extract(year from %s::date))"""
# Entries that were merged go together or not at all: a merge must be undoable until then.
_WHOLE = """
with due as (
    select p.id, p.merged_into_id from register_person p
    where p.closed_on is not null and p.full_name <> '' and {reached}
), torn as (
    select d.id from due d join register_person o on o.merged_into_id = d.id or o.id = d.merged_into_id
    where o.full_name <> '' and not exists (select from due x where x.id = o.id)
)
select id from due where id not in (select id from torn) order by id
"""


def _by_age(cutoff: Cutoff, _on: date) -> Due:
    sex = "p.sex = 'm'" if cutoff.rule == retention.ENTRY_MEN else "p.sex = 'f'"
    found = _ids(_WHOLE.format(reached=f"{sex} and {_BORN}"), cutoff.until, cutoff.until)
    return Due(cutoff, found)


def _left(cutoff: Cutoff, _on: date) -> Due:
    reached = "p.closed_why in ('died', 'left') and p.closed_on <= %s"
    return Due(cutoff, _ids(_WHOLE.format(reached=reached), cutoff.until))


def _spells(cutoff: Cutoff, on: date) -> Due:
    born = retention.past_call_up(on)
    rows = {
        table: _ids(
            f"""
            select s.id from register_{table} s join register_person p on p.id = s.person_id
            where s.valid_to <= %s and p.merged_into_id is null and {_BORN} order by s.id
            """,
            cutoff.until, born, born,
        )
        for table in SPELLS
    }  # fmt: skip
    return Due(cutoff, rows=rows)


def _readings(cutoff: Cutoff, _on: date) -> Due:
    sql = "select id from register_reading where read_at < %s::date order by id"
    return Due(cutoff, rows={"reading": _ids(sql, cutoff.until)})


def old_lists(on: date) -> tuple[int, ...]:
    """The lists that were sent over the page longer ago than they are kept, whoever sent them."""
    until = on - timedelta(days=LAW.integer("upload_days", on))
    with rls.erasing():
        return _ids("select id from register_upload where sent_at::date <= %s order by id", until)


def _exports(cutoff: Cutoff, _on: date) -> Due:
    old = 'select id from register_export where "on" <= %s'
    steps = f"select id from register_exportstep where export_id in ({old}) order by id"
    rows = {
        "exportstep": _ids(steps, cutoff.until),
        "export": _ids(f"{old} order by id", cutoff.until),
    }
    return Due(cutoff, rows=rows)


_FIND: Mapping[str, Callable[[Cutoff, date], Due]] = {
    retention.ENTRY_MEN: _by_age,
    retention.ENTRY_WOMEN: _by_age,
    retention.LEFT: _left,
    retention.SPELL: _spells,
    retention.READING: _readings,
    retention.EXPORT: _exports,
}
