"""Pre-screening, examination and review: who is called, who comes, what is concluded."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import connection, transaction

from muster.domains.recruitment import queries, rules
from muster.domains.recruitment.actions.examining import deal_slips, slips_follow
from muster.domains.recruitment.actions.following import follow_decisions
from muster.domains.recruitment.actions.moving import move
from muster.domains.recruitment.actions.opening import announced
from muster.domains.recruitment.models import Season, State
from muster.domains.recruitment.queries import SERVED_IN_TIME, Choice
from muster.foundation.decisions import actions as decisions
from muster.kernel.errors import Refused


class NotServed(Refused):
    """An absence held against a man whose call did not reach him in time (art. 35.5)."""


class NoSuchClass(Refused):
    """A health class outside 1 to 6, or two for one man."""


@transaction.atomic
def call_to_screening(*, season: Season, signed_on: date, screening_on: date) -> int:
    """Call callable men to pre-screening, commune by commune, up to the calls per seat.

    Volunteers first, then higher schooling, then the order of the season's
    published draw, so that nobody can choose whom to spare.
    """
    follow_decisions(season=season)
    seats = announced(season, signed_on).seats
    calls = seats * rules.LAW.integer("screening_calls_per_seat", signed_on)
    return move(
        season=season,
        act="prescreening_call",
        signed_on=signed_on,
        event_on=screening_on,
        chosen=queries.first_by_commune(
            season, signed_on, State.CALLABLE, State.CALLED_TO_SCREENING, calls
        ),
    )


@transaction.atomic
def conclude_screening(
    *,
    season: Season,
    on: date,
    came: Sequence[int],
    passed: Sequence[int],
    excused: Sequence[int] = (),
) -> int:
    """The health stations' result: who came (case ids), who of them passed, who gave a reason.

    Whoever did not come counts as absent only when his call was served in time and he
    gave no good reason (art. 35.5); the others stay called. Not passing does not cancel
    a valid examination call; it ranks behind.
    """
    return move(
        season=season,
        act="prescreening_result",
        signed_on=on,
        chosen=Choice(
            f"""
            select id, case when id = any(%s) then 'screened' else 'screened_out' end
            from unnest(%s::bigint[]) came(id)
            union all
            select c.id, 'absent' from recruitment_case c
            where c.season_id = %s and c.state = 'called_to_screening'
              and not c.id = any(%s) and {SERVED_IN_TIME}
            """,
            [list(passed), list(came), season.pk, [*came, *excused]],
        ),
    )


@transaction.atomic
def call_to_exam(*, season: Season, signed_on: date, exam_on: date) -> int:
    """Call screened men to the examination, at most the legal number per seat; deal their slips."""
    follow_decisions(season=season)
    seats = announced(season, signed_on).seats
    calls = seats * rules.LAW.integer("exam_calls_per_seat", signed_on)
    called = move(
        season=season,
        act="exam_call",
        signed_on=signed_on,
        event_on=exam_on,
        chosen=queries.first_by_commune(
            season, signed_on, State.SCREENED, State.CALLED_TO_EXAM, calls
        ),
    )
    deal_slips(season=season)
    return called


@transaction.atomic
def conclude_health(
    *,
    season: Season,
    on: date,
    classes: Iterable[tuple[int, int]],
    excused: Sequence[int] = (),
) -> dict[int, int]:
    """The examination council's conclusion: `(case id, class 1–6)` of those who came.

    Classes 1–3 are fit (Circular 105/2023). Who did not come is absent only after a call
    in time and without a good reason (`excused`, art. 35.5). Only the class is kept,
    never an indicator (art. 14). Returns men per class.
    """
    counts = _stage_classes(classes)
    fit = list(rules.LAW.value("fit_classes", on))
    move(
        season=season,
        act="health_conclusion",
        signed_on=on,
        chosen=_concluded(season, fit, excused),
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update recruitment_case c set health_class = r.class
            from pg_temp.exam_result r where r.case_id = c.id
            """
        )
        cursor.execute(
            """
            update recruitment_slip s set concluded = r.class, concluded_on = %s
            from pg_temp.exam_result r where r.case_id = s.case_id
            """,
            [on],
        )
    slips_follow(season=season)
    return counts


def _stage_classes(classes: Iterable[tuple[int, int]]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists pg_temp.exam_result")
        cursor.execute(
            "create temporary table exam_result (case_id bigint, class smallint) on commit drop"
        )
        with cursor.copy("copy pg_temp.exam_result from stdin") as copy:
            for row in classes:
                copy.write_row(row)
        cursor.execute("create index on pg_temp.exam_result (case_id)")
        cursor.execute("analyze pg_temp.exam_result")
        cursor.execute(
            """
            select count(*) filter (where class not between 1 and 6), count(*),
                   count(distinct case_id) from pg_temp.exam_result
            """
        )
        outside, rows, men = cursor.fetchone()
        if outside or rows != men:
            raise NoSuchClass(
                f"{outside} classes lie outside 1 to 6 and {rows - men} men have two; "
                "give each man one class.",
                code="recruitment.health_class",
            )
        cursor.execute("select class, count(*) from pg_temp.exam_result group by 1 order by 1")
        return dict(cursor.fetchall())


def _concluded(season: Season, fit: Sequence[int], excused: Sequence[int]) -> Choice:
    return Choice(
        f"""
        select r.case_id, case when r.class = any(%s) then 'examined' else 'unfit' end,
               'class_' || r.class
        from pg_temp.exam_result r
        union all
        select c.id, 'absent', '' from recruitment_case c
        where c.season_id = %s and c.state = 'called_to_exam' and not c.id = any(%s)
          and not exists (select from pg_temp.exam_result r where r.case_id = c.id)
          and {SERVED_IN_TIME}
        """,
        [list(fit), season.pk, list(excused)],
        ("case_id", "state", "ground"),
    )


@transaction.atomic
def defer_unfit(*, season: Season, signed_on: date) -> int:
    """Defer those whom the council found not fit (art. 41.1.a): the season's second round."""
    return move(
        season=season,
        act="deferral",
        signed_on=signed_on,
        chosen=Choice(
            """
            select id, 'deferred', '41.1.a', 'not_fit' from recruitment_case
            where season_id = %s and state = 'unfit'
            """,
            [season.pk],
            ("case_id", "state", "article", "ground"),
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
        chosen=Choice(
            """
            select id, 'listed' from recruitment_case
            where season_id = %s and state = 'examined' and not id = any(%s)
            union all
            select id, 'not_listed' from unnest(%s::bigint[]) failed(id)
            """,
            [season.pk, list(failed), list(failed)],
        ),
    )


@transaction.atomic
def serve_calls(
    *,
    season: Season,
    kind: str,
    delivered_on: date,
    unreached: Sequence[int] = (),
    refused: Sequence[int] = (),
) -> int:
    """Record the delivery of a step's papers in bulk, all but those that did not arrive.

    `kind` is the act whose papers were carried; `unreached` and `refused` are case ids.
    Whoever refuses to take the paper is served too. Returns how many were delivered.
    """
    return decisions.serve_lists(
        select=(
            """
            select l.id, %s::date, 'hand',
                   case when c.id = any(%s) then 'refused' else 'served' end, '', ''
            from recruitment_case c
            join decisions_line l on l.id = c.line_id
            join decisions_decision d on d.id = l.decision_id and d.kind = %s
            where c.season_id = %s and not c.id = any(%s)
            """,
            [delivered_on, list(refused), kind, season.pk, list(unreached)],
        )
    )
