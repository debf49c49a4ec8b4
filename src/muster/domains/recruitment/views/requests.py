"""A request at the desk: which ground a man comes with, then its paper, one question at a time."""

from datetime import date
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from muster.domains.recruitment import actions, queries
from muster.domains.recruitment.forms import (
    DeclineForm,
    GroundForm,
    ReceivedForm,
    ground_label,
    request_form,
)
from muster.domains.recruitment.grounds import Ground
from muster.domains.recruitment.models import Case
from muster.domains.recruitment.views.season import REQUEST, case_of
from muster.foundation.evidence import queries as evidence
from muster.foundation.register.queries.entry import place_name
from muster.kernel.errors import Refused
from muster.shell.guards import requires


@require_GET
@requires(REQUEST)
def ask(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Which ground he comes with, or what the register shows already."""
    case, today = case_of(uid, person), timezone.localdate()
    form = GroundForm(request.GET or None, grounds=queries.may_be_shown(today))
    if form.is_valid():
        return redirect("recruitment:paper", uid, person, form.cleaned_data["ground"])
    context = {
        "case": case,
        "place": place_name(case.place),
        "form": form,
        "relief": _shown_already(case, today),
    }
    return render(request, "recruitment/ask.html", context)


@require_http_methods(["GET", "POST"])
@requires(REQUEST)
def as_registered(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """A request for which the register shows everything; only its day is asked."""
    case, today = case_of(uid, person), timezone.localdate()
    relief = _shown_already(case, today)
    if relief is None:
        return redirect("recruitment:ask", uid, person)
    form = ReceivedForm(request.POST or None, initial={"received_on": today})
    if request.method == "POST" and form.is_valid() and (done := _laid(request, case, form)):
        return done
    return render(request, "recruitment/paper.html", {"case": case, "form": form, "relief": relief})


def _shown_already(case: Case, on: date) -> queries.Relief | None:
    """What article 41 gives him by the register alone, if it gives him anything."""
    relief = queries.relief(case, on)
    return relief if relief and relief.outcome in actions.RELIEVING else None


@require_http_methods(["GET", "POST"])
@requires(REQUEST)
def paper(request: HttpRequest, uid: UUID, person: UUID, ground: str) -> HttpResponse:
    """The paper behind the ground; then his name goes before the council."""
    case, today = case_of(uid, person), timezone.localdate()
    shown = _known(ground, today)
    form = request_form(ground)(
        request.POST or None,
        request.FILES or None,
        relatives=evidence.relatives(case.person),
        today=today,
        initial={"received_on": today},
    )
    sent = request.method == "POST" and form.is_valid()
    if sent and (done := _laid(request, case, form, form.shown(ground))):
        return done
    context = {
        "case": case,
        "form": form,
        "ground": ground_label(shown),
        "decline": reverse("recruitment:decline", args=[uid, person, ground]),
    }
    return render(request, "recruitment/paper.html", context)


@require_http_methods(["GET", "POST"])
@requires(REQUEST)
def decline(request: HttpRequest, uid: UUID, person: UUID, ground: str) -> HttpResponse:
    """A request that the law does not grant: it goes to be declined by a signed decision."""
    case, today = case_of(uid, person), timezone.localdate()
    shown = _known(ground, today)
    form = DeclineForm(request.POST or None, initial={"received_on": today})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.decline(
                case=case, on=given["received_on"], ground=ground, reason=given["reason"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The request lies before the office that signs."))
            return redirect("recruitment:case", case.season.uid, case.person.uid)
    context = {"case": case, "form": form, "ground": ground_label(shown)}
    return render(request, "recruitment/decline.html", context)


def _known(ground: str, on: date) -> Ground:
    """The ground of that name, if the law has it on the day."""
    for each in queries.may_be_shown(on):
        if each.code == ground:
            return each
    raise Http404


def _laid(
    request: HttpRequest, case: Case, form: Form, shown: actions.Shown | None = None
) -> HttpResponse | None:
    """Back to the case once his name lies before the council; None where it is refused."""
    try:
        actions.request(
            case=case,
            on=form.cleaned_data["received_on"],
            shown=shown,
            by=cast("int", request.user.pk),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("The request is taken in; his name lies before the council."))
    return redirect("recruitment:case", case.season.uid, case.person.uid)
