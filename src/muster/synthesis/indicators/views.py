"""Figures that only a document states: listed, and declared with their source."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from muster.foundation.accounts.guards import allowed, requires
from muster.foundation.accounts.models import User
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused
from muster.shell import tables
from muster.synthesis.indicators import actions, queries
from muster.synthesis.indicators.forms import DeclareForm
from muster.synthesis.indicators.tables import DECLARED


@require_GET
@requires("indicators.view")
def index(request: HttpRequest) -> HttpResponse:
    """Every declared figure with its document, the latest first."""
    table = tables.page(
        queries.declarations(),
        request.GET,
        DECLARED,
        caption=_("Declared figures"),
        default="-declared",
        empty_title=_("No figure is declared"),
        empty_text=_("What no slice counts can be declared with the document that states it."),
    )
    may_declare = allowed(request, "indicators.declare")
    return render(request, "indicators/index.html", {"table": table, "may_declare": may_declare})


@require_http_methods(["GET", "POST"])
@requires("indicators.declare")
def new(request: HttpRequest) -> HttpResponse:
    """Declare a figure."""
    form = DeclareForm(request.POST or None, initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            name = _declare(cast("User", request.user), form.cleaned_data)
            messages.success(request, _("Declared for %(unit)s.") % {"unit": name})
            return redirect("indicators:index")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return render(request, "indicators/new.html", {"form": form})


def _declare(user: User, asked: dict[str, Any]) -> str:
    """Declare what the form says and return the name of the unit that its code meant."""
    unit = units.resolve(asked["unit"], asked["on"])
    queries.require_reach(user, unit, asked["on"], timezone.localdate())
    actions.declare(
        code=asked["indicator"],
        unit_id=unit.id,
        period=asked["period"],
        numerator=asked["numerator"],
        denominator=asked["denominator"],
        source=asked["source"],
        by=user,
    )
    return unit.full_name
