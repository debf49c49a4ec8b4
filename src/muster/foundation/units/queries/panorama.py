"""The tree at a glance: what stands under what, when it changed, where a found unit lay."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from muster.foundation.units.queries.naming import BASELINE, Named, named


@dataclass(frozen=True, slots=True)
class Node:
    """A unit in the tree: how many stand right under it, and how many communes in all."""

    unit: Named
    below: int
    communes: int


@dataclass(frozen=True, slots=True)
class Epoch:
    """A span of days in which no unit of a tree changed; `orders` began it."""

    first: date
    last: date | None
    orders: int

    def holds(self, on: date) -> bool:
        """Whether the day lies in it."""
        return self.first <= on and (self.last is None or on <= self.last)


def tops(tree: str, on: date) -> list[Node]:
    """The units of a tree that have none above them on the day."""
    return _nodes(_rows(_TOPS, {"tree": tree, "on": on}), on)


def under(unit_ids: Sequence[int], on: date) -> list[Node]:
    """The units right under these on the day, by level and name."""
    return _nodes(_rows(_UNDER, {"units": list(unit_ids), "on": on}), on)


def _nodes(rows: list[tuple[Any, ...]], on: date) -> list[Node]:
    ids = [row[0] for row in rows]
    sizes = {
        root: (below, communes) for root, below, communes in _rows(_SIZES, {"units": ids, "on": on})
    }
    return [Node(unit, *sizes[unit.id]) for unit in named(ids, on).values()]


def epochs(tree: str) -> list[Epoch]:
    """The tree's past and known future, cut at the days on which orders took effect."""
    days = _rows(_DAYS, {"tree": tree, "baseline": BASELINE})
    ends = [day - timedelta(days=1) for day, _orders in days[1:]]
    return [Epoch(day, last, n) for (day, n), last in zip(days, [*ends, None], strict=True)]


def whereabouts(unit_ids: Iterable[int], on: date) -> dict[int, list[str]]:
    """The names of the units above each, the nearest first, as they stood on the day.

    Of a unit that had ended by then, on its last day; of one to come, on its first.
    """
    found: dict[int, list[str]] = {}
    for root, kind, name in _rows(_ABOVE, {"units": list(unit_ids), "on": on}):
        found.setdefault(root, []).append(f"{kind} {name}")
    return found


def standing_kin(unit_ids: Iterable[int], on: date) -> dict[int, list[Named]]:
    """For units that do not stand on the day: those before or after them that do."""
    rows = _rows(_KIN, {"units": list(unit_ids), "on": on})
    names = named({kin for _root, kin in rows}, on)
    found: dict[int, list[Named]] = {}
    for root, kin in rows:
        if kin in names:
            found.setdefault(root, []).append(names[kin])
    return found


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


_COVERS = "{0}.valid_from <= {1} and ({0}.valid_to is null or {0}.valid_to > {1})"
_STANDS = "u.opened_on <= %(on)s and (u.closed_on is null or u.closed_on > %(on)s)"

_TOPS = f"""
    select u.id from units_unit u
    where u.tree = %(tree)s and {_STANDS} and not exists (
        select from units_unitparent p where p.unit_id = u.id and {_COVERS.format("p", "%(on)s")}
    )
"""

_UNDER = f"""
    select p.unit_id from units_unitparent p
    where p.parent_id = any(%(units)s) and {_COVERS.format("p", "%(on)s")}
"""

_SIZES = f"""
    with recursive family (root, id, depth) as (
        select id, id, 0 from unnest(%(units)s::int[]) id
        union all
        select family.root, p.unit_id, family.depth + 1
        from family join units_unitparent p on p.parent_id = family.id
        where {_COVERS.format("p", "%(on)s")}
    )
    select root, count(*) filter (where depth = 1),
           count(*) filter (where depth > 0 and u.level = 'commune')
    from family join units_unit u on u.id = family.id group by root
"""

_DAYS = """
    select effective_on, count(*) filter (where number <> %(baseline)s)
    from units_order
    where applied_on is not null and (tree = %(tree)s or number = %(baseline)s)
    group by 1 order by 1
"""

_ABOVE = f"""
    with recursive above (root, id, day, depth) as (
        select u.id, u.id,
               greatest(u.opened_on, least(%(on)s, coalesce(u.closed_on - 1, %(on)s))), 0
        from units_unit u where u.id = any(%(units)s)
        union all
        select above.root, p.parent_id, above.day, above.depth + 1
        from above join units_unitparent p on p.unit_id = above.id
        where {_COVERS.format("p", "above.day")}
    )
    select above.root, v.kind, v.name from above
    join units_unitversion v on v.unit_id = above.id and {_COVERS.format("v", "above.day")}
    where above.depth > 0 order by above.root, above.depth
"""

_KIN = f"""
    with recursive fallen (root, id, later) as (
        select u.id, u.id, u.closed_on <= %(on)s from units_unit u
        where u.id = any(%(units)s) and not ({_STANDS})
        union
        select fallen.root, case when fallen.later then s.new_id else s.old_id end, fallen.later
        from fallen join units_succession s
          on case when fallen.later then s.old_id else s.new_id end = fallen.id
    )
    select fallen.root, fallen.id from fallen join units_unit u on u.id = fallen.id
    where {_STANDS}
"""
