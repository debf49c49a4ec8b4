"""Effects carried out in bulk: a few statements, however many units and places.

Spans that end and spans that begin go in one statement, since the database checks after
each statement that nothing lies in no unit or in two. Effects that touch the same thing
twice on one day go in batches, one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import repeat
from typing import Any

from django.db import connection

from muster.kernel.lineage import Effects, Key, Profile
from muster.kernel.names import fold, sort_key

Row = tuple[Any, ...]


def carry_out(effects: Sequence[Effects], orders: Mapping[str, int], ids: dict[Key, int]) -> None:
    """Write the effects of orders of one day; `ids` gains the units that they open.

    `orders` are the rows of the orders by number.
    """
    _number_new_units(effects, ids)
    for batch in _batches(effects, orders, ids):
        batch.write()


def _number_new_units(effects: Sequence[Effects], ids: dict[Key, int]) -> None:
    new = [key for each in effects for key in each.opened]
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS, {"count": len(new)})
        ids.update(zip(new, (row[0] for row in cursor.fetchall()), strict=True))


def _batches(
    effects: Sequence[Effects], orders: Mapping[str, int], ids: dict[Key, int]
) -> Iterator[_Batch]:
    batch = _Batch(effects[0].on, ids)
    for each in effects:
        if not batch.takes(each):
            yield batch
            batch = _Batch(each.on, ids)
        batch.add(each, orders[each.order])
    yield batch


def _touched(effects: Effects) -> Iterator[tuple[str, set[Any]]]:
    """What the effects end or begin; no batch may hold the same twice."""
    yield "name", {*effects.opened, *effects.renamed, *effects.closed}
    yield "parent", {*effects.opened, *effects.reparented, *effects.closed}
    yield "ground", {key for each in effects.transfers for key in each[:2]}
    yield "link", {*effects.linked, *effects.unlinked}


@dataclass
class _Batch:
    """Rows to write in one go, column by column."""

    on: date
    ids: Mapping[Key, int]
    touched: dict[str, set[Any]] = field(default_factory=dict)
    units: list[Row] = field(default_factory=list)
    closed: list[Row] = field(default_factory=list)
    names_ended: list[Row] = field(default_factory=list)
    names: list[Row] = field(default_factory=list)
    parents_ended: list[Row] = field(default_factory=list)
    parents: list[Row] = field(default_factory=list)
    moves: list[Row] = field(default_factory=list)
    transfers: list[Row] = field(default_factory=list)
    successions: list[Row] = field(default_factory=list)
    unlinked: list[Row] = field(default_factory=list)
    linked: list[Row] = field(default_factory=list)

    def takes(self, effects: Effects) -> bool:
        """Whether nothing that the effects touch was touched before in this batch."""
        found = _touched(effects)
        return all(new.isdisjoint(self.touched.get(aspect, ())) for aspect, new in found)

    def add(self, effects: Effects, by: int) -> None:
        for aspect, keys in _touched(effects):
            self.touched.setdefault(aspect, set()).update(keys)
        ids = self.ids
        for key, unit in effects.opened.items():
            self.units.append((ids[key], key.tree, unit.level, key.code, by))
            self.names.append((ids[key], by, *_profile(unit.profile)))
            if unit.parent is not None:
                self.parents.append((ids[key], ids[unit.parent], by))
        for key, profile in effects.renamed.items():
            self.names_ended.append((ids[key], by))
            self.names.append((ids[key], by, *_profile(profile)))
        for key, parent in effects.reparented.items():
            self.parents_ended.append((ids[key], by))
            self.parents.append((ids[key], ids[parent], by))
        self.closed += [(ids[key], by, without) for key, without in effects.closed.items()]
        for old, new, provisional, places in effects.transfers:
            self.transfers.append((ids[old], ids[new], provisional, by))
            if places is not None:
                self.transfers.pop()
                self.moves += [(place, ids[new], by) for place in places]
        self.successions += [
            (ids[s.old], ids[s.new], s.whole, s.keeper, by) for s in effects.successions
        ]
        self.linked += [(n.kind, ids[n.source], ids[n.target], by) for n in effects.linked]
        self.unlinked += [(n.kind, ids[n.source], ids[n.target], by) for n in effects.unlinked]

    def write(self) -> None:
        """From what opens to what closes, so that no unit is ever above or under nothing."""
        self.run(_OPEN, self.units)
        self.run(_RENAME, self.names_ended, self.names)
        self.run(_REPARENT, self.parents_ended, self.parents)
        self.run(_MOVE, self.moves)
        self.run(_TRANSFER, self.transfers)
        self.run(_RELINK, self.unlinked, self.linked)
        self.run(_SUCCEED, self.successions)
        self.run(_CLOSE, self.closed)

    def run(self, statement: _Statement, *rows: list[Row]) -> None:
        if any(rows):
            with connection.cursor() as cursor:
                cursor.execute(statement.sql, statement.values(rows) | {"on": self.on})


def _profile(profile: Profile) -> Row:
    return (
        profile.name, profile.kind, fold(profile.name), sort_key(profile.name),
        profile.lat, profile.lon, profile.area_km2, profile.area_estimated,
    )  # fmt: skip


_BETWEEN, _NOTHING = "\x1f", "\x1e"
"""Between the values of a column sent as one text, and in place of none: in no name."""


def _column(values: Sequence[Any], kind: str) -> str:
    """A column as one text, which the driver sends much faster than a list."""
    if kind == "float":
        values = [_NOTHING if value is None else value for value in values]
    return _BETWEEN.join(values if kind == "text" else map(str, values))


@dataclass(frozen=True)
class _Statement:
    """SQL over one or two lists of rows, `{a}` and `{b}`, given as typed columns."""

    template: str
    a: str
    b: str = ""

    @cached_property
    def sql(self) -> str:
        return self.template.format(a=_unnested("a", self.a), b=_unnested("b", self.b))

    def values(self, rows: Sequence[list[Row]]) -> dict[str, str]:
        """The columns of the rows under the names that the SQL has for them."""
        return {
            f"{table}{n}": _column(column, kind)
            for table, types, lines in zip("ab", (self.a, self.b), rows, strict=False)
            for n, (kind, column) in enumerate(
                zip(types.split(), _columns(lines, types), strict=True)
            )
        }


def _columns(rows: list[Row], types: str) -> Iterable[Sequence[Any]]:
    return zip(*rows, strict=True) if rows else repeat((), len(types.split()))


def _unnested(table: str, types: str) -> str:
    return ", ".join(
        f"string_to_array(%({table}{n})s, E'\\x1f', E'\\x1e')::{kind}[]"
        for n, kind in enumerate(types.split())
    )


_NUMBERS = """
    select nextval(sequence) from generate_series(1, %(count)s),
        (select pg_get_serial_sequence('units_unit', 'id')::regclass as sequence offset 0) s
"""

_OPEN = _Statement(
    """
    insert into units_unit (id, tree, level, code, opened_by_id, opened_on, ended)
    select x.*, %(on)s, false from unnest({a}) x
    """,
    "int text text text bigint",
)
_RENAME = _Statement(
    """
    with ended as (
        update units_unitversion v set valid_to = %(on)s, closed_by_id = x.by
        from unnest({a}) x (unit, by) where v.unit_id = x.unit and v.valid_to is null
    )
    insert into units_unitversion
        (unit_id, opened_by_id, name, kind, folded, sort_key, lat, lon, area_km2, area_estimated,
         valid_from)
    select x.*, %(on)s from unnest({b}) x
    """,
    "int bigint",
    "int bigint text text text text float float float bool",
)
_REPARENT = _Statement(
    """
    with ended as (
        update units_unitparent p set valid_to = %(on)s, closed_by_id = x.by
        from unnest({a}) x (unit, by) where p.unit_id = x.unit and p.valid_to is null
    )
    insert into units_unitparent (unit_id, parent_id, opened_by_id, valid_from)
    select x.*, %(on)s from unnest({b}) x
    """,
    "int bigint",
    "int int bigint",
)
_MOVE = _Statement(
    """
    with ended as (
        update units_tenure t set valid_to = %(on)s, closed_by_id = x.by
        from unnest({a}) x (place, unit, by) join units_place p on p.code = x.place
        where t.place_id = p.id and t.valid_to is null
        returning t.place_id, x.unit, x.by
    )
    insert into units_tenure (place_id, unit_id, opened_by_id, provisional, valid_from)
    select ended.*, false, %(on)s from ended
    """,
    "text int bigint",
)
_TRANSFER = _Statement(
    """
    with ended as (
        update units_tenure t set valid_to = %(on)s, closed_by_id = x.by
        from unnest({a}) x (old, new, provisional, by)
        where t.unit_id = x.old and t.valid_to is null
        returning t.place_id, x.new, x.by, x.provisional or t.provisional
    )
    insert into units_tenure (place_id, unit_id, opened_by_id, provisional, valid_from)
    select ended.*, %(on)s from ended
    """,
    "int int bool bigint",
)
_RELINK = _Statement(
    """
    with ended as (
        update units_link l set valid_to = %(on)s, closed_by_id = x.by
        from unnest({a}) x (kind, source, target, by)
        where l.kind = x.kind and l.source_id = x.source and l.target_id = x.target
          and l.valid_to is null
    )
    insert into units_link (kind, source_id, target_id, opened_by_id, valid_from)
    select x.*, %(on)s from unnest({b}) x
    """,
    "text int int bigint",
    "text int int bigint",
)
_SUCCEED = _Statement(
    """
    insert into units_succession (old_id, new_id, whole, keeper, order_id)
    select * from unnest({a})
    """,
    "int int bool bool bigint",
)
_CLOSE = _Statement(
    """
    with closing as materialized (
        select * from unnest({a}) x (unit, by, ended)
    ), names as (
        update units_unitversion v set valid_to = %(on)s, closed_by_id = c.by
        from closing c where v.unit_id = c.unit and v.valid_to is null
    ), parents as (
        update units_unitparent p set valid_to = %(on)s, closed_by_id = c.by
        from closing c where p.unit_id = c.unit and p.valid_to is null
    )
    update units_unit u set closed_on = %(on)s, closed_by_id = c.by, ended = c.ended
    from closing c where u.id = c.unit
    """,
    "int bigint bool",
)
