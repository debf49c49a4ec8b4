"""Orders: all of them, one with its text and acts, and a new one from its text."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from muster.foundation.units import actions
from muster.foundation.units.forms import OrderFileForm, OrderFilter
from muster.foundation.units.models import Order, Step
from muster.foundation.units.queries.naming import BASELINE
from muster.foundation.units.rules import BadOrder, Finding, read
from muster.foundation.units.views import acts, asked, folder, listings
from muster.foundation.units.views.words import STEPS
from muster.kernel.manifest import Label
from muster.shell import written
from muster.shell.components import Event, Fact
from muster.shell.guards import requires


@require_GET
@requires("units.view")
def orders(request: HttpRequest) -> HttpResponse:
    """Every order that was filed, the newest first."""
    filters = OrderFilter(request.GET)
    rows = filters.narrowed(Order.objects.exclude(number=BASELINE))
    context = {
        "tabs": asked.tabs("orders", timezone.localdate()),
        "table": listings.orders(rows, request.GET),
        "filters": filters,
        "may_file": request.user.has_perm("units.apply"),
    }
    return render(request, "units/orders.html", context)


@require_GET
@requires("units.view")
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """One order: its head, its text, its acts, and what was done with it."""
    row = folder.found(pk)
    context = folder.around(request, row, "order") | {
        "facts": list(_facts(row)),
        "acts": listings.acts(acts.lines(row), request.GET),
        "events": [_event(step) for step in row.steps.order_by("-pk")],
    }
    return render(request, "units/order.html", context)


@require_http_methods(["GET", "POST"])
@requires("units.apply")
def file(request: HttpRequest) -> HttpResponseBase:
    """File an order from its text; nothing happens to the map until it is signed off."""
    form = OrderFileForm(request.POST or None, request.FILES or None)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            filed = actions.file_order(
                written=read(form.cleaned_data["content"], form.cleaned_data["name"])
            )
        except BadOrder as refusal:
            findings = refusal.findings
        else:
            return HttpResponseRedirect(folder.next_page(filed))
    context = {"form": form, "findings": listings.findings(findings), "crumbs": folder.way()}
    return render(request, "units/file.html", context, status=422 if findings else 200)


def _facts(row: Order) -> Iterator[Fact]:
    yield Fact(_("Issuer"), row.issuer)
    yield Fact(_("Tree"), row.get_tree_display())
    yield Fact(_("Signed on"), written.day(row.signed_on))
    yield Fact(_("Takes effect on"), written.day(row.effective_on))
    yield Fact(_("Acts"), written.number(row.acts.count()))
    if row.applied_on is not None:
        yield Fact(_("Applied on"), written.day(row.applied_on))
    if row.corrects is not None:
        yield Fact(_("Corrects"), row.corrects.number)
    if row.source:
        yield Fact(_("Source"), "; ".join(map(_, row.source.split("; "))))
    yield Fact(_("Digest"), row.digest[:16])


def _event(step: Step) -> Event:
    label, _tone = STEPS[step.verb]
    return Event(step.on, label, _equation(step), kind="major" if step.verb == "applied" else "")


def _equation(step: Step) -> Label:
    if not step.figures:
        return ""
    sentence = _("before %(before)s = after %(after)s + work list %(work_list)s")
    numbers = {name: written.number(n) for name, n in step.figures.items() if isinstance(n, int)}
    return sentence % numbers
