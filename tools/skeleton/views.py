"""A view parses, makes one call and shows."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from muster.domains.skeleton import actions, queries, rules
from muster.domains.skeleton.forms import CloseForm, OpenForm
from muster.domains.skeleton.models import Case
from muster.domains.skeleton.tables import CASES
from muster.foundation.units.models import Place
from muster.kernel.errors import Refused
from muster.kernel.manifest import Label
from muster.shell import tables
from muster.shell.components import Fact, as_facts
from muster.shell.guards import requires


@require_GET
@requires("skeleton.read")
def index(request: HttpRequest) -> HttpResponse:
    """Every case in sight, the newest first."""
    table = tables.page(
        queries.cases(), request.GET, CASES, caption=_("Cases"), default="-opened", key="uid",
        empty_title=_("No case yet"), empty_text=_("Open the first one."),
        empty_href="new/", empty_action=_("Open a case"),
    )  # fmt: skip
    return render(request, "skeleton/index.html", {"table": table})


@require_http_methods(["GET", "POST"])
@requires("skeleton.write")
def new(request: HttpRequest) -> HttpResponse:
    """Open a case."""
    form = OpenForm(request.POST or None, initial={"opened_on": timezone.localdate()})
    if form.is_valid():
        place = Place.objects.filter(code=form.cleaned_data.pop("place")).first()
        if place:
            return redirect(queries.address(actions.open_case(place_id=place.pk, **form.cleaned_data)))
        form.add_error("place", _("No place bears this code; write it as the unit list does."))
    return render(request, "skeleton/new.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires("skeleton.read")
def case(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One case, and the form that closes it."""
    found = get_object_or_404(queries.cases(), uid=uid)
    form = CloseForm(request.POST or None, initial={"closed_on": timezone.localdate()})
    if form.is_valid():
        if not request.user.has_perm("skeleton.write"):
            raise PermissionDenied
        try:
            actions.close_case(case=found, **form.cleaned_data)
            return redirect(queries.address(found))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    page = {"case": found, "form": form, "facts": _facts(found)}
    return render(request, "skeleton/case.html", page)


def _facts(case: Case) -> tuple[Fact, ...]:
    pairs: list[tuple[Label, object]] = [
        (_("Opened on"), case.opened_on),
        (_("To be closed by"), rules.due_on(case.opened_on)),
    ]
    if case.closed_on:
        pairs += [(_("Closed on"), case.closed_on), (_("Outcome"), case.get_outcome_display())]
    return as_facts(pairs)
