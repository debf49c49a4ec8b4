"""The process is killed while it applies an order: the map is before or after, never between."""

import os
import random
import signal
import time

import pytest
from django.db import connection

from muster.foundation.units import actions, queries
from muster.foundation.units.models import Order
from muster.foundation.units.tests.conftest import TODAY, file, merge

KILLS = 50


def state():
    """The whole map in one number, and whether the order counts as applied."""
    with connection.cursor() as cursor:
        # Waits until the server has noticed that its client is dead.
        cursor.execute("select pg_advisory_xact_lock(hashtext('muster.units'))")
        cursor.execute(
            """
            select md5(string_agg(line, '|' order by line)) from (
                select concat_ws(',', 't', t.place_id, u.code, t.valid_from, t.valid_to)
                from units_tenure t join units_unit u on u.id = t.unit_id
                union all
                select concat_ws(',', 'u', code, opened_on, closed_on) from units_unit
                union all
                select concat_ws(',', 's', o.code, n.code, s.whole) from units_succession s
                join units_unit o on o.id = s.old_id join units_unit n on n.id = s.new_id
            ) x (line)
            """
        )
        return cursor.fetchone()[0], Order.objects.get(number="kill").applied_on is not None


def back_and_forth():
    """Apply and undo until killed; runs in a process of its own."""
    connection.connection = None  # the parent's session stays the parent's
    order = queries.order_by_number("kill")
    while True:
        actions.apply_order(order=order, by="tester", on=TODAY)
        actions.undo_order(order=order, by="tester", on=TODAY)


@pytest.mark.django_db(transaction=True)
def test_killed_at_random_the_map_is_before_or_after(country):
    order = file(
        "kill", merge(["11001", "11002"], "11002", "310"), merge(["10001", "10002"], "10001", "300")
    )
    before = state()
    actions.apply_order(order=order, by="tester", on=TODAY)
    after = state()
    actions.undo_order(order=order, by="tester", on=TODAY)
    seen, chance = set(), random.Random(20250701)
    for _ in range(KILLS):
        child = os.fork()
        if child == 0:
            try:
                back_and_forth()
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0.02, 0.12))
        os.kill(child, signal.SIGKILL)
        assert os.waitpid(child, 0)[1] == signal.SIGKILL
        seen.add(state())
        order.refresh_from_db()
        if order.applied_on is not None:
            actions.undo_order(order=order, by="tester", on=TODAY)
    assert seen == {before, after}
