"""Cases follow what was decided about one man alone: a late deferral, a complaint that succeeded."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from muster.domains.recruitment.actions.examining import slips_follow
from muster.domains.recruitment.actions.moving import lock_open
from muster.domains.recruitment.models import ON_THE_WAY, REVIEWED, Case, Season, State
from muster.foundation.decisions.models import Line


@transaction.atomic
def follow_decisions(*, season: Season, people: Sequence[int] | None = None) -> int:
    """Bring the season's cases to what later decisions say of them; returns how many moved.

    A deferral or exemption signed for one man takes him off the way. A line that was set
    aside or withdrawn holds no case: whoever was deferred by it is callable again, whoever
    was called by it is not called. A class that the Medical Assessment Council corrected is
    his class, and who became fit, or is so no longer, stands accordingly. Steps that choose men do this first. `people` narrows
    it to some (person ids).
    """
    lock_open(season)
    ids = None if people is None else list(people)
    moved = _excuse(season, ids) + _undo(season, ids) + _correct(season, ids)
    slips_follow(season=season)
    return moved


def after_deciding(decision_ids: Sequence[int]) -> None:
    """Let the cases of the people decided about follow at once, in every open season."""
    decided = Line.objects.filter(decision__in=decision_ids).values("person")
    cases = Case.objects.filter(person__in=decided, season__closed_on=None)
    by_season: dict[int, list[int]] = {}
    for season, person in cases.values_list("season", "person"):
        by_season.setdefault(season, []).append(person)
    for found in Season.objects.filter(pk__in=by_season).order_by("pk"):
        follow_decisions(season=found, people=by_season[found.pk])


def before_erasing(line_ids: Sequence[int]) -> None:
    """Take decision lines that are about to be destroyed off their cases: not called, no more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "update recruitment_case set state = 'not_called', line_id = null"
            " where line_id = any(%s)",
            [list(line_ids)],
        )


def _excuse(season: Season, people: list[int] | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update recruitment_case c set state = l.outcome, line_id = l.id, ground = l.ground
            from decisions_decision d join decisions_line l on l.decision_id = d.id
            where d.kind in ('deferral', 'exemption') and d.signed_on >= %s
              and l.outcome in ('deferred', 'exempt')
              and not exists (select from decisions_line n where n.replaces_id = l.id)
              and c.season_id = %s and c.person_id = l.person_id and c.state = any(%s)
              and coalesce(c.line_id, 0) < l.id
              and (%s::bigint[] is null or l.person_id = any(%s))
            """,
            [season.opened_on, season.pk, list(ON_THE_WAY), people, people],
        )
        return int(cursor.rowcount)


def _undo(season: Season, people: list[int] | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update recruitment_case c
            set state = case when c.state = any(%s) then 'callable' else 'not_called' end,
                line_id = null, ground = ''
            from decisions_line n
            where n.replaces_id is not null and n.way in ('set_aside', 'withdrawn')
              and c.season_id = %s and c.line_id = n.replaces_id
              and (%s::bigint[] is null or c.person_id = any(%s))
            """,
            [list(REVIEWED), season.pk, people, people],
        )
        return int(cursor.rowcount)


def _correct(season: Season, people: list[int] | None) -> int:
    """Take over corrected health classes; only who was examined is moved by one."""
    values: dict[str, Any] = {
        "season": season.pk,
        "key": season.key,
        "people": people,
        "was_fit": [State.EXAMINED, State.LISTED, State.SELECTED, State.RESERVE, State.CALLED_UP],
    }
    with connection.cursor() as cursor:
        cursor.execute(_CORRECT_SLIPS, values)
        cursor.execute(_CORRECT, values)
        return int(cursor.rowcount)


#: Each man's class as the last assessment in force corrected it.
_ASSESSED = """
    select l.id, l.person_id, l.outcome, l.ground,
           substring(l.ground from '^class_([1-6])$')::smallint as class
    from decisions_line l join decisions_decision d on d.id = l.decision_id
    where d.kind = 'assessment_conclusion' and d.season = %(key)s and l.way = 'corrected'
      and not exists (select from decisions_line n where n.replaces_id = l.id)
      and (%(people)s::bigint[] is null or l.person_id = any(%(people)s))
"""
_CORRECT_SLIPS = f"""
    update recruitment_slip s set concluded = a.class
    from recruitment_case c join ({_ASSESSED}) a on a.person_id = c.person_id
    where c.season_id = %(season)s and s.case_id = c.id and s.concluded <> a.class
"""
#: A deferral of the unfit rests on the class alone (art. 41.1.a) and goes with it.
_CORRECT = f"""
    with assessed as (
        select c.id, a.id as line_id, a.class, a.outcome, a.ground,
               coalesce(c.line_id, 0) < a.id and (
                   c.state = any(%(was_fit)s) and a.outcome = 'unfit'
                   or c.state in ('examined', 'unfit')
                   or c.state = 'deferred' and c.ground = 'not_fit' and a.outcome = 'examined'
               ) as moves
        from recruitment_case c join ({_ASSESSED}) a on a.person_id = c.person_id
        where c.season_id = %(season)s
    )
    update recruitment_case c
    set health_class = a.class,
        state = case when a.moves then a.outcome else c.state end,
        line_id = case when a.moves then a.line_id else c.line_id end,
        ground = case when a.moves then a.ground else c.ground end
    from assessed a
    where a.id = c.id and (a.moves or c.health_class is distinct from a.class)
"""
