"""Opening a season: the province's own page, by the action that the rehearsal plays too."""

from datetime import date
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from muster.domains.recruitment import actions, queries, rules
from muster.domains.recruitment.forms import OpeningForm
from muster.domains.recruitment.models import Season
from muster.foundation.accounts.models import User
from muster.foundation.decisions import queries as decisions
from muster.foundation.units import queries as units
from muster.foundation.units.models import Unit
from muster.kernel.errors import Refused
from muster.shell.guards import requires

OPEN = "recruitment.open"


def provinces(request: HttpRequest) -> dict[int, str]:
    """The provinces whose seasons the user may open, by name."""
    if not (isinstance(request.user, User) and request.user.has_perm(OPEN)):
        return {}
    today = timezone.localdate()
    mine = units.named(decisions.my_units(request.user, today), today).values()
    return {
        each.id: each.full_name
        for each in mine
        if each.tree == "government" and each.level == "province"
    }


@require_http_methods(["GET", "POST"])
@requires(OPEN)
def opening(request: HttpRequest) -> HttpResponse:
    """One form: the year, the hand-over, the seats received, the days of the steps."""
    mine, today = provinces(request), timezone.localdate()
    if not mine:
        raise PermissionDenied
    form = OpeningForm(request.POST or None, provinces=mine, initial=_proposed(list(mine), today))
    if request.method == "POST" and form.is_valid():
        season = _open(form, today)
        if season:
            said = _("Season %(year)s is open; draw its source next.") % {"year": season.year}
            messages.success(request, said)
            return redirect("recruitment:season", season.uid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "recruitment/opening.html", {"form": form}, status=status)


def _open(form: OpeningForm, today: date) -> Season | None:
    """The season, or None with the refusal on the form."""
    unit = Unit.objects.get(pk=form.cleaned_data["unit"])
    try:
        return actions.announce_season(unit=unit, opened_on=today, **form.season())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _proposed(unit_ids: list[int], today: date) -> dict[str, Any]:
    """The days of the province's last season a year later, to be changed where they differ."""
    last = queries.last_season(unit_ids)
    if last is None:
        return {"year": today.year + 1}
    days = {each.step: rules.add_months(each.due_on, 12) for each in queries.milestones(last)}
    return days | {
        "unit": last.unit_id,
        "year": last.year + 1,
        "hand_over_on": rules.add_months(last.hand_over_on, 12),
    }
