"""Marks on entries that somebody disputes: set at once, lifted by another, by a decision."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from muster.foundation.accounts.actions import watched
from muster.foundation.decisions import rules
from muster.foundation.decisions.actions.single import Draft, decide
from muster.foundation.decisions.actions.telling import tell
from muster.foundation.decisions.models import Decision, Dispute, Line, Way
from muster.foundation.decisions.models.conclusions import corrections
from muster.foundation.ledger import actions as ledger
from muster.kernel.errors import Refused
from muster.shell import rls


class OwnMark(Refused):
    """A mark that would be lifted by the one who set it, or that is no longer set."""


class NoCorrection(Refused):
    """A disputed conclusion found wrong without saying what is right."""


@transaction.atomic
def mark_disputed(
    *,
    person_id: int,
    place_id: int,
    about: str,
    on: date,
    by: int | None = None,
    line: Line | None = None,
) -> Dispute:
    """Mark an entry about a person as disputed, at once; it is looked at within two working days.

    `about` is the code of the entry (`register.birth_date`, `line:…`), never what stands
    in it; the man himself may do it, or a clerk for him. Marking it twice gives the open mark.
    """
    # The man's own scope only reads; whom the mark is about was read in it.
    with rls.scoped(role=rls.WIDE, user_id=rls.current_user_id()):
        mark, fresh = Dispute.objects.get_or_create(
            person_id=person_id,
            about=about,
            answer=None,
            defaults={
                "place_id": place_id,
                "line": line,
                "marked_on": on,
                "marked_by_id": by,
                "look_by": rules.look_by(on),
            },
        )
        if fresh:
            ledger.record(kind="decisions.dispute", ids=[mark.pk])
    return mark


@watched
@transaction.atomic
def lift_dispute(
    *,
    dispute: Dispute,
    unit_id: int,
    signed_on: date,
    upheld: bool,
    correction: str = "",
    by: int | None = None,
    **facts: Any,
) -> Decision:
    """Lift a mark by a decision that says whether the man was right; never by who set it.

    A mark on a conclusion on health is the Medical Assessment Council's to decide: where
    the man was right, `correction` names the ground it concludes ("class_2"), and the new
    line corrects the old one. Another line is set aside where the unit that signed it
    decides. An entry of the register, or a line of another unit, waits for its correction.
    """
    if dispute.answer_id is not None or (by is not None and by == dispute.marked_by_id):
        raise OwnMark(
            "a mark is lifted once, and by somebody other than who set it.",
            code="dispute.own_mark",
        )
    line = dispute.line
    if upheld and line is not None:
        draft = _undoing(line, dispute, unit_id=unit_id, on=signed_on, correction=correction)
    else:
        draft = _plain(dispute, upheld=upheld)
    decision = decide(
        kind=rules.lifting_kind(line.decision.kind if line else ""),
        unit_id=unit_id,
        lines=[draft],
        signed_on=signed_on,
        **{"season": line.decision.season if line else "", **facts},
    )
    dispute.answer, dispute.lifted_by_id = decision.lines.get(), by
    dispute.save(update_fields=["answer", "lifted_by"])
    tell([decision.pk])
    return decision


def _plain(dispute: Dispute, *, upheld: bool) -> Draft:
    return Draft(dispute.person_id, dispute.place_id, "upheld" if upheld else "rejected")


def _undoing(line: Line, dispute: Dispute, *, unit_id: int, on: date, correction: str) -> Draft:
    """The line that takes a wrong one's place, as far as the unit may say so itself."""
    known = corrections(line.decision.kind, on)
    if known and (correction not in known or correction == line.ground):
        raise NoCorrection(
            "say what the conclusion is, and another than the one disputed.",
            code="dispute.no_correction",
        )
    plain = _plain(dispute, upheld=True)
    if known:
        return replace(
            plain,
            outcome=known[correction].outcome,
            article=line.article,
            ground=correction,
            replaces_id=line.pk,
            way=Way.CORRECTED,
        )
    if line.decision.unit_id == unit_id and not line.replaced_by.exists():
        return replace(plain, article=line.article, replaces_id=line.pk, way=Way.SET_ASIDE)
    return plain
