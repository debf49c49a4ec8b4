"""Lists that leave the house: ask, agree, take along."""

from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.foundation.accounts import queries as accounts
from muster.foundation.accounts.models import User
from muster.foundation.register.actions.exports import answer_export, ask_for_export, take_export
from muster.foundation.register.forms.exports import AnswerForm, ExportForm
from muster.foundation.register.queries import exports as reads
from muster.foundation.register.rules.exports import needs_second
from muster.foundation.register.tables import PEOPLE
from muster.foundation.register.views import listed
from muster.shell.guards import requires

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_GET
@requires("register.export_see")
def exports(request: HttpRequest) -> HttpResponse:
    """The lists that were asked for in the unit, so that many eyes rest on them."""
    rows = reads.latest_exports()
    return render(request, "register/exports.html", {"listing": listed.exports(rows)})


@require_http_methods(["GET", "POST"])
@requires("register.export")
def ask(request: HttpRequest) -> HttpResponse:
    """Say what a list is for; the search of the list before comes along, sealed."""
    wish = request.POST if request.method == "POST" else request.GET
    find, where = wish.get("find", ""), wish.get("where", "")
    rows, today = reads.meant(find, where).count(), timezone.localdate()
    form = ExportForm(
        request.POST or None,
        columns=PEOPLE,
        may_see_numbers=request.user.has_perm("register.numbers"),
        initial={"find": find, "where": where, "columns": [column.key for column in PEOPLE]},
    )
    if request.method == "POST" and form.is_valid():
        return _asked(request, form)
    context = {
        "form": form,
        "rows": rows,
        "second": needs_second(rows, full_numbers=False, on=today),
        "back": urlencode(
            {name: value for name, value in (("find", find), ("where", where)) if value}
        ),
    }
    return render(request, "register/ask_export.html", context)


def _asked(request: HttpRequest, form: ExportForm) -> HttpResponse:
    told, today = form.cleaned_data, timezone.localdate()
    user = cast("User", request.user)
    units = accounts.unit_ids(user, today)
    export = ask_for_export(
        user_id=user.pk, unit_id=units[0] if units else None, on=today,
        purpose=told["purpose"], columns=told["columns"], find=told["find"], where=told["where"],
        full_numbers=told.get("full_numbers", False),
        may_see_numbers=request.user.has_perm("register.numbers"),
    )  # fmt: skip
    return redirect("register:export", export.uid)


@require_GET
@requires("register.export_see")
def export(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One list: what it holds, what became of it, and what can be done now."""
    found = reads.export(uid)
    asked, own = reads.judged(found), found.asked_by_id == request.user.pk
    answered = asked.approved or asked.refused
    context = {
        "export": found,
        "facts": listed.export_facts(found, reads.words_of(found)),
        "steps": listed.export_steps(found),
        "state": listed.export_state(found),
        "may_take": own and not asked.refused and (asked.approved or not found.needs_second),
        "may_answer": not own and not answered and found.needs_second
        and request.user.has_perm("register.export_answer"),
        "waits": own and found.needs_second and not answered,
        "form": AnswerForm(),
    }  # fmt: skip
    return render(request, "register/export.html", context)


@require_POST
@requires("register.export_answer")
def answer_to(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The second person's word."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why you agree or refuse."))
        return redirect("register:export", uid)
    answer_export(
        export=reads.export(uid), user_id=cast("int", request.user.pk), on=timezone.localdate(),
        agrees="agree" in request.POST, why=form.cleaned_data["why"],
    )  # fmt: skip
    return redirect("register:export", uid)


@require_POST
@requires("register.export")
def take(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The list itself, as csv or xlsx."""
    found, today = reads.export(uid), timezone.localdate()
    form = "xlsx" if request.POST.get("form") == "xlsx" else "csv"
    people = take_export(export=found, user_id=cast("int", request.user.pk), on=today, form=form)
    full = found.full_numbers and request.user.has_perm("register.numbers")
    columns = listed.columns_of(found, full=full)
    content = listed.as_xlsx(columns, people) if form == "xlsx" else listed.as_csv(columns, people)
    answer = HttpResponse(content, content_type=_TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="muster-{today:%Y%m%d}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer
