"""What the desk does for citizens: a sign-in, an answer, a certificate."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.foundation.register import actions
from muster.foundation.register.actions.own import (
    NotEntered,
    answer_request,
    hand_out_paper,
    open_access,
)
from muster.foundation.register.forms.own import AccessForm, AnswerRequestForm
from muster.foundation.register.models import Certificate, Person
from muster.foundation.register.models.labels import WISHES
from muster.foundation.register.queries import own as reads
from muster.foundation.register.queries import papers as said
from muster.foundation.register.rules.own import TOLD
from muster.foundation.register.views import owned, reading
from muster.foundation.register.views.own import printed
from muster.shell.components import as_facts
from muster.shell.guards import requires
from muster.shell.written import day


@require_GET
@requires("register.write")
def requests(request: HttpRequest) -> HttpResponse:
    """What citizens of this office ask to be corrected."""
    return render(
        request, "register/requests.html", {"listing": owned.waiting(reads.open_requests())}
    )


@require_http_methods(["GET", "POST"])
@requires("register.write")
def decide_request(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One wish: correct the entry as it asks, or say why not."""
    found = reads.request(uid)
    form = AnswerRequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_request(
                request=found, grants="grant" in request.POST, answer=form.cleaned_data["answer"],
                on=timezone.localdate(),
            )  # fmt: skip
        except NotEntered as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The citizen finds the answer beside his entry."))
            return redirect("register:requests")
    reading.note(request, found.person, "request")
    facts = as_facts(
        [
            (_("Fact"), WISHES[found.field]),
            (_("Stands there"), reads.standing_value(found)),
            (_("Should stand there"), found.wanted),
            (_("Shown by"), found.shown_by),
            (_("Asked on"), day(found.asked_on)),
            (_("Answer until"), day(found.due_on)),
            (_("State"), found.get_state_display()),
        ]
    )
    context = {"wish": found, "facts": facts, "form": form, "told": found.field in TOLD}
    return render(request, "register/request.html", context)


@require_http_methods(["GET", "POST"])
@requires("register.write")
def give_access(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a citizen a sign-in of his own."""
    person = get_object_or_404(Person, uid=uid)
    form = AccessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        open_access(person=person, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, _("The citizen can sign in now."))
        return redirect("register:person", uid)
    return render(request, "register/access.html", {"form": form, "person": person})


@require_POST
@requires("register.write")
def issue(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A paper of the desk, to be signed and handed over; its number stands in the log."""
    kind = request.POST.get("kind", Certificate.Kind.REGISTRATION)
    if kind not in said.OF_THE_DESK:
        raise Http404
    today = timezone.localdate()
    person = get_object_or_404(Person, uid=uid)
    actions.note_reading(
        person_id=person.pk, place_id=person.place_id, user_id=cast("int", request.user.pk),
        page="person, numbers in full",
    )  # fmt: skip
    paper = hand_out_paper(person=person, kind=Certificate.Kind(kind), on=today)
    return printed(request, *said.handed_out(paper.uid, person))
