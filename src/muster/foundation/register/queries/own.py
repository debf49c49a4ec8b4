"""What a citizen sees of himself, and what offices have to answer him."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from muster.foundation.register.models import Access, Person, Reading, Request
from muster.foundation.register.models.labels import FIELDS, WISHES
from muster.foundation.register.queries.entry import (
    Entry,
    NoSuchPerson,
    entries_of,
    entry,
    timeline,
)
from muster.kernel.errors import Refused
from muster.kernel.manifest import Label, TimelineItem

ACCESS_CANONICAL = """
select id, json_build_array(id, uid, person_id, user_id, opened_on, basis)::text as canonical
from register_access
"""
REQUEST_CANONICAL = """
select id, json_build_array(id, uid, person_id, field, wanted, shown_by, asked_on, due_on)::text
    as canonical
from register_request
"""
ANSWER_CANONICAL = """
select id, json_build_array(id, uid, state, answered_on, answered_by_id, act_id,
    encode(sha256(convert_to(uid::text || answer, 'UTF8')), 'hex'))::text as canonical
from register_request where state <> 'open'
"""
# Whoever holds the paper may ask for this text: it says which paper, and nothing of the man.
CERTIFICATE_CANONICAL = """
select id, json_build_array(id, uid, kind, "on", encode(facts, 'hex'))::text as canonical
from register_certificate
"""


class NoSuchRequest(Refused):
    """No wish of that address lies within the asker's scope."""


@dataclass(frozen=True, slots=True)
class Read:
    """Somebody who read the entry, as its owner is told."""

    at: datetime
    by: str
    page: Label


# Each page that shows an entry, by the name under which it notes the reading.
_PAGES = {
    "person": lazy("the entry"),
    "person, numbers in full": lazy("the entry, numbers in full"),
    "correct": lazy("the entry, to correct it"),
    "family": lazy("the family"),
    "settle": lazy("the entry, to find his group"),
    "request": lazy("the correction asked for"),
    "export": lazy("on a list that left the house"),
    "pair": lazy("beside an entry that may be the same person's"),
    "recruitment case": lazy("the case of a recruitment season"),
    "marks": lazy("what is marked as disputed"),
    "papers": lazy("the list of his papers"),
    "evidence paper": lazy("a paper of his"),
}


def own_person(user_id: int) -> Person:
    """The person whom an account shows, after a merge the entry that stands; else `NoSuchPerson`."""
    access = Access.objects.filter(user_id=user_id, closed_on=None).first()
    shown = (access.survivor_id or access.person_id) if access else None
    person = Person.objects.filter(pk=shown).first() if shown else None
    if person is None:
        raise NoSuchPerson(_("No entry is bound to this account; ask at the desk of your commune."))
    return person


def own_entry(user_id: int, on: date, *, masked: bool = True) -> Entry:
    """One's own entry as it stands."""
    return entry(own_person(user_id).uid, on, masked=masked)


def readings(person_id: int, *, limit: int = 200) -> Sequence[Read]:
    """Who read the entry, or one that was merged into it, the latest first."""
    rows = Reading.objects.filter(person_id__in=entries_of(person_id)).select_related("by")
    return [
        Read(row.read_at, row.by.get_full_name(), _PAGES.get(row.page, row.page))
        for row in rows.order_by("-read_at", "-pk")[:limit]
    ]


def requests_of(person_id: int) -> QuerySet[Request]:
    """What the citizen asked to be corrected, in either entry of a merge, the latest first."""
    return Request.objects.filter(person_id__in=entries_of(person_id)).order_by("-asked_on", "-pk")


def open_requests() -> QuerySet[Request]:
    """Wishes that wait for an answer within the asker's scope, the most urgent first."""
    rows = Request.objects.filter(state=Request.State.OPEN)
    return rows.select_related("person", "place__within").order_by("due_on", "pk")


def request(uid: UUID) -> Request:
    """One wish."""
    row = Request.objects.select_related("person").filter(uid=uid).first()
    if row is None:
        raise NoSuchRequest(_("No wish of this address lies within your unit."))
    return row


def standing_value(request: Request) -> str:
    """What stands in the entry at present, where the wish would put something else."""
    value = getattr(request.person, request.field, "")
    return value.isoformat() if isinstance(value, date) else str(value or "")


def whole(user_id: int, on: date) -> dict[str, Any]:
    """Everything that is kept of the citizen, for his download (Law 91/2025/QH15)."""
    person = own_person(user_id)
    shown = entry(person.uid, on, masked=False)
    facts = {str(label): getattr(shown, name, "") for name, label in FIELDS.items()}
    facts[str(FIELDS["birth_date"])] = shown.birth
    return {
        "entry": {name: value for name, value in facts.items() if value not in (None, "")},
        **{
            str(title): [_line(line) for line in lines]
            for title, lines in (
                (_("Residence"), shown.residence),
                (_("Schooling"), shown.schooling),
                (_("Work"), shown.employment),
                (_("Circumstances"), shown.circumstances),
            )
        },
        "history": [
            {"on": item.on, "what": str(item.title), "detail": _detail(item), "article": item.article}
            for item in timeline(person.pk, on)
        ],
        "read_by": [
            {"at": localtime(read.at), "by": read.by, "page": str(read.page)} for read in readings(person.pk)
        ],
        "requests": [
            {"on": each.asked_on, "field": str(WISHES[each.field]), "wanted": each.wanted,
             "state": str(each.get_state_display()), "answer": each.answer}
            for each in requests_of(person.pk)
        ],
    }  # fmt: skip


def _detail(item: TimelineItem) -> str:
    """On paper each line says by itself why its law is unconfirmed."""
    doubt = _("unconfirmed: %s") % item.doubt if item.doubt else ""
    return "; ".join(filter(None, (str(item.detail), doubt)))


def _line(line: Any) -> dict[str, Any]:
    return {
        "what": line.heading,
        "detail": line.text,
        "from": line.valid_from,
        "until": line.valid_to,
        "paper": line.document,
    }
