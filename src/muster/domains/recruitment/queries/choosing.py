"""Who is next, by rule: selects that the actions hand to a decision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from muster.domains.recruitment.models import Case, Season, State
from muster.domains.recruitment.queries.quotas import commune_seats
from muster.domains.recruitment.queries.resting import GOES_ON
from muster.foundation.units import queries as units
from muster.kernel.apportion import Claim, apportion


@dataclass(frozen=True, slots=True)
class Choice:
    """Cases and the state each shall come into, as a select with its values.

    `columns` are those of the select: case_id and state, then article, ground, facts.
    """

    sql: str
    values: Sequence[Any]
    columns: tuple[str, ...] = ("case_id", "state")


#: Volunteers, then schooling from high to low, then health, then the season's draw,
#: which anyone can compute again from the season's year and the case's person.
PRIORITY = """
    c.volunteer desc, c.education_grade desc nulls last,
    c.health_class nulls last, sha256(convert_to(%s::text || '/' || c.person_id, 'UTF8'))
"""

#: The call behind a case was served in time, whether he took the paper or refused it.
SERVED_IN_TIME = """
    exists (select from decisions_line l
            join decisions_decision d on d.id = l.decision_id
            join decisions_delivery v on v.line_id = l.id
            where l.id = c.line_id and v.result <> 'returned'
              and (d.serve_by is null or v.delivered_on <= d.serve_by))
"""


def shares(season: Season, on: date, state: State, seats: int) -> dict[int, int]:
    """The seats shared out over the communes that have men in the state, by unit id.

    In proportion to the communes' own seats, or to their men where none were set; no
    commune gets more than its men, and every one sends somebody while seats last.
    """
    men = men_by_commune(season, on, state)
    wanted = min(seats, sum(men.values()))
    floor = int(wanted >= len(men))
    weights: Mapping[int, int] = commune_seats(season, on) or men
    claims = [
        Claim(str(unit), max(weights.get(unit, 0), 1), floor=floor, cap=count)
        for unit, count in men.items()
    ]
    return {int(unit): share for unit, share in apportion(wanted, claims).seats.items()}


def men_by_commune(season: Season, on: date, state: State) -> dict[int, int]:
    """How many of the season's men stand at the state, by the commune of their place."""
    ground, values = units.ground_by_level(on)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select g.commune_id, count(*) from recruitment_case c
            join ({ground}) g on g.place_id = c.place_id
            where c.season_id = %s and c.state = %s and {GOES_ON} group by 1 order by 1
            """,
            [*values, season.pk, state],
        )
        return dict(cursor.fetchall())


def first_by_commune(season: Season, on: date, state: State, target: State, seats: int) -> Choice:
    """The first men of each commune in the state, `seats` in all."""
    by_unit = shares(season, on, state, seats)
    ground, values = units.ground_by_level(on)
    return Choice(
        f"""
        select id, %s from (
            select c.id, s.share, row_number() over (
                partition by g.commune_id order by {PRIORITY}) as turn
            from recruitment_case c
            join ({ground}) g on g.place_id = c.place_id
            join unnest(%s::bigint[], %s::bigint[]) s(unit_id, share) on s.unit_id = g.commune_id
            where c.season_id = %s and c.state = %s and {GOES_ON}
        ) c where turn <= share
        """,
        [
            target,
            season.year,
            *values,
            list(by_unit),
            list(by_unit.values()),
            season.pk,
            state,
        ],
    )


def selection(season: Season, on: date, seats: int, reserve: int) -> Choice:
    """The recruits and the reserve: each commune's own share first, then the next of all."""
    by_unit = shares(season, on, State.LISTED, seats)
    ground, values = units.ground_by_level(on)
    return Choice(
        f"""
        select id, case when place_in_line <= %s then 'selected' else 'reserve' end
        from (
            select t.id, row_number() over (
                order by t.turn > t.share, t.turn, t.place_of_all) as place_in_line
            from (
                select c.id, s.share,
                       row_number() over (partition by g.commune_id order by {PRIORITY}) as turn,
                       row_number() over (order by {PRIORITY}) as place_of_all
                from recruitment_case c
                join ({ground}) g on g.place_id = c.place_id
                join unnest(%s::bigint[], %s::bigint[]) s(unit_id, share)
                  on s.unit_id = g.commune_id
                where c.season_id = %s and c.state = 'listed' and {GOES_ON}
            ) t
        ) r where place_in_line <= %s
        """,
        [
            seats,
            season.year,
            season.year,
            *values,
            list(by_unit),
            list(by_unit.values()),
            season.pk,
            seats + reserve,
        ],
    )


def to_call_up(season: Season, reserve: int) -> Choice:
    """The selected, and the first men in reserve who stand by."""
    return Choice(
        f"""
        select id, 'called_up', case when state = 'reserve' then 'reserve' else '' end from (
            select c.id, c.state, row_number() over (
                partition by c.state order by {PRIORITY}) as turn
            from recruitment_case c
            where c.season_id = %s and c.state in ('selected', 'reserve') and {GOES_ON}
        ) c where state = 'selected' or turn <= %s
        """,
        [season.year, season.pk, reserve],
        ("case_id", "state", "ground"),
    )


def present_for(
    season: Season, seats: int, absent: Sequence[int], excused: Sequence[int]
) -> Choice:
    """Called men who came: as many as there are seats go, the others return to the reserve."""
    return Choice(
        f"""
        select id, case when missing then 'absent' when turn <= %s then 'handed_over'
                        else 'reserve' end
        from (
            select c.id, c.id = any(%s) as missing, row_number() over (
                partition by c.id = any(%s) order by l.ground = 'reserve', {PRIORITY}) as turn
            from recruitment_case c join decisions_line l on l.id = c.line_id
            where c.season_id = %s and c.state = 'called_up' and not c.id = any(%s)
              and {GOES_ON}
        ) c
        """,
        [seats, list(absent), list(absent), season.year, season.pk, list(excused)],
    )


def next_in_reserve(season: Season, men: int) -> list[int]:
    """The case ids of the next men of the reserve, in the season's order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select c.id from recruitment_case c
            where c.season_id = %s and c.state = 'reserve' and {GOES_ON}
            order by {PRIORITY} limit %s
            """,
            [season.pk, season.year, men],
        )
        return [row[0] for row in cursor.fetchall()]


def not_served(season: Season, cases: Sequence[int]) -> int:
    """How many of these cases were called by a paper that did not reach them in time."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select count(*) from recruitment_case c
            where c.season_id = %s and c.id = any(%s) and not {SERVED_IN_TIME}
            """,
            [season.pk, list(cases)],
        )
        return int(cursor.fetchone()[0])


def handed_over(season: Season) -> int:
    """How many of the season's men are with their units."""
    with_units = (State.HANDED_OVER, State.SERVING, State.DISCHARGED)
    return Case.objects.filter(season=season, state__in=with_units).count()
