"""An order typed in: its head, then act by act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from muster.foundation.units import actions
from muster.foundation.units.forms import ActForm, ActFormSet, OrderHeadForm
from muster.foundation.units.models import Order
from muster.foundation.units.rules import BadOrder, Finding
from muster.foundation.units.rules.reading import from_data
from muster.foundation.units.views import folder, listings
from muster.shell.guards import requires

if TYPE_CHECKING:
    Acts = BaseFormSet[ActForm]


@require_http_methods(["GET", "POST"])
@requires("units.apply")
def draft(request: HttpRequest) -> HttpResponseBase:
    """Type an order; its acts are checked as those of a file are."""
    head = OrderHeadForm(request.POST or None)
    acts: Acts = ActFormSet(request.POST or None, prefix="acts")
    if request.method != "POST":
        return _page(request, head, acts)
    if request.POST.get("step") == "more":
        return _page(request, OrderHeadForm(initial=_typed(request)), _one_more(acts))
    if not (head.is_valid() and acts.is_valid()):
        return _page(request, head, acts, status=422)
    try:
        filed = _filed(head, acts)
    except BadOrder as refusal:
        return _page(request, head, acts, refusal.findings, status=422)
    return HttpResponseRedirect(folder.next_page(filed))


def _page(
    request: HttpRequest,
    head: OrderHeadForm,
    acts: Acts,
    findings: tuple[Finding, ...] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "head": head,
        "acts": acts,
        "findings": listings.findings(findings),
        "crumbs": folder.way(),
    }
    return render(request, "units/draft.html", context, status=status)


def _typed(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in OrderHeadForm.base_fields}


def _one_more(acts: Acts) -> Acts:
    """The same acts with an empty one behind them, and no complaint about those begun."""
    typed = [{name: form[name].value() for name in ActForm.base_fields} for form in acts.forms]
    return ActFormSet(initial=typed, prefix="acts")


def _filed(head: OrderHeadForm, acts: Acts) -> Order:
    said = {name: value for name, value in head.cleaned_data.items() if value}
    bodies = [form.body() for form in acts.forms if form.cleaned_data.get("act")]
    return actions.file_order(written=from_data({"order": said, "acts": bodies}, str(_("order"))))
