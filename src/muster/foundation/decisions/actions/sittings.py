"""Names before a council: proposed, contested, voted at once or singly, and signed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from muster.foundation.accounts.actions import watched
from muster.foundation.decisions import queries, rules
from muster.foundation.decisions.actions.bulk import Unproposed, decide_lists
from muster.foundation.decisions.actions.councils import Contested, vote
from muster.foundation.decisions.actions.single import Draft
from muster.foundation.decisions.actions.staging import stage
from muster.foundation.decisions.actions.telling import tell
from muster.foundation.decisions.models import Meeting, Proposal, Resolution
from muster.kernel.errors import Refused

_WHAT_IS_STAGED = ("unit_id", "proposer_id", "person_id", "place_id", "outcome", "article",
                   "ground", "facts", "resolution_id", "review_id")  # fmt: skip

REFUSAL = "request_refusal"


class NothingProposed(Refused):
    """A vote or a signature where no name waits for it."""


class UnknownReason(Refused):
    """A request declined for a reason that is not on the list."""


class Unreviewed(Unproposed):
    """A signature under a list that a council has still to review."""


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

    `singly` gives the ballots of each contested name by its proposal's id. What is carried
    goes before the next council that the law of the day names, or to the signature; a
    request that is not carried goes to the office that signs, to be declined.
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
    _keep_how_it_went(resolution, contested)
    waiting.update(resolution=resolution, carried=resolution.passed)
    send_on(act=act, on=meeting.held_on)
    _decline_lost(resolution)
    return resolution


def _keep_how_it_went(resolution: Resolution, contested: Sequence[Proposal]) -> None:
    carried = set(resolution.contested.filter(passed=True).values_list("person_id", flat=True))
    for each in contested:
        each.resolution, each.carried = resolution, each.person_id in carried
    Proposal.objects.bulk_update(contested, ["resolution", "carried"])


@transaction.atomic
def send_on(*, act: str, on: date) -> int:
    """Lay what was carried before the council that the law of the day has review it; how many.

    Done after each vote; once more where the chain has changed since.
    """
    select, values = queries.unsent(rules.act(act, on), on)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            insert into decisions_proposal
                (unit_id, act, season, person_id, place_id, outcome, article, ground, facts,
                 proposed_on, contested, origin_id)
            select s.unit_id, p.act, p.season, p.person_id, p.place_id, p.outcome, p.article,
                   p.ground, p.facts, p.proposed_on, false, coalesce(p.origin_id, p.id)
            from ({select}) s join decisions_proposal p on p.id = s.id
            where s.unit_id is not null order by p.id
            """,
            values,
        )
        return int(cursor.rowcount)


def _decline_lost(resolution: Resolution) -> None:
    lost = resolution.proposals.filter(carried=False, outcome__in=rules.DECLINED)
    for each in lost.select_related("unit").order_by("pk"):
        decline(
            unit_id=each.unit_id,
            season=each.season,
            declined_on=resolution.adopted_on,
            reason="not_carried",
            draft=Draft(
                each.person_id,
                each.place_id,
                each.outcome,
                each.article,
                each.ground,
                facts=each.facts,
            ),
        )


@transaction.atomic
def decline(*, unit_id: int, season: str, declined_on: date, reason: str, draft: Draft) -> Proposal:
    """Lay a request that is not granted before the office that signs, to be declined.

    `draft` says what was asked for and by which article. The man gets a decision with the
    article and a reason of `rules.REASONS`, against which he can complain; the ground that
    he named is kept with it, so that an answer can grant the request.
    """
    if reason not in rules.REASONS or draft.outcome not in rules.DECLINED:
        raise UnknownReason(
            f'a request is declined for {", ".join(rules.REASONS)}, not for "{reason}".'
        )
    asked = Draft(
        draft.person_id,
        draft.place_id,
        rules.DECLINED[draft.outcome],
        draft.article,
        reason,
        facts={**(draft.facts or {}), "ground": draft.ground},
    )
    (laid,) = propose(
        act=REFUSAL, unit_id=unit_id, season=season, proposed_on=declined_on, drafts=[asked]
    )
    return laid


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
    """Sign what passed every council since these units proposed it, as one decision of `unit_id`.

    `Unreviewed` names the council whose review is still missing, by the law of that day.
    """
    order = rules.act(act, signed_on)
    where, values = queries.ready(order)
    staged = stage(
        (
            f"""
            select %s::bigint, o.unit_id, p.person_id, p.place_id, p.outcome, p.article,
                   p.ground, p.facts, o.resolution_id,
                   case when p.origin_id is not null then p.resolution_id end
            from decisions_proposal p
            join decisions_proposal o on o.id = coalesce(p.origin_id, p.id)
            where {where} and p.season = %s and o.unit_id = any(%s)
            """,
            [unit_id, *values, season, list(proposer_ids)],
        ),
        columns=_WHAT_IS_STAGED,
    )
    if not staged:
        _refuse(order, unit_id, season, signed_on)
    ids = decide_lists(kind=order, signed_on=signed_on, season=season, **facts)
    _tie(ids, where, values, season)
    tell(ids)
    return ids


@watched
def _refuse(act: rules.Act, unit_id: int, season: str, on: date) -> None:
    """Say why nothing can be signed: the wrong office, a review that is missing, no names."""
    signer = queries.signers([unit_id], on)[unit_id]
    rules.check_office(act, level=signer.level, unit=signer.name, on=on)
    for unit, names in queries.still_to_review(act, season, on).items():
        name = queries.unit_names([unit], on)[unit]
        raise Unreviewed(
            f'"{act.code}" of {on}: the Military Service Council of {name} has still to review '
            f"{names} names; hold its sitting first.",
            code="decision.unreviewed",
        )
    raise NothingProposed("no carried name waits for this signature.")


def _tie(ids: Sequence[int], where: str, values: Sequence[Any], season: str) -> None:
    """Each name that was signed to its line."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            update decisions_proposal p set line_id = l.id
            from decisions_line l
            where l.decision_id = any(%s) and p.person_id = l.person_id
              and {where} and p.season = %s
            """,
            [list(ids), *values, season],
        )
