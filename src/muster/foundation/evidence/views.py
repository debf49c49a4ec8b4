"""A man's papers with the form that takes one in, one paper, and what lapses soon."""

from http import HTTPStatus
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from muster.foundation.evidence import actions, queries, tables
from muster.foundation.evidence.forms import AttachForm, WithdrawForm
from muster.foundation.evidence.models import Paper
from muster.foundation.register import actions as register
from muster.foundation.register.models import Person
from muster.kernel.errors import Refused
from muster.shell import written
from muster.shell.components import Fact
from muster.shell.guards import requires

READ, ATTACH = "evidence.read", "evidence.attach"
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
SHOWN = 500


@require_http_methods(["GET", "POST"])
@requires(READ)
def papers(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The papers that serve one man; whoever may takes in another."""
    person = get_object_or_404(Person.objects.select_related("place__within"), uid=uid)
    today, may_attach = timezone.localdate(), request.user.has_perm(ATTACH)
    form = AttachForm(
        request.POST or None,
        request.FILES or None,
        relatives=queries.relatives(person),
        today=today,
        initial={"claim": request.GET.get("claim", "")},
    )
    if request.method == "POST" and may_attach and form.is_valid():
        try:
            taken = actions.attach(
                person=person, received_on=today, by=_user_id(request), **form.paper()
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("The paper is taken in, sealed and in the log."))
            return redirect("evidence:paper", taken.uid)
    _note(request, person)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {
        "person": person,
        "listing": tables.papers(queries.papers_of(person), today),
        "form": form if may_attach else None,
    }
    return render(request, "evidence/papers.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(READ)
def paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One paper: what it shows for whom, until when, and its digest; it is withdrawn here."""
    found = get_object_or_404(Paper.objects.select_related("person", "content"), uid=uid)
    form = WithdrawForm(request.POST or None)
    may_withdraw = request.user.has_perm(ATTACH) and found.withdrawn_on is None
    if request.method == "POST" and may_withdraw and form.is_valid():
        actions.withdraw(paper=found, on=timezone.localdate(), **form.cleaned_data)
        messages.success(request, _("The paper is withdrawn; it shows nothing any more."))
        return redirect("evidence:papers", found.person.uid)
    _note(request, found.person)
    context = {
        "paper": found,
        "state": tables.state(found, timezone.localdate()),
        "facts": _facts(found),
        "serves": [each.person for each in found.showings.select_related("person")],
        "kept": hasattr(found, "content"),
        "form": form if may_withdraw else None,
    }
    return render(request, "evidence/paper.html", context)


@never_cache
@require_GET
@requires(READ)
def file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The paper itself, to be saved and never opened inside a page; the reading is logged."""
    found = get_object_or_404(Paper, uid=uid)
    data = actions.content(paper=found, by=_user_id(request))
    name = f"{found.kind.replace('_', '-')}-{str(found.uid)[:8]}.{ENDINGS[found.media]}"
    return HttpResponse(
        data,
        content_type=found.media,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_GET
@requires(ATTACH)
def ending(request: HttpRequest) -> HttpResponse:
    """Papers that lapse soon, so that new ones are asked for in time."""
    rows = queries.ending(timezone.localdate()).order_by("paper__valid_to", "pk")[:SHOWN]
    return render(request, "evidence/ending.html", {"listing": tables.ending(rows)})


def _facts(paper: Paper) -> list[Fact]:
    last = tables.last_day(paper)
    return [
        Fact(_("Shows"), queries.claim_label(paper.claim)),
        Fact(_("Number and issuer"), paper.reference),
        Fact(_("Dated"), written.day(paper.issued_on)),
        Fact(_("Holds until"), written.day(last) if last else _("for ever")),
        Fact(_("Taken in on"), written.day(paper.received_on)),
        Fact(_("Taken in by"), paper.received_by.get_full_name() if paper.received_by else "–"),
        Fact(_("Size"), _("%(number)s kB") % {"number": written.number(paper.size // 1000 or 1)}),
        Fact(_("Digest (SHA-256)"), bytes(paper.sha256).hex(" ", 4)),
    ]


def _note(request: HttpRequest, person: Person) -> None:
    register.note_reading(
        person_id=person.pk,
        place_id=person.place_id,
        user_id=_user_id(request),
        page="papers",
    )


def _user_id(request: HttpRequest) -> int:
    return cast("int", request.user.pk)
