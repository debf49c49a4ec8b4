"""How many stand on which roll, on any day and on any map."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import connection


def count_by_place(on: date, place_ids: Iterable[int] | None = None) -> Mapping[int, int]:
    """Heads on the roll of each place (all places when None) on the day, by place id."""
    places = None if place_ids is None else list(place_ids)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select place_id, count(*) from register_registration
            where valid_from <= %(on)s and (valid_to is null or valid_to > %(on)s)
              and (%(places)s::int[] is null or place_id = any(%(places)s::int[]))
            group by place_id
            """,
            {"on": on, "places": places},
        )
        return dict(cursor.fetchall())


def count(place_ids: Iterable[int], on: date) -> int:
    """Heads on the rolls of the places together on the day."""
    return sum(count_by_place(on, place_ids).values())
