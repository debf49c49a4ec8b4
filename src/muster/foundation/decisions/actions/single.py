"""One act at a time: deciding, serving, complaining and answering; built on the bulk actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from muster.foundation.decisions import queries, rules
from muster.foundation.decisions.actions.bulk import decide_lists, serve_lists
from muster.foundation.decisions.actions.staging import stage
from muster.foundation.decisions.actions.telling import tell
from muster.foundation.decisions.models import Complaint, Decision, Fact, Line, Means, Result, Way
from muster.foundation.ledger import actions as ledger
from muster.kernel.errors import Refused


class TooLate(Refused):
    """A complaint after the days that the law gives for it."""


class WrongInstance(Refused):
    """A complaint or an answer at the wrong step of the two instances."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A line as it will stand in the annex, or as it is proposed for it."""

    person_id: int | None
    place_id: int
    outcome: str
    article: str = ""
    ground: str = ""
    amount: int | None = None
    replaces_id: int | None = None
    way: str = ""
    facts: Mapping[str, Any] | None = None
    resolution_ids: Sequence[int] = ()
    subject_uid: str | None = None


FIRST, SECOND = 1, 2

_COLUMNS = (
    "unit_id",
    "person_id",
    "place_id",
    "outcome",
    "article",
    "ground",
    "amount",
    "replaces_id",
    "way",
    "facts",
    "resolution_ids",
    "subject_uid",
)


@transaction.atomic
def decide(
    *, kind: str | rules.Act, unit_id: int, lines: Sequence[Draft], signed_on: date, **facts: Any
) -> Decision:
    """Sign one decision of a unit over its lines; `facts` as for `decide_lists`."""
    stage(
        [(unit_id, *(_value(getattr(line, name)) for name in _COLUMNS[1:])) for line in lines],
        columns=_COLUMNS,
    )
    (number,) = decide_lists(kind=kind, signed_on=signed_on, **facts)
    return Decision.objects.get(pk=number)


@transaction.atomic
def supersede(
    *,
    line: Line,
    way: str,
    unit_id: int,
    signed_on: date,
    outcome: str,
    article: str = "",
    ground: str = "",
    kind: str | rules.Act = "",
    **facts: Any,
) -> Decision:
    """Set aside, correct or withdraw one line by a new decision of the competent office.

    The line itself never changes; the new one points back to it. `kind` is by
    default the kind of the decision that is changed.
    """
    draft = Draft(
        person_id=line.person_id,
        place_id=line.place_id,
        outcome=outcome,
        article=article,
        ground=ground,
        replaces_id=line.pk,
        way=way,
        subject_uid=str(line.subject_uid) if line.subject_uid else None,
        resolution_ids=facts.pop("resolution_ids", ()),
    )
    decision = decide(
        kind=kind or line.decision.kind,
        unit_id=unit_id,
        lines=[draft],
        signed_on=signed_on,
        **{"season": line.decision.season, **facts},
    )
    tell([decision.pk])
    return decision


def set_aside(*, line: Line, unit_id: int, signed_on: date, **facts: Any) -> Decision:
    """Set one line aside; nothing takes its place."""
    return supersede(
        line=line,
        way=Way.SET_ASIDE,
        unit_id=unit_id,
        signed_on=signed_on,
        outcome="set_aside",
        article=line.article,
        **facts,
    )


def serve(
    *,
    line: Line,
    delivered_on: date,
    means: str = Means.HAND,
    result: str = Result.SERVED,
    receiver: str = "",
    proof: str = "",
) -> None:
    """Record one attempt to deliver a line; through the family only with the name."""
    if means == Means.FAMILY and not receiver.strip():
        raise Refused("a paper left with the family needs the name of who took it; write it down.")
    serve_lists(
        select=(
            "select %s::bigint, %s::date, %s::text, %s::text, %s::text, %s::text",
            [line.pk, delivered_on, means, result, receiver, proof],
        )
    )


@transaction.atomic
def complain(
    *,
    line: Line,
    received_on: date,
    text: str = "",
    complex_case: bool = False,
    remote: bool = False,
) -> Complaint:
    """Take in a complaint against a line: the first, or the second after the first's answer.

    `TooLate` after 90 days from receipt of the decision (Law 02/2011).
    """
    known_on = queries.received_on(line.pk)
    if received_on > (last := rules.complaint_until(known_on)):
        raise TooLate(
            f"the decision was received on {known_on}; a complaint was possible until {last}, "
            f"not on {received_on}.",
            code="complaint.late",
        )
    complaint = Complaint(
        line=line,
        place_id=line.place_id,
        instance=_next_instance(line),
        text=text,
        complex_case=complex_case,
        remote=remote,
        received_on=received_on,
        accept_by=rules.accept_by(received_on),
    )
    complaint.save()
    ledger.record(kind="decisions.complaint", ids=[complaint.pk])
    return complaint


@transaction.atomic
def accept(*, complaint: Complaint, on: date) -> Complaint:
    """Accept a complaint: its clock for the answer starts (Law 02/2011, art. 28)."""
    complaint.accepted_on = on
    complaint.answer_by = rules.settle_by(
        on,
        instance=complaint.instance,
        complex_case=complaint.complex_case,
        remote=complaint.remote,
    )
    complaint.save(update_fields=["accepted_on", "answer_by"])
    return complaint


@transaction.atomic
def answer(
    *, complaint: Complaint, unit_id: int, signed_on: date, upheld: bool, **facts: Any
) -> Decision:
    """Answer a complaint by a decision; one that is upheld sets the line aside everywhere.

    The first answer comes from the unit that signed while it stands; the second from
    another, its superior. What the man gets instead is a decision of its own; where his
    request was declined it is signed with the answer, by the article he asked for.
    """
    line = complaint.line
    _check_instance(complaint, unit_id, signed_on)
    granted = rules.GRANTED.get(line.outcome, "") if upheld else ""
    undone = upheld and not granted
    draft = Draft(
        person_id=line.person_id,
        place_id=line.place_id,
        outcome="upheld" if upheld else "rejected",
        article=line.article,
        replaces_id=line.pk if undone else None,
        way=Way.SET_ASIDE if undone else "",
    )
    shared = {"unit_id": unit_id, "signed_on": signed_on, "season": line.decision.season, **facts}
    decision = decide(kind="complaint_answer", lines=[draft], **shared)
    complaint.answer = decision.lines.get()
    complaint.save(update_fields=["answer"])
    tell([decision.pk, *([_grant(line, granted, shared)] if granted else [])])
    return decision


def _grant(line: Line, outcome: str, shared: dict[str, Any]) -> int:
    """The deferral or exemption that was wrongly declined, in the place of its refusal."""
    frozen = Fact.objects.filter(line=line).first()
    known = dict(frozen.facts) if frozen else {}
    draft = Draft(
        person_id=line.person_id,
        place_id=line.place_id,
        outcome=outcome,
        article=line.article,
        ground=str(known.pop("ground", "")),
        replaces_id=line.pk,
        way=Way.CORRECTED,
        facts=known or None,
    )
    order = rules.granted_by_answer(outcome, shared["signed_on"])
    return decide(kind=order, lines=[draft], **shared).pk


def _next_instance(line: Line) -> int:
    earlier = list(line.complaints.order_by("instance"))
    if any(each.answer_id is None for each in earlier) or len(earlier) == SECOND:
        raise WrongInstance(
            "a complaint against this line is still open, or both instances have answered; "
            "after the second answer the court decides.",
            code="complaint.instance",
        )
    return len(earlier) + 1


def _check_instance(complaint: Complaint, unit_id: int, on: date) -> None:
    if complaint.accepted_on is None:
        raise WrongInstance("accept the complaint before it is answered.")
    signer = complaint.line.decision.unit_id
    stands = queries.signers([signer], on)[signer].stands
    if complaint.instance == FIRST and stands and unit_id != signer:
        raise WrongInstance(
            "the first complaint is answered by the office that signed; send it there."
        )
    if complaint.instance == SECOND and unit_id == signer:
        raise WrongInstance(
            "the second complaint is answered by the superior of the office that signed."
        )


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
