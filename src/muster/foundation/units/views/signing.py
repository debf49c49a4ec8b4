"""What an order would do, its sign-off, and taking it back."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.foundation.units import actions, queries
from muster.foundation.units.forms import SignOffForm, UndoForm
from muster.foundation.units.models import Order
from muster.foundation.units.rules import BadOrder, findings_of
from muster.foundation.units.views import folder, listings, previews
from muster.shell.guards import door, requires


@require_GET
@requires("units.view")
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """All that an order would do, before anything happens; or every fault in it."""
    order = folder.found(pk)
    return _preview(request, order, SignOffForm(initial={"digest": order.digest}))


def _preview(
    request: HttpRequest, order: Order, form: SignOffForm, status: int = 200
) -> HttpResponse:
    context = folder.around(request, order, "preview") | {"form": form}
    if order.applied_on is not None or order.effective_on is None:
        return render(request, "units/preview.html", context, status=status)
    reading = queries.read_orders([order])
    faults = reading.outcomes[0].faults
    if faults:
        found = findings_of(faults, queries.line_of(order.number))
        context["findings"] = listings.findings(found)
    else:
        shown = queries.preview(reading)[0]
        context |= {
            "shown": shown,
            "cards": previews.sums(shown),
            "closes": previews.closes(shown, request.GET),
            "touched": [replace(each, url=door(request, each.url)) for each in shown.touched],
        }
        context |= {"opens": previews.opens(shown, request.GET), "amends": previews.amends(shown)}
    return render(request, "units/preview.html", context, status=status)


@require_POST
@requires("units.apply")
def apply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Sign off the very text that was previewed: the order takes effect."""
    order = folder.found(pk)
    form = SignOffForm(request.POST, digest=order.digest)
    if not form.is_valid():
        return _preview(request, order, form, status=422)
    try:
        actions.apply_order(order=order, by=signature(request), on=timezone.localdate())
    except BadOrder:
        return _preview(request, order, form, status=422)
    messages.success(request, _("Order %(number)s is applied.") % {"number": order.number})
    return HttpResponseRedirect(reverse("units:reconciliation", args=[order.pk]))


@require_http_methods(["GET", "POST"])
@requires("units.apply")
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take an order back, or say what stands in the way."""
    order = folder.found(pk)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.undo_order(order=order, by=signature(request), on=timezone.localdate())
        messages.success(request, _("Order %(number)s is undone.") % {"number": order.number})
        return HttpResponseRedirect(reverse("units:order", args=[order.pk]))
    context = folder.around(request, order, "undo") | {"form": form}
    context["obstacles"] = queries.obstacles([order]) if order.applied_on else []
    return render(request, "units/undo.html", context)


def signature(request: HttpRequest) -> str:
    """The opaque mark under which the log knows who acts."""
    return f"user {request.user.pk}"
