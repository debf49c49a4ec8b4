"""Who keeps divided ground when the order names nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import connection

from muster.foundation.units.queries import people as slices_above
from muster.kernel.lineage import Act, Divide, Merge, Move, Order


def with_keepers(orders: Sequence[Order]) -> list[Order]:
    """The orders with a keeper in every division.

    Where none is named it is the part with the larger share of people: of those whose
    places the order itself moves there, and at equal share of those whom other units bring.
    """
    return [_with_keepers(order) if _lacks(order) else order for order in orders]


def _lacks(order: Order) -> bool:
    return any(isinstance(act, Divide) and act.keeper is None for act in order.acts)


def _with_keepers(order: Order) -> Order:
    moved, brought = _people(order)

    def named(act: Act) -> Act:
        if not isinstance(act, Divide) or act.keeper is not None or not act.into:
            return act
        # The first of equals, so that the same order always has the same keeper.
        most = max(act.into, key=lambda part: (moved[act.unit, part], brought[part]))
        return replace(act, keeper=most)

    return replace(order, acts=tuple(named(act) for act in order.acts))


def _people(order: Order) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """People by (old unit, part) of the places moved, and by part of the units merged."""
    eve = order.effective_on - timedelta(days=1)
    people = slices_above.people_by_place(eve)
    moved: Counter[tuple[str, str]] = Counter()
    by_unit: Counter[str] = Counter()
    target = {code: act.to for act in order.acts if isinstance(act, Move) for code in act.places}
    with connection.cursor() as cursor:
        cursor.execute(_HELD, {"tree": order.tree, "eve": eve})
        for place_id, place, unit in cursor.fetchall():
            number = people.get(place_id, 0)
            by_unit[unit] += number
            if place in target:
                moved[unit, target[place]] += number
    brought: Counter[str] = Counter()
    for act in order.acts:
        if isinstance(act, Merge):
            brought[act.into.code] += sum(by_unit[code] for code in act.sources)
    return moved, brought


_HELD = """
    select p.id, p.code, u.code
    from units_tenure t join units_place p on p.id = t.place_id join units_unit u on u.id = t.unit_id
    where u.tree = %(tree)s
      and t.valid_from <= %(eve)s and (t.valid_to is null or t.valid_to > %(eve)s)
"""
