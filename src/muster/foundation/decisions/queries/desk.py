"""What waits on a desk: calls to serve, complaints to answer, names to vote, lists to sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from muster.foundation.accounts import queries as accounts
from muster.foundation.accounts.models import User
from muster.foundation.decisions import rules
from muster.foundation.decisions.models import (
    Complaint,
    Decision,
    Dispute,
    Line,
    Meeting,
    Proposal,
    labels,
)
from muster.foundation.units import queries as units
from muster.foundation.units.models import Link, LinkKind, Tree

_WAITS = """
    d.serve_by is not null and coalesce(d.event_on >= %(since)s, true)
    and (l.way not in ('set_aside', 'withdrawn') or d.event_on is null)
    and not exists (select from decisions_line n where n.replaces_id = l.id)
    and not exists (select from decisions_delivery v
                    where v.line_id = l.id and v.result <> 'returned')
"""


@dataclass(frozen=True, slots=True)
class Round:
    """The papers of one decision that still have to be brought to people."""

    decision_uid: str
    decision_id: int
    kind: str
    number: int
    symbol: str
    event_on: date | None
    serve_by: date
    waiting: int

    @property
    def title(self) -> str:
        """What is to be served."""
        return labels.label(labels.KINDS, self.kind)

    @property
    def full_number(self) -> str:
        """Number and symbol as on paper."""
        return f"{self.number:02d}/{self.symbol}"

    @property
    def reminders(self) -> tuple[date, ...]:
        """The days on which those who serve are reminded while papers wait, by the plan."""
        plan = rules.LAW.value("reminder_plan", self.serve_by)
        return tuple(self.serve_by - timedelta(days=days) for days in plan)

    def urgency(self, on: date) -> Literal["late", "soon", "normal"]:
        """Late once the last day is over, due soon from the first reminder on."""
        if self.serve_by < on:
            return "late"
        return "soon" if min(self.reminders, default=self.serve_by) <= on else "normal"


@dataclass(frozen=True, slots=True)
class Pile:
    """Proposals of a unit's council for one act, by outcome and article."""

    unit_id: int
    act: str
    season: str
    outcome: str
    article: str
    names: int
    contested: int

    @property
    def title(self) -> str:
        """The act in the reader's language."""
        return labels.label(labels.KINDS, self.act)

    @property
    def what(self) -> str:
        """The outcome in the reader's language."""
        return labels.label(labels.OUTCOMES, self.outcome)


def my_units(user: User, on: date) -> list[int]:
    """The units whose offices a user's posts belong to: his own, and those his command serves."""
    own = accounts.unit_ids(user, on)
    if not any(post.unit and post.unit.tree == Tree.DEFENCE for post in accounts.held_on(user, on)):
        return own
    served = Link.objects.filter(source__in=own, kind=LinkKind.SERVES, valid_to__isnull=True)
    return sorted({*own, *served.values_list("target_id", flat=True)})


def decisions_in_scope(user: User, on: date) -> "QuerySet[Decision]":
    """The decisions that name people of the user's places; a province sees them all."""
    levels = {post.unit.level if post.unit else "province" for post in accounts.posts_on(user, on)}
    found = Decision.objects.select_related("unit")
    if "province" in levels:
        return found
    return found.filter(pk__in=Line.objects.values("decision_id"))


def rounds(on: date, *, also_past: bool = False) -> list[Round]:
    """Decisions with papers that wait to be served, the most urgent first.

    `also_past`: those too whose day to appear is over, while the papers of a round on which
    there was no line may still be typed in.
    """
    days = rules.LAW.integer("late_typing_days", on) if also_past else 0
    return [
        Round(*row)
        for row in _rows(
            f"""
            select d.uid, d.id, d.kind, d.number, d.symbol, d.event_on, d.serve_by, count(*)
            from decisions_decision d join decisions_line l on l.decision_id = d.id
            where {_WAITS} group by d.id order by d.serve_by, d.id
            """,
            {"since": on - timedelta(days=days)},
        )
    ]


def waiting_lines(decision_id: int, *, limit: int, after: int = 0) -> list[int]:
    """The ids of a decision's lines that wait to be served, in the order of the annex."""
    found = _rows(
        f"""
        select l.id from decisions_decision d join decisions_line l on l.decision_id = d.id
        where d.id = %(id)s and l.id > %(after)s and {_WAITS} order by l.id limit {int(limit)}
        """,
        {"since": date.min, "id": decision_id, "after": after},
    )
    return [row[0] for row in found]


def open_complaints() -> "QuerySet[Complaint]":
    """Complaints without an answer, those with the nearest clock first.

    One that has gone to the superior or to court is not waited for any more.
    """
    later = Complaint.objects.filter(line=OuterRef("line"), instance__gt=OuterRef("instance"))
    found = Complaint.objects.filter(~Exists(later), answer__isnull=True, court_on__isnull=True)
    found = found.select_related("line__decision__unit")
    return found.order_by("accepted_on", "answer_by", "accept_by", "pk")


def open_disputes(*person_ids: int) -> "QuerySet[Dispute]":
    """Marks "disputed" that nobody has lifted: of some people, or all that the reader sees."""
    found = Dispute.objects.filter(answer__isnull=True).order_by("look_by", "pk")
    return found.filter(person__in=person_ids) if person_ids else found


def piles(unit_ids: Sequence[int], on: date) -> list[Pile]:
    """What waits for the vote of these units' councils, by the law of the day."""
    asked = [(step, act) for act in rules.acts_with_steps() for step in rules.act(act, on).steps]
    return [
        Pile(*row)
        for row in _rows(
            """
            select p.unit_id, p.act, p.season, p.outcome, p.article, count(*),
                   count(*) filter (where p.contested)
            from decisions_proposal p
            join units_unit u on u.id = p.unit_id
            join unnest(%(levels)s::text[], %(acts)s::text[]) asked(level, act)
                on asked.level = u.level and asked.act = p.act
            where p.unit_id = any(%(units)s) and p.resolution_id is null and p.line_id is null
            group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
            """,
            {
                "units": list(unit_ids),
                "levels": [step for step, _ in asked],
                "acts": [act for _, act in asked],
            },
        )
    ]


def proposals(unit_id: int, act: str, season: str, on: date) -> "QuerySet[Proposal]":
    """The names that wait for a council's vote on an act, none where the law does not ask it."""
    found = Proposal.objects.filter(
        unit=unit_id, unit__level__in=rules.act(act, on).steps, act=act, season=season,
        resolution__isnull=True, line__isnull=True,
    )  # fmt: skip
    return found.select_related("person", "place__within")


def proposal_groups(rows: "QuerySet[Proposal]", level: str, on: date) -> dict[int, str]:
    """Where names before a council come from: residential groups, or for a wider one communes."""
    if level == "commune":
        found = rows.order_by("place__folded").values_list("place_id", "place__name").distinct()
        return dict(found)
    communes = rows.order_by().values_list("origin__unit_id", flat=True).distinct()
    named = units.named([each for each in communes if each], on)
    return {each.id: each.full_name for each in named.values()}


def narrowed(
    rows: "QuerySet[Proposal]",
    level: str,
    *,
    article: str | None = None,
    group: int | None = None,
    vote: str | None = None,
) -> "QuerySet[Proposal]":
    """Some of the names before a council: of an article, from a group, to be voted singly or not."""
    if article:
        rows = rows.filter(article=article)
    if group:
        rows = rows.filter(**{"place" if level == "commune" else "origin__unit": group})
    return rows.filter(contested=vote == "singly") if vote else rows


def begun_sittings(body_id: int, act: str, on: date) -> "QuerySet[Meeting]":
    """Sittings of a body that were opened for an act on a day and have not voted yet."""
    return Meeting.objects.filter(body=body_id, agenda=act, held_on=on, resolutions=None)


def soon(on: date) -> date:
    """Until when a clock counts as due soon."""
    return on + timedelta(days=rules.LAW.integer("reminder_days", on))


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
