"""The review as a page, and the list of cases behind each number."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from muster.foundation.accounts.guards import requires
from muster.kernel.errors import Refused
from muster.synthesis.indicators import queries as indicators
from muster.synthesis.reports import papers, queries, tables


@requires("reports.view")
def overview(request: HttpRequest) -> HttpResponse:
    """The reviews that can be opened: each half-year of the provinces in reach."""
    return render(request, "reports/overview.html", {"reviews": queries.offered()})


@requires("reports.view")
def half_year(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The review with every number opening to its list."""
    review = queries.half_year(code, period, _as_of(request))
    context = {
        "review": review,
        "cards": [queries.as_card(review, figure) for figure in review.figures],
        "lines": [queries.sentence(figure) for figure in review.figures],
        "chart": queries.comparison(review),
    }
    return render(request, "reports/half_year.html", context)


@requires("reports.view")
def rows(request: HttpRequest, code: str, period: str, indicator: str) -> HttpResponse:
    """The cases behind one figure."""
    review = queries.half_year(code, period, _as_of(request))
    figure = next((f for f in review.figures if f.indicator.code == indicator), None)
    if figure is None:
        raise Refused(f"The review of {review.unit.full_name} has no figure “{indicator}”.")
    cases = indicators.rows(indicator, review.unit.id, review.period, review.as_of)
    context = {
        "review": review,
        "figure": figure,
        "table": tables.cases(figure, list(cases)),
        "day": review.as_of.isoformat(),
        "sentence": queries.sentence(figure),
    }
    return render(request, "reports/rows.html", context)


@requires("reports.view")
def half_year_pdf(request: HttpRequest, code: str, period: str) -> HttpResponse:
    """The review on paper."""
    review = queries.half_year(code, period, _as_of(request))
    name = f"half-year-{code}-{review.period.code}-{get_language()}.pdf"
    return HttpResponse(
        papers.half_year_pdf(review),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _as_of(request: HttpRequest) -> date | None:
    asked = request.GET.get("on", "")
    try:
        return date.fromisoformat(asked) if asked else None
    except ValueError:
        raise Refused(f"“{asked}” is no day; write it as 2025-06-15.") from None

