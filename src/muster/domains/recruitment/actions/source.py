"""Drawing the source and reviewing every man's grounds before anyone is called."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import narwhals as nw
from django.db import connection, transaction

from muster.domains.recruitment import grounds, queries, rules
from muster.domains.recruitment.actions.moving import lock_open, move
from muster.domains.recruitment.models import Season, State
from muster.domains.recruitment.queries import Choice
from muster.foundation.ledger import actions as ledger
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused
from muster.shell import rls

#: Which act decides each outcome of the review; a callable man needs no decision.
REVIEW_ACTS = {
    "registration_bar": (State.EXCLUDED, State.RELIEVED),
    "deferral": (State.DEFERRED,),
    "exemption": (State.EXEMPT,),
}
UNDECIDED = (State.CALLABLE, State.DISPUTED, State.BELOW_STANDARD)

#: What a decision keeps of the facts that it relied on.
_RELIED_ON = (
    "birth_date", "birth_precision", "education_grade", "study_level", "study_mode",
    "study_course_no", "study_until",
)  # fmt: skip


class SourceDrawn(Refused):
    """A second source list for the same season."""


@transaction.atomic
def draw_source(*, season: Season, on: date) -> int:
    """Open a case for every registered man of call-up age; one list per commune.

    Age is read at the hand-over: full 18, and not past the end of 25, or 27 for those
    deferred for college or university (art. 30); who has served is left out. Men whose
    age is read differently stay in, to be decided. Returns the number of men.
    """
    lock_open(season)
    if season.source_lists.exists():
        raise SourceDrawn(f"The source of season {season.year} is drawn already; review it.")
    judged = _judged(season, on)
    _stage_outcomes(judged.filter(~nw.col("outcome").is_in(["out_of_age", "served"])))
    with connection.cursor() as cursor:
        _insert_source_lists(cursor, season, on)
        _insert_cases(cursor, season, on)
        men: int = cursor.rowcount
    rls.analyze("recruitment_case")
    ledger.record(
        kind="recruitment.source_list",
        where=("select id from recruitment_sourcelist where season_id = %s", [season.pk]),
    )
    return men


@transaction.atomic
def review_grounds(*, season: Season, reviewed_on: date, signed_on: date) -> dict[str, int]:
    """Judge every man of the source by articles 13, 14 and 41 and have the outcome decided.

    The communes' councils propose on `reviewed_on`; deferrals and exemptions are
    signed on `signed_on` by the office that the law names for that day, with the facts
    they rely on. Men without a ground become callable; where age or schooling is not
    clear, or below the standard, nothing is decided. Returns men by state.
    """
    lock_open(season)
    _stage_outcomes(_judged(season, reviewed_on))
    for act, states in REVIEW_ACTS.items():
        move(
            season=season,
            act=act,
            signed_on=signed_on,
            resolved_on=reviewed_on,
            chosen=_found(season, states),
        )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update recruitment_case c set state = o.outcome
            from pg_temp.outcomes o
            where c.season_id = %s and c.state = 'sourced'
              and o.person_id = c.person_id and o.outcome = any(%s)
            """,
            [season.pk, list(UNDECIDED)],
        )
    return queries.count_states(season, *UNDECIDED)


@transaction.atomic
def lift_disputes(*, season: Season, signed_on: date, callable_cases: Sequence[int]) -> int:
    """Decide that disputed men (case ids) are callable; the others stay undecided."""
    return move(
        season=season,
        act="dispute_lifting",
        signed_on=signed_on,
        chosen=Choice("select unnest(%s::bigint[]), 'callable'", [list(callable_cases)]),
    )


def _judged(season: Season, on: date) -> nw.DataFrame[Any]:
    """The facts of every man in the season's province on the day, with their outcome."""
    places = units.place_ids(season.unit_id, on)
    facts = nw.from_native(queries.facts(season, places, on), eager_only=True)
    return grounds.review(facts, rules.terms(on, season.hand_over_on))


_STAGED = {
    "person_id": "bigint primary key", "place_id": "bigint", "outcome": "text", "article": "text",
    "ground": "text", "volunteer": "boolean", "has_degree": "boolean", "birth_date": "date",
    "birth_precision": "text", "education_grade": "smallint", "study_level": "text",
    "study_mode": "text", "study_course_no": "smallint", "study_until": "date",
}  # fmt: skip


def _stage_outcomes(judged: nw.DataFrame[Any]) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in _STAGED.items())
    frame = judged.select(*_STAGED).to_native()
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.outcomes")
        cursor.execute(f"create temporary table outcomes ({columns}) on commit drop")
        with cursor.copy("copy pg_temp.outcomes from stdin (format csv)") as copy:
            copy.write(frame.write_csv(include_header=False))
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
               o.education_grade, o.has_degree, o.volunteer
        from pg_temp.outcomes o
        join ({ground}) g on g.place_id = o.place_id
        join recruitment_sourcelist s on s.season_id = %s and s.unit_id = g.commune_id
        order by o.person_id
        """,
        [season.pk, *values, season.pk],
    )


def _found(season: Season, states: Sequence[State]) -> Choice:
    relied_on = ", ".join(f"'{name}', o.{name}" for name in _RELIED_ON)
    return Choice(
        f"""
        select c.id, o.outcome, o.article, o.ground,
               jsonb_strip_nulls(jsonb_build_object({relied_on}))
        from pg_temp.outcomes o
        join recruitment_case c on c.season_id = %s and c.person_id = o.person_id
        where c.state = 'sourced' and o.outcome = any(%s)
        """,
        [season.pk, list(states)],
        ("case_id", "state", "article", "ground", "facts"),
    )
