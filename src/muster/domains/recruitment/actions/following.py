"""Cases follow what was decided about one man alone: a late deferral, a complaint that succeeded."""

from django.db import connection, transaction

from muster.domains.recruitment.actions.moving import lock_open
from muster.domains.recruitment.models import ON_THE_WAY, REVIEWED, Season


@transaction.atomic
def follow_decisions(*, season: Season) -> int:
    """Bring the season's cases to what later decisions say of them; returns how many moved.

    A deferral or exemption signed for one man takes him off the way. A line that was set
    aside or withdrawn holds no case: whoever was deferred by it is callable again, whoever
    was called by it is not called. Steps that choose men do this first.
    """
    lock_open(season)
    return _excuse(season) + _undo(season)


def _excuse(season: Season) -> int:
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
            """,
            [season.opened_on, season.pk, list(ON_THE_WAY)],
        )
        return int(cursor.rowcount)


def _undo(season: Season) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update recruitment_case c
            set state = case when c.state = any(%s) then 'callable' else 'not_called' end,
                line_id = null, ground = ''
            from decisions_line n
            where n.replaces_id is not null and n.way in ('set_aside', 'withdrawn')
              and c.season_id = %s and c.line_id = n.replaces_id
            """,
            [list(REVIEWED), season.pk],
        )
        return int(cursor.rowcount)
