"""Destroying what was decided and is nobody's to know any more; called by the retention job alone."""

from collections.abc import Sequence

from django.db import connection, transaction

from muster.foundation.decisions import queries
from muster.foundation.ledger import actions as ledger
from muster.shell import rls
from muster.shell.discovery import manifests

#: What hangs on a line, by the table and how its rows name the line; the lines go last.
_HANGS = {
    "decisions_fact": "line_id",
    "decisions_delivery": "line_id",
    "decisions_complaint": "line_id",
    "decisions_dispute": "line_id",
    "decisions_line": "id",
}


@transaction.atomic
def destroy_lines(line_ids: Sequence[int]) -> dict[str, list[int]]:
    """Take lines away with all that tells of them; what stood is counted on, by outcome.

    Corrections, answers, complaints, deliveries and facts go too; the decisions keep their
    numbers. Slices above first let go of the lines (`Manifest.before_erasing`). Answers the
    ids of the rows that went, by table; the caller erases their entries of the log.
    """
    lines = queries.lines_that_tell(line_ids)
    _count_on(lines)
    for each in manifests():
        if each.before_erasing:
            each.before_erasing(lines)
    gone = {}
    with rls.erasing(), connection.cursor() as cursor:
        for table, key in _HANGS.items():
            cursor.execute(f"delete from {table} where {key} = any(%s) returning id", [lines])
            gone[table] = [row[0] for row in cursor.fetchall()]
    return gone


def _count_on(lines: Sequence[int]) -> None:
    """What the figures counted of these lines, as numbers without names."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            insert into decisions_tally (decision_id, place_id, outcome, lines)
            select l.decision_id, coalesce(g.within_id, g.id), l.outcome, count(*)
            from decisions_line l join units_place g on g.id = l.place_id
            where l.id = any(%s) and {queries.STANDS}
            group by 1, 2, 3 order by 1, 2, 3 returning id
            """,
            [list(lines)],
        )
        ledger.record(kind="decisions.tally", ids=[row[0] for row in cursor.fetchall()])
