"""Who sits in a council and who signs for a head: the people behind a vote and a signature."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from muster.foundation.decisions import actions, queries, tables
from muster.foundation.decisions.forms import BodyForm, DelegationForm, LeaveForm, SeatForm
from muster.foundation.decisions.models import Body, Delegation, Seat
from muster.foundation.decisions.views.mine import mine
from muster.kernel.errors import Refused
from muster.shell.guards import requires


def _offices(request: HttpRequest) -> dict[int, str]:
    """The units of government whose offices the user serves, by name."""
    served = mine(request).values()
    return {unit.id: unit.full_name for unit in served if unit.tree == "government"}


@require_http_methods(["GET", "POST"])
@requires("decisions.vote")
def councils(request: HttpRequest) -> HttpResponse:
    """The bodies of the user's units; one can be set up."""
    offices, today = _offices(request), timezone.localdate()
    form = BodyForm(request.POST or None, offices=offices, initial={"on": today, "members": 16})
    if _done(request, "decisions.seat", form, _set_up):
        return redirect("decisions:councils")
    standing = list(queries.bodies(offices, today))
    seats = {each.pk: len(queries.seats_on(each.pk, today)) for each in standing}
    context = {
        "listing": tables.bodies(standing, seats, offices),
        "form": form if request.user.has_perm("decisions.seat") else None,
    }
    return _page(request, "decisions/councils.html", context, form)


def _set_up(given: dict[str, Any]) -> None:
    actions.set_up(unit_id=given.pop("unit"), **given)


@require_http_methods(["GET", "POST"])
@requires("decisions.vote")
def council(request: HttpRequest, body: int) -> HttpResponse:
    """One body: its seats from when to when; somebody takes one, follows in one, leaves one."""
    today = timezone.localdate()
    found = get_object_or_404(Body, pk=body)
    if found.unit_id not in _offices(request):
        raise Http404
    held = {pk: seat for pk, seat in queries.seats_on(body, today).items() if not seat.valid_to}
    step = request.POST.get("step")
    take = SeatForm(request.POST if step == "take" else None, seats=held, initial={"on": today})
    leave = LeaveForm(
        request.POST if step == "leave" else None,
        held={pk: str(seat) for pk, seat in held.items()},
        initial={"on": today},
    )
    done = _done(request, "decisions.seat", take, lambda given: _seat(found, held, given)) or _done(
        request,
        "decisions.seat",
        leave,
        lambda given: actions.leave(seat=held[given["which"]], on=given["on"]),
    )
    if done:
        return redirect("decisions:council", body)
    may = request.user.has_perm("decisions.seat")
    context = {
        "body": found,
        "listing": tables.seats(found.seats.order_by("-chair", "title", "valid_from")),
        "members": len(queries.seats_on(body, today)),
        "take": take if may else None,
        "leave": leave if may and held else None,
    }
    return _page(request, "decisions/council.html", context, take, leave)


def _seat(body: Body, held: dict[int, Seat], given: dict[str, Any]) -> None:
    who = {"holder": given["holder"], "user": given["account"], "on": given["on"]}
    if given["follows"]:
        actions.follow(seat=held[given["follows"]], **who)
    else:
        actions.take_seat(body=body, title=given["title"], **who)


@require_http_methods(["GET", "POST"])
@requires("decisions.sign")
def delegations(request: HttpRequest) -> HttpResponse:
    """Who may sign for the heads of the user's offices; a delegation is recorded or ended."""
    offices, today = _offices(request), timezone.localdate()
    known = Delegation.objects.filter(unit__in=offices).order_by("-valid_from", "-pk")
    unending = {each.pk: str(each) for each in known if not each.valid_to}
    step = request.POST.get("step")
    give = DelegationForm(
        request.POST if step == "give" else None, offices=offices, initial={"valid_from": today}
    )
    end = LeaveForm(request.POST if step == "end" else None, held=unending, initial={"on": today})
    done = _done(request, "decisions.sign", give, _delegate) or _done(
        request, "decisions.sign", end, _end
    )
    if done:
        return redirect("decisions:delegations")
    context = {
        "listing": tables.delegations(known, offices),
        "give": give,
        "end": end if unending else None,
    }
    return _page(request, "decisions/delegations.html", context, give, end)


def _delegate(given: dict[str, Any]) -> None:
    actions.delegate(unit_id=given.pop("unit"), **given)


def _end(given: dict[str, Any]) -> None:
    actions.end_delegation(delegation=Delegation.objects.get(pk=given["which"]), on=given["on"])


def _done(
    request: HttpRequest, permission: str, form: forms.Form, act: Callable[[dict[str, Any]], object]
) -> bool:
    """Whether a form was sent and its act done; a refusal comes back on the form."""
    if not form.is_bound:
        return False
    if not request.user.has_perm(permission):
        raise PermissionDenied
    if not form.is_valid():
        return False
    try:
        act(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], *sent: forms.Form
) -> HttpResponse:
    faulty = any(form.is_bound and form.errors for form in sent)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK
    return render(request, template, context, status=status)
