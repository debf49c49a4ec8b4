"""Units as signers, their councils and seats on a day, and who may sign for a head."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet

from muster.foundation.decisions.models import Attendance, Body, BodyKind, Delegation, Seat
from muster.foundation.decisions.rules import Office
from muster.foundation.units import queries as units
from muster.foundation.units.models import Unit


@dataclass(frozen=True, slots=True)
class Signer:
    """A unit as it was named and placed on a day; `level` is '' where it did not stand."""

    unit_id: int
    name: str
    level: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Council:
    """A Military Service Council with the number of its seats on a day."""

    body_id: int
    unit_id: int
    name: str
    members: int


def signers(unit_ids: Iterable[int], on: date) -> dict[int, Signer]:
    """Each unit with its name and level on a day; one that did not stand has no level."""
    wanted = set(unit_ids)
    standing = units.named(wanted, on)
    codes = Unit.objects.filter(pk__in=wanted - standing.keys()).values_list("pk", "code")
    found = {
        each.id: Signer(each.id, each.full_name, each.level, True) for each in standing.values()
    }
    return found | {unit: Signer(unit, code, "", False) for unit, code in codes}


def unit_names(unit_ids: Iterable[int], on: date) -> dict[int, str]:
    """Each unit's name on a day, with its kind as officials write it."""
    return {unit: signer.name for unit, signer in signers(unit_ids, on).items()}


def councils(unit_ids: Iterable[int], on: date) -> list[Council]:
    """The Military Service Councils of these units that sat on a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select b.id, b.unit_id, b.name, count(s.id)
            from decisions_body b
            left join decisions_seat s on s.body_id = b.id
                and s.valid_from <= %(on)s and coalesce(%(on)s < s.valid_to, true)
            where b.kind = %(kind)s and b.unit_id = any(%(units)s)
              and b.valid_from <= %(on)s and coalesce(%(on)s < b.valid_to, true)
            group by b.id order by b.unit_id
            """,
            {"on": on, "kind": BodyKind.COUNCIL, "units": list(unit_ids)},
        )
        return [Council(*row) for row in cursor.fetchall()]


def seats_on(body_id: int, on: date) -> dict[int, Seat]:
    """The seats of a body on a day, the chair first."""
    held = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    seats = Seat.objects.filter(held, body=body_id, valid_from__lte=on)
    return {seat.pk: seat for seat in seats.order_by("-chair", "pk")}


def bodies(unit_ids: Iterable[int], on: date) -> "QuerySet[Body]":
    """The bodies of units that stand on a day."""
    held = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return Body.objects.filter(held, unit__in=unit_ids, valid_from__lte=on).order_by("unit", "pk")


def attending(meeting_id: int) -> list[int]:
    """The seats that are taken at a sitting."""
    found = Attendance.objects.filter(meeting=meeting_id)
    return list(found.order_by("seat_id").values_list("seat_id", flat=True))


def delegations(
    offices: Mapping[int, Office], form: str, on: date, signatory: str = ""
) -> dict[int, int]:
    """Unit → the delegation under which somebody may sign in that form on a day.

    With a `signatory` his own goes before one that names nobody; another's is none of his.
    """
    found = delegated(offices, on).filter(form=form)
    if signatory:
        found = found.filter(holder__in=("", signatory))
    return {
        each.unit_id: each.pk
        for each in found.order_by("holder", "pk")
        if each.role == offices[each.unit_id].role
    }


def delegated(unit_ids: Iterable[int], on: date) -> "QuerySet[Delegation]":
    """The delegations of units that are in force on a day."""
    held = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return Delegation.objects.filter(held, unit__in=unit_ids, valid_from__lte=on)


def chairs(unit_id: int, kind: str, on: date) -> set[int]:
    """The users who chair a unit's body of that kind on a day."""
    held = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    found = Seat.objects.filter(held, chair=True, body__unit=unit_id, body__kind=kind)
    return set(found.exclude(user=None).values_list("user_id", flat=True))
