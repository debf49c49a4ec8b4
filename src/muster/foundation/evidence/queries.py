"""Reads of papers: one man's, those that lapse, and what is shown for many on a day."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, Literal

import polars as pl
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from muster.foundation.accounts import queries as accounts
from muster.foundation.evidence import rules
from muster.foundation.evidence.models import KINDS, STUDY, Paper, Showing
from muster.foundation.register.models import Circumstance, Person
from muster.foundation.register.models.labels import CIRCUMSTANCES, circumstance
from muster.foundation.register.queries.facts import read_columns
from muster.foundation.register.rules import CIRCUMSTANCES as ARTICLES
from muster.kernel.manifest import TimelineItem, WorkItem

State = Literal["holds", "ends_soon", "lapsed", "withdrawn"]

_SHOWN_TYPES = {"person_id": pl.Int64, "claim": pl.String, "shown": pl.Boolean}
_SHOWN = """
    select s.person_id, p.claim,
           bool_or(p.issued_on <= %(on)s and (p.valid_to is null or p.valid_to > %(on)s)
                   and (p.withdrawn_on is null or p.withdrawn_on > %(on)s))
    from evidence_showing s join evidence_paper p on p.id = s.paper_id
    where p.received_on <= %(on)s
      and (p.claim = %(study)s or p.withdrawn_on is null or p.withdrawn_on > %(on)s)
      and (%(people)s::bigint[] is null or s.person_id = any(%(people)s))
    group by s.person_id, p.claim
"""


def shown(on: date, person_ids: Sequence[int] | None = None) -> pl.DataFrame:
    """Of every claim for which a paper was brought by the day: whether one still shows it.

    One withdrawn counts as never brought, since the register names a document too; a
    course has no other, so there it counts as one that shows nothing.

    Columns person_id, claim, shown; of all people in sight, or of those named.
    """
    people = None if person_ids is None else list(person_ids)
    return read_columns(_SHOWN, {"on": on, "people": people, "study": rules.STUDY}, _SHOWN_TYPES)


def papers_of(person: Person) -> "QuerySet[Paper]":
    """The papers that serve a person, the newest first; also those of an entry merged into his."""
    his = Q(person=person) | Q(person__merged_into=person)
    found = Paper.objects.filter(pk__in=Showing.objects.filter(his).values("paper"))
    return found.select_related("content", "received_by").order_by("-received_on", "-pk")


def state_of(paper: Paper, on: date) -> State:
    """Whether a paper still shows its claim on a day."""
    if paper.withdrawn_on is not None and paper.withdrawn_on <= on:
        return "withdrawn"
    if paper.valid_to is None or paper.valid_to > soon(on):
        return "holds"
    return "ends_soon" if paper.valid_to > on else "lapsed"


def soon(on: date) -> date:
    """Until when a paper that ends counts as ending soon."""
    return on + timedelta(days=rules.LAW.integer("reminder_days", on))


def relatives(person: Person) -> "QuerySet[Person]":
    """Others of his family in sight, for whom a paper of his may show something too."""
    if person.family_id is None:
        return Person.objects.none()
    others = Person.objects.filter(family_id=person.family_id, closed_on__isnull=True)
    return others.exclude(pk=person.pk).order_by("sort_key", "pk")


def claims() -> dict[str, str]:
    """What a paper may show, as a clerk chooses it: article, circumstance, paper."""
    found = {}
    for kind, shows in rules.KINDS.items():
        for claim in shows:
            article = ARTICLES.get(claim, "41.1.g")
            label = STUDY if claim == rules.STUDY else CIRCUMSTANCES[claim]
            found[claim] = f"{article} · {label}: {KINDS[kind]}"
    return dict(sorted(found.items(), key=lambda each: each[1]))


def claim_label(claim: str) -> str:
    """What a claim is called."""
    return str(STUDY) if claim == rules.STUDY else circumstance(claim)


def holds(person: Person, claim: str, on: date) -> bool:
    """Whether the register has the circumstance on the day."""
    spells = Circumstance.objects.filter(person=person, kind=claim, valid_from__lte=on)
    return spells.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).exists()


def ending(on: date) -> "QuerySet[Showing]":
    """Papers in sight that lapse soon, of people on the roll, and that no later one replaces."""
    later = Showing.objects.filter(
        person=OuterRef("person"),
        paper__claim=OuterRef("paper__claim"),
        paper__withdrawn_on__isnull=True,
        paper__pk__gt=OuterRef("paper__pk"),
    )
    found = Showing.objects.filter(
        ~Exists(later),
        person__closed_on__isnull=True,
        paper__withdrawn_on__isnull=True,
        paper__valid_to__gt=on,
        paper__valid_to__lte=soon(on),
    )
    return found.select_related("paper", "person__place__within")


def work(user: Any, on: date) -> Iterator[WorkItem]:
    """Papers that lapse soon: whoever keeps them asks for new ones."""
    if not accounts.may(accounts.roles_on(user, on), "evidence.attach"):
        return
    found = ending(on).aggregate(count=Count("pk"), first=Min("paper__valid_to"))
    if found["count"]:
        yield WorkItem(
            _("Papers that lapse soon"),
            due=found["first"],
            url=reverse("evidence:ending"),
            count=found["count"],
            urgency="soon",
        )


def timeline(person_id: Any) -> Iterator[TimelineItem]:
    """Each paper that serves a person: taken in, and withdrawn."""
    serving = Showing.objects.filter(person=int(person_id)).select_related("paper")
    for paper in (each.paper for each in serving.order_by("pk")):
        yield TimelineItem(
            on=paper.received_on,
            title=_("Paper taken in: %(kind)s") % {"kind": paper.kind_label},
            detail=paper.reference,
            receipt_url=reverse("ledger:receipt", args=["evidence.paper", paper.uid]),
        )
        if paper.withdrawn_on:
            yield TimelineItem(
                on=paper.withdrawn_on,
                title=_("Paper withdrawn: %(kind)s") % {"kind": paper.kind_label},
                detail=paper.withdrawn_because,
            )
