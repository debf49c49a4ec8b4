"""How cases move: a decision is signed over their names, and its lines carry the new state."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from muster.domains.recruitment.actions.acts import ordered
from muster.domains.recruitment.models import Season, State
from muster.foundation.decisions import actions as decisions
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused

Chosen = tuple[str, Sequence[Any]]

#: From which states a case may come into a state; the season's rule in one table.
MAY_COME_FROM: dict[State, tuple[State, ...]] = {
    State.EXCLUDED: (State.SOURCED,),
    State.RELIEVED: (State.SOURCED,),
    State.DEFERRED: (State.SOURCED, State.UNFIT),
    State.EXEMPT: (State.SOURCED,),
    State.CALLED_TO_SCREENING: (State.CALLABLE,),
    State.SCREENED: (State.CALLED_TO_SCREENING,),
    State.SCREENED_OUT: (State.CALLED_TO_SCREENING,),
    State.ABSENT: (State.CALLED_TO_SCREENING, State.CALLED_TO_EXAM, State.CALLED_UP),
    State.CALLED_TO_EXAM: (State.SCREENED, State.SCREENED_OUT),
    State.EXAMINED: (State.CALLED_TO_EXAM,),
    State.UNFIT: (State.CALLED_TO_EXAM,),
    State.LISTED: (State.EXAMINED,),
    State.NOT_LISTED: (State.EXAMINED,),
    State.SELECTED: (State.LISTED,),
    State.RESERVE: (State.LISTED,),
    State.CALLED_UP: (State.SELECTED, State.RESERVE),
    State.HANDED_OVER: (State.CALLED_UP,),
    State.RETURNED: (State.HANDED_OVER,),
    State.SERVING: (State.HANDED_OVER,),
    State.DISCHARGED: (State.SERVING,),
}


class WrongState(Refused):
    """A case that cannot come into the state from where it stands."""


@transaction.atomic
def move(
    *,
    season: Season,
    act: str,
    signed_on: date,
    chosen: Chosen,
    event_on: date | None = None,
) -> int:
    """Sign one decision per signing unit over the chosen cases and move them; returns how many.

    `chosen` selects `case_id, state, article, ground`. The state is the outcome
    of each case's decision line. Acts that the law wants proposed are voted by
    the communes' councils first. `WrongState` when a case cannot come into its
    state; then nothing is written.
    """
    _choose(chosen)
    _check_origins(season)
    if not _stage(act, signed_on):
        return 0
    order = ordered(act, signed_on)
    if order.proposed:
        decisions.resolve_lists(act=act, on=signed_on, season=season.key)
    ids = decisions.decide_lists(
        kind=order,
        signed_on=signed_on,
        effective_on=signed_on,
        event_on=event_on,
        season=season.key,
    )
    return _carry(season, ids)


def _choose(chosen: Chosen) -> None:
    sql, values = chosen
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.chosen_cases")
        cursor.execute(
            f"""
            create temporary table chosen_cases on commit drop as
            select case_id::bigint, state::text, article::text, ground::text
            from ({sql}) c (case_id, state, article, ground)
            """,
            values,
        )
        cursor.execute("analyze pg_temp.chosen_cases")


def _check_origins(season: Season) -> None:
    pairs = [
        (to.value, origin.value) for to, origins in MAY_COME_FROM.items() for origin in origins
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select k.state, c.state, count(*) from pg_temp.chosen_cases k
            left join recruitment_case c on c.id = k.case_id and c.season_id = %s
            where not exists (
                select from unnest(%s::text[], %s::text[]) may(target, origin)
                where may.target = k.state and may.origin = c.state)
            group by 1, 2 order by 1, 2 limit 1
            """,
            [season.pk, [to for to, _ in pairs], [origin for _, origin in pairs]],
        )
        if wrong := cursor.fetchone():
            target, origin, cases = wrong
            raise WrongState(
                f"{cases} cases of season {season.year} stand at “{origin or 'another season'}” "
                f"and cannot become “{target}”; choose cases that the step before has reached.",
                code="recruitment.wrong_state",
            )


def _stage(act: str, on: date) -> int:
    ground, values = units.ground_by_level(on)
    level = ordered(act, on).offices[0].level
    return decisions.stage(
        (
            f"""
            select g.{level}_id, g.commune_id, c.person_id, c.place_id, k.state, k.article, k.ground
            from pg_temp.chosen_cases k
            join recruitment_case c on c.id = k.case_id
            join ({ground}) g on g.place_id = c.place_id
            """,
            values,
        ),
        columns=("unit_id", "proposer_id", "person_id", "place_id", "outcome", "article", "ground"),
    )


def _carry(season: Season, decision_ids: Sequence[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update recruitment_case c
            set state = l.outcome, line_id = l.id,
                ground = case when l.ground <> '' then l.ground else c.ground end
            from decisions_line l
            where l.decision_id = any(%s) and c.season_id = %s and c.person_id = l.person_id
            """,
            [list(decision_ids), season.pk],
        )
        return cursor.rowcount
