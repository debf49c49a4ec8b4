"""An order enters the house: what it says is stored, nothing happens yet."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from muster.foundation.units.models import Act, Order
from muster.foundation.units.rules import Written
from muster.kernel.errors import Refused

HEAD = (
    "title", "issuer", "signed_on", "effective_on", "tree", "text", "source", "confirmed",
)  # fmt: skip


class OrderDiffers(Refused):
    """An order of this number is applied, and it says something else."""


@transaction.atomic
def file_order(*, written: Written) -> Order:
    """Store an order and its acts; filing the same again changes nothing.

    An order that is not applied may be replaced; one that is applied may not, since its
    units stand on it: undo it first, or file a correcting order under its own number.
    """
    head = {name: getattr(written, name) for name in HEAD}
    order = Order.objects.filter(number=written.number).first()
    if order is not None and order.digest == written.digest:
        return order
    if order is None:
        order = Order(number=written.number)
    elif order.applied_on is not None:
        sentence = _(
            "Order %(number)s is applied and says something else; undo it first, "
            "or file the correction under its own number."
        )
        raise OrderDiffers(sentence % {"number": order.number}, code="units.order_differs")
    for name, value in head.items():
        setattr(order, name, value)
    order.corrects = _corrected(written)
    order.digest = written.digest
    order.save()
    _replace_acts(order, written)
    return order


def _corrected(written: Written) -> Order | None:
    if written.corrects is None:
        return None
    corrected = Order.objects.filter(number=written.corrects).first()
    if corrected is None:
        sentence = _("Order %(number)s corrects order %(other)s, which is not known.")
        values = {"number": written.number, "other": written.corrects}
        raise OrderDiffers(sentence % values, code="units.order_unknown")
    return corrected


def _replace_acts(order: Order, written: Written) -> None:
    order.acts.all().delete()
    lines = written.lines or (None,) * len(written.bodies)
    Act.objects.bulk_create(
        Act(order=order, position=position, body=body, line=line)
        for position, (body, line) in enumerate(zip(written.bodies, lines, strict=True))
    )
