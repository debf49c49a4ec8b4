"""Complaints: taken in at the desk, accepted, answered by a decision."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from muster.foundation.decisions import actions, queries, tables
from muster.foundation.decisions.forms import AcceptForm, AnswerForm, ComplaintForm, CourtForm
from muster.foundation.decisions.models import Complaint, Line
from muster.foundation.decisions.views.mine import offices
from muster.kernel.errors import Refused
from muster.shell.components import Fact
from muster.shell.guards import requires


@require_GET
@requires("decisions.read")
def complaints(request: HttpRequest) -> HttpResponse:
    """Complaints without an answer, the nearest clock first."""
    listing = tables.complaints(queries.open_complaints())
    return render(request, "decisions/complaints.html", {"listing": listing})


@require_http_methods(["GET", "POST"])
@requires("decisions.complain")
def complain(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take in a complaint against one line."""
    line = get_object_or_404(Line.objects.select_related("decision", "person"), uid=uid)
    form = ComplaintForm(request.POST or None, initial={"received_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            complaint = actions.complain(line=line, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The complaint is taken in; its clock runs."))
            return redirect("decisions:complaint", complaint.uid)
    return render(request, "decisions/complain.html", {"form": form, "line": line})


@require_http_methods(["GET", "POST"])
@requires("decisions.read")
def complaint(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One complaint with its clocks; whoever may answers it here."""
    found = get_object_or_404(Complaint.objects.select_related("line__decision", "answer"), uid=uid)
    form = _form(request, found)
    if "court_on" in request.POST:
        return _taken_to_court(request, found)
    if request.method == "POST":
        return _answered(request, found, form)
    return _page(request, found, form)


def _taken_to_court(request: HttpRequest, found: Complaint) -> HttpResponse:
    if not request.user.has_perm("decisions.complain"):
        raise PermissionDenied
    court = CourtForm(request.POST)
    if court.is_valid():
        try:
            actions.go_to_court(complaint=found, on=court.cleaned_data["court_on"])
        except Refused as refusal:
            court.add_error(None, str(refusal))
        else:
            return redirect("decisions:complaint", found.uid)
    return _page(request, found, None, court)


def _answered(request: HttpRequest, found: Complaint, form: forms.Form | None) -> HttpResponse:
    if not request.user.has_perm("decisions.answer"):
        raise PermissionDenied
    if form is None:
        raise Http404
    if not form.is_valid():
        return _page(request, found, form)
    try:
        if found.accepted_on is None:
            actions.accept(complaint=found, on=form.cleaned_data["on"])
        else:
            actions.answer(
                complaint=found,
                unit_id=form.cleaned_data["unit"],
                signed_on=form.cleaned_data["signed_on"],
                upheld=form.cleaned_data["upheld"],
            )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, form)
    return redirect("decisions:complaint", found.uid)


def _form(request: HttpRequest, found: Complaint) -> forms.Form | None:
    """The next step's form; none once the complaint is answered."""
    today = timezone.localdate()
    if found.answer_id is not None or found.court_on:
        return None
    if found.accepted_on is None:
        return AcceptForm(request.POST or None, initial={"on": today})
    return AnswerForm(request.POST or None, offices=offices(request), initial={"signed_on": today})


def _page(
    request: HttpRequest,
    found: Complaint,
    form: forms.Form | None,
    court: forms.Form | None = None,
) -> HttpResponse:
    if court is None and found.court_on is None and request.user.has_perm("decisions.complain"):
        court = CourtForm()
    until = queries.second_complaint_until(found)
    context = {
        "complaint": found,
        "form": form,
        "court": court,
        "instead": found.line.replaced_by.exclude(answered=found).first(),
        "facts": [
            Fact(_("Decision complained of"), found.line.decision.full_number),
            Fact(_("Instance"), found.instance),
            Fact(_("Received on"), found.received_on),
            Fact(_("To be accepted by"), found.accept_by),
            Fact(_("Accepted on"), found.accepted_on),
            Fact(_("To be answered by"), found.answer_by),
            *([Fact(_("Second complaint possible until"), until)] if until else []),
            *([Fact(_("Taken to court on"), found.court_on)] if found.court_on else []),
        ],
    }
    return render(request, "decisions/complaint.html", context)
