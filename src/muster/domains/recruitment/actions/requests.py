"""A request at the desk: a man shows a ground, and his name goes before the council."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from muster.domains.recruitment import queries
from muster.domains.recruitment.actions.moving import lock_open
from muster.domains.recruitment.models import ON_THE_WAY, Case, State
from muster.foundation.decisions import actions as decisions
from muster.foundation.decisions.models import Proposal
from muster.foundation.evidence import actions as papers
from muster.foundation.evidence import queries as evidence
from muster.foundation.evidence.rules import STUDY
from muster.foundation.register import actions as register
from muster.foundation.register.models import Circumstance, Schooling
from muster.kernel.errors import Refused

#: Which act decides what a man may ask for (art. 41).
RELIEVING = {State.DEFERRED: "deferral", State.EXEMPT: "exemption"}
STUDIES = ("school", "study")


class NoGround(Refused):
    """A request that no letter of article 41 carries by the facts and papers at hand."""


class Granted(Refused):
    """A request declined though the law grants it."""


class AlreadyAsked(Refused):
    """A request for a man whose name waits for a vote or a signature already."""


class NotOnTheWay(Refused):
    """A request for a man who stands where nobody is deferred any more."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a man shows: the ground's code, since when it holds, and the paper for it.

    `paper` is what `evidence.attach` takes: reference, issued_on, data, valid_to, family.
    `course` holds what an enrolment certificate says: level, mode, school, course_no, valid_to.
    """

    ground: str
    since: date
    paper: Mapping[str, Any]
    course: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def request(*, case: Case, on: date, shown: Shown | None = None, by: int | None = None) -> Proposal:
    """Take in what a man shows, with its paper, and lay his name before his commune's council.

    The law is read on his facts as they then stand: the article proposed is the one that
    holds, with the facts it relies on; the council decides (art. 41, 42). Refused, with
    nothing written, where no ground holds, his name waits already, or he is past it.
    """
    lock_open(case.season)
    _check_way(case)
    if shown is not None:
        _enter(case, shown, on, by)
    found = queries.relief(case, on)
    if found is None or found.outcome not in RELIEVING:
        raise NoGround(
            "by his facts and papers no letter of article 41 holds for him; "
            "his case says which paper is missing.",
            code="request.no_ground",
        )
    draft = decisions.Draft(
        case.person_id,
        case.place_id,
        found.outcome,
        found.article,
        found.ground,
        facts=found.relied_on | ({"paper": shown.paper["reference"]} if shown else {}),
    )
    act = RELIEVING[State(found.outcome)]
    (proposal,) = decisions.propose(
        act=act,
        unit_id=queries.first_council(act, case.place_id, on),
        season=case.season.key,
        proposed_on=on,
        drafts=[draft],
    )
    return proposal


@transaction.atomic
def decline(*, case: Case, on: date, ground: str, reason: str) -> Proposal:
    """Lay a request that the law does not grant before the office that signs, to be declined.

    The man named a ground whose article does not hold for him (`NoGround`). He gets a signed
    decision with the article and the reason, and may complain of it; the complaint's answer
    can still grant what he asked for. Refused while the law grants it by what he has shown.
    """
    lock_open(case.season)
    _check_way(case)
    asked = next(each for each in queries.may_be_shown(on) if each.code == ground)
    found = queries.relief(case, on)
    if found is not None and found.outcome in RELIEVING:
        raise Granted(
            f"by his facts and papers article {found.article} holds for him; "
            "lay his name before the council instead.",
            code="request.granted",
        )
    return decisions.decline(
        unit_id=queries.commune_of(case.place_id, on),
        season=case.season.key,
        declined_on=on,
        reason=reason,
        draft=decisions.Draft(
            case.person_id,
            case.place_id,
            asked.outcome,
            asked.article,
            ground,
            facts=found.relied_on if found else {},
        ),
    )


def _check_way(case: Case) -> None:
    if case.state not in ON_THE_WAY:
        raise NotOnTheWay(
            f"he stands at “{case.state}”; only who is still on the way may be deferred or exempt.",
            code="request.not_on_the_way",
        )
    if (waiting := queries.request_of(case)) and waiting.carried is not False:
        raise AlreadyAsked(
            f"his name has been before the council since {waiting.proposed_on}; "
            "wait for its vote and the signature.",
            code="request.already",
        )


def _enter(case: Case, shown: Shown, on: date, by: int | None) -> None:
    """The fact into the register, where it is not there, and its paper to the evidence."""
    studies = shown.ground in STUDIES
    if studies or not evidence.holds(case.person, shown.ground, on):
        facts = dict(shown.course) if studies else {"kind": shown.ground}
        register.begin_spell(
            person=case.person,
            spell=Schooling if studies else Circumstance,
            valid_from=shown.since,
            on=on,
            document=shown.paper["reference"],
            **facts,
        )
    claim = STUDY if studies else shown.ground
    papers.attach(person=case.person, claim=claim, received_on=on, by=by, **shown.paper)
