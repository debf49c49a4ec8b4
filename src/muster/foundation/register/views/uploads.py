"""Lists over the page: send, settle the columns, try, enter, take the answer along."""

from collections.abc import Sequence
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.foundation.register import forms, queries, tables
from muster.foundation.register.actions import uploads as lists
from muster.foundation.register.forms.headings import likely_heading_row
from muster.foundation.register.forms.uploads import MappingForm, UploadForm
from muster.foundation.register.models import Upload
from muster.foundation.register.rules import clocks
from muster.shell.guards import requires

_SAMPLES, _LOOK = 3, 30


@require_http_methods(["GET", "POST"])
@requires("register.import")
def uploads(request: HttpRequest) -> HttpResponse:
    """The lists that the user is bringing in, and the form that sends another."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sent = lists.send_list(
            data=form.data_sent,
            kind=form.kind,
            source=form.cleaned_data["source"],
            on=form.cleaned_data["on"],
            by=cast("int", request.user.pk),
        )
        return redirect("register:upload", sent.uid)
    rows = Upload.objects.select_related("source").defer("file", "outcome").order_by("-sent_at")
    days = clocks.LAW.integer("upload_days", timezone.localdate())
    context = {"form": form, "listing": tables.uploads(list(rows[:50])), "days": days}
    return render(request, "register/uploads.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@requires("register.import")
def upload(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One list: what its columns mean, what would become of its rows, how far it has come."""
    found = get_object_or_404(Upload.objects.select_related("source"), uid=uid)
    with lists.opened(found) as path:
        sheet = forms.read(path)
    form = _mapping_form(request, found, sheet)
    if request.method == "POST" and form.is_valid():
        checked = forms.check(sheet, form.mapping())
        lists.try_list(
            upload=found, rows=checked.rows, mapping=form.mapping(), headings=checked.headings
        )
        return redirect("register:upload", uid)
    return render(request, "register/upload.html", _context(found, form))


def _mapping_form(request: HttpRequest, found: Upload, sheet: forms.Sheet) -> MappingForm:
    head = sheet.head(_LOOK)
    kept = queries.mapping_of(found.source.name)
    start = likely_heading_row(head, kept)
    headings = head[start] if head else ()
    return MappingForm(
        request.POST or None,
        headings=headings,
        known=forms.recognised(headings, kept),
        samples=[_sample(column) for column in zip(*head[start + 1 :], strict=True)]
        or [""] * len(headings),
    )


def _sample(column: Sequence[str]) -> str:
    return "; ".join([cell for cell in column if cell][:_SAMPLES])


def _context(found: Upload, form: MappingForm) -> dict[str, object]:
    context: dict[str, object] = {"upload": found, "form": form}
    if found.tried:
        outcome = lists.outcome_of(found)
        context |= {
            "states": tables.states(found.states),
            "faults": tables.faults(outcome),
            "refused": tables.refused(outcome),
        }
    return context


@require_POST
@requires("register.import")
def enter(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter the next portion; the page asks again until none is left, and may be left."""
    found = get_object_or_404(Upload.objects.select_related("source"), uid=uid)
    with lists.opened(found) as path:
        rows = forms.check(forms.read(path), queries.mapping_of(found.source.name)).rows
    found = lists.enter_rows(upload=found, rows=rows)
    if found.done:
        messages.success(request, _("Every new row has entered."))
    return redirect("register:upload", uid)


@never_cache
@require_GET
@requires("register.import")
def result(_request: HttpRequest, uid: UUID) -> HttpResponse:
    """The list as it was sent, beside each row what became of it."""
    found = get_object_or_404(Upload.objects.select_related("source"), uid=uid)
    outcome = lists.outcome_of(found)
    with lists.opened(found) as path:
        checked = forms.check(forms.read(path), queries.mapping_of(found.source.name))
        answer = forms.write_result(checked.raw, outcome, path)
        response = HttpResponse(answer.read_bytes(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="result{answer.suffix}"'
    return response


@require_POST
@requires("register.import")
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Destroy the file; what has entered stays."""
    lists.remove_list(upload=get_object_or_404(Upload, uid=uid))
    messages.success(request, _("The list is removed; what has entered stays in the register."))
    return redirect("register:uploads")
