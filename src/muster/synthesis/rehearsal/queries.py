"""What the rehearsal reads: its scenario, and which case is which invented person."""

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection

from muster.domains.recruitment.models import Season, State
from muster.foundation.register.models import Person
from muster.foundation.units import queries as units
from muster.synthesis.rehearsal.models import Done

_FILE = Path(__file__).with_name("scenario.toml")


@cache
def scenario() -> dict[str, Any]:
    """The scenario file."""
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


def done_steps() -> dict[str, int]:
    """The finished steps with the size they were played for."""
    return dict(Done.objects.values_list("step", "people"))


def men_at(season: Season, state: State, on: date) -> pl.DataFrame:
    """The season's men in a state: case_id, source_id, sex, school_level, away on the day."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select c.id, p.source_id::bigint, p.school_level, exists (
                select from register_residence r where r.person_id = p.id and r.kind = 'absent'
                and r.valid_from <= %s and (r.valid_to is null or r.valid_to > %s))
            from recruitment_case c join register_person p on p.id = c.person_id
            where c.season_id = %s and c.state = %s order by c.id
            """,
            [on, on, season.pk, state],
        )
        rows = cursor.fetchall()
    schema = {
        "case_id": pl.Int64,
        "source_id": pl.Int64,
        "school_level": pl.String,
        "away": pl.Boolean,
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return frame.with_columns(sex=pl.lit("male"))


def man_with_decisions(unit_id: int, on: date) -> Person | None:
    """Who has the longest history of decisions among the unit's people on the roll."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select p.id from register_person p join decisions_line l on l.person_id = p.id
            where p.place_id = any(%s) and p.closed_on is null
            group by p.id order by count(*) desc, p.id limit 1
            """,
            [list(units.place_ids(unit_id, on))],
        )
        row = cursor.fetchone()
    return Person.objects.get(pk=row[0]) if row else None


def absent_calls(place_ids: Sequence[int], act: str, since: date, until: date) -> list[int]:
    """Lines of calls served in time and not followed, whose man is not yet charged, oldest first.

    `act` is the kind of the call; its event lies between the days, the last excluded.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select l.id from recruitment_case c
            join decisions_line l on l.person_id = c.person_id
            join decisions_decision d on d.id = l.decision_id and d.kind = %s
            join recruitment_season s on s.id = c.season_id
                 and d.season = s.year || '/' || s.unit_id
            where c.state in ('absent', 'not_called') and l.place_id = any(%s)
              and d.event_on >= %s and d.event_on < %s
              and exists (select from decisions_line a where a.person_id = c.person_id
                          and a.outcome = 'absent' and a.id > l.id)
              and exists (select from decisions_delivery v where v.line_id = l.id
                          and v.result in ('served', 'refused') and v.delivered_on <= d.serve_by)
              and not exists (select from violations_case v where v.person_id = c.person_id)
            order by l.id
            """,
            [act, list(place_ids), since, until],
        )
        return [row[0] for row in cursor.fetchall()]


def waiting_groups(order_number: str) -> list[tuple[str, str, list[str]]]:
    """Places that wait under an order: commune's code, place's code, successors' codes."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select coalesce(w.code, p.code), p.code,
                   array_agg(distinct n.code order by n.code)
            from units_tenure t
            join units_order o on o.id = t.opened_by_id and o.number = %s
            join units_place p on p.id = t.place_id
            left join units_place w on w.id = p.within_id
            join units_tenure b on b.place_id = p.id and b.closed_by_id = o.id
            join units_succession s on s.order_id = o.id and s.old_id = b.unit_id
            join units_unit n on n.id = s.new_id
            where t.provisional and p.within_id is not null
            group by 1, 2 order by 1, 2
            """,
            [order_number],
        )
        return [(commune, group, list(codes)) for commune, group, codes in cursor.fetchall()]


def ground_left(order_number: str) -> list[tuple[str, str]]:
    """Ground of divided communes that still waits, and the code of its keeper."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select p.code, k.code from units_tenure t
            join units_order o on o.id = t.opened_by_id and o.number = %s
            join units_place p on p.id = t.place_id
            join units_unit k on k.id = t.unit_id
            where t.provisional and exists (select from units_place g where g.within_id = p.id)
            order by 1
            """,
            [order_number],
        )
        return list(cursor.fetchall())


def people_waiting(on: date) -> list[tuple[Person, int, date]]:
    """People at ground that waits with its keeper: each with a group of his old commune and a day.

    In life somebody asks at the door; here the group is the one whose turn it is. Who
    came onto the roll later is asked on the day after.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select p.id, (array_agg(g.id order by g.id))[1 + p.id %% count(*)],
                   greatest(%s::date, max(r.valid_from) + 1)
            from register_person p
            join register_registration r on r.person_id = p.id and r.valid_to is null
            join units_tenure t on t.place_id = p.place_id and t.provisional
                 and t.valid_from <= %s and t.valid_to is null
            join units_place g on g.within_id = p.place_id
            group by p.id order by p.id
            """,
            [on, on],
        )
        found = cursor.fetchall()
    people = Person.objects.in_bulk([person for person, _, _ in found])
    return [(people[person], group, day) for person, group, day in found]


def units_of_interest(on: date, level: str) -> list[int]:
    """The units of a level, on the day, of the provinces that play a season."""
    codes = {str(each["province"]) for each in scenario()["seasons"]}
    ground, values = units.ground_by_level(on)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select distinct g.{level}_id from ({ground}) g
            join units_unit province on province.id = g.province_id
            where province.code = any(%s) and g.{level}_id is not null order by 1
            """,
            [*values, sorted(codes)],
        )
        return [row[0] for row in cursor.fetchall()]
