"""Serving papers: what is due, a sheet for the round, and typing in what came of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from muster.foundation.decisions import actions, papers, queries
from muster.foundation.decisions.forms import DeliveryForm
from muster.foundation.decisions.models import Decision
from muster.kernel.errors import Refused
from muster.shell.guards import requires

ON_A_SHEET = 200
TYPED_AT_ONCE = 50


@require_GET
@requires("decisions.serve")
def rounds(request: HttpRequest) -> HttpResponse:
    """Decisions whose papers wait to be served in the user's places."""
    today = timezone.localdate()
    context = {"rounds": queries.rounds(today, also_past=True), "today": today}
    return render(request, "decisions/rounds.html", context)


@require_http_methods(["GET", "POST"])
@requires("decisions.serve")
def one_round(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The papers of one decision that wait, fifty at a time, with a result to choose for each."""
    decision = _decision(uid)
    today = timezone.localdate()
    after, found = _after(request), TYPED_AT_ONCE + 1
    waiting = queries.waiting_lines(decision.pk, after=after, limit=found)
    waiting, beyond = waiting[:TYPED_AT_ONCE], len(waiting) == found
    form = DeliveryForm(request.POST or None, line_ids=waiting, initial={"delivered_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            return _typed_in(request, decision, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    lines = queries.by_ids(waiting)
    rows = [(line, *form.rows[line.line_id]) for line in lines]
    context = {
        "decision": decision,
        "form": form,
        "rows": rows,
        "title": papers.abstract(decision),
        "next_after": waiting[-1] if beyond else None,
        "after": after,
    }
    return render(request, "decisions/round.html", context)


def _typed_in(request: HttpRequest, decision: Decision, form: DeliveryForm) -> HttpResponse:
    tried = form.attempts()
    served = actions.serve_lists(
        select=(
            """
            select line, %s::date, %s::text, result, receiver, proof
            from unnest(%s::bigint[], %s::text[], %s::text[], %s::text[])
                tried(line, result, receiver, proof)
            """,
            [
                form.cleaned_data["delivered_on"],
                form.cleaned_data["means"],
                *([list(each) for each in zip(*tried, strict=True)] if tried else [[]] * 4),
            ],
        )
    )
    text = ngettext("%(count)d paper recorded.", "%(count)d papers recorded.", served)
    messages.success(request, text % {"count": served})
    return redirect(f"{reverse('decisions:round', args=[decision.uid])}?after={_after(request)}")


@require_GET
@requires("decisions.serve")
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The sheet for the round: two hundred papers at most, with room for signatures."""
    decision = _decision(uid)
    waiting = queries.waiting_lines(decision.pk, after=_after(request), limit=ON_A_SHEET)
    with translation.override("vi"):
        content = papers.round_sheet(decision, queries.by_ids(waiting)).pdf()
    return HttpResponse(content, content_type="application/pdf")


def _after(request: HttpRequest) -> int:
    """The line behind which the page begins."""
    asked = request.GET.get("after", "")
    return int(asked) if asked.isdecimal() else 0


def _decision(uid: UUID) -> Decision:
    found = queries.decision(uid)
    if found is None:
        raise Http404
    return found
