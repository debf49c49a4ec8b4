"""The citizen's own side: his entry, who read it, what he asks for, papers to take home."""

from collections.abc import Mapping
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.foundation.register import papers, queries
from muster.foundation.register.actions.own import ask_correction, hand_out_paper
from muster.foundation.register.forms.own import CorrectionForm
from muster.foundation.register.models import Certificate
from muster.foundation.register.models.labels import FIELDS
from muster.foundation.register.queries import own as reads
from muster.foundation.register.queries import papers as said
from muster.foundation.register.views import owned
from muster.shell.components import as_facts
from muster.shell.guards import requires

_NAMES = {
    Certificate.Kind.REGISTRATION: "giay-chung-nhan-dang-ky",
    Certificate.Kind.RESERVIST: "giay-chung-nhan-quan-nhan-du-bi",
    Certificate.Kind.TRANSFER: "giay-gioi-thieu-di-chuyen",
    Certificate.Kind.ABSENCE: "giay-xac-nhan-tam-vang",
}


@require_GET
@requires("register.own")
def own(request: HttpRequest) -> HttpResponse:
    """One's own entry with its history, who read it, and what was asked for."""
    today, user_id = timezone.localdate(), cast("int", request.user.pk)
    full = request.GET.get("numbers") == "full"
    entry = reads.own_entry(user_id, today, masked=not full)
    facts = [
        (label, getattr(entry, name)) for name, label in FIELDS.items() if name != "birth_date"
    ]
    context = {
        "entry": entry,
        "facts": as_facts(facts),
        "masked": not full,
        "timeline": queries.timeline(entry.id, today),
        "readings": owned.readings(reads.readings(entry.id)),
        "requests": owned.requests(reads.requests_of(entry.id)),
        "papers": said.of_entry(entry.id),
    }
    return render(request, "register/own.html", context)


@require_http_methods(["GET", "POST"])
@requires("register.own")
def correct_own(request: HttpRequest) -> HttpResponse:
    """Ask that a fact be corrected."""
    form = CorrectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = ask_correction(
            person=reads.own_person(cast("int", request.user.pk)),
            on=timezone.localdate(),
            **form.cleaned_data,
        )
        messages.success(
            request,
            _("Your wish is with the office, which answers by %(day)s.")
            % {"day": f"{asked.due_on:%d/%m/%Y}"},
        )
        return redirect("register:own")
    return render(request, "register/correct_own.html", {"form": form})


@require_GET
@requires("register.own")
def own_file(request: HttpRequest) -> HttpResponse:
    """All that is kept of the citizen, as a file that a program reads."""
    found = reads.whole(cast("int", request.user.pk), timezone.localdate())
    answer = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="muster.json"'
    return _private(answer)


@require_POST
@requires("register.own")
def own_extract(request: HttpRequest) -> HttpResponse:
    """All that is kept of the citizen, as a paper that he reads; its number stands in the log."""
    today, user_id = timezone.localdate(), cast("int", request.user.pk)
    person = reads.own_person(user_id)
    paper = hand_out_paper(person=person, kind=Certificate.Kind.EXTRACT, on=today)
    whole = reads.whole(user_id, today)
    return pdf(papers.extract(paper, whole, _link(request, paper)), "muster.pdf")


@require_GET
@requires("register.own")
def own_paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A paper that the office handed out, printed again as long as the entry stands as then."""
    person = reads.own_person(cast("int", request.user.pk))
    return printed(request, *said.handed_out(uid, person))


def printed(request: HttpRequest, paper: Certificate, facts: Mapping[str, str]) -> HttpResponse:
    """A paper of the desk as a file; its QR code leads to the receipt on this server."""
    return pdf(
        papers.certificate(paper, facts, _link(request, paper)),
        f"{_NAMES[Certificate.Kind(paper.kind)]}.pdf",
    )


def _link(request: HttpRequest, paper: Certificate) -> str:
    return papers.receipt_address(request.build_absolute_uri("/"), paper)


def pdf(content: bytes, name: str) -> HttpResponse:
    """A paper to keep, which no cache keeps."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(answer)


def _private(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer
