"""Destroying values whose time is up: values, salts, and one entry of the log that names the rule."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Protocol

from django.db import connection, transaction

from muster.foundation.accounts import actions as accounts
from muster.foundation.ledger import actions as ledger
from muster.foundation.ledger import queries as log
from muster.foundation.register.models import Access, Act
from muster.foundation.register.queries import state
from muster.foundation.register.queries.forgetting import rows_that_go, values_that_go
from muster.foundation.register.queries.retention import SPELLS, due
from muster.foundation.register.rules import retention
from muster.foundation.register.rules.retention import Cutoff
from muster.kernel.errors import Refused
from muster.kernel.manifest import Retention
from muster.kernel.parameters import Value
from muster.shell import rls
from muster.shell.discovery import manifests

_SPELLS = frozenset(f"register_{spell}" for spell in SPELLS)


class NoSuchRule(Refused):
    """A rule that no slice has."""


Gone = dict[str, list[int]]


class Scope(Protocol):
    """Opens the transaction in which the register may be read and written."""

    def __call__(self) -> AbstractContextManager[None]: ...


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a rule: how much was due, whether it was destroyed, by which erasure."""

    law: Value
    due: int
    erasure: int | None = None

    @property
    def waits(self) -> bool:
        """Whether something is due that was not destroyed."""
        return self.due > 0 and self.erasure is None


@dataclass(frozen=True, slots=True)
class _Found:
    """What a rule reaches on a day: how much, and how it goes (people touched, rows gone)."""

    law: Value
    count: int
    destroy: Callable[[], tuple[Sequence[int], Gone]]


def retain(
    *, on: date, scope: Scope, dry_run: bool = False, accept: Iterable[str] = ()
) -> list[Carried]:
    """Carry out every rule of every slice as it reaches on a day, each in its own transaction.

    A rule whose years nobody confirmed destroys nothing unless `accept` names it: what is
    destroyed cannot be brought back. `NoSuchRule` for a name that is no rule.
    """
    rules: dict[str, Callable[[], _Found]] = {
        each.rule: partial(_of_the_register, each, on) for each in retention.cutoffs(on)
    }
    rules |= _of_other_slices(on)
    accepted = set(accept)
    if strange := sorted(accepted - rules.keys()):
        raise NoSuchRule(
            "“%(name)s” is no rule; there are %(rules)s.",
            code="retention.rule",
            name=strange[0],
            rules=", ".join(rules),
        )
    carried = []
    for rule, find in rules.items():
        with scope():
            found = find()
            may = found.law.confirmed or rule in accepted
            erasure = _carry_out(found, on) if found.count and may and not dry_run else None
            carried.append(Carried(found.law, found.count, erasure))
    return carried


def _of_the_register(cutoff: Cutoff, on: date) -> _Found:
    found = due(cutoff, on)
    if found.rows is None:
        return _Found(cutoff.law, found.count, partial(forget, people=found.people))
    rows = {f"register_{name}": ids for name, ids in found.rows.items()}
    return _Found(cutoff.law, found.count, partial(_forget_rows, rows))


def _of_other_slices(on: date) -> dict[str, Callable[[], _Found]]:
    """The rules that other slices declare; they touch no entry of the register."""
    return {
        rule.rule: partial(_of_a_slice, each.parameters.on(rule.rule, on), rule, on)
        for each in manifests()
        if each.parameters is not None
        for rule in each.retention
    }


def _of_a_slice(law: Value, rule: Retention, on: date) -> _Found:
    rows = rule.due(on)

    def destroy() -> tuple[Sequence[int], Gone]:
        gone = rule.destroy(rows)
        return [], {table: list(ids) for table, ids in gone.items()}

    return _Found(law, len(rows), destroy)


@transaction.atomic
def _carry_out(found: _Found, on: date) -> int:
    touched, gone = found.destroy()
    law = found.law
    counts = {table: len(ids) for table, ids in gone.items() if ids}
    _inscribe_erased(touched, on, law)
    erasure = ledger.erase(
        rule=law.name, source=law.source, confirmed=law.confirmed, on=on,
        rows=_entries_behind(gone), counts=counts,
    )  # fmt: skip
    return erasure.pk


def forget(*, people: Sequence[int]) -> tuple[list[int], Gone]:
    """Destroy what goes with the entries of these people, in every slice that declares it.

    Returns the people, and the ids of the rows that went by table. The entries stay, empty, so that
    rolls and past figures still count them.
    """
    values = {"people": list(people)}
    bound = Access.objects.filter(person_id__in=people)
    accounts.forget_accounts(list(bound.values_list("user_id", flat=True)))
    gone: Gone = {}
    with rls.erasing(), connection.cursor() as cursor:
        for goes in rows_that_go():
            numbered = "id" if goes.table != "register_persontoken" else "person_id"
            cursor.execute(
                f"delete from {goes.table} where {goes.where} returning {numbered}", values
            )
            gone[goes.table] = [row[0] for row in cursor.fetchall()]
        for emptied in values_that_go():
            columns = ", ".join(f"{column} = %({column})s" for column in emptied.values)
            cursor.execute(
                f"update {emptied.table} set {columns} where {emptied.where}",
                values | dict(emptied.values),
            )
    return list(people), gone


def _forget_rows(rows: Mapping[str, Sequence[int]]) -> tuple[list[int], Gone]:
    """Destroy single rows of the register, and the acts that told of them."""
    gone: Gone = {table: list(ids) for table, ids in rows.items()}
    touched = set[int]()
    with connection.cursor() as cursor:
        for table, ids in rows.items():
            spell = table in _SPELLS
            answer = "person_id" if spell else "id"
            cursor.execute(
                f"delete from {table} where id = any(%s) returning {answer}", [list(ids)]
            )
            touched |= {row[0] for row in cursor.fetchall()} if spell else set()
        gone["register_act"] = []
        for table, ids in rows.items():
            cursor.execute(_TELLING, {"name": table.removeprefix("register_"), "ids": list(ids)})
            gone["register_act"] += [row[0] for row in cursor.fetchall()]
    return sorted(touched), gone


# Acts that entered or ended one of the spells, with the paper that they cite.
_TELLING = """
delete from register_act where kind = 'supplemented'
    and (changes -> %(name)s ->> 0)::bigint = any(%(ids)s) returning id
"""


def _inscribe_erased(people: Sequence[int], on: date, law: Value) -> None:
    """One act per person, which seals the entry as the erasure left it."""
    values = (list(people), Act.Kind.ERASED, on, f"{law.name}: {law.source}", rls.current_user_id())
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            with p as (
                update register_person set version = version + 1 where id = any(%s) returning *
            )
            insert into register_act
                (person_id, place_id, version, kind, "on", basis, by_id, changes, state)
            select p.id, p.place_id, p.version, %s, %s, %s, %s, '{{}}'::jsonb, {state.DIGEST}
            from p returning id
            """,
            values,
        )
        acts = [row[0] for row in cursor.fetchall()]
    if acts:
        ledger.record(kind="register.act", ids=acts)


def _entries_behind(gone: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """The entries whose rows went, by kind: those of each kind that reads the table."""
    found: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        for table, ids in gone.items():
            for kind in log.kinds().values():
                if not ids or _table_of(kind.canonical_sql) != table:
                    continue
                cursor.execute(
                    "select row_id from ledger_entry where kind = %s and row_id = any(%s)",
                    [kind.code, list(ids)],
                )
                if rows := [row[0] for row in cursor.fetchall()]:
                    found[kind.code] = rows
    return found


def _table_of(canonical: str) -> str:
    """The table whose rows a kind tells of: the last one after a `from` outside brackets."""
    bare, depth = [], 0
    for sign in canonical:
        depth += (sign == "(") - (sign == ")")
        bare.append(sign if depth == 0 else " ")
    found: list[Any] = re.findall(r"\bfrom\s+(\w+)", "".join(bare))
    return found[0] if found else ""


def sweep() -> None:
    """Take destroyed values off the disk as well, as far as this database keeps them."""
    tables = {goes.table for goes in rows_that_go()} | {kept.table for kept in values_that_go()}
    with connection.cursor() as cursor:
        cursor.execute("select distinct jsonb_object_keys(counts) from ledger_erasure")
        tables |= {table for (table,) in cursor.fetchall()}
        cursor.execute(f"vacuum {', '.join(sorted(tables | {'ledger_entry', 'register_person'}))}")
