"""Reading decisions: a person's lines, one decision with its annex, what is posted."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from muster.foundation.accounts import queries as accounts
from muster.foundation.accounts.models import Role
from muster.foundation.decisions import rules
from muster.foundation.decisions.models import (
    Complaint,
    Decision,
    Line,
    Posting,
    Resolution,
    Result,
    labels,
)
from muster.foundation.decisions.rules import closed_until

PAGE = 100


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as a timeline or an annex shows it, with the office's name of its day."""

    line_id: int
    uid: uuid.UUID
    decision_uid: uuid.UUID
    kind: str
    outcome: str
    article: str
    ground: str
    amount: int | None
    way: str
    state: str
    number: str
    level: str
    role: str
    unit_id: int
    signed_on: date
    effective_on: date
    event_on: date | None
    season: str
    confirmed: bool
    confirmed_note: str
    abstract: str
    place_id: int
    person_id: int | None
    served_on: date | None
    full_name: str
    birth_date: date | None
    birth_precision: str
    place_name: str

    @property
    def born(self) -> date | int | None:
        """The birth date, or the year alone where no more is known."""
        if self.birth_date and self.birth_precision == "year":
            return self.birth_date.year
        return self.birth_date

    @property
    def title(self) -> str:
        """What was decided: the act's name in the reader's language, else the paper's abstract."""
        known = labels.KINDS.get(self.kind)
        return str(known) if known else self.abstract or self.kind


def in_force_only(lines: "QuerySet[Line]") -> "QuerySet[Line]":
    """Lines that no later line replaced, and that did not themselves undo one."""
    return lines.filter(replaced_by__isnull=True).exclude(way__in=("set_aside", "withdrawn"))


def lines_of(*person_ids: int) -> list[LineView]:
    """Every line about a person (all numbers of a merged entry), newest first."""
    return _views("l.person_id = any(%s)", [list(person_ids)], "d.signed_on desc, l.id desc")


def in_force(*person_ids: int) -> list[LineView]:
    """The lines about a person that still stand, newest first."""
    return [view for view in lines_of(*person_ids) if view.state == "in_force"]


def line(uid: uuid.UUID | str) -> LineView | None:
    """One line by its opaque name, None where it is not visible."""
    return next(iter(_views("l.uid = %s", [uid], "l.id")), None)


def annex(
    decision_id: int,
    *,
    after: int = 0,
    limit: int = PAGE,
    place_ids: Sequence[int] | None = None,
    exported: bool = False,
) -> list[LineView]:
    """A page of a decision's names in the order of the annex, after the line `after`.

    A name is empty where its bearer has since moved out of the reader's places. Closed
    outcomes are for those who may read them, and for nobody where it is `exported`.
    """
    where = "l.decision_id = %s and l.id > %s"
    values: list[Any] = [decision_id, after]
    if place_ids is not None:
        where, values = f"{where} and l.place_id = any(%s)", [*values, list(place_ids)]
    return _views(where, values, f"l.id limit {int(limit)}", exported=exported)


def by_ids(line_ids: Sequence[int]) -> list[LineView]:
    """Some lines, in the order of the annex."""
    return _views("l.id = any(%s)", [list(line_ids)], "l.id")


def decision(uid: uuid.UUID | str) -> Decision | None:
    """One decision by its opaque name, with its resolution and unit."""
    return (
        Decision.objects.select_related("unit", "resolution__body", "delegation")
        .filter(uid=uid)
        .first()
    )


def resolutions_behind(decision: Decision) -> list[Resolution]:
    """The last resolutions before the signature: of one council, or of several of one level."""
    if decision.resolution:
        return [decision.resolution]
    return next(reversed(councils_behind(decision)), [])


def councils_behind(decision: Decision) -> list[list[Resolution]]:
    """The resolutions that carried a decision's names, council by council of the chain."""
    chains = decision.lines.exclude(resolution_ids=[]).values_list("resolution_ids", flat=True)
    steps: list[set[int]] = []
    for chain in chains.distinct():
        steps += [set() for _ in chain[len(steps) :]]
        for step, number in zip(steps, chain, strict=False):
            step.add(number)
    found = Resolution.objects.select_related("body").in_bulk(set().union(*steps))
    return [[found[number] for number in sorted(step)] for step in steps]


def open_postings(on: date) -> "QuerySet[Posting]":
    """The lists that hang on a day, those that come down first before the others."""
    return (
        Posting.objects.filter(valid_from__lte=on, valid_to__gt=on)
        .select_related("decision__unit")
        .order_by("valid_to", "pk")
    )


def received_on(line_id: int) -> date:
    """When a line reached the man: served or refused, else the day of the signature."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select coalesce(min(v.delivered_on), min(d.signed_on))
            from decisions_line l join decisions_decision d on d.id = l.decision_id
            left join decisions_delivery v on v.line_id = l.id and v.result <> %s
            where l.id = %s
            """,
            [Result.RETURNED, line_id],
        )
        found: date = cursor.fetchone()[0]
    return found


def second_complaint_until(complaint: Complaint) -> date | None:
    """Until when the man may turn to the superior, once the first answer is there or overdue."""
    if complaint.instance != 1 or complaint.court_on:
        return None
    due = complaint.answer_by or complaint.accept_by
    since = received_on(complaint.answer_id) if complaint.answer_id else due
    return rules.second_complaint_until(since, remote=complaint.remote)


def _closed_outcomes() -> list[str]:
    """The outcomes that whoever acts may not read; the house itself and the man read all."""
    user = accounts.acting_user() if labels.CLOSED else None
    if user is None:
        return []
    roles = accounts.roles_on(user, timezone.localdate())
    if set(roles) == {Role.CITIZEN}:
        return []
    return [each for each, right in labels.CLOSED.items() if not accounts.may(roles, right)]


#: A complaint against the line waits, or was answered or taken to court since a day.
_SPOKEN_OF = """exists (
    select from decisions_complaint c
    left join decisions_line a on a.id = c.answer_id
    left join decisions_decision e on e.id = a.decision_id
    where c.line_id = l.id and coalesce(greatest(e.signed_on, c.court_on) >= %s, true))"""


def _views(
    where: str, values: Sequence[Any], order: str, *, exported: bool = False
) -> list[LineView]:
    gone = closed_until(timezone.localdate())
    everyone = list(labels.CLOSED)
    hidden = everyone if exported else _closed_outcomes()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select l.id, l.uid, d.uid, d.kind, l.outcome, l.article, l.ground, l.amount, l.way,
                   case when n.way is not null then n.way
                        when l.way in ('set_aside', 'withdrawn') then 'undoing'
                        else 'in_force' end,
                   lpad(d.number::text, greatest(2, length(d.number::text)), '0') || '/' || d.symbol,
                   d.level, d.role, d.unit_id, d.signed_on, d.effective_on, d.event_on, d.season,
                   d.confirmed, d.confirmed_note, d.abstract, l.place_id, l.person_id,
                   (select min(v.delivered_on) from decisions_delivery v
                    where v.line_id = l.id and v.result <> '{Result.RETURNED}'),
                   coalesce(p.full_name, ''), p.birth_date, coalesce(p.birth_precision, ''),
                   coalesce(g.name || ', ' || w.name, g.name)
            from decisions_line l
            join decisions_decision d on d.id = l.decision_id
            join units_place g on g.id = l.place_id
            left join units_place w on w.id = g.within_id
            left join decisions_line n on n.replaces_id = l.id
            left join register_person p on p.id = l.person_id
            where {where}
              and not (l.outcome = any(%s)
                       or l.outcome = any(%s) and d.signed_on < %s and not {_SPOKEN_OF})
            order by {order}
            """,
            [*values, hidden, everyone, gone, gone],
        )
        return [LineView(*row) for row in cursor.fetchall()]


def pages(decision_id: int, *, limit: int = PAGE) -> Iterator[list[LineView]]:
    """The whole annex, page by page, for papers and exports."""
    after = 0
    while page := annex(decision_id, after=after, limit=limit, exported=True):
        yield page
        after = page[-1].line_id
