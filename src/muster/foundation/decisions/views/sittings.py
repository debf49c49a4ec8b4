"""A council at work: names before it, contested ones taken off the list, one screen to vote."""

from collections import Counter
from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.foundation.decisions import actions, papers, queries, rules, tables
from muster.foundation.decisions.forms import (
    BallotForm,
    NamesForm,
    SendOnForm,
    SignForm,
    SittingForm,
)
from muster.foundation.decisions.models import (
    Body,
    Delegation,
    Meeting,
    Proposal,
    Resolution,
    labels,
)
from muster.foundation.decisions.views.mine import mine as served
from muster.foundation.decisions.views.printing import LANGUAGES, language, printed
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused
from muster.shell import written
from muster.shell.guards import requires


@require_GET
@requires("decisions.vote")
def sittings(request: HttpRequest) -> HttpResponse:
    """What waits for the votes of the user's councils, and their last resolutions."""
    mine, today = served(request), timezone.localdate()
    resolved = Resolution.objects.filter(body__unit__in=mine).select_related("body")
    astray = queries.astray(list(mine), today)
    names = queries.unit_names([each.unit_id for each in astray], today)
    context = {
        "piles": queries.piles(list(mine), today),
        "astray": [(each, names[each.unit_id]) for each in astray],
        "resolutions": [
            (each, labels.label(labels.KINDS, each.act))
            for each in resolved.order_by("-adopted_on", "-pk")[:20]
        ],
    }
    return render(request, "decisions/sittings.html", context)


@require_POST
@requires("decisions.vote")
def send_on(request: HttpRequest) -> HttpResponse:
    """Lay what the law of today sends to another council before that one."""
    form = SendOnForm(request.POST)
    if form.is_valid():
        names = actions.send_on(**form.cleaned_data, on=timezone.localdate())
        said = ngettext(
            "%(count)s name was laid before the next council.",
            "%(count)s names were laid before the next council.",
            names,
        )
        messages.success(request, said % {"count": names})
    return redirect("decisions:sittings")


@require_GET
@requires("decisions.vote")
def before_the_council(request: HttpRequest, unit: int, act: str) -> HttpResponse:
    """The names of one act, a hundred a page; each can be taken off the list."""
    if unit not in (mine := served(request)):
        raise Http404
    season, today = request.GET.get("season", ""), timezone.localdate()
    rows = queries.proposals(unit, act, season, today)
    piles = [p for p in queries.piles([unit], today) if (p.act, p.season) == (act, season)]
    groups = queries.proposal_groups(rows, mine[unit].level, today)
    articles: Counter[str] = Counter()
    for pile in piles:
        articles[pile.article] += pile.names
    form = NamesForm(request.GET, articles=articles, groups=groups)
    shown = queries.narrowed(rows, mine[unit].level, **form.asked())
    context = {
        "unit": mine[unit],
        "act": act,
        "season": season,
        "names": articles.total(),
        "reviewed": queries.under_review(unit, act, season),
        "filters": form,
        "listing": tables.proposals(shown, request.GET, total=shown.count()),
    }
    return render(request, "decisions/before.html", context)


@require_http_methods(["GET", "POST"])
@requires("decisions.vote")
def contest(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take one name off the list, or put it back; which of the two is said by the page."""
    proposal = get_object_or_404(Proposal.objects.select_related("person"), uid=uid)
    if proposal.unit_id not in served(request):
        raise Http404
    if request.method == "POST":
        try:
            actions.contest(proposal=proposal, contested=request.POST.get("singly") == "yes")
        except Refused as refusal:
            messages.error(request, str(refusal))
        back = reverse("decisions:before", args=[proposal.unit_id, proposal.act])
        return redirect(f"{back}?season={proposal.season}")
    return render(request, "decisions/contest.html", {"proposal": proposal})


@require_http_methods(["GET", "POST"])
@requires("decisions.vote")
def sit(request: HttpRequest, unit: int, act: str) -> HttpResponse:
    """Open a sitting: its day and the members who came."""
    body = Body.objects.filter(unit=unit, kind="council", valid_to__isnull=True).first()
    if unit not in served(request) or body is None:
        raise Http404
    today, season = timezone.localdate(), request.GET.get("season", "")
    members = queries.seats_on(body.pk, today)
    form = SittingForm(request.POST or None, members=members, initial={"held_on": today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_on(act=act, season=season, on=form.cleaned_data["held_on"])
            meeting = actions.open_meeting(body=body, agenda=act, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            address = reverse("decisions:ballot", args=[meeting.uid, act])
            return redirect(f"{address}?season={season}")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {
        "form": form,
        "body": body,
        "act": act,
        "season": season,
        "begun": queries.begun_sittings(body.pk, act, today),
    }
    return render(request, "decisions/sit.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("decisions.vote")
def ballot(request: HttpRequest, uid: UUID, act: str) -> HttpResponse:
    """One screen: the list at once, every contested name singly, each seat's choice."""
    meeting = get_object_or_404(Meeting.objects.select_related("body"), uid=uid)
    if meeting.body.unit_id not in served(request):
        raise Http404
    season = request.GET.get("season", "")
    rows = queries.proposals(meeting.body.unit_id, act, season, meeting.held_on)
    contested = list(rows.filter(contested=True).order_by("pk"))
    present = set(queries.attending(meeting.pk))
    members = queries.seats_on(meeting.body_id, meeting.held_on)
    seats = {pk: seat for pk, seat in members.items() if pk in present}
    shown = rows.count()
    form = BallotForm(request.POST or None, seats=seats, names=contested, initial={"shown": shown})
    if request.method == "POST" and form.is_valid():
        try:
            resolution = actions.vote_list(
                meeting=meeting,
                act=act,
                season=season,
                ballots=form.ballots(),
                singly={name.pk: form.ballots(name.pk) for name in contested},
                shown=form.cleaned_data["shown"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("decisions:resolution", resolution.uid)
    context = {
        "meeting": meeting,
        "form": form,
        "contested": contested,
        "names": shown - len(contested),
        "members": len(members),
        "needed": papers.needed(len(members), meeting.held_on),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "decisions/ballot.html", context, status=status)


@require_GET
@requires("decisions.vote")
def resolution(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How a vote was counted, with the names voted on singly; the minutes on paper."""
    found = get_object_or_404(Resolution.objects.select_related("body__unit"), uid=uid)
    contested = found.contested.select_related("person").order_by("pk")
    if request.GET.get("paper"):
        with translation.override(language(request)):
            names = [
                (
                    each.person.full_name,
                    written.article(each.article),
                    str(each.ayes),
                    papers.carried(each.passed),
                )
                for each in contested
            ]
            return printed(request, papers.of_resolution(found, names=names), "minutes")
    context = {
        "resolution": found,
        "counted": papers.how_counted(found),
        "seats": papers.seats_taken(found),
        "languages": LANGUAGES,
        "contested": contested,
        "carried": found.proposals.filter(carried=True).count(),
        "next": _next_council(found),
    }
    return render(request, "decisions/resolution.html", context)


def _next_council(found: Resolution) -> str:
    """The level of the council that reviews what this one carried, "" where an office signs."""
    seen = rules.LEVELS[: rules.LEVELS.index(found.body.unit.level) + 1]
    step = rules.act(found.act, found.adopted_on).next_step(seen)
    return labels.label(labels.LEVELS, step) if step else ""


@require_http_methods(["GET", "POST"])
@requires("decisions.sign")
def signing(request: HttpRequest) -> HttpResponse:
    """What councils carried and the user's office signs; what a council has still to review.

    A list that is refused for want of a review is laid before the council that owes it.
    """
    mine, today = served(request), timezone.localdate()
    deputies = _deputies(list(mine), today)
    every = {pk: said for each in deputies.values() for pk, said in each.items()}
    form, status = SignForm(request.POST or None, delegations=every), HTTPStatus.OK
    if request.method == "POST" and form.is_valid() and form.cleaned_data["unit"] in mine:
        given = form.cleaned_data
        try:
            actions.sign_proposed(
                act=given["act"],
                season=given["season"],
                unit_id=given["unit"],
                signed_on=given["signed_on"],
                signature=_signature(given.get("delegation")),
            )
        except Refused as refusal:
            actions.send_on(act=given["act"], season=given["season"], on=today)
            messages.error(request, str(refusal))
            status = HTTPStatus.UNPROCESSABLE_ENTITY
        else:
            messages.success(request, _("Signed, numbered and posted."))
            return redirect("decisions:list")
    context = {
        "forms": _to_sign(mine, deputies, today),
        "reviews": _reviews(mine),
        "may_vote": request.user.has_perm("decisions.vote"),
    }
    return render(request, "decisions/signing.html", context, status=status)


def _to_sign(
    mine: dict[int, units.Named], deputies: dict[tuple[int, str], dict[int, str]], on: date
) -> list[tuple[queries.ToSign, units.Named, SignForm]]:
    """Each list that waits for a signature of the user's offices, its unit, and its form."""
    waiting = queries.to_sign(list(mine), [unit.level for unit in mine.values()], on)
    return [
        (
            each,
            mine[each.unit_id],
            SignForm(
                initial=_initial(each) | {"signed_on": on},
                delegations=deputies.get((each.unit_id, _role(each, mine, on)), {}),
            ),
        )
        for each in waiting
    ]


def _role(each: queries.ToSign, mine: dict[int, units.Named], on: date) -> str:
    """The role whose head signs a list of a unit."""
    office = rules.act(each.act, on).office_at(mine[each.unit_id].level)
    return office.role if office else ""


def _deputies(unit_ids: list[int], on: date) -> dict[tuple[int, str], dict[int, str]]:
    """Who may sign for each office's head on a day, by the delegation's id."""
    found: dict[tuple[int, str], dict[int, str]] = {}
    for each in queries.delegated(unit_ids, on):
        found.setdefault((each.unit_id, each.role), {})[each.pk] = str(each)
    return found


def _signature(delegation: int | None) -> actions.Signature:
    given = Delegation.objects.filter(pk=delegation or 0).first()
    return actions.Signature(given.form, given.holder) if given else actions.Signature()


def _reviews(mine: dict[int, units.Named]) -> list[tuple[queries.ToReview, str, bool]]:
    """What councils have still to review: their units' names, and whether the sitting is mine."""
    today = timezone.localdate()
    waiting = queries.to_review(today)
    names = queries.unit_names([each.unit_id for each in waiting], today)
    return [(each, names[each.unit_id], each.unit_id in mine) for each in waiting]


def _initial(each: queries.ToSign) -> dict[str, object]:
    return {"act": each.act, "season": each.season, "unit": each.unit_id}
