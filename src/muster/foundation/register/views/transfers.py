"""Letters of transfer: writing one, receiving it, sending it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.foundation.register import actions, queries
from muster.foundation.register.forms import TransferForm
from muster.foundation.register.models import Person, Transfer
from muster.shell.guards import requires


@require_GET
@requires("register.write")
def transfers(request: HttpRequest) -> HttpResponse:
    """The letters of this office: what it has to answer, and what it waits for."""
    letters = queries.letters(timezone.localdate())
    return render(request, "register/transfers.html", {"letters": letters})


@require_http_methods(["GET", "POST"])
@requires("register.write")
def transfer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Let a citizen go to another office."""
    person = get_object_or_404(Person, uid=uid)
    today = timezone.localdate()
    form = TransferForm(request.POST or None, today=today)
    if request.method == "POST" and form.is_valid():
        wish = form.cleaned_data
        actions.propose_transfer(
            person=person, to_place_id=wish["place_id"], on=today, basis=wish["basis"]
        )
        messages.success(request, _("The letter is on the way; the citizen stays on your roll."))
        return redirect("register:transfers")
    return render(
        request,
        "register/transfer.html",
        {"form": form, "uid": person.uid, "name": person.full_name},
    )


@require_POST
@requires("register.write")
def answer(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Receive a citizen, or send his letter back with the reason."""
    letter = get_object_or_404(Transfer, uid=uid)
    today, why = timezone.localdate(), request.POST.get("why", "").strip()
    if "receive" in request.POST:
        actions.receive_transfer(transfer=letter, on=today)
        messages.success(request, _("The citizen is registered at your office."))
    elif why:
        actions.return_transfer(transfer=letter, on=today, why=why)
        messages.success(request, _("The letter was sent back."))
    else:
        messages.error(request, _("Say why the letter is sent back."))
    return redirect("register:transfers")
