"""The doctor's pages: the next man by slip, one station typed; the chair corrects and concludes."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from muster.domains.recruitment import actions, queries, rules
from muster.domains.recruitment.forms import ConclusionForm, StationForm
from muster.domains.recruitment.models import Season, Slip
from muster.domains.recruitment.views import columns
from muster.kernel.errors import Refused
from muster.shell.guards import requires

EXAMINE = "recruitment.examine"


@require_GET
@requires(EXAMINE)
def examinations(request: HttpRequest) -> HttpResponse:
    """The examinations in which the doctor works, station by station."""
    on = timezone.localdate()
    shown = [
        (each, columns.stations(each), queries.is_chair(_me(request), each.season.unit_id, on))
        for each in queries.examinations()
    ]
    return render(request, "recruitment/examinations.html", {"shown": shown})


@never_cache
@require_http_methods(["GET", "POST"])
@requires(EXAMINE)
def station(request: HttpRequest, uid: UUID, code: str) -> HttpResponse:
    """One man at one station: his slip's number, and the fields of this station alone."""
    season = get_object_or_404(Season, uid=uid)
    if code not in rules.stations(season.hand_over_on):
        raise Http404
    again = "again" in request.GET
    slip = _asked(request, season) or queries.next_slip(
        season, code, again_by=_me(request) if again else None
    )
    form = StationForm(request.POST or None, station=code)
    if request.method == "POST" and slip and form.is_valid():
        try:
            actions.read_station(slip=slip, station=code, by=_me(request), **form.reading())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Slip %(number)s is read.") % {"number": slip.number})
            return redirect(_address(season, code, again=again))
    context = {
        "season": season,
        "code": code,
        "title": columns.station_label(code),
        "slip": slip,
        "again": again,
        "form": form,
    }
    return render(request, "recruitment/station.html", context, status=_status(form.errors))


@never_cache
@require_http_methods(["GET", "POST"])
@requires(EXAMINE)
def slip(request: HttpRequest, uid: UUID) -> HttpResponse:
    """All that was read of one man, for the chair: he corrects one station at a time."""
    found = get_object_or_404(Slip.objects.select_related("season"), uid=uid)
    _only_the_chair(request, found.season)
    code = request.GET.get("station", "")
    form = StationForm(request.POST or None, station=code) if code else None
    if request.method == "POST" and form and form.is_valid():
        try:
            actions.correct_station(
                slip=found, station=code, by=_me(request), on=timezone.localdate(), **form.reading()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("recruitment:slip", found.uid)
    standing = queries.standing(found)
    context = {
        "standing": standing,
        "slip": found,
        "listing": columns.readings(standing),
        "proposal": columns.proposal(standing),
        "form": form,
        "title": columns.station_label(code),
    }
    status = _status(form.errors if form else None)
    return render(request, "recruitment/slip.html", context, status=status)


@never_cache
@require_http_methods(["GET", "POST"])
@requires(EXAMINE)
def conclude(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The complete slips with the class proposed; the chair signs the council's conclusion."""
    season = get_object_or_404(Season, uid=uid)
    _only_the_chair(request, season)
    standings = [each for each in queries.ready(season) if each.complete][: columns.AT_ONCE]
    form = ConclusionForm(request.POST or None, standings=standings)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.conclude_slips(
                season=season, classes=form.classes(), by=_me(request), on=timezone.localdate()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("The conclusion over %(number)s men is signed.")
            messages.success(request, words % {"number": done.men})
            _tell_left_out(request, done.left_out)
            return redirect("recruitment:examinations")
    context = {
        "season": season,
        "form": form,
        "differing": columns.differing(queries.differing(season)),
        "rows": form.rows,
    }
    return render(request, "recruitment/conclude.html", context, status=_status(form.errors))


def _tell_left_out(request: HttpRequest, slips: Sequence[int]) -> None:
    if slips:
        words = _("Left out, since a later decision calls them no longer: slips %(numbers)s.")
        messages.warning(request, words % {"numbers": ", ".join(map(str, slips))})


def _asked(request: HttpRequest, season: Season) -> Slip | None:
    number = request.GET.get("slip", "")
    if not number.isdecimal():
        return None
    return queries.slip_numbered(season, int(number[:9]))


def _address(season: Season, code: str, *, again: bool) -> str:
    address = reverse("recruitment:station", args=[season.uid, code])
    return f"{address}?again" if again else address


def _only_the_chair(request: HttpRequest, season: Season) -> None:
    if not queries.is_chair(_me(request), season.unit_id, timezone.localdate()):
        raise PermissionDenied


def _status(errors: object) -> HTTPStatus:
    return HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK


def _me(request: HttpRequest) -> int:
    return cast("int", request.user.pk)
