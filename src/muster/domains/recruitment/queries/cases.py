"""Cases as the pages list them: those at a state, those who reached a step, one man's."""

from datetime import date
from typing import Any
from uuid import UUID

import polars as pl
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from muster.domains.recruitment import grounds, rules
from muster.domains.recruitment.models import Case, Season, State
from muster.domains.recruitment.queries.counting import BEFORE_CALLABLE, NOT_JUDGED, UNFIT
from muster.domains.recruitment.queries.facts import facts
from muster.domains.recruitment.queries.resting import going_on
from muster.foundation.decisions import queries as decisions
from muster.foundation.decisions.models import Line
from muster.foundation.decisions.queries import LineView
from muster.foundation.register.models import Person
from muster.foundation.units import queries as units
from muster.kernel.verdicts import Verdict


def cases(
    season: Season, *, state: str = "", reached: str = "", commune: int | None = None
) -> "QuerySet[Case]":
    """The season's cases that go on, in sight: at a state, or past a step, of a commune.

    `reached` names the step by its state; the men of its number in the funnel are listed.
    """
    found = going_on(Case.objects.filter(season=season))
    found = found.select_related("person", "place__within", "line__decision")
    if state:
        found = found.filter(state=state)
    if commune:
        found = found.filter(place__in=units.place_ids(commune, season.opened_on))
    if not reached:
        return found
    lines = Line.objects.filter(
        decision__season=season.key, person=OuterRef("person"), replaced_by=None
    )
    if reached == State.CALLABLE:
        kept_away = lines.filter(outcome__in=BEFORE_CALLABLE).exclude(article=UNFIT)
        return found.exclude(state__in=NOT_JUDGED).filter(~Exists(kept_away))
    return found.filter(Exists(lines.filter(outcome=reached)))


def case(season: Season, person: UUID) -> Case | None:
    """One man's case in a season, None where it is not in sight."""
    related = ("person", "place__within", "line__decision", "replaces__person", "season__unit")
    found = Case.objects.select_related(*related)
    return found.filter(season=season, person__uid=person).first()


def lines_of(case: Case) -> list[LineView]:
    """The decisions about a man in the season of the case, the newest first."""
    key = case.season.key
    return [each for each in decisions.lines_of(case.person_id) if each.season == key]


def explained(case: Case, on: date) -> Verdict | None:
    """A man's grounds as the register knows them on the day, None where he is on no roll."""
    found = facts_in_season(case, on)
    if found is None:
        return None
    him, family = found
    return grounds.explain(him, rules.terms(on, case.season.hand_over_on), family=family)


Facts = dict[str, Any]


def facts_in_season(case: Case, on: date) -> tuple[Facts, list[Facts]] | None:
    """A man's facts on the day and those of his family, as the season reads them."""
    return _of_the_family(case.person_id, case.season, on)


def facts_of(person: str, on: date) -> tuple[Facts, list[Facts]] | None:
    """A man's facts on the day and those of his family, by the opaque name of his entry."""
    try:
        found = Person.objects.filter(uid=UUID(person)).values_list("pk", flat=True).first()
    except ValueError:
        return None
    return _of_the_family(found, None, on) if found else None


def _of_the_family(
    person_id: int, season: Season | None, on: date
) -> tuple[Facts, list[Facts]] | None:
    men = facts(season, _rolls_of(person_id, on), on)
    him = men.filter(men["person_id"] == person_id).rows(named=True)
    if not him:
        return None
    family = men.filter((men["family_id"] == him[0]["family_id"]) & (men["person_id"] != person_id))
    return him[0], family.rows(named=True)


def named(facts: pl.DataFrame) -> pl.DataFrame:
    """Facts with the opaque name of each man's entry beside them, as `person`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, uid::text from register_person where id = any(%s)",
            [facts["person_id"].to_list()],
        )
        names = pl.DataFrame(
            cursor.fetchall(), {"person_id": pl.Int64, "person": pl.String}, orient="row"
        )
    return facts.join(names, on="person_id", how="left", maintain_order="left")


def communes(season: Season) -> list[units.Named]:
    """The communes that drew a source list, by name."""
    drawn = season.source_lists.values_list("unit_id", flat=True)
    return list(units.named(drawn, season.opened_on).values())


def _rolls_of(person_id: int, on: date) -> list[int]:
    """The places on whose rolls the man and his family stand on the day."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select distinct r.place_id from register_person p
            join register_registration r on r.person_id = p.id
            where (p.id = %(person)s or p.family_id = (
                       select family_id from register_person where id = %(person)s))
              and r.valid_from <= %(on)s and (r.valid_to is null or r.valid_to > %(on)s)
            """,
            {"person": person_id, "on": on},
        )
        return [row[0] for row in cursor.fetchall()]
