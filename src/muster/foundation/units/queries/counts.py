"""How many units there were, and what became of those of one day on another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from muster.foundation.units.models import Tree
from muster.foundation.units.queries.naming import BeforeTheStart, require_known_day
from muster.foundation.units.queries.tree import BELOW
from muster.kernel.lineage import descend

LEVELS = ("region", "province", "district", "regional", "commune")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many units of one level and kind stand."""

    level: str
    kind: str
    count: int


def count(on: date, unit_id: int | None = None, tree: str = Tree.GOVERNMENT) -> list[Tally]:
    """Units per level and kind on a day, of a tree or under one unit (itself left out)."""
    require_known_day(on)
    below = "true" if unit_id is None else "u.id in (select id from below where id <> %(unit)s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            with recursive {BELOW}
            select u.level, v.kind, count(*)
            from units_unit u join units_unitversion v on v.unit_id = u.id
            where u.tree = %(tree)s and {below}
              and v.valid_from <= %(on)s and (v.valid_to is null or v.valid_to > %(on)s)
            group by 1, 2
            order by array_position(%(levels)s, u.level::text), count(*) desc, v.kind
            """,
            {
                "on": on, "unit": unit_id, "units": [unit_id] if unit_id else [],
                "tree": tree, "levels": list(LEVELS),
            },
        )  # fmt: skip
        return [Tally(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Line:
    """An old unit and one that holds ground of it; `part` when it has several."""

    old_id: int
    old_code: str
    new_id: int
    new_code: str
    share: str


def lineage(begin: date, end: date, tree: str = Tree.GOVERNMENT) -> list[Line]:
    """What became of the units that held ground on `begin`, on the day `end`.

    One line per pair, by old code, a unit that stays with itself included. An island
    district without communes appears by its own code.
    """
    require_known_day(begin)
    if end < begin:
        sentence = _("The lineage goes forward: %(end)s lies before %(begin)s.")
        raise BeforeTheStart(sentence % {"begin": begin, "end": end}, code="units.backward")
    values = {"begin": begin, "end": end, "tree": tree}
    old = dict(_rows(_LEAVES, values))
    new = dict(_rows(_STANDING, values))
    heirs: dict[int, list[tuple[int, date]]] = {}
    for before, after, day in _rows(_SUCCESSIONS, values):
        heirs.setdefault(before, []).append((after, day))
    lines = [
        Line(line.old, old[line.old], line.new, new[line.new], "whole" if line.whole else "part")
        for line in descend(old, heirs, new)
    ]
    return sorted(lines, key=lambda line: (line.old_code, line.new_code))


def _rows(sql: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        yield from cursor.fetchall()


_LEAVES = """
    select u.id, u.code from units_unit u
    where u.tree = %(tree)s and u.opened_on <= %(begin)s
      and (u.closed_on is null or u.closed_on > %(begin)s)
      and (u.level = 'commune' or exists (
          select from units_tenure t where t.unit_id = u.id
            and t.valid_from <= %(begin)s and (t.valid_to is null or t.valid_to > %(begin)s)))
"""

_STANDING = """
    select u.id, u.code from units_unit u
    where u.tree = %(tree)s and u.opened_on <= %(end)s
      and (u.closed_on is null or u.closed_on > %(end)s)
"""

_SUCCESSIONS = """
    select s.old_id, s.new_id, o.effective_on
    from units_succession s join units_order o on o.id = s.order_id
    where o.effective_on > %(begin)s and o.effective_on <= %(end)s
    order by o.position, s.id
"""
