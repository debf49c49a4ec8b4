"""A waiting place by agreement: one commune proposes, the other accepts, the province settles."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from muster.foundation.units import queries
from muster.foundation.units.actions.placing import GroupRow, NotWaiting, place_groups
from muster.foundation.units.models import Order, Place, Placement, Unit
from muster.kernel.errors import Refused


class NotAgreed(Refused):
    """A proposal is not at the step that is asked of it."""


@transaction.atomic
def propose_place(
    *, order: Order, place: Place, unit: Unit, by: str, on: date, reason: str = ""
) -> Placement:
    """Propose a unit for a place that waits under an order; nothing changes on the map.

    A newer proposal takes the place of an older one that is not settled.
    """
    waiting = {each.place_id: each for each in queries.work_list(order)}.get(place.pk)
    if waiting is None or unit.pk not in {part.id for part in waiting.parts}:
        sentence = _("%(place)s does not wait under order %(order)s, or not for %(unit)s.")
        raise NotWaiting([sentence % {"place": place, "order": order, "unit": unit}])
    Placement.objects.filter(order=order, place=place, settled_on=None).delete()
    return Placement.objects.create(
        order=order, place=place, keeper_id=waiting.keeper.id, unit=unit,
        reason=reason, proposed_on=on, proposed_by=by,
    )  # fmt: skip


@transaction.atomic
def accept_place(*, placement: Placement, by: str, on: date) -> Placement:
    """The other commune agrees to a proposal."""
    _require(placement, accepted=False)
    placement.accepted_on, placement.accepted_by = on, by
    placement.save(update_fields=["accepted_on", "accepted_by"])
    return placement


@transaction.atomic
def withdraw_place(*, placement: Placement) -> None:
    """Take a proposal back, by the one who made it or the one who declines it."""
    _require(placement)
    placement.delete()


@transaction.atomic
def settle_proposal(*, placement: Placement, by: str, on: date) -> Placement:
    """The province settles an accepted proposal: the place has its unit, from the order's day.

    The decision enters the ledger with who proposed, who accepted and who settled.
    """
    _require(placement, accepted=True)
    said = {
        name: getattr(placement, name)
        for name in ("proposed_on", "proposed_by", "accepted_on", "accepted_by", "reason")
    }
    row = GroupRow(placement.place.code, placement.place.code, placement.unit.code)
    order, place = placement.order, placement.place
    placement.delete()
    place_groups(order=order, table=[row], by=by, on=on, reason=said["reason"], agreed=said)
    return Placement.objects.get(order=order, place=place, settled_on=on)


def _require(placement: Placement, *, accepted: bool | None = None) -> None:
    if placement.settled_on is not None:
        raise NotAgreed(_("The place is settled since %(on)s.") % {"on": placement.settled_on})
    if accepted is not None and accepted != (placement.accepted_on is not None):
        sentence = (
            _("The proposal is not accepted yet.") if accepted else _("It is accepted already.")
        )
        raise NotAgreed(sentence)
