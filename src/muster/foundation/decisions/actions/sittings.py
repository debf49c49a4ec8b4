"""Names before a council: proposed, contested, voted at once or singly, and signed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from muster.foundation.accounts.actions import watched
from muster.foundation.decisions import queries, rules
from muster.foundation.decisions.actions.bulk import Unproposed, decide_lists
from muster.foundation.decisions.actions.councils import Contested, vote
from muster.foundation.decisions.actions.single import Draft
from muster.foundation.decisions.actions.staging import stage
from muster.foundation.decisions.actions.telling import tell
from muster.foundation.decisions.models import Meeting, Proposal, Resolution
from muster.kernel.errors import Refused

_WHAT_IS_STAGED = (
    "unit_id",
    "person_id",
    "place_id",
    "outcome",
    "article",
    "ground",
    "facts",
    "resolution_ids",
    "proposal_ids",
)

REFUSAL = "request_refusal"
CHANGED = "the names on the page are not those that wait for a vote; open the page again."


class NothingProposed(Refused):
    """A vote or a signature where no name waits for it."""


class UnknownReason(Refused):
    """A request declined for a reason that is not on the list."""


class NotAsked(Refused):
    """A vote of a council that the law of the day does not have vote on the act."""


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
    shown: int | None = None,
) -> Resolution:
    """Vote all names of an act that wait, at once, and the contested ones singly.

    `singly` gives the ballots of each contested name by its proposal's id, and `shown` how
    many names the page showed. The names are held until the vote is counted: of two sittings
    on one list the first counts, the second is refused. What is carried goes before the next
    council that the law of the day names, or to the signature; a request that is not carried
    goes to the office that signs, to be declined.
    """
    waiting, contested = _held(meeting, act, season, shown)
    if {name.pk for name in contested} != set(singly):
        raise NothingProposed(CHANGED)
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
    send_on(act=act, season=season, on=meeting.held_on)
    _decline_lost(resolution)
    return resolution


def _held(
    meeting: Meeting, act: str, season: str, shown: int | None
) -> tuple["QuerySet[Proposal]", list[Proposal]]:
    """The names that wait for the sitting's vote, held for it; those contested."""
    _check_asked(meeting, act)
    send_on(act=act, season=season, on=meeting.held_on)
    waiting = Proposal.objects.filter(
        unit=meeting.body.unit_id, act=act, season=season, resolution__isnull=True, line=None
    )
    names = list(waiting.select_for_update().order_by("pk"))
    if not names or (shown is not None and shown != len(names)):
        raise NothingProposed(CHANGED)
    return waiting, [name for name in names if name.contested]


def _check_asked(meeting: Meeting, act: str) -> None:
    """`NotAsked` where the law of the sitting's day names no council of that level."""
    unit, on = meeting.body.unit, meeting.held_on
    if unit.level not in rules.act(act, on).steps:
        raise NotAsked(
            "the law of %(day)s does not ask this council about the act; "
            "its names go on without it.",
            day=on,
        )


def _keep_how_it_went(resolution: Resolution, contested: Sequence[Proposal]) -> None:
    carried = set(resolution.contested.filter(passed=True).values_list("person_id", flat=True))
    for each in contested:
        each.resolution, each.carried = resolution, each.person_id in carried
    Proposal.objects.bulk_update(contested, ["resolution", "carried"])


@transaction.atomic
def send_on(*, act: str, season: str, on: date) -> int:
    """Lay each name before the council that the law of the day has see it next; how many.

    What a council carried is laid before the next one; what waits for a council that is not
    asked any more, or not yet, is moved. Done at each vote, and again once the chain changed.
    """
    select, values = queries.standing(rules.act(act, on), season, on)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            with astray as (select * from ({select}) s where {queries.ASTRAY}),
            moved as (
                update decisions_proposal p set unit_id = s.next_id
                from astray s where p.id = s.id and s.waits returning 1
            ),
            laid as (
                insert into decisions_proposal
                    (unit_id, act, season, person_id, place_id, outcome, article, ground, facts,
                     proposed_on, contested, origin_id)
                select next_id, %s, %s, person_id, place_id, outcome, article, ground, facts,
                       proposed_on, false, row_ids[1]
                from astray where not waits order by id returning 1
            )
            select (select count(*) from moved) + (select count(*) from laid)
            """,
            [*values, act, season],
        )
        return int(cursor.fetchone()[0])


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
    *, act: str, season: str, unit_id: int, signed_on: date, **facts: Any
) -> list[int]:
    """Sign what passed every council of the chain, as one decision of a unit over its places.

    `Unreviewed` names the council that has still to see a list, by the law of that day.
    """
    order = rules.act(act, signed_on)
    level = _signing_level(order, unit_id, signed_on)
    select, values = queries.standing(order, season, signed_on)
    staged = stage(
        (
            f"""
            select %s::bigint, person_id, place_id, outcome, article, ground, facts,
                   resolution_ids, row_ids
            from ({select}) s where next_id is null and {level}_id = %s
            """,
            [unit_id, *values, unit_id],
        ),
        columns=_WHAT_IS_STAGED,
    )
    if not staged:
        _refuse(order, season, signed_on)
    ids = decide_lists(kind=order, signed_on=signed_on, season=season, **facts)
    _tie(ids)
    tell(ids)
    return ids


@watched
def _signing_level(act: rules.Act, unit_id: int, on: date) -> str:
    """The level of the unit whose office signs; a wrong office is refused."""
    signer = queries.signers([unit_id], on)[unit_id]
    return rules.check_office(act, level=signer.level, unit=signer.name, on=on).level


@watched
def _refuse(act: rules.Act, season: str, on: date) -> None:
    """Say why nothing can be signed: a review that is missing, or no names."""
    for unit, names in queries.still_to_review(act, season, on).items():
        name = queries.unit_names([unit], on)[unit]
        raise Unreviewed(
            f'"{act.code}" of {on}: the Military Service Council of {name} has still to review '
            f"{names} names; hold its sitting first.",
            code="decision.unreviewed",
        )
    raise NothingProposed("no carried name waits for this signature.")


def _tie(ids: Sequence[int]) -> None:
    """Every row of a name that was signed to its line."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update decisions_proposal p set line_id = signed.line_id
            from (
                select unnest(s.proposal_ids) as row_id, l.id as line_id
                from decisions_line l join staged_lines s on s.person_id = l.person_id
                where l.decision_id = any(%s)
            ) signed where p.id = signed.row_id
            """,
            [list(ids)],
        )
