"""The map, the order of 1 July 2025, and the groups that it left to be placed."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from muster.foundation.register import actions as register
from muster.foundation.units import actions as units
from muster.foundation.units import queries as reading
from muster.foundation.units.actions import GroupRow
from muster.foundation.units.models import Order
from muster.synthesis.rehearsal import queries
from muster.synthesis.rehearsal.actions.books import entered

if TYPE_CHECKING:
    from muster.synthesis.rehearsal.actions.playing import Stage

EVE, REFORM = date(2025, 6, 30), date(2025, 7, 1)
BY = "rehearsal"


def load_map(stage: "Stage") -> None:
    """The shipped map, with the orders that took effect before the reform."""
    units.load_baseline(on=EVE)
    applied = units.load_orders(by=BY, on=EVE, until=EVE)
    stage.say(_("  %(orders)s orders applied") % {"orders": len(applied)})


def apply_reform(stage: "Stage") -> None:
    """All orders that take effect on 1 July 2025."""
    applied = units.load_orders(by=BY, on=REFORM, until=REFORM)
    stage.say(_("  %(orders)s orders applied") % {"orders": len(applied)})
    _say_equation(stage)


def apply_later(stage: "Stage") -> None:
    """Confirmed orders since then whose day has come; undated ones are only filed."""
    applied = units.load_orders(by=BY, on=stage.today)
    stage.say(_("  %(orders)s orders applied") % {"orders": len(applied)})


def place_groups(stage: "Stage") -> None:
    """Import the table of residential groups, then settle those whose group was unknown.

    The table stands for what communes agreed: a divided commune's groups go to its
    successors in turn of their names, as neighbours lie together.
    """
    orders = Order.objects.filter(effective_on=REFORM, tree="government").order_by("position")
    for order in orders:
        table = _table(order.number)
        if table:
            placed = units.place_groups(
                order=order,
                table=table,
                by=BY,
                on=REFORM,
                reason=entered(gettext_noop("table of residential groups")),
            )
            values = {"order": order.number, "placed": placed}
            stage.say(_("  %(order)s: %(placed)s groups placed") % values)
    waiting = queries.people_waiting(REFORM)
    for person, group, day in waiting:
        register.settle_place(
            person=person,
            group_place_id=group,
            on=day,
            basis=entered(gettext_noop("asked at home, group noted")),
        )
    stage.say(
        _("  %(people)s people without a group settled one by one") % {"people": len(waiting)}
    )
    for order in orders:
        _leave_with_keeper(order)
    _say_equation(stage)


def _leave_with_keeper(order: Order) -> None:
    """Ground on which nobody lives any more stays where it waited: with its keeper."""
    left = queries.ground_left(order.number)
    rows = [GroupRow(code, code, keeper, at) for at, (code, keeper) in enumerate(left, 1)]
    if rows:
        units.place_groups(
            order=order,
            table=rows,
            by=BY,
            on=REFORM,
            reason=entered(gettext_noop("nobody left to ask")),
        )


def _say_equation(stage: "Stage") -> None:
    """People before the order = people after it + work list."""
    number = queries.scenario()["reform"]["order"]
    proof = reading.matrix(reading.order_by_number(number))
    stage.say(
        _("  %(order)s: people before %(before)s = after %(after)s + work list %(waiting)s")
        % {
            "order": number,
            "before": proof.before,
            "after": proof.after,
            "waiting": proof.waiting,
        }
    )


def _table(order_number: str) -> list[GroupRow]:
    rows: list[GroupRow] = []
    waiting = queries.waiting_groups(order_number)
    by_commune: dict[str, list[tuple[str, list[str]]]] = {}
    for commune, group, successors in waiting:
        by_commune.setdefault(commune, []).append((group, successors))
    for commune, groups in by_commune.items():
        for turn, (group, successors) in enumerate(groups):
            unit = successors[turn * len(successors) // len(groups)]
            rows.append(GroupRow(commune, group, unit, len(rows) + 1))
    return rows
