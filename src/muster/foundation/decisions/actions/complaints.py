"""Complaints: first to the signer, then to his superior, or to court at either step."""

from datetime import date
from typing import Any

from django.db import transaction

from muster.foundation.decisions import queries, rules
from muster.foundation.decisions.actions.single import Draft, decide
from muster.foundation.decisions.actions.telling import tell
from muster.foundation.decisions.models import Complaint, Decision, Fact, Line, Way
from muster.foundation.ledger import actions as ledger
from muster.kernel.errors import Refused

FIRST, SECOND = 1, 2


class TooLate(Refused):
    """A complaint after the days that the law gives for it."""


class WrongInstance(Refused):
    """A complaint or an answer at the wrong step of the two instances."""


@transaction.atomic
def complain(
    *,
    line: Line,
    received_on: date,
    text: str = "",
    complex_case: bool = False,
    remote: bool = False,
) -> Complaint:
    """Take in a complaint against a line: the first, or the second to the superior.

    `TooLate` for the first after 90 days from receipt of the decision, for the second after 30
    (remote 45) from receipt of the first answer, or from the day by which it was due
    (Law 02/2011, art. 9, 33).
    """
    earlier = line.complaints.order_by("instance").last()
    known_on, last = _clock(line, earlier, received_on, remote=remote)
    if received_on > last:
        raise TooLate(
            "what is complained of was known on %(known)s; a complaint was possible until "
            "%(last)s, not on %(day)s.",
            code="complaint.late",
            known=known_on,
            last=last,
            day=received_on,
        )
    complaint = Complaint(
        line=line,
        place_id=line.place_id,
        instance=SECOND if earlier else FIRST,
        text=text,
        complex_case=complex_case,
        remote=remote,
        received_on=received_on,
        accept_by=rules.accept_by(received_on),
    )
    complaint.save()
    ledger.record(kind="decisions.complaint", ids=[complaint.pk])
    return complaint


def _clock(line: Line, earlier: Complaint | None, on: date, *, remote: bool) -> tuple[date, date]:
    """From when and until when the next complaint is possible; `WrongInstance` where none is."""
    if earlier is None:
        known_on = queries.received_on(line.pk)
        return known_on, rules.complaint_until(known_on)
    if earlier.court_on or earlier.instance == SECOND:
        raise WrongInstance(
            "after the second complaint, or once he has gone to court, the court decides.",
            code="complaint.instance",
        )
    due = earlier.answer_by or earlier.accept_by
    if earlier.answer_id is None and on <= due:
        raise WrongInstance(
            "the first complaint is still open; it is to be dealt with by %(due)s.",
            code="complaint.instance",
            due=due,
        )
    since = queries.received_on(earlier.answer_id) if earlier.answer_id else due
    return since, rules.second_complaint_until(since, remote=remote)


@transaction.atomic
def go_to_court(*, complaint: Complaint, on: date) -> None:
    """Note that the man has gone to court over a line, at either step; its clocks stop.

    What the court says the office that signed carries out: it takes the line back.
    """
    if complaint.court_on is not None or on < complaint.received_on:
        raise WrongInstance(
            "he goes to court once, and not before he complained on %(day)s.",
            code="complaint.court",
            day=complaint.received_on,
        )
    complaint.court_on = on
    complaint.save(update_fields=["court_on"])


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


def _check_instance(complaint: Complaint, unit_id: int, on: date) -> None:
    if complaint.accepted_on is None:
        raise WrongInstance("accept the complaint before it is answered.", code="complaint.open")
    if complaint.court_on or complaint.line.complaints.filter(instance__gt=complaint.instance):
        raise WrongInstance(
            "the complaint has gone to the superior or to court; it is answered there.",
            code="complaint.instance",
        )
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
