"""The neighbourhood that orders of one day touch, as the kernel reads it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from muster.kernel.lineage import (
    Act,
    Chart,
    Dissolve,
    Divide,
    Ended,
    Establish,
    Founding,
    Guide,
    Key,
    Link,
    Merge,
    Move,
    Order,
    Profile,
    Reparent,
    Standing,
)

GOVERNMENT = "government"


@dataclass(frozen=True)
class Survey:
    """The chart of a day, with the row of each unit in it."""

    chart: Chart
    ids: dict[Key, int]


def survey(orders: Sequence[Order], day: date) -> Survey:
    """Read what orders of one day may touch: the units they name and those next to them.

    It runs in a transaction: the neighbourhood is a temporary table that its end drops.
    """
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists near")
        cursor.execute(_NEAR, _named(orders) | {"on": day})
        near = _rows(cursor, _UNITS, day)
        keys = {row[0]: Key._make(row[1:4]) for row in near}
        chart = Chart(
            day,
            dict(_standing(near, keys, day)),
            frozenset(_links(_rows(cursor, _LINKS, day))),
            frozenset(keys[row] for (row,) in _rows(cursor, _GROUNDED, day)),
            _holders(cursor, orders, day),
            {
                (tree, code): Ended(ended, by)
                for _, tree, code, _, ended, by, *_ in near if ended and ended <= day
            },
            {
                (tree, code): Ended(begun, by)
                for _, tree, code, begun, _, _, by, *_ in near if begun > day
            },
            {(aspect, keys[row]): Ended(on, by) for row, aspect, on, by in _rows(cursor, _AHEAD, day)},
        )  # fmt: skip
    return Survey(chart, {key: row for row, key in keys.items()})


def _standing(
    near: Iterable[tuple[Any, ...]], keys: dict[int, Key], day: date
) -> Iterator[tuple[Key, Standing]]:
    """The units next to the orders that stand on the day, with parent and name of the day."""
    for row, _, _, begun, ended, _, _, level, parent, *profile in near:
        if begun <= day and (ended is None or ended > day):
            yield keys[row], Standing(level, keys.get(parent), Profile._make(profile))


def _links(rows: Iterable[tuple[Any, ...]]) -> Iterator[Link]:
    for kind, *ends in rows:
        yield Link(kind, Key._make(ends[:3]), Key._make(ends[3:]))


def _rows(cursor: Any, sql: str, day: date) -> list[tuple[Any, ...]]:
    cursor.execute(sql, {"on": day})
    return list(cursor.fetchall())


def _holders(cursor: Any, orders: Sequence[Order], day: date) -> dict[str, Key]:
    moves = [act for order in orders for act in order.acts if isinstance(act, Move)]
    if not moves:
        return {}
    cursor.execute(_HOLDERS, {"places": [code for act in moves for code in act.places], "on": day})
    return {code: Key._make(key) for code, *key in cursor.fetchall()}


def _named(orders: Sequence[Order]) -> dict[str, Any]:
    """The codes, levels and places that the orders name, with their trees."""
    pairs: set[tuple[str, str]] = set()
    levels: set[tuple[str, str]] = set()
    places: set[str] = set()
    for order in orders:
        for act in order.acts:
            pairs |= {(order.tree, code) for code in _codes(act)}
            pairs |= {(GOVERNMENT, each.serves) for each in _foundings(act) if each.serves}
            if isinstance(act, Dissolve) and act.level:
                levels.add((order.tree, act.level))
            if isinstance(act, Move):
                places |= set(act.places)
    return {
        "trees": _joined(tree for tree, _ in pairs),
        "codes": _joined(code for _, code in pairs),
        "level_trees": [tree for tree, _ in levels],
        "levels": [level for _, level in levels],
        "places": list(places),
    }


def _joined(words: Iterable[str]) -> str:
    """Words as one text, which the driver sends much faster than a list."""
    return "\x1f".join(words)


def _foundings(act: Act) -> Iterator[Founding]:
    match act:
        case Merge(_, into):
            yield into
        case Establish(unit):
            yield unit
        case _:
            pass


def _codes(act: Act) -> Iterator[str]:
    for founding in _foundings(act):
        yield founding.code
        yield founding.parent or founding.code
    match act:
        case Merge(sources, _):
            yield from sources
        case Divide(unit, into, _):
            yield from (unit, *into)
        case Dissolve(unit, _, successors):
            yield from (*([unit] if unit else []), *successors)
        case Reparent(unit, parent):
            yield from (unit, parent)
        case Move(_, to):
            yield to
        case Guide(command, units):
            yield from (command, *units)
        case Establish():
            pass
        case _:
            yield act.unit


_NEAR = """
    create temporary table near on commit drop as
    with named as (
        select u.id from units_unit u
        join unnest(string_to_array(%(trees)s, E'\\x1f'), string_to_array(%(codes)s, E'\\x1f'))
          n (tree, code) using (tree, code)
        union
        select u.id from units_unit u
        join unnest(%(level_trees)s::text[], %(levels)s::text[]) n (tree, level) using (tree, level)
        union
        select t.unit_id from units_tenure t join units_place p on p.id = t.place_id
        where p.code = any(%(places)s) and t.valid_from <= %(on)s
          and (t.valid_to is null or t.valid_to > %(on)s)
    )
    select id from named
    union
    select unnest(array[p.unit_id, p.parent_id]) from units_unitparent p
    where (p.unit_id in (select id from named) or p.parent_id in (select id from named))
      and p.valid_from <= %(on)s and (p.valid_to is null or p.valid_to > %(on)s)
    union
    select unnest(array[l.source_id, l.target_id]) from units_link l
    where (l.source_id in (select id from named) or l.target_id in (select id from named))
      and l.valid_from <= %(on)s and (l.valid_to is null or l.valid_to > %(on)s)
"""

_UNITS = """
    select u.id, u.tree, u.code, u.opened_on, u.closed_on, coalesce(ended.number, ''), begun.number,
           u.level, p.parent_id, v.name, v.kind, v.lat, v.lon, v.area_km2, v.area_estimated
    from near join units_unit u using (id)
    join units_order begun on begun.id = u.opened_by_id
    left join units_order ended on ended.id = u.closed_by_id
    left join units_unitparent p on p.unit_id = u.id
      and p.valid_from <= %(on)s and (p.valid_to is null or p.valid_to > %(on)s)
    left join units_unitversion v on v.unit_id = u.id
      and v.valid_from <= %(on)s and (v.valid_to is null or v.valid_to > %(on)s)
    order by u.opened_on
"""

_LINKS = """
    select l.kind, s.tree, s.code, s.opened_on, t.tree, t.code, t.opened_on
    from units_link l join units_unit s on s.id = l.source_id join units_unit t on t.id = l.target_id
    where (l.source_id in (select id from near) or l.target_id in (select id from near))
      and l.valid_from <= %(on)s and (l.valid_to is null or l.valid_to > %(on)s)
"""

_GROUNDED = """
    select near.id from near where exists (
        select from units_tenure t where t.unit_id = near.id
          and t.valid_from <= %(on)s and (t.valid_to is null or t.valid_to > %(on)s)
    )
"""

_HOLDERS = """
    select p.code, u.tree, u.code, u.opened_on
    from units_place p join units_tenure t on t.place_id = p.id join units_unit u on u.id = t.unit_id
    where p.code = any(%(places)s)
      and t.valid_from <= %(on)s and (t.valid_to is null or t.valid_to > %(on)s)
"""

_AHEAD = """
    select x.unit_id, x.aspect, x.valid_to, o.number from (
        select id as unit_id, 'life' as aspect, closed_on as valid_to, closed_by_id
        from units_unit where closed_on > %(on)s
        union all
        select unit_id, 'name', valid_to, closed_by_id
        from units_unitversion where valid_to > %(on)s
        union all
        select unit_id, 'parent', valid_to, closed_by_id
        from units_unitparent where valid_to > %(on)s
        union all
        select distinct unit_id, 'ground', valid_to, closed_by_id
        from units_tenure where valid_to > %(on)s
    ) x join near on near.id = x.unit_id join units_order o on o.id = x.closed_by_id
"""
