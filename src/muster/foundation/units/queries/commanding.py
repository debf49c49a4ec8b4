"""Which military command answers for a unit's ground on a day."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from muster.foundation.units.queries.naming import Named, named


def commands_of(unit_ids: Sequence[int], on: date, level: str) -> list[Named]:
    """The commands of a level that answer for these units on the day, each once."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select distinct u.id from units_link l join units_unit u on u.id = l.source_id
            where l.kind = 'serves' and u.tree = 'defence' and u.level = %(level)s
              and l.target_id = any(%(units)s)
              and l.valid_from <= %(on)s and (l.valid_to is null or l.valid_to > %(on)s)
            """,
            {"units": list(unit_ids), "level": level, "on": on},
        )
        found = [row[0] for row in cursor.fetchall()]
    return list(named(found, on).values())
