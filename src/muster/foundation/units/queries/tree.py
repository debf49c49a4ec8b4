"""Who stands above and below whom on a day, and which ground belongs to a unit."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from muster.foundation.units.queries.naming import Named, named

_COVERS = "{0}.valid_from <= %(on)s and ({0}.valid_to is null or {0}.valid_to > %(on)s)"

BELOW = f"""
    below (id) as (
        select id from units_unit where id = any(%(units)s)
        union
        select edge.child from below
        join lateral (
            select p.unit_id as child from units_unitparent p
            where p.parent_id = below.id and {_COVERS.format("p")}
            union all
            select l.target_id from units_link l
            where l.source_id = below.id and {_COVERS.format("l")}
        ) edge on true
    )
"""
"""The units under some, themselves included. A command also stands above what it serves
and guides, so that its ground is that of the communes."""


def _ids(sql: str, values: dict[str, Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def leaf_ids(unit_id: int | Sequence[int], on: date) -> list[int]:
    """The units under this one (or these) on the day that hold ground: communes, wards, zones."""
    units = [unit_id] if isinstance(unit_id, int) else list(unit_id)
    return _ids(
        f"""
        with recursive {BELOW}
        select u.id from below join units_unit u using (id)
        where u.tree = 'government' and (u.level = 'commune' or exists (
            select from units_tenure t where t.unit_id = u.id and {_COVERS.format("t")}
        )) order by u.id
        """,
        {"units": units, "on": on},
    )


def place_ids(unit_id: int | Sequence[int], on: date) -> tuple[int, ...]:
    """The places that lie under the unit (or units) on the day, waiting ones included."""
    units = [unit_id] if isinstance(unit_id, int) else list(unit_id)
    found = _ids(
        f"""
        with recursive {BELOW}
        select t.place_id from below join units_tenure t on t.unit_id = below.id
        where {_COVERS.format("t")} order by t.place_id
        """,
        {"units": units, "on": on},
    )
    return tuple(found)


def holders(places: Sequence[int], on: date) -> list[int]:
    """The units to whom these places are all the ground: who loses it loses everything.

    They are the units in which the places lie on the day, and the commands and parents
    above them that stand over nothing else.
    """
    found = set(_ids(
        f"""
        select distinct t.unit_id from units_tenure t
        where t.place_id = any(%(places)s) and {_COVERS.format("t")}
        """,
        {"places": list(places), "on": on},
    ))  # fmt: skip
    fresh = found
    while fresh:
        fresh = set(_ids(_WHOLE, {"found": list(found), "on": on}))
        found |= fresh
    return sorted(found)


_WHOLE = f"""
    with edge (above, below) as materialized (
        select p.parent_id, p.unit_id from units_unitparent p where {_COVERS.format("p")}
        union all
        select l.source_id, l.target_id from units_link l where {_COVERS.format("l")}
    )
    select above from edge
    where above in (select above from edge where below = any(%(found)s))
      and above <> all(%(found)s)
    group by above having bool_and(below = any(%(found)s))
"""
"""Units above some of those found, and above no other."""


def children(unit_id: int, on: date) -> list[Named]:
    """The units directly under this one on the day, by name."""
    covers = _COVERS.format("p")
    sql = f"select p.unit_id from units_unitparent p where p.parent_id = %(unit)s and {covers}"
    units = named(_ids(sql, {"unit": unit_id, "on": on}), on)
    return list(units.values())


def ancestors(unit_id: int, on: date) -> list[Named]:
    """The units above this one on the day, the nearest first."""
    found = _ids(
        f"""
        with recursive above (id, depth) as (
            select %(unit)s::int, 0
            union all
            select p.parent_id, above.depth + 1 from above
            join units_unitparent p on p.unit_id = above.id and {_COVERS.format("p")}
        )
        select id from above where depth > 0 order by depth
        """,
        {"unit": unit_id, "on": on},
    )
    units = named(found, on)
    return [units[each] for each in found if each in units]


def unit_at(place_id: int, on: date) -> Named | None:
    """The unit in which a place lies on the day."""
    sql = f"select t.unit_id from units_tenure t where t.place_id = %(place)s and {_COVERS.format('t')}"
    return next(iter(named(_ids(sql, {"place": place_id, "on": on}), on).values()), None)


def heirs(unit_id: int, on: date, *, keepers: bool = False) -> list[int]:
    """The units that stand on the day for one that may have closed before; itself if it stands.

    With `keepers`, a divided unit is followed to its keeper only: to the one that answers
    for what is not settled. Posts, bodies and stamps of a closed unit follow these.
    """
    return _ids(
        """
        with recursive line (id) as (
            select %(unit)s::int
            union
            select s.new_id from line join units_unit u on u.id = line.id
            join units_succession s on s.old_id = line.id and s.order_id = u.closed_by_id
            where u.closed_on <= %(on)s and (s.keeper or not %(keepers)s)
        )
        select u.id from line join units_unit u using (id)
        where u.opened_on <= %(on)s and (u.closed_on is null or u.closed_on > %(on)s)
        order by u.id
        """,
        {"unit": unit_id, "on": on, "keepers": keepers},
    )
