"""The review as a page, and the list of cases behind each number."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from muster.foundation.accounts.models import User
from muster.kernel.errors import Refused
from muster.kernel.manifest import Row
from muster.shell.guards import door, requires
from muster.shell.tables import csv_lines
from muster.synthesis.indicators import queries as indicators
from muster.synthesis.reports import papers, queries, tables
from muster.synthesis.reports.queries import Review


class NoDay(Refused):
    """A text in the address that names no day."""


@require_GET
@requires("reports.view")
def overview(request: HttpRequest) -> HttpResponse:
    """The reviews that can be opened: each period known of the units in reach."""
    offers = queries.offered(cast("User", request.user), timezone.localdate())
    return render(request, "reports/overview.html", {"offers": offers})


@require_GET
@requires("reports.view")
def half_year(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The review with every number opening to its list."""
    review = _within_reach(request, queries.half_year(code, period, _as_of(request)))
    context = {
        "review": review,
        "cards": [queries.as_card(review, figure) for figure in review.figures],
        "lines": [queries.sentence(figure) for figure in review.figures],
        "chart": queries.comparison(review, links=True),
    }
    return render(request, "reports/half_year.html", context)


@require_GET
@requires("reports.view")
def rows(request: HttpRequest, code: str, period: str, indicator: str) -> HttpResponse:
    """The cases behind one figure, page by page or as a file."""
    review, figure = queries.one_figure(code, period, indicator, _as_of(request))
    _within_reach(request, review)
    cases = indicators.rows(indicator, review.unit.id, review.period, review.as_of)
    if request.GET.get("form") == "csv":
        name = f"{indicator}-{code}-{review.period.code}.csv"
        # Read before the answer leaves: the user's scope of the database ends with the view.
        return _file("".join(csv_lines(tables.COLUMNS, cases)), "text/csv; charset=utf-8", name)
    context = {
        "review": review,
        "figure": figure,
        "table": tables.cases(figure, _reachable(request, cases), request.GET),
        "day": review.as_of.isoformat(),
        "sentence": queries.sentence(figure),
    }
    return render(request, "reports/rows.html", context)


@require_GET
@requires("reports.view")
def half_year_pdf(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The review on paper."""
    review = _within_reach(request, queries.half_year(code, period, _as_of(request)))
    name = f"half-year-{code}-{review.period.code}-{get_language()}.pdf"
    return _file(papers.half_year_pdf(review), "application/pdf", name, "inline")


def _reachable(request: HttpRequest, cases: Iterable[Row]) -> Iterator[Row]:
    """The rows, each leading only where the reader may go."""
    return (replace(row, url=door(request, row.url)) for row in cases)


def _file(content: str | bytes, kind: str, name: str, way: str = "attachment") -> HttpResponse:
    headers = {"Content-Disposition": f'{way}; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def _within_reach(request: HttpRequest, review: Review) -> Review:
    user = cast("User", request.user)
    indicators.require_reach(user, review.unit, review.as_of, timezone.localdate())
    return review


def _as_of(request: HttpRequest) -> date | None:
    asked = request.GET.get("on", "")
    try:
        return date.fromisoformat(asked) if asked else None
    except ValueError:
        raise NoDay(_("“%s” is no day; write it as 2025-06-15.") % asked) from None
