"""What every page of one order shows around its content."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from muster.foundation.units.models import Order, Tenure
from muster.foundation.units.queries.naming import BASELINE
from muster.foundation.units.views import asked
from muster.shell.components import Crumb, Status, Tab


def found(pk: int) -> Order:
    """The order, unless there is none; the map's beginning is no order of any office."""
    return get_object_or_404(Order.objects.exclude(number=BASELINE), pk=pk)


def way() -> tuple[Crumb, ...]:
    """The way to the orders."""
    return Crumb(_("Units"), asked.href("tree")), Crumb(_("Orders"), reverse("units:orders"))


def around(request: HttpRequest, order: Order, current: str) -> dict[str, Any]:
    """The frame of a page about an order: the way here, its state, its other pages."""
    return {
        "order": order,
        "crumbs": way()
        if current == "order"
        else (*way(), Crumb(order.number, _page("order", order))),
        "state": status(order),
        "tabs": [
            Tab(label, _page(name, order), current=name == current)
            for name, label in _pages(order).items()
        ],
        "may_apply": request.user.has_perm("units.apply"),
        "waiting": Tenure.objects.filter(opened_by=order, provisional=True).count(),
    }


def next_page(order: Order) -> str:
    """Where to go once an order is filed: to its preview, if it has one."""
    name = "preview" if "preview" in _pages(order) else "order"
    return _page(name, order)


def status(order: Order) -> Status:
    """Where an order stands, in a word."""
    if order.applied_on is not None:
        return Status(_("Applied"), "good")
    if order.effective_on is None:
        return Status(_("Day not confirmed"), "warn")
    return Status(_("Filed"), "info")


def _pages(order: Order) -> dict[str, str]:
    pages = {"order": _("Text and acts")}
    if order.applied_on is not None:
        pages |= {"reconciliation": _("Proof of completeness"), "undo": _("Undo")}
    elif order.effective_on is not None:
        pages["preview"] = _("Preview and sign-off")
    return pages


def _page(name: str, order: Order) -> str:
    return reverse(f"units:{name}", args=[order.pk])
