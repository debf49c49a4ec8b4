"""Figures that only a document states: listed, and declared with their source."""

from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from muster.foundation.accounts import queries as accounts
from muster.foundation.accounts.models import User
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused
from muster.shell import tables, written
from muster.shell.guards import requires
from muster.shell.tables import Listing
from muster.synthesis.indicators import actions, queries
from muster.synthesis.indicators.forms import CompareForm, DeclareForm
from muster.synthesis.indicators.tables import DECLARED, of_map

JUNE = 6


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
    may_declare = request.user.has_perm("indicators.declare")
    return render(request, "indicators/index.html", {"table": table, "may_declare": may_declare})


@require_GET
@requires("indicators.view")
def compare(request: HttpRequest) -> HttpResponse:
    """One figure of one period, on the map of then or of now."""
    user, today = cast("User", request.user), timezone.localdate()
    form = CompareForm(request.GET or None, initial=_first_question(user, today))
    table = None
    if form.is_valid():
        try:
            table = _told(user, form.cleaned_data, today)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    status = 422 if form.errors else 200
    return render(request, "indicators/compare.html", {"form": form, "table": table}, status=status)


def _first_question(user: User, today: date) -> dict[str, str]:
    """The last half-year that ended, for the unit in which the user has his post."""
    held = accounts.posts_on(user, today).filter(unit__tree="government")
    code = next((post.unit.code for post in held if post.unit), "")
    ended = f"{today.year}H1" if today.month > JUNE else f"{today.year - 1}H2"
    return {"period": ended, "unit": code}


def _told(user: User, asked: dict[str, Any], today: date) -> Listing:
    """The figure by units, as far as the user's posts reach on that map; empty if none has it."""
    period, wanted = asked["period"], queries.indicator(asked["indicator"])
    on = period.last_day if asked["side"] == "then" else today
    under = queries.units_under(asked["unit"], on)
    if asked["unit"]:
        queries.require_reach(user, under[0], on, today)
    shown = [each for each in under if queries.covers(user, each.id, on, today)]
    found = queries.on_map(wanted.code, period, shown, on, asked["method"])
    if not any(each.amount or each.divided for each in found):
        found = []
    return of_map(wanted, found, wanted.label, f"{period}, {_('map of')} {written.day(on)}")


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
