"""Who sits in a body from when to when: it is set up, somebody takes, follows in, leaves a seat."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import translation

from muster.foundation.accounts.models import User
from muster.foundation.decisions import queries, rules
from muster.foundation.decisions.actions.councils import establish_councils
from muster.foundation.decisions.actions.health import establish_doctors
from muster.foundation.decisions.models import Body, BodyKind, Seat
from muster.foundation.ledger import actions as ledger
from muster.kernel.errors import Refused


class StandsAlready(Refused):
    """A second body of one kind of a unit at one time."""


class SeatDay(Refused):
    """A seat that would change on a day on which its council stands no more, or has voted."""


class TwoChairs(Refused):
    """A second chair of one council on one day."""


@transaction.atomic
def set_up(*, unit_id: int, kind: str, on: date, members: int) -> None:
    """Set up a body of a unit with so many seats, the chair's first; who holds them is typed in."""
    if queries.bodies([unit_id], on).filter(kind=kind).exists():
        raise StandsAlready(
            "this body stands already; change its seats instead.", code="body.stands"
        )
    if kind == BodyKind.COUNCIL:
        establish_councils(unit_ids=[unit_id], on=on, members=members)
        return
    with translation.override("vi"):
        name = f"{BodyKind(kind).label} {queries.unit_names([unit_id], on)[unit_id]}"
    seats = [(title, None) for title in rules.doctors_titles(members)]
    establish_doctors(unit_id=unit_id, kind=kind, name=name, seats=seats, on=on)


@transaction.atomic
def take_seat(
    *,
    body: Body,
    title: str,
    on: date,
    holder: str = "",
    user: User | None = None,
    chair: bool = False,
) -> Seat:
    """Add a seat to a council from a day on; it counts among all members from that day."""
    _check_day(body, on)
    if chair and any(seat.chair for seat in queries.seats_on(body.pk, on).values()):
        raise TwoChairs(
            "%(body)s has a chair on %(on)s; let somebody follow him in his seat instead.",
            code="seat.two_chairs",
            body=body.name,
            on=on,
        )
    seat = Seat.objects.create(
        body=body, title=title, holder=holder, user=user, chair=chair, valid_from=on
    )
    ledger.record(kind="decisions.seat", ids=[seat.pk])
    return seat


@transaction.atomic
def follow(*, seat: Seat, on: date, holder: str = "", user: User | None = None) -> Seat:
    """Let somebody else hold a seat from a day on; the council keeps its number of members."""
    leave(seat=seat, on=on)
    return take_seat(
        body=seat.body, title=seat.title, on=on, holder=holder, user=user, chair=seat.chair
    )


@transaction.atomic
def leave(*, seat: Seat, on: date) -> None:
    """End a seat: `on` is the first day on which it counts no more."""
    _check_day(seat.body, on)
    if seat.valid_to is not None or on <= seat.valid_from:
        raise SeatDay(
            "the seat began on %(since)s and has ended, or would end before it began; "
            "choose a seat that is held, and a later day.",
            code="seat.span",
            since=seat.valid_from,
        )
    seat.valid_to = on
    seat.save(update_fields=["valid_to"])


def _check_day(body: Body, on: date) -> None:
    """All members of a day on which a council voted stay what they were (art. 36.3)."""
    if on < body.valid_from or (body.valid_to and on >= body.valid_to):
        raise SeatDay(
            "%(body)s does not stand on %(on)s; choose a day of its own.",
            code="seat.body",
            body=body.name,
            on=on,
        )
    voted = body.resolutions.aggregate(last=Max("adopted_on"))["last"]
    if voted and on <= voted:
        raise SeatDay(
            "%(body)s voted on %(voted)s, counted against its members of that day; "
            "its seats change from a later day on.",
            code="seat.voted",
            body=body.name,
            voted=voted,
        )
