"""One act at a time: deciding, superseding and serving; built on the bulk actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from muster.foundation.decisions import rules
from muster.foundation.decisions.actions.bulk import decide_lists, serve_lists
from muster.foundation.decisions.actions.staging import stage
from muster.foundation.decisions.actions.telling import tell
from muster.foundation.decisions.models import Decision, Line, Means, Result, Way
from muster.kernel.errors import Refused


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


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
