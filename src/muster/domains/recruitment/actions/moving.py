"""How cases move: a decision is signed over their names, and its lines carry the new state."""

from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from muster.domains.recruitment.actions.acts import ABSTRACTS, ordered, signing_level
from muster.domains.recruitment.models import Season, State
from muster.domains.recruitment.queries import Choice
from muster.foundation.decisions import actions as decisions
from muster.foundation.decisions.rules import Act
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused

#: From which states a case may come into a state; the season's rule in one table.
MAY_COME_FROM: dict[State, tuple[State, ...]] = {
    State.EXCLUDED: (State.SOURCED,),
    State.RELIEVED: (State.SOURCED,),
    State.DEFERRED: (State.SOURCED, State.UNFIT),
    State.EXEMPT: (State.SOURCED,),
    State.CALLABLE: (State.DISPUTED,),
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
    State.RESERVE: (State.LISTED, State.CALLED_UP),
    State.CALLED_UP: (State.SELECTED, State.RESERVE),
    State.HANDED_OVER: (State.CALLED_UP,),
    State.RETURNED: (State.HANDED_OVER,),
    State.SERVING: (State.HANDED_OVER,),
    State.DISCHARGED: (State.SERVING,),
}


class WrongState(Refused):
    """A case that cannot come into the state from where it stands."""


class SeasonClosed(Refused):
    """A season that takes no further steps."""


@transaction.atomic
def move(
    *,
    season: Season,
    act: str,
    signed_on: date,
    chosen: Choice,
    event_on: date | None = None,
    resolved_on: date | None = None,
    closed: bool = False,
) -> int:
    """Sign one decision per signing unit over the chosen cases and move them; returns how many.

    The state is the outcome of each case's decision line. The councils that the law names
    for the act carry the list before: the first on `resolved_on` (by default the day of the
    signature), those that review it on the day of the signature. `WrongState` when a case
    cannot come into its state, `SeasonClosed` when the season is over and the act is not one
    that comes after (`closed`); then nothing is written.
    """
    if not closed:
        lock_open(season)
    _choose(chosen)
    _check_origins(season)
    order = ordered(act, signed_on)
    if not _stage(order, signed_on):
        return 0
    decisions.resolve_lists(
        act=order, on=resolved_on or signed_on, reviewed_on=signed_on, season=season.key
    )
    ids = decisions.decide_lists(
        kind=order,
        signed_on=signed_on,
        event_on=event_on,
        season=season.key,
        abstract=ABSTRACTS[act],
    )
    return _carry(season, ids)


def lock_open(season: Season) -> None:
    """Hold the season until the transaction ends, so that two offices never move a case at once.

    `SeasonClosed` when it is over.
    """
    closed = (
        Season.objects.select_for_update().values_list("closed_on", flat=True).get(pk=season.pk)
    )
    if closed:
        raise SeasonClosed(
            f"Season {season.year} was closed on {closed} and takes no further step.",
            code="recruitment.closed",
        )


def _choose(chosen: Choice) -> None:
    names = ", ".join(chosen.columns)
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.chosen_cases")
        cursor.execute(
            """
            create temporary table chosen_cases (
                case_id bigint not null, state text not null, article text default '',
                ground text default '', facts jsonb
            ) on commit drop
            """
        )
        cursor.execute(f"insert into pg_temp.chosen_cases ({names}) {chosen.sql}", chosen.values)
        # A man whose two entries were merged is called by one of his cases.
        cursor.execute(
            "delete from pg_temp.chosen_cases where case_id in"
            " (select case_id from recruitment_resting)"
        )
        cursor.execute("create index on pg_temp.chosen_cases (case_id)")
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


def _stage(order: Act, on: date) -> int:
    signer = signing_level(order)
    ground, values = units.ground_by_level(on)
    return decisions.stage(
        (
            f"""
            select g.{signer}_id, c.person_id, c.place_id, k.state,
                   coalesce(k.article, ''), coalesce(k.ground, ''), k.facts
            from pg_temp.chosen_cases k
            join recruitment_case c on c.id = k.case_id
            join ({ground}) g on g.place_id = c.place_id
            """,
            values,
        ),
        columns=(*decisions.USUAL, "facts"),
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
        return int(cursor.rowcount)
