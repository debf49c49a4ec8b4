"""Orders take effect: the kernel says what they do, the database does it in bulk."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import groupby

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from muster.foundation.ledger import actions as ledger
from muster.foundation.units import queries
from muster.foundation.units.actions.carrying import carry_out
from muster.foundation.units.models import Order, Step, Verb
from muster.foundation.units.rules import BadOrder, findings_of
from muster.kernel.errors import Refused


class CannotApply(Refused):
    """The order is not in a state in which it can be applied."""


def apply_order(*, order: Order, by: str, on: date) -> Order:
    """Carry out one order; see `apply_orders`."""
    return apply_orders(orders=[order], by=by, on=on)[0]


@transaction.atomic
def apply_orders(*, orders: Sequence[Order], by: str, on: date) -> list[Order]:
    """Carry out orders in the sequence of their days, all or none.

    Orders of one day go in the sequence given. `by` marks who applies them, `on` is the
    day on which it is done, which may lie before the day of effect. Raises `CannotApply`
    for an order that is applied already or has no day, and `BadOrder` with every fault.
    """
    lock_the_map()
    _require_ready(orders)
    position = Order.objects.aggregate(last=Max("position"))["last"] or 0
    in_sequence = sorted(orders, key=lambda each: each.effective_on or on)
    with _without_collecting():
        for _day, group in groupby(in_sequence, key=lambda each: each.effective_on):
            _apply_of_one_day(list(group))
    for number, order in enumerate(in_sequence, position + 1):
        order.applied_on, order.applied_by, order.position = on, by, number
    _mark(in_sequence)
    log(in_sequence, Verb.APPLIED, by=by, on=on)
    return in_sequence


def _mark(orders: Sequence[Order]) -> None:
    """Keep when, by whom and as which one the orders were applied."""
    values = [(each.applied_on, each.applied_by, each.position, each.pk) for each in orders]
    with connection.cursor() as cursor:
        cursor.executemany(
            "update units_order set applied_on = %s, applied_by = %s, position = %s where id = %s",
            values,
        )


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Keep the collector from walking some 100,000 small values that hold no cycle.

    It would do so again and again while they are made, for half the time of a reform.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def lock_the_map() -> None:
    """Let one reorganisation happen at a time."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('muster.units'))")


def log(orders: Sequence[Order], verb: str, *, by: str, on: date) -> list[Step]:
    """Note what was done with each order, and enter it in the ledger."""
    steps = Step.objects.bulk_create(
        Step(order=order, verb=verb, on=on, by=by, digest=order.digest) for order in orders
    )
    ledger.record(kind="units.order", ids=[step.pk for step in steps])
    return steps


@transaction.atomic
def log_reconciliation(*, matrix: queries.Matrix, by: str, on: date) -> Step | None:
    """Enter the equation of an order in the ledger, unless the last entry says the same."""
    figures = {
        "counted_on": str(matrix.counted_on), "before": matrix.before, "after": matrix.after,
        "work_list": matrix.waiting, "unaccounted": matrix.unaccounted,
    }  # fmt: skip
    last = matrix.order.steps.order_by("-pk").first()
    if last is not None and last.figures == figures:
        return None
    step = Step.objects.create(
        order=matrix.order, verb=Verb.RECONCILED, on=on, by=by,
        digest=matrix.order.digest, figures=figures,
    )  # fmt: skip
    ledger.record(kind="units.order", ids=[step.pk])
    return step


def _require_ready(orders: Sequence[Order]) -> None:
    for order in orders:
        values = {"number": order.number, "on": order.applied_on}
        if order.applied_on is not None:
            raise CannotApply(_("Order %(number)s is applied since %(on)s.") % values)
        if order.effective_on is None:
            sentence = _("Order %(number)s has no confirmed day of effect; confirm it first.")
            raise CannotApply(sentence % values)


def _apply_of_one_day(orders: list[Order]) -> None:
    reading = queries.read_orders(orders)
    for outcome in reading.outcomes:
        if outcome.faults:
            line_of = queries.line_of(outcome.order.number)
            findings = findings_of(outcome.faults, line_of)
            raise BadOrder(findings, where=f"order {outcome.order.number}")
    rows = {order.number: order.pk for order in orders}
    carry_out([outcome.effects for outcome in reading.outcomes], rows, reading.ids)
