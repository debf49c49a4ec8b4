"""Orders as they are stored: what they say, what they would do, what stands on them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from muster.foundation.units.models import Act, Order
from muster.foundation.units.queries.keepers import with_keepers
from muster.foundation.units.queries.naming import UnknownUnit
from muster.foundation.units.queries.survey import survey
from muster.foundation.units.rules import act_from
from muster.kernel import lineage
from muster.kernel.lineage import Key, Outcome, plan
from muster.shell.discovery import manifests


@dataclass(frozen=True)
class Reading:
    """Orders of one day read against the map: an outcome each, and the rows of the units."""

    outcomes: list[Outcome]
    ids: dict[Key, int]


def order_by_number(number: str) -> Order:
    """The order of that number; `UnknownUnit` says when there is none."""
    order = Order.objects.filter(number=number).first()
    if order is None:
        sentence = _("No order has the number %(number)s; file it first.")
        raise UnknownUnit(sentence % {"number": number}, code="units.order_unknown")
    return order


def as_lineage(orders: Sequence[Order]) -> list[lineage.Order]:
    """Stored orders in the kernel's words; each must have a day of effect."""
    acts: dict[int, list[lineage.Act]] = {order.pk: [] for order in orders}
    rows = Act.objects.filter(order__in=orders).order_by("order_id", "position")
    for order_id, body in rows.values_list("order_id", "body"):
        acts[order_id].append(act_from(body))
    return [
        lineage.Order(order.number, order.tree, _day_of(order), tuple(acts[order.pk]))
        for order in orders
    ]


def _day_of(order: Order) -> date:
    if order.effective_on is None:
        sentence = _("Order %(number)s has no confirmed day of effect; confirm it first.")
        raise UnknownUnit(sentence % {"number": order.number}, code="units.order_undated")
    return order.effective_on


def read_orders(orders: Sequence[Order]) -> Reading:
    """What stored orders of one day would do, one after the other; nothing is changed."""
    return read_lineage(as_lineage(orders))


def read_lineage(orders: Sequence[lineage.Order]) -> Reading:
    """The same for orders that are not stored yet."""
    kept = with_keepers(orders)
    found = survey(kept, kept[0].effective_on)
    return Reading(plan(found.chart, kept), found.ids)


def line_of(number: str) -> Callable[[int, str], int | None]:
    """Where in its file the acts of a stored order begin."""
    lines = dict(Act.objects.filter(order__number=number).values_list("position", "line"))
    return lambda act, _code: lines.get(act)


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that stands on an order: another order, a placement, or what was decided."""

    what: str
    count: int = 1

    def __str__(self) -> str:
        return self.what if self.count == 1 else f"{self.what} ({self.count:,})"


def obstacles(orders: Iterable[Order]) -> list[Obstacle]:
    """All that keeps applied orders from being undone together; empty when nothing does."""
    ids = [order.pk for order in orders]
    days = [order.effective_on for order in orders if order.effective_on]
    found = []
    with connection.cursor() as cursor:
        cursor.execute(_BUILDERS, {"orders": ids})
        for (number,) in cursor.fetchall():
            found.append(Obstacle(_("order %(number)s builds on it") % {"number": number}))
        cursor.execute(_SETTLED, {"orders": ids})
        settled = cursor.fetchone()[0]
        if settled:
            found.append(Obstacle(_("places have been settled"), settled))
        cursor.execute(_TOUCHED_PLACES, {"orders": ids})
        places = [row[0] for row in cursor.fetchall()]
    return found + _decided_since(places, min(days))


def _decided_since(places: list[int], day: date) -> list[Obstacle]:
    """What slices above decided on these places since the day."""
    hooks = [hook for each in manifests() if (hook := each.decided_since)]
    touched = [found for hook in hooks for found in hook(places, day)]
    return [Obstacle(str(each.label), each.count) for each in touched if each.count]


_SPAN_TABLES = ("units_unitversion", "units_unitparent", "units_tenure", "units_link")

_BUILDERS = f"""
    with ours as (
        select id from units_unit where opened_by_id = any(%(orders)s)
    ), later as (
        select closed_by_id as id from units_unit
        where opened_by_id = any(%(orders)s) and closed_by_id is not null
        {
    "".join(
        f'''
        union select closed_by_id from {table}
        where opened_by_id = any(%(orders)s) and closed_by_id is not null
        '''
        for table in _SPAN_TABLES
    )
}
        union select opened_by_id from units_unitversion where unit_id in (select id from ours)
        union select opened_by_id from units_unitparent
        where unit_id in (select id from ours) or parent_id in (select id from ours)
        union select opened_by_id from units_tenure where unit_id in (select id from ours)
        union select opened_by_id from units_link
        where source_id in (select id from ours) or target_id in (select id from ours)
        union select new.opened_by_id from units_unit old
        join units_unit new on new.tree = old.tree and new.code = old.code
          and new.opened_on >= old.closed_on
        where old.closed_by_id = any(%(orders)s)
    )
    select o.number from units_order o
    where o.id in (select id from later) and o.id <> all(%(orders)s)
    order by o.position
"""

_SETTLED = """
    select count(*) from units_placement
    where order_id = any(%(orders)s) and settled_on is not null
"""

_TOUCHED_PLACES = """
    select distinct place_id from units_tenure where opened_by_id = any(%(orders)s)
"""
