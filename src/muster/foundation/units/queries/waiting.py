"""Divided units whose places still wait, and for whom the user may speak."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from muster.foundation.units.models import Order, Placement
from muster.foundation.units.queries.naming import Named, named
from muster.foundation.units.queries.people import people_by_place
from muster.shell.rls import WIDE


@dataclass(frozen=True, slots=True)
class Divided:
    """A unit that an order divided: its keeper, its parts, and what waits of it."""

    order: Order
    old: Named
    keeper: Named
    parts: tuple[Named, ...]
    places: tuple[int, ...]
    proposed: int
    people: int

    @property
    def concerned(self) -> frozenset[int]:
        """The units that have a say: the keeper and the parts."""
        return frozenset({self.keeper.id, *(part.id for part in self.parts)})


def divided(on: date, order: Order | None = None) -> list[Divided]:
    """Every divided unit with waiting places, those with most people first; counted on `on`."""
    rows = _rows(_DIVIDED, {"order": order.pk if order else None})
    orders = Order.objects.in_bulk({row[0] for row in rows})
    people = people_by_place(on) if rows else {}
    names = {pk: _names(each, [row for row in rows if row[0] == pk]) for pk, each in orders.items()}
    found = [
        Divided(
            orders[pk],
            names[pk][old],
            names[pk][keeper],
            tuple(names[pk][part] for part in parts),
            tuple(places),
            proposed,
            sum(people.get(place, 0) for place in places),
        )
        for pk, old, keeper, places, parts, proposed in rows
    ]
    return sorted(found, key=lambda each: (-each.people, -len(each.places), each.old.code))


def _names(order: Order, rows: list[tuple[Any, ...]]) -> dict[int, Named]:
    """Old units under their last names, new ones under those of the order's day."""
    day = order.effective_on or order.signed_on
    olds = named({row[1] for row in rows}, day - timedelta(days=1))
    return olds | named({pk for row in rows for pk in (row[2], *row[4])}, day)


def proposals(order: Order, place_ids: Iterable[int]) -> dict[int, Placement]:
    """What is proposed for waiting places and not settled yet, by place."""
    open_ones = Placement.objects.filter(order=order, place__in=list(place_ids), settled_on=None)
    return {each.place_id: each for each in open_ones.order_by("pk")}


@dataclass(frozen=True, slots=True)
class Piles:
    """What there is to do about proposals, as far as a reach goes."""

    to_accept: int
    to_settle: int


def piles() -> Piles:
    """Proposals to be accepted, and accepted ones to be settled, as far as the open scope speaks."""
    return Piles(*_rows(_PILES, {"wide": WIDE})[0])


def reach() -> frozenset[int] | None:
    """The communes for which the open scope may speak; None when for all."""
    wide, units = _rows(_SCOPE, {"wide": WIDE})[0]
    return None if wide else frozenset(units or ())


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


_DIVIDED = """
    select t.opened_by_id, was.unit_id, t.unit_id, array_agg(t.place_id order by t.place_id),
           array(select s.new_id from units_succession s
                 where s.order_id = t.opened_by_id and s.old_id = was.unit_id order by s.id),
           count(p.id)
    from units_tenure t
    join units_tenure was on was.place_id = t.place_id and was.closed_by_id = t.opened_by_id
    left join units_placement p on p.place_id = t.place_id and p.order_id = t.opened_by_id
      and p.settled_on is null
    where t.provisional and (%(order)s::bigint is null or t.opened_by_id = %(order)s)
    group by t.opened_by_id, was.unit_id, t.unit_id
"""

_SCOPE = """
    select current_setting('role') = %(wide)s as wide,
           string_to_array(nullif(current_setting('muster.units', true), ''), ',')::int[] as units
"""

_PILES = f"""
    select count(*) filter (where p.accepted_on is null),
           count(*) filter (where p.accepted_on is not null)
    from units_placement p, ({_SCOPE}) scope
    where p.settled_on is null
      and (scope.wide or array[p.unit_id, p.keeper_id] && scope.units)
"""
