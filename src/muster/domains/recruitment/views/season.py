"""The seasons, one season as a funnel, its seats, its cases, one man in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from muster.domains.recruitment import actions, queries, tables
from muster.domains.recruitment.forms import FilterForm
from muster.domains.recruitment.models import ON_THE_WAY, Case, Quota, Season, State
from muster.domains.recruitment.queries import resting
from muster.domains.recruitment.views.opening import provinces
from muster.foundation.accounts.models import User
from muster.foundation.decisions import queries as decisions
from muster.foundation.decisions.actions import REFUSAL
from muster.foundation.decisions.models import Proposal
from muster.foundation.register import actions as register
from muster.foundation.register.queries.entry import place_name
from muster.foundation.register.queries.scope import places_in_scope
from muster.kernel.formulas import percent
from muster.kernel.manifest import Label
from muster.shell import charts
from muster.shell.components import Card, Event
from muster.shell.guards import door, requires
from muster.shell.tables import page, plain

VIEW, REQUEST = "recruitment.view", "recruitment.request"
POLITICAL = "recruitment.political"


@require_GET
@requires(VIEW)
def seasons(request: HttpRequest) -> HttpResponse:
    """Every season, the latest first."""
    table = plain(
        _("Seasons"),
        tables.SEASONS,
        queries.seasons(),
        empty_title=_("No season yet"),
        empty_text=_("A season opens when the province begins to check its source."),
    )
    context = {"table": table, "may_open": bool(provinces(request))}
    return render(request, "recruitment/seasons.html", context)


@require_GET
@requires(VIEW)
def season(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One season: its quota, its funnel, its steps, and what it rests on unconfirmed."""
    found, today = _season(uid), timezone.localdate()
    funnel = queries.funnel(found)
    quota = queries.quota(found, max(today, found.opened_on))
    law = tables.unconfirmed(found)
    context = {
        "season": found,
        "unit": queries.unit_name(found),
        "cards": list(_cards(funnel, quota, whole=places_in_scope() is None)),
        "chart": charts.funnel_chart(
            tables.funnel_bars(funnel), title=_("From the source to the hand-over")
        ),
        "steps": list(tables.step_events(queries.milestones(found), today)),
        "aside": tables.aside_table(funnel, sees_political=request.user.has_perm(POLITICAL)),
        "classes": tables.class_table(queries.class_counts(found)),
        "law": tables.law_table(law) if law else None,
        "twice": tables.twice_table(resting.twice(found)),
    }
    return render(request, "recruitment/season.html", context)


def _cards(funnel: queries.Funnel, quota: Quota | None, *, whole: bool) -> Iterator[Card]:
    """The season in figures; who sees a part of the province reads no share of its quota."""
    season = funnel.season
    gone = queries.handed_over(season)
    yield Card(
        label=_("Seats") if whole else _("Seats of the whole province"),
        value=quota.seats if quota else None,
        source=gettext(quota.source) if quota else "",
        scaled=season.scaled,
        unconfirmed=quota is not None and not quota.confirmed,
        href=tables.quota_href(season),
    )
    yield Card(
        label=_("With their units"),
        value=gone,
        basis="derived",
        scaled=season.scaled,
        href=tables.cases_href(season, reached=State.HANDED_OVER),
    )
    if not whole:
        return
    yield Card(
        label=_("Quota met"),
        value=percent(gone, quota.seats) if quota else None,
        unit="percent",
        places=1,
        basis="derived",
        scaled=season.scaled,
        unconfirmed=quota is not None and not quota.confirmed,
    )


@require_GET
@requires(VIEW)
def quota(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The season's seats as they moved, and how they were shared out over the communes."""
    found = _season(uid)
    sharing = queries.sharing(found, found.hand_over_on)
    context = {
        "season": found,
        "unit": queries.unit_name(found),
        "versions": tables.quota_table(queries.versions(found)),
        "sharing": sharing,
        "seats": tables.seats_table(sharing) if sharing else None,
    }
    return render(request, "recruitment/quota.html", context)


@require_GET
@requires(VIEW)
def cases(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The season's cases in sight, narrowed by state, commune or a figure's step."""
    found, political = _season(uid), request.user.has_perm(POLITICAL)
    states = tables.states(sees_political=political)
    form = FilterForm(request.GET, states=states, communes=queries.communes(found))
    asked = form.cleaned_data if form.is_valid() else {}
    rows = queries.cases(
        found,
        state=asked.get("state", ""),
        reached=asked.get("reached", ""),
        commune=asked.get("commune"),
    )
    table = page(
        rows,
        request.GET,
        tables.case_columns(found, sees_political=political),
        caption=_("Cases"),
        default="name",
        total=rows.count(),
        empty_title=_("No case here"),
        empty_text=_("Choose another state or commune, or draw the season's source first."),
    )
    context = {"season": found, "table": table, "filters": form, "reached_label": _reached(asked)}
    return render(request, "recruitment/cases.html", context)


def _reached(asked: dict[str, Any]) -> Label:
    """The step of a figure whose men are listed."""
    return State(asked["reached"]).label if asked.get("reached") else ""


@require_GET
@requires(VIEW)
def case(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """One man in a season: where he stands, by which decisions, and what his facts say."""
    found = case_of(uid, person)
    political = request.user.has_perm(POLITICAL)
    on = _day(request, found)
    explained, asked = queries.explained(found, on), queries.request_of(found)
    register.note_reading(
        person_id=found.person_id,
        place_id=found.place_id,
        user_id=cast("int", request.user.pk),
        page="recruitment case",
    )
    context = {
        "case": found,
        "place": place_name(found.place),
        "season": found.season,
        "on": on,
        "status": tables.status(found, sees_political=political),
        "facts": list(tables.case_facts(found)),
        "events": _events(request, found, sees_political=political),
        "explained": tables.explanation(explained) if explained else None,
        "asked": asked,
        "may_open_entry": request.user.has_perm("register.view"),
        "may_ask": request.user.has_perm(REQUEST)
        and found.state in ON_THE_WAY
        and (asked is None or asked.carried is False),
        "did_not_come": request.user.has_perm(REQUEST)
        and actions.missed(found, timezone.localdate()) is not None,
        "may_vote": asked is not None and _sits(request, asked),
    }
    return render(request, "recruitment/case.html", context)


def _sits(request: HttpRequest, asked: Proposal) -> bool:
    """Whether the reader keeps the sittings of the council before which a name lies."""
    if asked.act == REFUSAL or not request.user.has_perm("decisions.vote"):
        return False
    return asked.unit_id in decisions.my_units(cast("User", request.user), timezone.localdate())


def _events(request: HttpRequest, case: Case, *, sees_political: bool) -> list[Event]:
    """The decisions about him; their receipts lead only where the reader may go."""
    return [
        replace(each, receipt_href=door(request, each.receipt_href))
        for each in tables.line_events(queries.lines_of(case), sees_political=sees_political)
    ]


def case_of(uid: UUID, person: UUID) -> Case:
    """A man's case in a season; no page where it is not in sight."""
    found = queries.case(_season(uid), person)
    if found is None:
        raise Http404
    return found


def _season(uid: UUID) -> Season:
    found = queries.season(uid)
    if found is None:
        raise Http404
    return found


def _day(request: HttpRequest, case: Case) -> date:
    """The day asked for; else today, but not after the hand-over."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return min(timezone.localdate(), case.season.hand_over_on)
