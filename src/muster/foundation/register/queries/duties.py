"""What the register owes by which day: found from the entries, never typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models import Filing
from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.register.rules import clocks
from muster.kernel.manifest import Label

CANONICAL_FILING = """
select id, json_build_array(id, unit_id, kind, period, "on", basis, by_id)::text as canonical
from register_filing
"""
CANONICAL_CONFIRMATION = """
select id, json_build_array(id, unit_id, kind, period, confirmed_on, confirmed_by_id)::text
    as canonical
from register_filing where confirmed_on is not null
"""
# Who he is stays out, so that an erased entry leads nowhere.
CANONICAL_ERRAND = """
select id, json_build_array(id, uid, kind, filing_id, told_on, due_on)::text as canonical
from register_errand
"""

KINDS: Mapping[str, Label] = {
    "january": _("January list of men who turn 17"),
    "first": _("First registration in April"),
    "change": _("Supplementary change"),
    "return": _("Return from a long absence"),
    "reserve": _("Registration for the reserve"),
    "police": _("Notice of the police for the quarter"),
}
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: for whom or which unit, since when, until when."""

    kind: str
    label: Label
    subject: str
    where: str
    since: date
    due: date
    late: bool
    errand: UUID | None = None
    person: UUID | None = None
    unit: int | None = None


def period_of(duty: Duty) -> date:
    """The first day of the year or quarter of which a paper is owed."""
    return duty.since if duty.kind == "january" else clocks.quarter_of(duty.since)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one kind are due and how many overdue."""

    kind: str
    label: Label
    due: int
    overdue: int


def _rows(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


# Places are joined from the left, so that PostgreSQL leaves them out where it only counts.
# kind, subject, where, since, due (null where a clock tells it), errand, person, unit
_ERRANDS = """
select e.kind, e.full_name, p.name, e.told_on, e.due_on, e.uid, null::uuid, null::bigint
from register_errand e left join units_place p on p.id = e.place_id
where e.settled_on is null
"""
_RETURNS = """
select 'return', p.full_name, g.name, s.valid_to, null::date, null::uuid, p.uid, null::bigint
from register_residence s
join register_person p on p.id = s.person_id
left join units_place g on g.id = p.place_id
where s.kind = 'absent' and s.valid_to <= %(today)s and p.closed_on is null
  and not exists (select from register_act a where a.person_id = s.person_id
                  and a.changes ? 'returned' and a.changes -> 'returned' -> 1 = to_jsonb(s.id))
"""
_RESERVES = """
select 'reserve', p.full_name, g.name, s.valid_to, null::date, null::uuid, p.uid, null::bigint
from register_circumstance s
join register_person p on p.id = s.person_id
left join units_place g on g.id = p.place_id
where s.kind = 'active_service' and s.valid_to <= %(today)s and s.valid_to > %(asked_since)s
  and p.closed_on is null
  and not exists (select from register_act a where a.person_id = s.person_id
                  and a.changes ? 'reserve' and a."on" >= s.valid_to)
"""
_FILINGS = """
select w.kind, v.kind || ' ' || v.name, '', w.since, w.due, null::uuid, null::uuid, u.id
from (select distinct t.unit_id from units_tenure t
      where t.valid_from <= %(today)s and (t.valid_to is null or t.valid_to > %(today)s)
        and case when %(places)s::int[] is null
            then exists (select from register_person p where p.place_id = t.place_id)
            else t.place_id = any(%(places)s::int[]) end) held
join units_unit u on u.id = held.unit_id and u.tree = 'government'
join units_unitversion v on v.unit_id = u.id and v.valid_from <= %(today)s
  and (v.valid_to is null or v.valid_to > %(today)s)
cross join unnest(%(kinds)s::text[], %(periods)s::date[], %(sinces)s::date[], %(dues)s::date[])
  w(kind, period, since, due)
left join register_filing f on f.unit_id = u.id and f.kind = w.kind and f.period = w.period
where f.id is null or (w.kind = 'january' and f.confirmed_on is null)
"""
_ALL = f"""
select * from (({_ERRANDS}) union all ({_RETURNS}) union all ({_RESERVES}) union all ({_FILINGS})) d
    (kind, subject, place, since, due, errand, person, unit)
"""
# A clock's deadline is compared by the day it began: the latest whose deadline is past.
_LATE = """
case kind when 'return' then since <= %(returned)s when 'reserve' then since <= %(discharged)s
     else due < %(today)s end
"""
_CLOCKS: Mapping[str, Callable[[date], date]] = {
    "return": clocks.return_due,
    "reserve": clocks.reserve_due,
}


def duties(today: date, *, late: bool, limit: int = SHOWN, beyond: int = 0) -> Sequence[Duty]:
    """The duties that are overdue (`late`), or due and not yet overdue, the most urgent first.

    At most `limit` of them, `beyond` so many before them.
    """
    values = {**_values(today, places_in_scope()), "late": late, "limit": limit, "beyond": beyond}
    found = _rows(
        f"select * from ({_ALL}) x where ({_LATE}) = %(late)s"
        " order by coalesce(due, since), kind, subject, errand, person, unit"
        " limit %(limit)s offset %(beyond)s",
        values,
    )
    told = [_duty(row, late=late) for row in found]
    return sorted(told, key=lambda duty: (duty.due, duty.kind, duty.subject))


def counted(today: date, places: frozenset[int] | None) -> Sequence[Count]:
    """How many of each kind are due and overdue within the asker's scope, whose places are given."""
    found = _rows(
        f"select kind, count(*) filter (where not ({_LATE})), count(*) filter (where {_LATE})"
        f" from ({_ALL}) x group by kind",
        _values(today, places),
    )
    by_kind = {kind: (due, overdue) for kind, due, overdue in found}
    return [Count(kind, label, *by_kind.get(kind, (0, 0))) for kind, label in KINDS.items()]


def police_notices(unit_id: int, today: date) -> QuerySet[Filing]:
    """The notices of the police that an office entered within a year, the latest first."""
    since = today - timedelta(days=366)
    rows = Filing.objects.filter(unit_id=unit_id, kind=Filing.Kind.POLICE, period__gte=since)
    return rows.order_by("-period")


def quarters(today: date) -> tuple[date, date]:
    """The running quarter and the one before, by their first days."""
    running = clocks.quarter_of(today)
    return running, clocks.quarter_of(running - timedelta(days=1))


def _values(today: date, places: frozenset[int] | None) -> dict[str, Any]:
    papers = _papers(today)
    return {
        "today": today,
        "places": None if places is None else list(places),
        "returned": clocks.latest_past_due(today, clocks.return_due),
        "asked_since": clocks.reserve_asked_since(today),
        "discharged": clocks.latest_past_due(today, clocks.reserve_due),
        "kinds": [paper[0] for paper in papers],
        "periods": [paper[1] for paper in papers],
        "sinces": [paper[2] for paper in papers],
        "dues": [paper[3] for paper in papers],
    }


def _papers(today: date) -> list[tuple[str, date, date, date]]:
    """The papers of this year and the running quarters: kind, period, asked since, due."""
    year = date(today.year, 1, 1)
    papers = [("january", year, year, clocks.january_list_due(today.year))]
    for each in reversed(quarters(today)):
        since, due = clocks.police_notice_days(each)
        if since <= today:
            papers.append(("police", each, since, due))
    return papers


def _duty(row: tuple[Any, ...], *, late: bool) -> Duty:
    kind, subject, place, since, due, errand, person, unit = row
    deadline = due or _CLOCKS[kind](since)
    return Duty(kind, KINDS[kind], subject, place, since, deadline, late, errand, person, unit)
