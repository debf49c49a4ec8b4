"""Pre-screening, examination and review: who is called, who comes, what is concluded."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection, transaction

from muster.domains.recruitment import queries, rules
from muster.domains.recruitment.actions.moving import Chosen, move
from muster.domains.recruitment.models import Season, State
from muster.foundation.decisions import actions as decisions
from muster.kernel.errors import Refused


class NotServed(Refused):
    """An absence held against a man whose call did not reach him in time (art. 35.5)."""


@transaction.atomic
def call_to_screening(*, season: Season, signed_on: date, screening_on: date) -> int:
    """Call callable men to pre-screening, commune by commune, up to the calls per seat.

    Volunteers first, then higher schooling, then the order of the season's
    published draw, so that nobody can choose whom to spare.
    """
    per_seat = rules.LAW.integer("screening_calls_per_seat", signed_on)
    return move(
        season=season,
        act="prescreening_call",
        signed_on=signed_on,
        event_on=screening_on,
        chosen=queries.first_by_commune(
            season, State.CALLABLE, per_seat, State.CALLED_TO_SCREENING
        ),
    )


@transaction.atomic
def conclude_screening(
    *, season: Season, on: date, came: Sequence[int], passed: Sequence[int]
) -> int:
    """The health stations' result: who came (case ids), and who of them passed.

    Not passing does not cancel a valid examination call; it ranks behind.
    """
    return move(
        season=season,
        act="prescreening_result",
        signed_on=on,
        chosen=(
            """
            select id, case when id = any(%s) then 'screened'
                            when id = any(%s) then 'screened_out' else 'absent' end, '', ''
            from recruitment_case where season_id = %s and state = 'called_to_screening'
            """,
            [list(passed), list(came), season.pk],
        ),
    )


@transaction.atomic
def call_to_exam(*, season: Season, signed_on: date, exam_on: date) -> int:
    """Call screened men to the examination, at most the legal number per seat."""
    per_seat = rules.LAW.integer("exam_calls_per_seat", signed_on)
    return move(
        season=season,
        act="exam_call",
        signed_on=signed_on,
        event_on=exam_on,
        chosen=queries.first_by_commune(season, State.SCREENED, per_seat, State.CALLED_TO_EXAM),
    )


@transaction.atomic
def conclude_health(
    *, season: Season, on: date, classes: Iterable[tuple[int, int]]
) -> dict[int, int]:
    """The examination council's conclusion: `(case id, class 1–6)` of those who came.

    Classes 1–3 are fit (Circular 105/2023); the rest of those called did not come.
    Only the class is kept, never an indicator (art. 14). Returns men per class.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table exam_result (case_id bigint, class int) on commit drop"
        )
        with cursor.copy("copy exam_result from stdin") as copy:
            for row in classes:
                copy.write_row(row)
    fit = list(rules.LAW.value("fit_classes", on))
    move(season=season, act="health_conclusion", signed_on=on, chosen=_concluded(season, fit))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update recruitment_case c set health_class = r.class
            from exam_result r where r.case_id = c.id
            """
        )
        cursor.execute("select class, count(*) from exam_result group by 1 order by 1")
        counts = dict(cursor.fetchall())
        cursor.execute("drop table exam_result")
    return counts


def _concluded(season: Season, fit: list[int]) -> Chosen:
    return (
        """
        select c.id, case when r.class is null then 'absent'
                          when r.class = any(%s) then 'examined' else 'unfit' end, '',
               coalesce('class_' || r.class, '')
        from recruitment_case c left join exam_result r on r.case_id = c.id
        where c.season_id = %s and c.state = 'called_to_exam'
        """,
        [fit, season.pk],
    )


@transaction.atomic
def defer_unfit(*, season: Season, signed_on: date) -> int:
    """Defer those whom the council found not fit (art. 41.1.a): the season's second round."""
    return move(
        season=season,
        act="deferral",
        signed_on=signed_on,
        chosen=(
            """
            select id, 'deferred', '41.1.a', 'not_fit' from recruitment_case
            where season_id = %s and state = 'unfit'
            """,
            [season.pk],
        ),
    )


@transaction.atomic
def conclude_political_review(*, season: Season, on: date, failed: Sequence[int]) -> int:
    """The competent body's conclusion over the fit men; `failed` are case ids.

    The standard is a decision of that body (Joint Circular 50/2016); nothing is
    computed, and no reason is kept here.
    """
    return move(
        season=season,
        act="political_conclusion",
        signed_on=on,
        chosen=(
            """
            select id, case when id = any(%s) then 'not_listed' else 'listed' end, '', ''
            from recruitment_case where season_id = %s and state = 'examined'
            """,
            [list(failed), season.pk],
        ),
    )


@transaction.atomic
def serve_calls(
    *, season: Season, kind: str, delivered_on: date, unreached: Sequence[int] = ()
) -> int:
    """Record the delivery of a step's papers in bulk, all but those that did not arrive.

    `kind` is the act whose papers were carried; `unreached` are case ids.
    """
    return decisions.serve_lists(
        select=(
            """
            select l.id, %s::date, 'hand', 'served', '', ''
            from recruitment_case c
            join decisions_line l on l.id = c.line_id
            join decisions_decision d on d.id = l.decision_id and d.kind = %s
            where c.season_id = %s and not c.id = any(%s)
            """,
            [delivered_on, kind, season.pk, list(unreached)],
        )
    )
