"""Names before a council: proposed, contested, voted at once or singly, and signed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from muster.foundation.decisions.actions.bulk import decide_lists
from muster.foundation.decisions.actions.councils import Contested, vote
from muster.foundation.decisions.actions.single import Draft
from muster.foundation.decisions.actions.staging import stage
from muster.foundation.decisions.actions.telling import tell
from muster.foundation.decisions.models import Meeting, Proposal, Resolution
from muster.kernel.errors import Refused

_WHAT_IS_STAGED = ("unit_id", "proposer_id", "person_id", "place_id", "outcome", "article",
                   "ground", "facts", "resolution_id")  # fmt: skip


class NothingProposed(Refused):
    """A vote or a signature where no name waits for it."""


@transaction.atomic
def propose(
    *, act: str, unit_id: int, drafts: Iterable[Draft], proposed_on: date, season: str = ""
) -> list[Proposal]:
    """Lay names before the council of a unit; each waits for the next sitting's vote."""
    return Proposal.objects.bulk_create(
        (
            Proposal(
                unit_id=unit_id,
                act=act,
                season=season,
                person_id=_named(draft),
                place_id=draft.place_id,
                outcome=draft.outcome,
                article=draft.article,
                ground=draft.ground,
                facts=dict(draft.facts) if draft.facts else None,
                proposed_on=proposed_on,
            )
            for draft in drafts
        ),
        batch_size=2_000,
    )


def _named(draft: Draft) -> int:
    if draft.person_id is None:
        raise NothingProposed("a council votes on people; name the person of each line.")
    return draft.person_id


@transaction.atomic
def contest(*, proposal: Proposal, contested: bool) -> None:
    """Take a name off the list to be voted on singly, or put it back, before the vote."""
    changed = Proposal.objects.filter(pk=proposal.pk, resolution__isnull=True)
    if not changed.update(contested=contested):
        raise NothingProposed("the name has been voted on already; open the minutes to see how.")


@transaction.atomic
def vote_list(
    *,
    meeting: Meeting,
    act: str,
    season: str,
    ballots: Mapping[int, str],
    singly: Mapping[int, Mapping[int, str]],
) -> Resolution:
    """Vote all names of an act that wait, at once, and the contested ones singly.

    `singly` gives the ballots of each contested name by its proposal's id.
    """
    waiting = Proposal.objects.filter(
        unit=meeting.body.unit_id, act=act, season=season, resolution__isnull=True
    )
    contested = list(waiting.filter(contested=True).order_by("pk"))
    if not waiting.exists() or {name.pk for name in contested} != set(singly):
        raise NothingProposed(
            "the names on the page are not those that wait for a vote; open the page again."
        )
    resolution = vote(
        meeting=meeting,
        act=act,
        season=season,
        ballots=ballots,
        contested=[
            Contested(
                each.person_id, each.place_id, each.outcome, each.article, dict(singly[each.pk])
            )
            for each in contested
        ],
    )
    carried = set(resolution.contested.filter(passed=True).values_list("person_id", flat=True))
    for each in contested:
        each.resolution, each.carried = resolution, each.person_id in carried
    Proposal.objects.bulk_update(contested, ["resolution", "carried"])
    waiting.update(resolution=resolution, carried=resolution.passed)
    return resolution


@transaction.atomic
def sign_proposed(
    *,
    act: str,
    season: str,
    unit_id: int,
    proposer_ids: Sequence[int],
    signed_on: date,
    **facts: Any,
) -> list[int]:
    """Sign what the councils of these units carried, as one decision of `unit_id`."""
    staged = stage(
        (
            """
            select %s::bigint, p.unit_id, p.person_id, p.place_id, p.outcome, p.article,
                   p.ground, p.facts, p.resolution_id
            from decisions_proposal p
            where p.act = %s and p.season = %s and p.unit_id = any(%s)
              and p.carried and p.line_id is null
            """,
            [unit_id, act, season, list(proposer_ids)],
        ),
        columns=_WHAT_IS_STAGED,
    )
    if not staged:
        raise NothingProposed("no carried name waits for this signature.")
    ids = decide_lists(kind=act, signed_on=signed_on, season=season, **facts)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update decisions_proposal p set line_id = l.id
            from decisions_line l
            where l.decision_id = any(%s) and p.person_id = l.person_id
              and p.act = %s and p.season = %s and p.resolution_id = l.resolution_id
              and p.carried and p.line_id is null
            """,
            [ids, act, season],
        )
    tell(ids)
    return ids
