"""Marks "disputed": what can be marked about a man, what is marked, and by when it is looked at."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from muster.foundation.accounts import queries as accounts
from muster.foundation.decisions.models import Dispute, Line, labels
from muster.foundation.decisions.models.conclusions import corrections
from muster.foundation.decisions.queries.desk import open_disputes, soon
from muster.foundation.decisions.queries.lines import in_force
from muster.foundation.register.models import Circumstance, Person
from muster.foundation.register.models.labels import FIELDS, circumstance
from muster.kernel.manifest import TimelineItem, WorkItem

_LINE, _FIELD, _KIND = "line:", "register.", "circumstance."


def markable(person: Person) -> dict[str, str]:
    """What about a man can be marked disputed: his entry field by field, and each decision."""
    found = {f"{_FIELD}{name}": str(label) for name, label in FIELDS.items()}
    kinds = Circumstance.objects.filter(person=person).values_list("kind", flat=True).distinct()
    found |= {f"{_KIND}{kind}": circumstance(kind) for kind in kinds}
    for view in in_force(person.pk):
        outcome = labels.label(labels.OUTCOMES, view.outcome)
        found[f"{_LINE}{view.uid}"] = f"{view.title}, {view.number}: {outcome}"
    return found


def what(mark: Dispute) -> str:
    """What a mark is about, in words; never what stands there."""
    if mark.line is not None:
        return f"{labels.label(labels.KINDS, mark.line.decision.kind)}, {mark.line.decision.full_number}"
    area, _dot, name = mark.about.partition(".")
    return str(FIELDS.get(name, name)) if f"{area}." == _FIELD else circumstance(name)


def line_behind(about: str, person: Person) -> Line | None:
    """The decision's line that a mark is about, if it is about one of his."""
    if not about.startswith(_LINE):
        return None
    return Line.objects.filter(uid=about.removeprefix(_LINE), person=person).first()


def marks_of(person: Person) -> "QuerySet[Dispute]":
    """Every mark about a man, the newest first."""
    return _told(Dispute.objects.filter(person=person).order_by("-marked_on", "-pk"))


def marks_to_look_at() -> "QuerySet[Dispute]":
    """The open marks in sight, those due first before the others."""
    return _told(open_disputes())


def correctable_to(mark: Dispute, on: date) -> dict[str, str]:
    """What the council may conclude instead of what is disputed, by ground."""
    if mark.line is None:
        return {}
    found = corrections(mark.line.decision.kind, on)
    return {ground: each.label for ground, each in found.items() if ground != mark.line.ground}


def to_be_corrected() -> "QuerySet[Dispute]":
    """Marks in sight whose man was right, while what he marked still stands.

    A field of the entry stands until an act corrects it; another of its facts until any
    later act upon the entry; a decision's line until another takes its place.
    """
    return _told(Dispute.objects.filter(pk__in=_found_wrong()).order_by("look_by", "pk"))


def _found_wrong() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_TO_BE_CORRECTED, [list(_CORRECTABLE)])
        return [row[0] for row in cursor.fetchall()]


_CORRECTABLE = FIELDS.keys() - {"place", "registered_on"}
_TO_BE_CORRECTED = """
    select m.id from decisions_dispute m
    join decisions_line a on a.id = m.answer_id
    join register_person p on p.id = m.person_id
    cross join lateral (select split_part(m.about, '.', 2)) f (name)
    where a.outcome = 'upheld' and a.replaces_id is null and p.closed_on is null
      and case when m.line_id is not null
          then not exists (select from decisions_line n where n.replaces_id = m.line_id)
          else not exists (
              select from register_act r
              where r.person_id = m.person_id and r.on >= m.marked_on
                and (r.changes ? f.name or not f.name = any(%s)))
          end
"""


def _told(rows: "QuerySet[Dispute]") -> "QuerySet[Dispute]":
    return rows.select_related("person", "line__decision", "answer__decision", "marked_by")


def marked(line_id: int) -> bool:
    """Whether a decision's line is disputed at present."""
    return Dispute.objects.filter(line=line_id, answer__isnull=True).exists()


def mark_work(user: Any, on: date) -> Iterator[WorkItem]:
    """Marks that the user's office looks at within two working days."""
    if not accounts.may(accounts.roles_on(user, on), "decisions.lift"):
        return
    found = open_disputes().order_by().aggregate(count=Count("pk"), first=Min("look_by"))
    if first := found["first"]:
        yield WorkItem(
            _("Entries marked disputed"),
            due=first,
            url=reverse("decisions:disputes"),
            count=found["count"],
            urgency="late" if first < on else "soon" if first <= soon(on) else "normal",
        )


def correction_work(user: Any, on: date) -> Iterator[WorkItem]:
    """Entries found wrong that the user's office keeps, until they are corrected."""
    if not accounts.may(accounts.roles_on(user, on), "decisions.mark"):
        return
    if found := len(_found_wrong()):
        yield WorkItem(
            _("Entries found wrong, to be corrected"), url=reverse("decisions:wrong"), count=found
        )


def mark_timeline(person_id: int) -> Iterator[TimelineItem]:
    """When an entry about a man was marked, and how the mark was lifted."""
    about = Dispute.objects.filter(person=person_id).select_related("line__decision")
    for mark in about.order_by("pk"):
        state = _("open: looked at by %(day)s") % {"day": f"{mark.look_by:%d/%m/%Y}"}
        yield TimelineItem(
            on=mark.marked_on,
            title=_("Marked disputed: %(what)s") % {"what": what(mark)},
            detail="" if mark.answer_id else state,
            receipt_url=reverse("ledger:receipt", args=["decisions.dispute", mark.uid]),
        )
