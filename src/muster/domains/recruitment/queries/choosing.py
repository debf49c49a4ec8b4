"""Who is next, by rule: selects that the actions hand to a decision."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from muster.domains.recruitment.models import Case, Quota, Season, State
from muster.foundation.units import queries as units
from muster.kernel.apportion import Claim, apportion

Select = tuple[str, list[Any]]

#: Volunteers, then schooling from high to low, then health, then the season's draw,
#: which anyone can compute again from the season's year and the case's person.
PRIORITY = """
    c.volunteer desc, c.degree desc, c.education_grade desc nulls last,
    c.health_class nulls last, sha256(convert_to(%s::text || '/' || c.person_id, 'UTF8'))
"""


def quota(season: Season, on: date) -> Quota | None:
    """The season's seats as they stood on the day, None before any was announced."""
    versions = Quota.objects.filter(season=season, unit_id=season.unit_id, decided_on__lte=on)
    return versions.order_by("-decided_on", "-pk").first()


def seats_by_commune(season: Season, on: date, state: State, seats: int) -> dict[int, int]:
    """The seats shared out over the communes by their men in the state; every one sends someone.

    A commune with no such man gets no seat.
    """
    ground, values = units.ground_by_level(on)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select g.commune_id, count(*) from recruitment_case c
            join ({ground}) g on g.place_id = c.place_id
            where c.season_id = %s and c.state = %s group by 1 order by 1
            """,
            [*values, season.pk, state],
        )
        men = dict(cursor.fetchall())
    wanted = min(seats, sum(men.values()))
    floor = 1 if wanted >= len(men) else 0
    claims = [Claim(str(unit), count, floor=floor, cap=count) for unit, count in men.items()]
    return {int(unit): share for unit, share in apportion(wanted, claims).seats.items()}


def first_by_commune(season: Season, state: State, per_seat: int, target: State) -> Select:
    """The first men of each commune in the state, so many per seat of the season."""
    on = season.hand_over_on
    announced = quota(season, on)
    seats = announced.seats * per_seat if announced else 0
    shares = seats_by_commune(season, season.opened_on, state, seats)
    return _in_turn(season, [state], shares, f"'{target.value}'")


def selection(season: Season, seats: int, reserve: int) -> Select:
    """The recruits and the reserve: each commune's own share first, then the next of all."""
    shares = seats_by_commune(season, season.opened_on, State.LISTED, seats)
    ground, values = units.ground_by_level(season.opened_on)
    return (
        f"""
        select id, case when place_in_line <= %s then 'selected' else 'reserve' end, '', ''
        from (
            select t.id, row_number() over (order by t.turn > t.share, t.turn) as place_in_line
            from (
                select c.id, s.share, row_number() over (
                    partition by g.commune_id order by {PRIORITY}) as turn
                from recruitment_case c
                join ({ground}) g on g.place_id = c.place_id
                join unnest(%s::bigint[], %s::bigint[]) s(unit_id, share)
                  on s.unit_id = g.commune_id
                where c.season_id = %s and c.state = 'listed'
            ) t
        ) r where place_in_line <= %s
        """,
        [
            seats,
            season.year,
            *values,
            list(shares),
            list(shares.values()),
            season.pk,
            seats + reserve,
        ],
    )


def present_for(season: Season, seats: int, absent: Sequence[int]) -> Select:
    """Called men who came, as many as there are seats, and those who did not come."""
    return (
        f"""
        select id, case when gone then 'absent' else 'handed_over' end, '', '' from (
            select c.id, c.id = any(%s) as gone, row_number() over (
                partition by c.id = any(%s) order by l.outcome <> 'called_up', {PRIORITY}) as turn
            from recruitment_case c join decisions_line l on l.id = c.line_id
            where c.season_id = %s and c.state = 'called_up'
        ) c where gone or turn <= %s
        """,
        [list(absent), list(absent), season.year, season.pk, seats],
    )


def next_in_reserve(season: Season, men: int) -> list[int]:
    """The case ids of the next men of the reserve, in the season's order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select c.id from recruitment_case c
            where c.season_id = %s and c.state = 'reserve' order by {PRIORITY} limit %s
            """,
            [season.pk, season.year, men],
        )
        return [row[0] for row in cursor.fetchall()]


def handed_over(season: Season) -> int:
    """How many of the season's men are with their units."""
    with_units = (State.HANDED_OVER, State.SERVING, State.DISCHARGED)
    return Case.objects.filter(season=season, state__in=with_units).count()


def _in_turn(
    season: Season, states: Sequence[State], shares: dict[int, int], target: str
) -> Select:
    ground, values = units.ground_by_level(season.opened_on)
    return (
        f"""
        select id, {target}, '', '' from (
            select c.id, s.share, row_number() over (
                partition by g.commune_id order by {PRIORITY}) as turn
            from recruitment_case c
            join ({ground}) g on g.place_id = c.place_id
            join unnest(%s::bigint[], %s::bigint[]) s(unit_id, share) on s.unit_id = g.commune_id
            where c.season_id = %s and c.state = any(%s)
        ) c where turn <= share
        """,
        [
            season.year,
            *values,
            list(shares),
            list(shares.values()),
            season.pk,
            [state.value for state in states],
        ],
    )
