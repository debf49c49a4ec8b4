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
    """A man whose call did not reach him in time (art. 35.5), or who had none to follow."""


class UnknownCase(Refused):
    """A case that does not exist or lies outside the places of whoever asks."""


@transaction.atomic
def detect(
    *, offence: str, calls: Sequence[int], detected_on: date, scaled: bool = False
) -> list[int]:
    """Open a case for each call line (ids) that was not followed; returns the case ids.

    Punishable is only whoever was served in time and gave no good reason
    (art. 35.5), so a call that was not served in time refuses the whole list.
    """
    rules.bracket(offence, detected_on)
    _check_calls(rules.CALLS[offence], calls, detected_on)
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


def _check_calls(kind: str, calls: Sequence[int], detected_on: date) -> None:
    """Each call stands, is of the kind that the offence did not follow, and came in time.

    Whoever refused to take the paper was served too.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select count(*) filter (where d.kind = %(kind)s and n.id is null and l.way <> 'withdrawn'),
                   count(*) filter (where d.event_on > %(on)s),
                   count(*) filter (where not exists (
                       select from decisions_delivery s
                       where s.line_id = l.id and s.result <> 'returned'
                         and (d.serve_by is null or s.delivered_on <= d.serve_by)))
            from decisions_line l
            join decisions_decision d on d.id = l.decision_id
            left join decisions_line n on n.replaces_id = l.id
            where l.id = any(%(calls)s)
            """,
            {"kind": kind, "on": detected_on, "calls": list(calls)},
        )
        standing, early, unserved = cursor.fetchone()
    if standing != len(set(calls)):
        raise NotPunishable(
            f"{len(set(calls)) - standing} of these lines are no standing calls of the kind "
            f"“{kind}”; take the calls that were not followed.",
            code="violations.no_call",
        )
    if early:
        raise NotPunishable(
            f"{early} of these men were called for a day after {detected_on}; wait for the day.",
            code="violations.too_early",
        )
    if unserved:
        raise NotPunishable(
            f"{unserved} of these calls were not served in time; an absence counts only after "
            "a call in time (art. 35.5). Leave those men out.",
            code="violations.not_served",
        )


@transaction.atomic
def minute(*, cases: Sequence[int], on: date) -> int:
    """Note the signed record (biên bản) of each case; returns how many."""
    return _step(cases, "minuted", on)


@transaction.atomic
def punish(*, fines: Mapping[int, int], signed_on: date) -> int:
    """Impose fines (case id → đồng) by the offices that may, one decision per office's unit.

    The decree in force on the day of the sanction sets bracket and office. The
    whole list is refused when one case has no minutes or one fine is outside its bracket.
    """
    by_offence: dict[str, list[int]] = {}
    for case in _taken(list(fines), "punished", signed_on):
        rules.check_fine(
            case.offence, fines[case.pk], committed_on=case.detected_on, signed_on=signed_on
        )
        by_offence.setdefault(case.offence, []).append(case.pk)
    return sum(_sign(offence, ids, fines, signed_on) for offence, ids in by_offence.items())


def _sign(offence: str, ids: Sequence[int], fines: Mapping[int, int], on: date) -> int:
    office, law = rules.authority(offence, on), rules.bracket(offence, on)
    ground, values = units.ground_by_level(on)
    decisions.stage(
        (
            f"""
            select g.{office.level}_id, c.person_id, c.place_id, 'punished', '', c.offence, f.fine
            from violations_case c
            join unnest(%s::bigint[], %s::bigint[]) f(id, fine) on f.id = c.id
            join ({ground}) g on g.place_id = c.place_id
            """,
            [list(ids), [fines[each] for each in ids], *values],
        ),
        columns=("unit_id", "person_id", "place_id", "outcome", "article", "ground", "amount"),
    )
    doubts = [each.source for each in (law, office) if not each.confirmed]
    signed = decisions.decide_lists(
        kind=deciding.Act(
            code="sanction",
            offices=(deciding.Office(office.level, office.role, office.source, office.confirmed),),
            symbol="QĐ-XPHC",
            confirmed=not doubts,
            note="; ".join(doubts),
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
        return int(cursor.rowcount)


@transaction.atomic
def settle(*, cases: Sequence[int], paid_on: date) -> int:
    """Note that fines were paid; returns how many."""
    return _step(cases, "paid", paid_on)


@transaction.atomic
def dismiss(*, cases: Sequence[int], on: date) -> int:
    """Close cases whose men were heard and had a good reason; returns how many."""
    return _step(cases, "dismissed", on)


def _step(cases: Sequence[int], step: str, on: date) -> int:
    """Date a step of each case and log it; all of them or none."""
    taken = [case.pk for case in _taken(cases, step, on)]
    Case.objects.filter(pk__in=taken).update(**{f"{step}_on": on})
    return ledger.record(kind=f"violations.{step}", ids=taken)


def _taken(cases: Sequence[int], step: str, on: date) -> list[Case]:
    """The cases, locked, each ready for the step."""
    found = Case.objects.select_related("sanction__decision").filter(pk__in=cases)
    taken = list(found.select_for_update(of=("self",)).order_by("pk"))
    if len(taken) != len(set(cases)):
        raise UnknownCase(
            f"{len(set(cases)) - len(taken)} of these cases are not in sight; check the list.",
            code="violations.unknown_case",
        )
    for case in taken:
        rules.check_step(case.progress, step, on)
    return taken
