"""Founding the councils of doctors: examination and assessment, with their chair by name."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from muster.foundation.accounts.models import User
from muster.foundation.decisions.models import Body, BodyKind, Seat
from muster.foundation.ledger import actions as ledger


@transaction.atomic
def establish_doctors(
    *,
    unit_id: int,
    name: str,
    seats: Sequence[tuple[str, User | None]],
    on: date,
    kind: str = BodyKind.HEALTH_COUNCIL,
) -> Body:
    """Set up a council of doctors of a unit; the first of its seats is the chair's."""
    body = Body.objects.create(kind=kind, unit_id=unit_id, name=name, valid_from=on)
    seated = Seat.objects.bulk_create(
        Seat(body=body, title=title, user=user, chair=number == 0, valid_from=on)
        for number, (title, user) in enumerate(seats)
    )
    ledger.record(kind="decisions.body", ids=[body.pk])
    ledger.record(kind="decisions.seat", ids=[seat.pk for seat in seated])
    return body
