"""Founding councils, opening sittings, and votes: of lists of thousands, or member by member."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from muster.foundation.accounts.actions import watched
from muster.foundation.decisions import queries, rules
from muster.foundation.decisions.models import (
    Attendance,
    Ballot,
    Body,
    BodyKind,
    Choice,
    ContestedVote,
    Meeting,
    Resolution,
    Seat,
)
from muster.foundation.ledger import actions as ledger
from muster.kernel.errors import Refused


class NoCouncil(Refused):
    """A unit without a council on the day of a vote."""


class NotCarried(Refused):
    """A list that did not get the votes of more than half of all members."""


class NoSeat(Refused):
    """A vote or an attendance of somebody who does not sit in the body that day."""


@dataclass(frozen=True, slots=True)
class Vote:
    """Heads counted in a vote; `None` ayes = all who were present."""

    present: int | None = None
    ayes: int | None = None
    noes: int = 0
    recused: int = 0

    def counted(self, members: int, on: date) -> rules.Count:
        """The vote held against all members of the council."""
        present = members if self.present is None else self.present
        ayes = present - self.noes - self.recused if self.ayes is None else self.ayes
        return rules.count(
            on=on,
            members=members,
            present=present,
            ayes=ayes,
            noes=self.noes,
            recused=self.recused,
        )


@dataclass(frozen=True, slots=True)
class Contested:
    """A name taken off the list and voted on alone, seat by seat."""

    person_id: int
    place_id: int
    outcome: str
    article: str
    ballots: Mapping[int, str]


@transaction.atomic
def establish_councils(*, unit_ids: Sequence[int], on: date, members: int) -> int:
    """Set up the Military Service Council of each unit that has none; returns how many.

    The first seats are the chair and the two vice-chairs that the law names
    (art. 36.1), the others are members. Every seat begins on `on`.
    """
    names = queries.unit_names(unit_ids, on)
    seated = {body.unit_id for body in queries.councils(unit_ids, on)}
    bodies = Body.objects.bulk_create(
        Body(
            kind=BodyKind.COUNCIL,
            unit_id=unit,
            name=f"Hội đồng nghĩa vụ quân sự {names[unit]}",
            valid_from=on,
        )
        for unit in sorted(set(unit_ids) - seated)
    )
    seats = Seat.objects.bulk_create(
        (
            Seat(body=body, title=title, chair=number == 0, valid_from=on)
            for body in bodies
            for number, title in enumerate(rules.council_titles(members))
        ),
        batch_size=5_000,
    )
    ledger.record(kind="decisions.body", ids=[body.pk for body in bodies])
    ledger.record(kind="decisions.seat", ids=[seat.pk for seat in seats])
    return len(bodies)


@transaction.atomic
def close_bodies(*, unit_ids: Sequence[int], on: date) -> int:
    """End the bodies and seats of units that ended on that day; returns how many bodies."""
    bodies = Body.objects.filter(unit__in=unit_ids, valid_to__isnull=True, valid_from__lt=on)
    Seat.objects.filter(body__in=bodies, valid_to__isnull=True).update(valid_to=on)
    return bodies.update(valid_to=on)


@transaction.atomic
def resolve_lists(
    *,
    act: str | rules.Act,
    on: date,
    reviewed_on: date | None = None,
    season: str = "",
    members: int | None = None,
    vote: Vote = Vote(),
    votes: Mapping[int, Vote] | None = None,
) -> dict[int, int]:
    """Have every council of the chain carry the staged list; unit → its resolution.

    The law names the councils, one or many: those of the first level vote on `on`, all
    later ones on `reviewed_on` (the same day where it is left out), each once, on the names
    of its own places. The vote of a unit is `votes[unit]`, else `vote`, held against the
    seats of its council on that day; a unit without a council gets one of `members` seats.
    A list that does not pass is refused with its unit (art. 36.3).
    """
    later = reviewed_on or on
    order = rules.act(act, later) if isinstance(act, str) else act
    found: dict[int, int] = {}
    passed: dict[int, list[int]] = {}
    for number, step in enumerate(order.steps):
        day = later if number else on
        over = queries.staged_units(step, day, without=found)
        bodies = _councils(set(over.values()), day, members)
        resolutions = Resolution.objects.bulk_create(
            _resolved(body, order.code, day, season, (votes or {}).get(unit, vote))
            for unit, body in bodies.items()
        )
        found |= dict(zip(bodies, (each.pk for each in resolutions), strict=True))
        for place, unit in over.items():
            passed.setdefault(place, []).append(found[unit])
    _mark_staged(passed)
    ledger.record(kind="decisions.resolution", ids=list(found.values()))
    return found


def _councils(
    unit_ids: AbstractSet[int], on: date, members: int | None
) -> dict[int, queries.Council]:
    """Each unit's council on a day, founded where `members` says of how many seats."""
    if members is not None:
        establish_councils(unit_ids=sorted(unit_ids), on=on, members=members)
    found = {body.unit_id: body for body in queries.councils(unit_ids, on)}
    if missing := sorted(unit_ids - found.keys()):
        name = queries.unit_names(missing[:1], on)[missing[0]]
        raise NoCouncil(f"{name} has no Military Service Council on {on}; establish it first.")
    return found


def _resolved(body: queries.Council, act: str, on: date, season: str, vote: Vote) -> Resolution:
    counted = vote.counted(body.members, on)
    if not counted.passed:
        raise NotCarried(
            f"{body.name}: {counted.ayes} of {counted.members} members voted for the list, "
            f"{counted.needed} are needed; vote again or send it back.",
            code="vote.not_carried",
        )
    return _resolution(body.body_id, counted, act=act, on=on, season=season)


def _resolution(
    body_id: int,
    counted: rules.Count,
    *,
    act: str,
    on: date,
    season: str,
    meeting: Meeting | None = None,
) -> Resolution:
    return Resolution(
        body_id=body_id,
        meeting=meeting,
        act=act,
        season=season,
        adopted_on=on,
        members=counted.members,
        present=counted.present,
        ayes=counted.ayes,
        noes=counted.noes,
        recused=counted.recused,
        needed=counted.needed,
        passed=counted.passed,
    )


def _mark_staged(passed: Mapping[int, Sequence[int]]) -> None:
    """The resolutions of each place's councils to the staged names of the place."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update staged_lines s set resolution_ids = p.ids::bigint[]
            from unnest(%s::bigint[], %s::text[]) p(place_id, ids)
            where s.place_id = p.place_id
            """,
            [list(passed), [f"{{{','.join(map(str, ids))}}}" for ids in passed.values()]],
        )


@watched
@transaction.atomic
def open_meeting(*, body: Body, held_on: date, seats: Sequence[int], agenda: str = "") -> Meeting:
    """Open a sitting with the seats that are taken; `NoSeat` for one not of the body that day."""
    strangers = sorted(set(seats) - queries.seats_on(body.pk, held_on).keys())
    if strangers:
        raise NoSeat(
            f"seat {strangers[0]} does not belong to {body.name} on {held_on}; "
            "choose from its members of that day.",
            code="vote.no_seat",
        )
    meeting = Meeting.objects.create(body=body, held_on=held_on, agenda=agenda)
    Attendance.objects.bulk_create(Attendance(meeting=meeting, seat_id=seat) for seat in seats)
    return meeting


@watched
@transaction.atomic
def vote(
    *,
    meeting: Meeting,
    act: str,
    ballots: Mapping[int, str],
    season: str = "",
    contested: Sequence[Contested] = (),
) -> Resolution:
    """Vote a list at once and contested names singly; the resolution says whether it passed.

    `ballots` gives each seat's choice (aye, no, abstain, recused). Only seats that
    attend may vote; the ayes are held against all seats of the body that day.
    """
    present = queries.attending(meeting.pk)
    members = len(queries.seats_on(meeting.body_id, meeting.held_on))
    counted = _count_ballots(meeting, ballots, present, members)
    resolution = _resolution(
        meeting.body_id, counted, act=act, on=meeting.held_on, season=season, meeting=meeting
    )
    resolution.save()
    _keep_ballots(resolution, None, ballots)
    names = [_vote_name(resolution, meeting, name, present, members) for name in contested]
    ledger.record(kind="decisions.resolution", ids=[resolution.pk])
    ledger.record(kind="decisions.contested_vote", ids=[name.pk for name in names])
    return resolution


def _vote_name(
    resolution: Resolution, meeting: Meeting, name: Contested, present: Sequence[int], members: int
) -> ContestedVote:
    counted = _count_ballots(meeting, name.ballots, present, members)
    row = ContestedVote.objects.create(
        resolution=resolution,
        person_id=name.person_id,
        place_id=name.place_id,
        outcome=name.outcome,
        article=name.article,
        ayes=counted.ayes,
        noes=counted.noes,
        recused=counted.recused,
        passed=counted.passed,
    )
    _keep_ballots(resolution, row, name.ballots)
    return row


def _count_ballots(
    meeting: Meeting, ballots: Mapping[int, str], present: Sequence[int], members: int
) -> rules.Count:
    if strangers := sorted(set(ballots) - set(present)):
        raise NoSeat(
            f"seat {strangers[0]} votes on {meeting.held_on} without attending as a member; "
            "only members who attend vote.",
            code="vote.no_seat",
        )
    chosen = list(ballots.values())
    return rules.count(
        on=meeting.held_on,
        members=members,
        present=len(present),
        ayes=chosen.count(Choice.AYE),
        noes=chosen.count(Choice.NO),
        recused=chosen.count(Choice.RECUSED),
    )


def _keep_ballots(
    resolution: Resolution, name: ContestedVote | None, ballots: Mapping[int, str]
) -> None:
    Ballot.objects.bulk_create(
        Ballot(resolution=resolution, contested=name, seat_id=seat, choice=choice)
        for seat, choice in ballots.items()
    )
