"""Reading decisions: the list, one decision with its annex, one line, papers."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.accounts.models import User
from muster.foundation.decisions import papers, queries, tables
from muster.foundation.decisions.models import Decision, Line, labels
from muster.foundation.decisions.views.printing import LANGUAGES, language, printed
from muster.foundation.decisions.views.undoing import office_that_may
from muster.foundation.ledger import queries as ledger
from muster.shell import written
from muster.shell.components import Fact
from muster.shell.guards import requires


@require_GET
@requires("decisions.read")
def decisions(request: HttpRequest) -> HttpResponse:
    """Every decision that names people of the user's places."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - the guard let him in
    rows = queries.decisions_in_scope(user, timezone.localdate())
    if kind := request.GET.get("kind"):
        rows = rows.filter(kind=kind)
    return render(request, "decisions/list.html", {"listing": tables.decisions(rows, request.GET)})


@require_GET
@requires("decisions.read")
def decision(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One decision: who signed, on what basis, how the council voted, and its annex."""
    found = _decision(uid)
    rows = queries.annex(found.pk, after=_after(request), limit=queries.PAGE + 1)
    shown = rows[: queries.PAGE]
    more = f"?after={shown[-1].line_id}" if len(rows) > queries.PAGE else ""
    context = {
        "decision": found,
        "title": papers.abstract(found),
        "facts": _facts(found),
        "doubts": queries.told(found.confirmed_note),
        "chain": [(step[0], len(step) - 1) for step in queries.councils_behind(found)],
        "may_vote": request.user.has_perm("decisions.vote"),
        "counted": papers.how_counted(found.resolution) if found.resolution else "",
        "annex": tables.annex(shown, more),
        "postings": queries.postings_of(found, timezone.localdate()),
        "languages": LANGUAGES,
    }
    return render(request, "decisions/decision.html", context)


@require_GET
@requires("decisions.line")
def line(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One name's line: what was decided, whether it stands, how it was served, its receipt.

    A citizen reads his own; the rest of the decision is not his to read.
    """
    found = _line(uid)
    whole = request.user.has_perm("decisions.read")
    context = {
        "line": found,
        "state": tables.state(found),
        "disputed": queries.marked(found.line_id),
        "facts": _line_facts(found, whole=whole),
        "whole": whole,
        "doubts": queries.told(found.confirmed_note),
        "receipt": ledger.receipt("decisions.line", found.line_id),
        "may_complain": request.user.has_perm("decisions.complain"),
        "may_take_back": request.user.has_perm("decisions.sign")
        and office_that_may(request, _row(found)) is not None,
        "languages": LANGUAGES,
    }
    return render(request, "decisions/line.html", context)


@require_GET
@requires("decisions.read")
def decision_paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The decision with its annex, on paper, in the language and the form asked for."""
    with translation.override(language(request)):
        paper = papers.of_decision(_decision(uid), base_url=_base(request))
        return printed(request, paper, "decision")


@require_GET
@requires("decisions.line")
def line_paper(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One name's extract, on paper, with its receipt."""
    found = _line(uid)
    with translation.override(language(request)):
        decided = _decision(found.decision_uid)
        paper = papers.of_line(decided, found, base_url=_base(request))
        return printed(request, paper, "extract")


@login_not_required
@require_GET
def receipt(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What whoever holds the paper may check: that the line stands in the log, and its state."""
    with acting_as_system():
        found = _line(uid)
        proof = ledger.receipt("decisions.line", found.line_id)
        context = {
            "state": tables.state(found),
            "facts": _public_facts(found),
            "proof": proof,
            "uid": uid,
        }
        answer = render(request, "decisions/receipt.html", context)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@login_not_required
@require_GET
def receipt_file(_request: HttpRequest, uid: UUID) -> HttpResponse:
    """The receipt as a file that any computer can check."""
    with acting_as_system():
        proof = ledger.receipt("decisions.line", _line(uid).line_id)
    if proof is None:
        raise Http404
    answer = JsonResponse(proof.as_json())
    answer["Content-Disposition"] = 'attachment; filename="receipt.json"'
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _decision(uid: UUID) -> Decision:
    found = queries.decision(uid)
    if found is None:
        raise Http404
    return found


def _line(uid: UUID) -> queries.LineView:
    found = queries.line(uid)
    if found is None:
        raise Http404
    return found


def _row(line: queries.LineView) -> Line:
    return Line.objects.select_related("decision").get(pk=line.line_id)


def _after(request: HttpRequest) -> int:
    asked = request.GET.get("after", "")
    return int(asked) if asked.isdecimal() else 0


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/").rstrip("/")


def _facts(decision: Decision) -> list[Fact]:
    signer = queries.signers([decision.unit_id], decision.signed_on)[decision.unit_id]
    form = f"{decision.form}. " if decision.form else ""
    return [
        Fact(_("Number"), decision.full_number),
        Fact(_("Signed by"), form + labels.office(decision.role, signer.name)),
        Fact(_("Signed on"), decision.signed_on),
        Fact(_("Effective from"), decision.effective_on),
        Fact(_("Basis"), queries.told(decision.legal_basis)),
        Fact(_("Season"), decision.season_year),
    ]


def _public_facts(line: queries.LineView) -> list[Fact]:
    signer = queries.signers([line.unit_id], line.signed_on)[line.unit_id]
    return [
        Fact(_("Decision"), f"{line.number}, {line.title}"),
        Fact(_("Signed by"), labels.office(line.role, signer.name)),
        Fact(_("Signed on"), line.signed_on),
    ]


def _line_facts(line: queries.LineView, *, whole: bool) -> list[Fact]:
    decided = reverse("decisions:decision", args=[line.decision_uid]) if whole else ""
    reason = labels.REASONS.get(line.ground)
    return [
        *_public_facts(line),
        Fact(_("Outcome"), labels.label(labels.OUTCOMES, line.outcome)),
        Fact(_("Article"), written.article(line.article)),
        *([Fact(_("Reason"), str(reason))] if reason else []),
        Fact(_("Day to appear"), line.event_on),
        Fact(_("Served on"), line.served_on),
        Fact(_("Whole decision"), line.number, href=decided),
    ]
