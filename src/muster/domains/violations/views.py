"""The list of violations, and one violation with its next steps."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from muster.domains.violations import actions, queries, rules
from muster.domains.violations.forms import FilterForm, FineForm, StepForm
from muster.domains.violations.models import Case, State
from muster.domains.violations.tables import CASES, events, facts, status
from muster.foundation.accounts import queries as accounts
from muster.foundation.accounts.models import User
from muster.foundation.register.queries.entry import place_name
from muster.kernel.errors import Refused
from muster.kernel.manifest import Label
from muster.shell import tables
from muster.shell.guards import door, requires


@require_GET
@requires("violations.view")
def index(request: HttpRequest) -> HttpResponse:
    """The cases in sight, the newest first, of one state or year where asked."""
    form = FilterForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    year = int(asked["year"]) if asked.get("year") else None
    table = tables.page(
        queries.cases(state=asked.get("state", ""), year=year),
        request.GET,
        CASES,
        caption=_("Violations"),
        default="-detected",
        key="uid",
        empty_title=_("No violation here"),
        empty_text=_("Whoever does not follow a call that was served in time appears here."),
    )
    return render(request, "violations/index.html", {"table": table, "filters": form})


@dataclass(frozen=True, slots=True)
class Step:
    """A step that may be taken next, with its form."""

    label: Label
    form: Form
    danger: bool = False


@require_http_methods(["GET", "POST"])
@requires("violations.view")
def case(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One violation: what happened, and what its office may do next."""
    try:
        found = queries.case(uid)
    except Case.DoesNotExist:
        raise Http404 from None
    today = timezone.localdate()
    steps = _steps(request, found, today)
    for step in steps:
        if step.form.is_bound and step.form.is_valid():
            try:
                _take(found, **step.form.cleaned_data)
                return redirect(queries.address(found))
            except Refused as refusal:
                step.form.add_error(None, str(refusal))
    if request.method == "POST" and not any(step.form.is_bound for step in steps):
        raise PermissionDenied
    context = {
        "case": found,
        "place": place_name(found.place),
        "entry": door(request, reverse("register:person", args=[found.person.uid])),
        "status": status(found),
        "facts": facts(found, queries.signing_unit(found, today)),
        "events": events(found),
        "steps": steps,
    }
    return render(request, "violations/case.html", context)


def _steps(request: HttpRequest, case: Case, today: date) -> list[Step]:
    writes = request.user.has_perm("violations.write")
    state, steps = case.state, list[Step]()
    if state == State.DETECTED and writes:
        steps.append(Step(_("Note the minutes"), _form(request, "minuted", today)))
    if state == State.MINUTED and _may_punish(request, case, today):
        middle = rules.bracket(case.offence, today).middle
        steps.append(Step(_("Sign the sanction"), _form(request, "punished", today, middle)))
    if state in (State.DETECTED, State.MINUTED) and writes:
        steps.append(Step(_("Heard: dismiss"), _form(request, "dismissed", today), danger=True))
    if state == State.PUNISHED and writes:
        steps.append(Step(_("Note the payment"), _form(request, "paid", today)))
    return steps


def _form(request: HttpRequest, step: str, today: date, amount: int | None = None) -> StepForm:
    initial = {"step": step, "on": today, "amount": amount}
    sent = request.POST if request.POST.get("step") == step else None
    kind = StepForm if amount is None else FineForm
    return kind(sent, initial=initial, auto_id=f"id_{step}_%s")


def _may_punish(request: HttpRequest, case: Case, today: date) -> bool:
    """Whether the user holds the office whose ceiling reaches the offence."""
    user, unit = request.user, queries.signing_unit(case, today)
    if unit is None or not isinstance(user, User) or not request.user.has_perm("violations.punish"):
        return False
    role = rules.authority(case.offence, today).role
    return any(
        post.role == role and unit.id in accounts.units_of(post, today)
        for post in accounts.posts_on(user, today)
    )


def _take(case: Case, *, step: str, on: date, amount: int = 0) -> None:
    if step == "minuted":
        actions.minute(cases=[case.pk], on=on)
    elif step == "punished":
        actions.punish(fines={case.pk: amount}, signed_on=on)
    elif step == "paid":
        actions.settle(cases=[case.pk], paid_on=on)
    else:
        actions.dismiss(cases=[case.pk], on=on)
