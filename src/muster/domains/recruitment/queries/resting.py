"""Two cases of one man in a season, since his entries were merged: one goes on, one rests."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from muster.domains.recruitment.models import Case, Season

#: Of `recruitment_case c`: not the second case of a man whose entries were merged.
GOES_ON = "c.id not in (select r.case_id from recruitment_resting r)"
#: Of `decisions_line l`: not of the entry whose case rests, so that a man counts once.
COUNTS = """l.person_id not in (
    select c.person_id from recruitment_resting r join recruitment_case c on c.id = r.case_id
    where r.season_id = %s)"""


def going_on(cases: "QuerySet[Case]") -> "QuerySet[Case]":
    """Of some cases those that go on, so that each man is there once."""
    resting = RawSQL("select case_id from recruitment_resting", [])
    return cases.exclude(pk__in=resting)


@dataclass(frozen=True, slots=True)
class Twice:
    """One man's two cases: the one that goes on and the one that rests until a parting."""

    goes_on: Case
    rests: Case


def twice(season: Season) -> Sequence[Twice]:
    """The season's men with two cases, by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select goes_on_id, case_id from recruitment_resting where season_id = %s",
            [season.pk],
        )
        pairs = cursor.fetchall()
    cases = Case.objects.select_related("person", "place__within", "season").in_bulk(
        [each for pair in pairs for each in pair]
    )
    found = [Twice(cases[on], cases[rests]) for on, rests in pairs]
    return sorted(found, key=lambda man: man.goes_on.person.sort_key)


def men_with_two_cases() -> list[tuple[Season, int]]:
    """How many men have two cases in each season that is not closed."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select r.season_id, count(*) from recruitment_resting r
            join recruitment_season s on s.id = r.season_id and s.closed_on is null
            group by r.season_id order by r.season_id
            """
        )
        counts = dict(cursor.fetchall())
    seasons = Season.objects.select_related("unit").in_bulk(counts)
    return [(seasons[key], count) for key, count in counts.items()]
