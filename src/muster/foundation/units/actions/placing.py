"""A place that waits with its keeper gets its unit, by a table or one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from muster.foundation.ledger import actions as ledger
from muster.foundation.units.models import Order, Place, Unit
from muster.kernel.errors import Refused
from muster.kernel.names import fold


class GroupRow(NamedTuple):
    """A residential group and the commune that it goes to.

    The group is named by its own code, or by its name within a former commune's code;
    `unit` is the code of the new commune on the order's day. `line` is for messages.
    """

    within: str
    group: str
    unit: str
    line: int = 0


class NotWaiting(Refused):
    """A place does not wait under the order, or cannot go to that unit; nothing is placed.

    `faults` holds one sentence per faulty row.
    """

    def __init__(self, faults: list[str]) -> None:
        more = _(" (%(n)s more rows)") % {"n": len(faults) - 1} if len(faults) > 1 else ""
        super().__init__(f"{faults[0]}{more}", code="units.not_waiting")
        self.faults = faults


@transaction.atomic
def place_groups(
    *,
    order: Order,
    table: Iterable[GroupRow],
    by: str,
    on: date,
    reason: str = "",
    agreed: Mapping[str, Any] | None = None,
) -> int:
    """Settle the waiting places of an order by a table; returns how many were settled.

    Every row must name a place that waits under the order (or has just that unit already)
    and a unit that the order made successor of its old one. All rows or none. The tenure
    holds from the order's day of effect; the decision is of the day `on`, by `by`, who
    also stands for those who proposed and accepted unless `agreed` names them.
    """
    rows = list(table)
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        with cursor.copy("copy staged from stdin") as copy:
            for within, group, unit, line in rows:
                copy.write_row((within, group, fold(group), unit, line))
        values: dict[str, Any] = {"order": order.pk, "tree": order.tree, "day": order.effective_on}
        cursor.execute(_MATCH, values)
        cursor.execute(_FAULTS, values)
        faults = [_fault(*row) for row in cursor.fetchall()]
        if faults:
            raise NotWaiting(faults)
        who = {"proposed_on": on, "proposed_by": by, "accepted_on": on, "accepted_by": by}
        said = {"by": by, "on": on, "reason": reason} | who | dict(agreed or {})
        cursor.execute(_SETTLE, values | said)
        settled = [row[0] for row in cursor.fetchall()]
        cursor.execute("drop table staged, matched")
    ledger.record(kind="units.placement", ids=settled)
    return len(settled)


def settle_place(*, order: Order, place: Place, unit: Unit, by: str, on: date, reason: str) -> None:
    """Give one waiting place its unit, with the reason; see `place_groups`."""
    row = GroupRow(place.code, place.code, unit.code)
    place_groups(order=order, table=[row], by=by, on=on, reason=reason)


def _fault(line: int, within: str, group: str, unit: str, reason: str) -> str:
    sentences = {
        "unknown": _("no place %(group)s is known within %(within)s"),
        "twice": _("%(group)s of %(within)s stands in the table more than once"),
        "several": _("%(within)s has several groups called %(group)s; name one by its code"),
        "not_waiting": _("%(group)s of %(within)s does not wait under this order"),
        "no_unit": _("%(unit)s is not among the units that %(within)s was divided into"),
    }
    where = _("row %(line)s: ") % {"line": line} if line else ""
    values = {"within": within, "group": group, "unit": unit}
    return where + sentences[reason] % values + "."


_STAGE = """
    create temporary table staged (
        within text, grp text, folded text, unit text, line int
    ) on commit drop
"""

_MATCH = """
    create temporary table matched on commit drop as
    select s.*, p.id as place_id, t.id as tenure_id, t.provisional, t.unit_id as keeper_id,
           u.id as unit_id
    from staged s
    left join units_place c on c.code = s.within
    left join units_place by_code on by_code.code = s.grp
    left join units_place by_name on by_code.id is null
      and by_name.within_id = c.id and by_name.folded = s.folded
    left join units_place p on p.id = coalesce(by_code.id, by_name.id)
    left join units_tenure t on t.place_id = p.id and t.opened_by_id = %(order)s
    left join units_tenure was on was.place_id = p.id and was.closed_by_id = %(order)s
    left join units_succession h on h.order_id = %(order)s and h.old_id = was.unit_id
      and h.new_id in (select id from units_unit where code = s.unit and tree = %(tree)s)
    left join units_unit u on u.id = h.new_id
"""

_FAULTS = """
    select line, within, grp, unit, reason from (
        select m.*, case
            when place_id is null then 'unknown'
            when count(*) over (partition by place_id) > 1 then 'twice'
            when count(*) over (partition by within, grp) > 1 then 'several'
            when tenure_id is null or not provisional and keeper_id is distinct from unit_id
                then 'not_waiting'
            when unit_id is null then 'no_unit'
        end as reason from matched m
    ) judged where reason is not null order by line, within, grp
"""

_SETTLE = """
    with settled as (
        update units_tenure t set unit_id = m.unit_id, provisional = false
        from matched m where t.id = m.tenure_id and m.provisional
        returning t.place_id, m.keeper_id, m.unit_id
    )
    insert into units_placement
        (order_id, place_id, keeper_id, unit_id, reason, proposed_on, proposed_by,
         accepted_on, accepted_by, settled_on, settled_by)
    select %(order)s, s.place_id, s.keeper_id, s.unit_id, %(reason)s,
           %(proposed_on)s, %(proposed_by)s, %(accepted_on)s, %(accepted_by)s, %(on)s, %(by)s
    from settled s
    returning id
"""
