"""The season's figures for the half-year review, counted from dated decision lines.

A case moves on after the period; the lines of its decisions do not, so that the
figure of a past period stays what it was.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from muster.domains.recruitment.models import Case, Quota, Season, State
from muster.domains.recruitment.queries.counting import season_of
from muster.kernel.manifest import Result, Row, Scope
from muster.kernel.periods import Period, half_year_of

_LINES = """
    from decisions_decision d
    join decisions_line l on l.decision_id = d.id
    join recruitment_case c on c.season_id = %(season_id)s and c.person_id = l.person_id
    join register_person p on p.id = l.person_id
    join units_place place on place.id = l.place_id
    where d.season = %(season)s and d.signed_on >= %(start)s and d.signed_on < %(end)s
      and d.kind = 'hand_over' and l.place_id = any(%(places)s)
"""

#: Handed over, and not returned by the end of the period. Who was returned is found once,
#: from the few decisions that return, and not asked anew of every recruit.
_WITH_UNIT = """
    l.outcome = 'handed_over' and l.person_id not in (
        select r.person_id from decisions_line r
        where r.outcome = 'returned' and r.person_id is not null and r.decision_id in (
            select e.id from decisions_decision e
            where e.season = %(season)s and e.kind = 'return' and e.signed_on < %(end)s))
"""


_GONE = (State.HANDED_OVER, State.SERVING, State.DISCHARGED)


@dataclass(frozen=True)
class _Counts:
    with_units: int
    replacements: int
    degrees: int


def quota_met(scope: Scope) -> Result | None:
    """Recruits with their units at the end of the period, over the unit's seats."""
    return _of_the_seats(scope, lambda counts: counts.with_units)


def known() -> Iterator[tuple[int, Period]]:
    """The half-years in which recruits were handed over, by the season's unit."""
    gone = Case.objects.filter(season=OuterRef("pk"), state__in=_GONE)
    for season in Season.objects.filter(Exists(gone)).order_by("hand_over_on", "pk"):
        yield season.unit_id, half_year_of(season.hand_over_on)


def replaced(scope: Scope) -> Result | None:
    """Recruits replaced after the re-check, over the unit's seats."""
    return _of_the_seats(scope, lambda counts: counts.replacements)


def degrees(scope: Scope) -> Result | None:
    """Recruits with a college or university degree, over all that are with their units."""
    season = _season(scope)
    if season is None:
        return None
    counts = _counts(season, scope)
    return Result.share(counts.degrees, counts.with_units, scaled=season.scaled)


def handed_over_rows(scope: Scope) -> Iterator[Row]:
    """Every recruit handed over and not returned in the period."""
    return _rows(scope, _WITH_UNIT)


def replaced_rows(scope: Scope) -> Iterator[Row]:
    """Every replacement handed over in the period."""
    return _rows(scope, "l.outcome = 'handed_over' and l.ground = 'replacement'")


def degree_rows(scope: Scope) -> Iterator[Row]:
    """Every recruit with a degree."""
    return _rows(scope, f"{_WITH_UNIT} and c.degree")


def _of_the_seats(scope: Scope, counted: Callable[[_Counts], int]) -> Result | None:
    season = _season(scope)
    seats = _quota(season, scope) if season else None
    if season is None or seats is None:
        return None
    return Result.share(
        counted(_counts(season, scope)),
        seats.seats,
        source=seats.source,
        scaled=season.scaled,
        confirmed=seats.confirmed,
    )


def _season(scope: Scope) -> Season | None:
    return season_of(scope.unit_id, scope.period)


def _quota(season: Season, scope: Scope) -> Quota | None:
    versions = Quota.objects.filter(
        season=season, unit_id=scope.unit_id, decided_on__lt=scope.period.end_exclusive
    )
    return versions.order_by("-decided_on", "-pk").first()


def _values(season: Season, scope: Scope) -> dict[str, Any]:
    return {
        "season_id": season.pk,
        "season": season.key,
        "start": scope.period.start,
        "end": scope.period.end_exclusive,
        "places": list(scope.place_ids),
    }


def _counts(season: Season, scope: Scope) -> _Counts:
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select count(*) filter (where {_WITH_UNIT}),
                   count(*) filter (where l.outcome = 'handed_over' and l.ground = 'replacement'),
                   count(*) filter (where {_WITH_UNIT} and c.degree)
            {_LINES}
            """,
            _values(season, scope),
        )
        return _Counts(*cursor.fetchone())


def _rows(scope: Scope, condition: str) -> Iterator[Row]:
    season = _season(scope)
    if season is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select p.full_name, extract(year from p.birth_date)::int, d.signed_on,
                   concat_ws(', ', place.name,
                     (select old.name from units_place old where old.id = place.within_id)),
                   p.uid, lpad(d.number::text, greatest(2, length(d.number::text)), '0') || '/' || d.symbol
            {_LINES} and {condition}
            order by p.sort_key collate "C", p.id
            """,
            _values(season, scope),
        )
        for name, born, signed_on, place, uid, number in cursor.fetchall():
            yield Row(
                label=name,
                detail=_("born %(year)s, decision %(number)s") % {"year": born, "number": number},
                on=signed_on,
                place=place,
                url=reverse("register:person", args=[uid]),
            )
