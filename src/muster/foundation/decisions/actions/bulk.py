"""Deciding and delivering lists of thousands, set by set; call these first.

The caller lays the names out with `stage`, has them resolved where the law wants a
council, and decides them: one number and one signature per signing unit.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from muster.foundation.accounts.actions import watched
from muster.foundation.decisions import queries, rules
from muster.foundation.decisions.models import Channel, Decision, Posting
from muster.foundation.ledger import actions as ledger
from muster.foundation.units.queries import ground_by_level
from muster.kernel.errors import Refused
from muster.shell import rls

#: From how many rows on the planner is told of them in the transaction that writes them.
_MANY = 5000


class NothingStaged(Refused):
    """A decision without a name on its list."""


class Unproposed(Refused):
    """A list that no council carried, or carried only after the signature."""


class NamedTwice(Refused):
    """A person who stands twice on one list."""


class CannotReplace(Refused):
    """A line that would replace one of somebody else, or one that is no longer in force."""


class NotDelegated(Refused):
    """A signature for the head of an office without a delegation on that day."""


class EarlyDelivery(Refused):
    """A delivery dated before its decision was signed."""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: the head himself, or a deputy (KT), by order (TL), by sub-delegation (TUQ)."""

    form: str = ""
    signatory: str = ""


@watched
@transaction.atomic
def decide_lists(
    *,
    kind: str | rules.Act,
    signed_on: date,
    effective_on: date | None = None,
    event_on: date | None = None,
    season: str = "",
    abstract: str = "",
    legal_basis: str = "",
    signature: Signature = Signature(),
    channels: Sequence[str] = (Channel.BOARD, Channel.WEB),
    confirmed: bool = True,
    confirmed_note: str = "",
) -> list[int]:
    """One decision per signing unit of the staged list; returns their ids by unit id.

    Numbers come from each unit's series of the year. The act's law says whether the
    list is posted and by when it is served for `event_on`, and makes the decision
    unconfirmed where it is itself. Every line and decision becomes a ledger entry.
    Refused: a wrong office, a list without its council, a person named twice.
    """
    act = rules.act(kind, signed_on) if isinstance(kind, str) else kind
    units = _units_that_sign(act, signed_on)
    _check_staged(act, signed_on)
    shared = {
        "kind": act.code,
        "symbol": act.symbol,
        "signed_on": signed_on,
        "effective_on": effective_on or signed_on,
        "event_on": event_on,
        "serve_by": _serve_by(act, signed_on, event_on),
        "abstract": abstract,
        "season": season,
        "confirmed": confirmed and act.confirmed,
        "confirmed_note": "; ".join(note for note in (confirmed_note, act.note) if note),
    }
    signed = _sign(units, signature, legal_basis, shared)
    _insert_lines(signed)
    _open_postings(act, signed.values(), signed_on, channels)
    return _logged(list(signed.values()))


def _sign(
    units: Mapping[int, rules.Office],
    signature: Signature,
    legal_basis: str,
    shared: Mapping[str, Any],
) -> dict[int, int]:
    """Unit → decision: the number of its series, its office, its last resolution."""
    last = _last_resolutions()
    delegations = _delegations(units, signature, shared["signed_on"])
    year = shared["signed_on"].year
    numbers = _next_numbers(units, shared["symbol"], year)
    decisions = Decision.objects.bulk_create(
        Decision(
            unit_id=unit,
            level=office.level,
            role=office.role,
            form=signature.form,
            signatory=signature.signatory,
            delegation_id=delegations.get(unit),
            number=numbers[unit],
            year=year,
            resolution_id=last.get(unit),
            legal_basis=legal_basis or office.source,
            **shared,
        )
        for unit, office in units.items()
    )
    return {decision.unit_id: decision.pk for decision in decisions}


def _logged(ids: list[int]) -> list[int]:
    ledger.record(kind="decisions.decision", ids=ids)
    ledger.record(
        kind="decisions.line",
        where=("select id from decisions_line where decision_id = any(%s)", [ids]),
    )
    return ids


@transaction.atomic
def serve_lists(*, select: tuple[str, Sequence[Any]]) -> int:
    """Record deliveries of many lines at once; returns how many.

    `select` yields `line_id, delivered_on, means, result, receiver, proof`. Each is
    an attempt of its own: a returned paper may be served later.
    """
    sql, values = select
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            with attempt (line_id, delivered_on, means, result, receiver, proof) as ({sql}),
            added as (
                insert into decisions_delivery
                    (line_id, place_id, delivered_on, means, result, receiver, proof)
                select l.id, l.place_id, a.delivered_on, a.means, a.result,
                       coalesce(a.receiver, ''), coalesce(a.proof, '')
                from attempt a join decisions_line l on l.id = a.line_id
                returning id, line_id, delivered_on
            )
            select coalesce(array_agg(a.id), '{{}}'),
                   min(d.signed_on) filter (where a.delivered_on < d.signed_on)
            from added a
            join decisions_line l on l.id = a.line_id
            join decisions_decision d on d.id = l.decision_id
            """,
            values,
        )
        added, early = cursor.fetchone()
    if early:
        raise EarlyDelivery(
            f"a paper signed on {early} cannot have been delivered before; check the dates."
        )
    if len(added) >= _MANY:
        rls.analyze("decisions_delivery")
    return ledger.record(kind="decisions.delivery", ids=added) if added else 0


def _units_that_sign(act: rules.Act, on: date) -> dict[int, rules.Office]:
    """Each signing unit of the staged list with its office, or `WrongOffice`."""
    with connection.cursor() as cursor:
        cursor.execute("select distinct unit_id from staged_lines order by 1")
        units = [row[0] for row in cursor.fetchall()]
    if not units:
        raise NothingStaged(f'"{act.code}" of {on} names nobody; lay out its list first.')
    signers = queries.signers(units, on)
    return {
        unit: rules.check_office(act, level=signers[unit].level, unit=signers[unit].name, on=on)
        for unit in units
    }


_STAGED_FAULTS = """
    with carried as (
        select s.ids, array_agg(u.level) as levels, max(r.adopted_on) as adopted_on,
               bool_or(not r.passed or r.act <> %s) as lost
        from (select distinct resolution_ids as ids from staged_lines) s
        cross join unnest(s.ids) as each(id)
        join decisions_resolution r on r.id = each.id
        join decisions_body b on b.id = r.body_id
        join units_unit u on u.id = b.unit_id
        group by s.ids
    ),
    asked as (
        select {next_council} as unit_id, g.place_id is null as nowhere
        from (select distinct place_id, resolution_ids from staged_lines) s
        left join carried c on c.ids = s.resolution_ids
        left join ({ground}) g on g.place_id = s.place_id
    )
    select exists (select from staged_lines where person_id is not null
                   group by unit_id, person_id having count(*) > 1),
           (select min(u.level) from asked n join units_unit u on u.id = n.unit_id),
           exists (select from carried where lost) or exists (select from asked where nowhere and %s),
           (select max(adopted_on) from carried),
           exists (select from staged_lines s left join decisions_line l on l.id = s.replaces_id
                   where s.replaces_id is not null
                     and (l.person_id is distinct from s.person_id
                          or l.subject_uid is distinct from s.subject_uid
                          or exists (select from decisions_line n
                                     where n.replaces_id = s.replaces_id)))
"""


def _check_staged(act: rules.Act, on: date) -> None:
    ground, values = ground_by_level(on)
    next_council = queries.next_council(act, "coalesce(c.levels, '{}')", "g")
    faults = _STAGED_FAULTS.format(next_council=next_council, ground=ground)
    with connection.cursor() as cursor:
        cursor.execute(faults, [act.code, *values, bool(act.steps)])
        twice, unproposed, lost, adopted, foreign = cursor.fetchone()
    if twice:
        raise NamedTwice("a person stands twice on one list; strike one of the two lines.")
    if unproposed or lost:
        body = f"council of the {unproposed}" if unproposed else "council"
        raise Unproposed(
            f'"{act.code}" of {on} has names that no {body} carried for it; vote them first.',
            code="decision.unproposed",
        )
    if adopted and adopted > on:
        raise Unproposed(
            f'"{act.code}" is dated {on}, before its resolution of {adopted}; '
            "date it on or after the vote.",
            code="decision.before_resolution",
        )
    if foreign:
        raise CannotReplace(
            "a line can replace only one of the same person that is still in force.",
            code="decision.cannot_replace",
        )


def _last_resolutions() -> dict[int, int]:
    """Unit that signs → the resolution that was the last for all its names, where one was."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select unit_id, min(ids[cardinality(ids)])
            from (select distinct unit_id, resolution_ids as ids from staged_lines) s
            group by 1 having count(distinct coalesce(ids[cardinality(ids)], 0)) = 1
            """
        )
        return {unit: last for unit, last in cursor.fetchall() if last}


def _delegations(
    units: Mapping[int, rules.Office], signature: Signature, on: date
) -> dict[int, int]:
    if not signature.form:
        return {}
    found = queries.delegations(units, signature.form, on, signature.signatory)
    if missing := sorted(units.keys() - found.keys()):
        name = queries.unit_names(missing[:1], on)[missing[0]]
        raise NotDelegated(
            f"{name} has no delegation on {on} to sign {signature.form}. for the "
            f"{units[missing[0]].role}; record it first.",
            code="decision.not_delegated",
        )
    return found


def _next_numbers(units: Mapping[int, Any], symbol: str, year: int) -> dict[int, int]:
    """Take the next number of each unit's series; the first of a year is 1.

    The row is locked until the transaction ends, so a decision that fails leaves no gap.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into decisions_series as s (unit_id, symbol, year, last_number)
            select unit, %s, %s, 1 from unnest(%s::bigint[]) unit order by unit
            on conflict (unit_id, symbol, year) do update set last_number = s.last_number + 1
            returning unit_id, last_number
            """,
            [symbol, year, sorted(units)],
        )
        return dict(cursor.fetchall())


def _serve_by(act: rules.Act, signed_on: date, event_on: date | None) -> date | None:
    if act.service_days is not None:
        return signed_on + timedelta(days=act.service_days)
    if act.notice_days is None or event_on is None:
        return None
    return event_on - timedelta(days=act.notice_days)


def _insert_lines(decisions: Mapping[int, int]) -> None:
    pairs = [list(decisions), list(decisions.values())]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into decisions_line
                (decision_id, person_id, subject_uid, place_id, outcome, article, ground,
                 amount, resolution_ids, replaces_id, way)
            select d.id, s.person_id, s.subject_uid, s.place_id, s.outcome, s.article, s.ground,
                   s.amount, s.resolution_ids, s.replaces_id, s.way
            from staged_lines s
            join unnest(%s::bigint[], %s::bigint[]) d(unit_id, id) on d.unit_id = s.unit_id
            """,
            pairs,
        )
        many = cursor.rowcount >= _MANY
        cursor.execute(
            """
            insert into decisions_fact (line_id, place_id, facts)
            select l.id, l.place_id, s.facts
            from staged_lines s
            join unnest(%s::bigint[], %s::bigint[]) d(unit_id, id) on d.unit_id = s.unit_id
            join decisions_line l on l.decision_id = d.id and l.person_id = s.person_id
            where s.facts is not null
            """,
            pairs,
        )
    if many:
        rls.analyze("decisions_decision", "decisions_line")


def _open_postings(
    act: rules.Act, ids: Iterable[int], signed_on: date, channels: Sequence[str]
) -> None:
    if act.posting_days is None:
        return
    until = signed_on + timedelta(days=act.posting_days)
    Posting.objects.bulk_create(
        Posting(decision_id=each, channel=channel, valid_from=signed_on, valid_to=until)
        for each in ids
        for channel in channels
    )
