"""Detecting, minuting, punishing and settling violations."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import connection, transaction

from muster.domains.violations import rules
from muster.domains.violations.models import Case
from muster.foundation.decisions import actions as decisions
from muster.foundation.decisions import rules as deciding
from muster.foundation.ledger import actions as ledger
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused


class NotPunishable(Refused):
    """A man whose call did not reach him in time (art. 35.5)."""


class NotMinuted(Refused):
    """A sanction without the signed record of the violation."""


@transaction.atomic
def detect(
    *, offence: str, calls: Sequence[int], detected_on: date, scaled: bool = False
) -> list[int]:
    """Open a case for each call line (ids) that was not followed; returns the case ids.

    Punishable is only whoever was served in time and gave no good reason
    (art. 35.5), so a call that was not served in time refuses the whole list.
    """
    rules.bracket(offence, detected_on)
    _require_served(calls)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into violations_case (person_id, place_id, offence, call_id, detected_on, scaled)
            select l.person_id, l.place_id, %s, l.id, %s, %s
            from decisions_line l where l.id = any(%s) order by l.id returning id
            """,
            [offence, detected_on, scaled, list(calls)],
        )
        cases = [row[0] for row in cursor.fetchall()]
    ledger.record(kind="violations.case", ids=cases)
    return cases


def _require_served(calls: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select count(*) from decisions_line l
            join decisions_decision d on d.id = l.decision_id
            where l.id = any(%s) and not exists (
                select from decisions_delivery s
                where s.line_id = l.id and s.result = 'served'
                  and (d.serve_by is null or s.delivered_on <= d.serve_by))
            """,
            [list(calls)],
        )
        (late,) = cursor.fetchone()
    if late:
        raise NotPunishable(
            f"{late} of these calls were not served in time; an absence counts only after "
            "a call in time (art. 35.5). Leave those men out."
        )


@transaction.atomic
def minute(*, cases: Sequence[int], on: date) -> int:
    """Note the signed record (biên bản) of each case."""
    return Case.objects.filter(pk__in=cases, minuted_on=None).update(minuted_on=on)


@transaction.atomic
def punish(*, fines: Mapping[int, int], signed_on: date) -> int:
    """Impose fines (case id → đồng) by the offices that may, one decision per office's unit.

    The decree in force on the day of the sanction sets bracket and office. The
    whole list is refused when one case has no minutes or one fine is outside its bracket.
    """
    cases = list(Case.objects.filter(pk__in=fines).order_by("pk"))
    for case in cases:
        if case.minuted_on is None or case.minuted_on > signed_on:
            raise NotMinuted(f"Case {case.pk} has no minutes on {signed_on}; minute it first.")
        rules.check_fine(
            case.offence, fines[case.pk], committed_on=case.detected_on, signed_on=signed_on
        )
    by_offence: dict[str, list[Case]] = {}
    for case in cases:
        by_offence.setdefault(case.offence, []).append(case)
    return sum(_sign(offence, some, fines, signed_on) for offence, some in by_offence.items())


def _sign(offence: str, cases: Sequence[Case], fines: Mapping[int, int], on: date) -> int:
    office = rules.authority(offence, on)
    law = rules.bracket(offence, on)
    ground, values = units.ground_by_level(on)
    ids = [case.pk for case in cases]
    decisions.stage(
        (
            f"""
            select g.{office.level}_id, c.person_id, c.place_id, 'punished', '', c.offence, f.fine
            from violations_case c
            join unnest(%s::bigint[], %s::bigint[]) f(id, fine) on f.id = c.id
            join ({ground}) g on g.place_id = c.place_id
            """,
            [ids, [fines[each] for each in ids], *values],
        ),
        columns=("unit_id", "person_id", "place_id", "outcome", "article", "ground", "amount"),
    )
    signed = decisions.decide_lists(
        kind=deciding.Act(
            code="sanction",
            offices=(
                deciding.Office(office.level, office.role, office.source, office.confirmed),
            ),
            symbol="QĐ-XPHC",
            confirmed=law.confirmed and office.confirmed,
            note="" if law.confirmed else law.source,
        ),
        signed_on=on,
        legal_basis=law.source,
    )
    return _link(ids, signed)


def _link(cases: Sequence[int], signed: Sequence[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update violations_case c set sanction_id = l.id from decisions_line l
            where c.id = any(%s) and l.decision_id = any(%s)
              and l.person_id = c.person_id and l.ground = c.offence
            """,
            [list(cases), list(signed)],
        )
        return cursor.rowcount


@transaction.atomic
def settle(*, cases: Sequence[int], paid_on: date) -> int:
    """Note that fines were paid."""
    return Case.objects.filter(pk__in=cases, sanction__isnull=False).update(paid_on=paid_on)


@transaction.atomic
def dismiss(*, cases: Sequence[int], on: date) -> int:
    """Close cases whose men were heard and had a good reason."""
    return Case.objects.filter(pk__in=cases, sanction__isnull=True).update(dismissed_on=on)
