"""Drawing the source and reviewing every man's grounds before anyone is called."""

from datetime import date
from typing import Any

import narwhals as nw
from django.db import connection, transaction

from muster.domains.recruitment import grounds, queries, rules
from muster.domains.recruitment.actions.moving import move
from muster.domains.recruitment.models import Season, SourceList, State
from muster.foundation.ledger import actions as ledger
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused

#: Which act decides each outcome of the review; a callable man needs no decision.
REVIEW_ACTS = {
    State.EXCLUDED: "registration_bar",
    State.RELIEVED: "registration_bar",
    State.DEFERRED: "deferral",
    State.EXEMPT: "exemption",
}


class SourceDrawn(Refused):
    """A second source list for the same season."""


@transaction.atomic
def draw_source(*, season: Season, on: date) -> int:
    """Open a case for every registered man of call-up age; one signed list per commune.

    Age is read by the day of the hand-over: full 18, and not yet 26, or 28 for
    those deferred for college or university (art. 30). Returns the number of men.
    """
    if season.source_lists.exists():
        raise SourceDrawn(f"The source of season {season.year} is drawn already; review it.")
    of_age = _judged(season, on).filter(nw.col("outcome") != "out_of_age")
    _stage_outcomes(of_age)
    with connection.cursor() as cursor:
        _insert_source_lists(cursor, season, on)
        _insert_cases(cursor, season, on)
        men = cursor.rowcount
    ledger.record(
        kind="recruitment.source_list",
        where=("select id from recruitment_sourcelist where season_id = %s", [season.pk]),
    )
    return men


@transaction.atomic
def review_grounds(*, season: Season, reviewed_on: date, signed_on: date) -> dict[str, int]:
    """Judge every man of the source by articles 13, 14 and 41 and have the outcome decided.

    The communes' councils propose on `reviewed_on`; deferrals and exemptions are
    signed on `signed_on` by the office that the law names for that day. Men
    without a ground become callable; disputed ages stay undecided.
    """
    _stage_outcomes(_judged(season, reviewed_on))
    counts: dict[str, int] = {}
    for state, act in REVIEW_ACTS.items():
        counts[state] = move(
            season=season, act=act, signed_on=signed_on, chosen=_found(season, state)
        )
    with connection.cursor() as cursor:
        for state in (State.CALLABLE, State.DISPUTED):
            cursor.execute(
                """
                update recruitment_case c set state = %s
                from pg_temp.outcomes o
                where c.season_id = %s and c.state = 'sourced'
                  and o.person_id = c.person_id and o.outcome = %s
                """,
                [state, season.pk, state],
            )
            counts[state] = cursor.rowcount
    return counts


def _judged(season: Season, on: date) -> nw.DataFrame[Any]:
    """The facts of every man in the season's province on the day, with their outcome."""
    places = units.place_ids(season.unit_id, on)
    facts = nw.from_native(queries.facts(season, places, on), eager_only=True)
    terms = rules.terms(on=on, hand_over=season.hand_over_on)
    return grounds.review(facts, terms)


def _stage_outcomes(judged: nw.DataFrame[Any]) -> None:
    columns = ("person_id", "place_id", "outcome", "article", "ground", "volunteer")
    frame = judged.select(*columns, "education_grade", "has_degree").to_native()
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.outcomes")
        cursor.execute(
            """
            create temporary table outcomes (
                person_id bigint, place_id bigint, outcome text, article text, ground text,
                volunteer boolean, education_grade smallint, degree boolean
            ) on commit drop
            """
        )
        with cursor.copy("copy pg_temp.outcomes from stdin (format csv, null '')") as copy:
            copy.write(frame.write_csv(include_header=False, null_value=""))
        cursor.execute("analyze pg_temp.outcomes")


def _insert_source_lists(cursor: Any, season: Season, on: date) -> None:
    ground, values = units.ground_by_level(on)
    cursor.execute(
        f"""
        insert into recruitment_sourcelist (season_id, unit_id, drawn_on, men)
        select %s, g.commune_id, %s, count(*)
        from pg_temp.outcomes o join ({ground}) g on g.place_id = o.place_id
        group by g.commune_id order by g.commune_id
        """,
        [season.pk, on, *values],
    )


def _insert_cases(cursor: Any, season: Season, on: date) -> None:
    ground, values = units.ground_by_level(on)
    cursor.execute(
        f"""
        insert into recruitment_case
            (season_id, source_list_id, person_id, place_id, state, ground,
             education_grade, degree, volunteer)
        select %s, s.id, o.person_id, o.place_id, 'sourced', '',
               o.education_grade, o.degree, o.volunteer
        from pg_temp.outcomes o
        join ({ground}) g on g.place_id = o.place_id
        join recruitment_sourcelist s on s.season_id = %s and s.unit_id = g.commune_id
        order by o.person_id
        """,
        [season.pk, *values, season.pk],
    )


def _found(season: Season, state: State) -> tuple[str, list[Any]]:
    return (
        """
        select c.id, o.outcome, o.article, o.ground
        from pg_temp.outcomes o
        join recruitment_case c on c.season_id = %s and c.person_id = o.person_id
        where c.state = 'sourced' and o.outcome = %s
        """,
        [season.pk, state],
    )
