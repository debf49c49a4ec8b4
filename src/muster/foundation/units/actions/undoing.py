"""An order is taken back: what it closed opens again, what it opened is gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from muster.foundation.units import queries
from muster.foundation.units.actions.applying import lock_the_map, log
from muster.foundation.units.models import Order, Verb
from muster.kernel.errors import Refused


class CannotUndo(Refused):
    """Something stands on the order; `obstacles` says what, a correcting order mends it."""

    def __init__(self, sentence: object, obstacles: Sequence[object] = ()) -> None:
        super().__init__(sentence, code="units.cannot_undo")
        self.obstacles = tuple(obstacles)


def undo_order(*, order: Order, by: str, on: date) -> Order:
    """Take back one order; see `undo_orders`."""
    return undo_orders(orders=[order], by=by, on=on)[0]


@transaction.atomic
def undo_orders(*, orders: Sequence[Order], by: str, on: date) -> list[Order]:
    """Restore exactly the map that was before the orders, all or none.

    `CannotUndo` when an order is not applied, when another order builds on it, or when
    something was decided on its ground or for its units since; it then says what stands
    in the way.
    """
    lock_the_map()
    orders = list(orders)
    for order in orders:
        if order.applied_on is None:
            raise CannotUndo(_("Order %(number)s is not applied.") % {"number": order.number})
    obstacles = queries.obstacles(orders)
    if obstacles:
        raise CannotUndo(_sentence(orders, obstacles[0]), obstacles)
    log(orders, Verb.UNDONE, by=by, on=on)
    _restore(orders)
    none = {"applied_on": None, "applied_by": "", "position": None}
    Order.objects.filter(pk__in=[order.pk for order in orders]).update(**none)
    for order in orders:
        order.applied_on, order.applied_by, order.position = None, "", None
    return orders


def _sentence(orders: Sequence[Order], obstacle: object) -> str:
    sentence = _(
        "Order %(number)s cannot be undone: %(obstacle)s. File an order that corrects it instead."
    )
    return sentence % {"number": orders[0].number, "obstacle": obstacle}


def _restore(orders: Sequence[Order]) -> None:
    with connection.cursor() as cursor:
        try:
            for statement in _RESTORE:
                cursor.execute(statement, {"orders": [order.pk for order in orders]})
        except IntegrityError as error:
            table = getattr(getattr(error.__cause__, "diag", None), "table_name", "?")
            what = _("rows of %(table)s refer to its units") % {"table": table}
            raise CannotUndo(_sentence(orders, what)) from error


_SPANS = """
    with gone as (
        delete from {0} where opened_by_id = any(%(orders)s)
    )
    update {0} set valid_to = null, closed_by_id = null
    where closed_by_id = any(%(orders)s) and opened_by_id <> all(%(orders)s)
"""

_RESTORE = (
    """
    update units_unit set closed_on = null, closed_by_id = null, ended = false
    where closed_by_id = any(%(orders)s)
    """,
    *(_SPANS.format(f"units_{table}") for table in ("tenure", "unitparent", "unitversion", "link")),
    "delete from units_succession where order_id = any(%(orders)s)",
    "delete from units_placement where order_id = any(%(orders)s) and settled_on is null",
    "delete from units_unit where opened_by_id = any(%(orders)s)",
    "set constraints all immediate",
    "set constraints all deferred",
)
