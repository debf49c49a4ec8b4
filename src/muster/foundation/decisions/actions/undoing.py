"""An office takes back one line of its own: set aside as wrong, or withdrawn as overtaken."""

from dataclasses import replace
from datetime import date

from django.db import transaction

from muster.foundation.decisions import queries, rules
from muster.foundation.decisions.actions.single import supersede
from muster.foundation.decisions.models import Decision, Line, Way
from muster.foundation.decisions.models.conclusions import corrections
from muster.kernel.errors import Refused

#: What an office may do to its own line; a correction is another outcome, decided as such.
TAKEN_BACK = (Way.SET_ASIDE, Way.WITHDRAWN)

_FINAL = ("complaint_answer", "dispute_lifting", "assessment_conclusion")


class NotTakenBack(Refused):
    """A line that its office cannot take back: an answer, a conclusion, one of another office."""


@transaction.atomic
def take_back(*, line: Line, way: str, unit_id: int, signed_on: date) -> Decision:
    """Set one line aside, or withdraw it, by the office that signed it; nothing takes its place.

    Councils proposed it and are not asked again, since nobody is granted or ordered anything.
    The paper is served like a refusal, so that the man can complain, and is not posted.
    """
    if not may_be_taken_back(line, unit_id, signed_on) or way not in TAKEN_BACK:
        raise NotTakenBack(
            "an office takes back only a line of its own that stands; an answer to a complaint or "
            "a conclusion on health is changed by the next instance.",
            code="line.not_taken_back",
        )
    order = replace(
        rules.act(line.decision.kind, signed_on),
        steps=(),
        posting_days=None,
        notice_days=None,
        service_days=rules.act("request_refusal", signed_on).service_days,
    )
    return supersede(
        line=line,
        way=way,
        unit_id=unit_id,
        signed_on=signed_on,
        outcome=way,
        article=line.article,
        kind=order,
    )


def may_be_taken_back(line: Line, unit_id: int, on: date) -> bool:
    """Whether a line stands and is a unit's own: it signed it, or whoever did stands no more."""
    decision = line.decision
    if decision.kind in _FINAL or corrections(decision.kind, on):
        return False
    if line.way in TAKEN_BACK or line.replaced_by.exists() or not rules.knows(decision.kind):
        return False
    signer = queries.signers([decision.unit_id], on)[decision.unit_id]
    return decision.unit_id == unit_id or not signer.stands
