"""The only writers of papers: taking in, letting a family share, reading, withdrawing, resealing."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts.actions import watched
from muster.foundation.evidence import queries, rules
from muster.foundation.evidence.models import Content, Paper, Showing
from muster.foundation.ledger import actions as ledger
from muster.foundation.register import actions as register
from muster.foundation.register.models import Circumstance, Person
from muster.kernel.errors import Refused
from muster.shell.keyring import Ring

RING = Ring("evidence")
_BATCH = 100

_FAULTS = {
    "evidence.empty": _("The file is empty; choose another."),
    "evidence.too_large": _("The file is too large; scan the paper at a lower resolution."),
    "evidence.executable": _(
        "The file is a program, not a paper; scan or photograph the paper as PDF, JPEG or PNG."
    ),
    "evidence.web_page": _(
        "The file is a web page, not a paper; scan or photograph the paper as PDF, JPEG or PNG."
    ),
    "evidence.two_kinds": _("The file is two kinds at once and could be run; scan the paper anew."),
    "evidence.active": _("The PDF holds a program or another file; print it to a plain PDF."),
    "evidence.unknown": _(
        "The file is neither PDF nor JPEG nor PNG; scan or photograph the paper."
    ),
    "evidence.broken": _("The file is damaged; scan or photograph the paper anew."),
}


class UnfitFile(Refused):
    """A file that is no paper, or a paper too large; said in the reader's language."""


class NotValid(Refused):
    """A paper dated after it came in, or one that had lapsed before it came in."""


class TakenInTwice(Refused):
    """The same paper for the same person and claim once more."""


class NotOfTheFamily(Refused):
    """A paper shared with somebody of another family."""


class Withdrawn(Refused):
    """A paper that was withdrawn already, or whose content was erased."""


@watched
@transaction.atomic
def attach(
    *,
    person: Person,
    claim: str,
    reference: str,
    issued_on: date,
    data: bytes,
    received_on: date,
    valid_to: date | None = None,
    family: Sequence[Person] = (),
    by: int | None = None,
) -> Paper:
    """Take in a paper that shows a claim for a person, and for others of his family.

    `claim` is a circumstance of the register or `rules.STUDY`; a circumstance that the
    register does not have yet is entered with the paper. The file is judged by its bytes,
    never by its name, and kept sealed; its digest goes into the log. `valid_to` is the
    first day on which the paper no longer holds, by default what the law says of its kind.
    Refused: `UnfitFile` (an executable among them), `NotValid`, `TakenInTwice`.
    """
    kind, media = rules.kind_of(claim), _checked(data, received_on)
    ends = valid_to or rules.holds_until(kind, issued_on)
    _check_days(issued_on, ends, received_on)
    paper = _taken_in(
        data,
        person=person,
        place_id=person.place_id,
        kind=kind,
        claim=claim,
        reference=reference,
        issued_on=issued_on,
        valid_to=ends,
        media=media,
        received_on=received_on,
        received_by_id=by,
    )
    for each in (person, *family):
        share(paper=paper, person=each, on=received_on)
    return paper


def _taken_in(data: bytes, **facts: Any) -> Paper:
    paper = Paper(size=len(data), sha256=hashlib.sha256(data).digest(), **facts)
    _refuse_twice(paper)
    paper.save(force_insert=True)
    key_id, sealed = RING.seal(data, bound_to=paper.uid)
    Content.objects.create(paper=paper, key_id=key_id, sealed=sealed)
    ledger.record(kind="evidence.paper", ids=[paper.pk])
    return paper


def _checked(data: bytes, on: date) -> str:
    try:
        return rules.media_of(data, largest=rules.largest(on))
    except rules.NotAPaper as fault:
        raise UnfitFile(_FAULTS[fault.code], code=fault.code) from None


def _check_days(issued_on: date, ends: date | None, received_on: date) -> None:
    if issued_on > received_on:
        raise NotValid(
            _("The paper is dated after the day on which it came in; check its date."),
            code="evidence.dated_later",
        )
    if ends is not None and ends <= received_on:
        words = _("The paper held until %(day)s only; ask for a new one.")
        raise NotValid(words % {"day": ends.strftime("%d/%m/%Y")}, code="evidence.lapsed")


def _refuse_twice(paper: Paper) -> None:
    same = Paper.objects.filter(
        person=paper.person, claim=paper.claim, sha256=paper.sha256, withdrawn_on__isnull=True
    )
    if same.exists():
        raise TakenInTwice(
            _("This very file was taken in for him already; open it in the list."),
            code="evidence.twice",
        )


@transaction.atomic
def share(*, paper: Paper, person: Person, on: date) -> Showing:
    """Let a paper show its claim for a person too: who brought it, or one of his family.

    A circumstance that the register does not have for him yet is entered.
    """
    if person.pk != paper.person_id and (
        person.family_id is None or person.family_id != paper.person.family_id
    ):
        raise NotOfTheFamily(
            _("A paper serves one family; take it in for the other person anew."),
            code="evidence.family",
        )
    showing, fresh = Showing.objects.get_or_create(
        paper=paper, person=person, defaults={"place_id": person.place_id, "since": on}
    )
    if fresh:
        ledger.record(kind="evidence.showing", ids=[showing.pk])
    if paper.claim != rules.STUDY and not queries.holds(person, paper.claim, on):
        register.begin_spell(
            person=person,
            spell=Circumstance,
            kind=paper.claim,
            valid_from=paper.issued_on,
            on=on,
            document=paper.reference,
        )
    return showing


def content(*, paper: Paper, by: int) -> bytes:
    """The paper as it was brought, unsealed; the reading is logged for each whom it serves."""
    kept = Content.objects.filter(paper=paper).first()
    if kept is None:
        raise Withdrawn(_("The content of this paper was erased; its digest remains in the log."))
    for each in paper.showings.all():
        register.note_reading(
            person_id=each.person_id, place_id=each.place_id, user_id=by, page="evidence paper"
        )
    return RING.open(kept.sealed, key_id=kept.key_id, bound_to=paper.uid)


@transaction.atomic
def withdraw(*, paper: Paper, on: date, because: str) -> Paper:
    """Let a paper show nothing any more: taken in by mistake, found false, given back."""
    if paper.withdrawn_on is not None:
        raise Withdrawn(_("This paper was withdrawn already."), code="evidence.withdrawn")
    paper.withdrawn_on, paper.withdrawn_because = on, because
    paper.save(update_fields=["withdrawn_on", "withdrawn_because"])
    ledger.record(kind="evidence.withdrawal", ids=[paper.pk])
    return paper


def reseal() -> Iterator[int]:
    """Seal every content with the newest key, batch by batch; yields how many are left.

    Each batch is a transaction of its own, so that the work can be stopped and resumed.
    """
    newest = RING.newest()
    old = Content.objects.exclude(key_id=newest)
    while left := old.count():
        yield left
        with transaction.atomic():
            for kept in old.select_related("paper").order_by("pk")[:_BATCH]:
                uid = kept.paper.uid
                plain = RING.open(kept.sealed, key_id=kept.key_id, bound_to=uid)
                kept.key_id, kept.sealed = RING.seal(plain, bound_to=uid)
                kept.save(update_fields=["key_id", "sealed"])
