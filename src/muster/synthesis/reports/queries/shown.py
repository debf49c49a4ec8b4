"""A review's figures as the page shows them: cards that open to their cases, and one chart."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from muster.shell import charts
from muster.shell.components import Bar, Card
from muster.synthesis.indicators.queries import Figure
from muster.synthesis.reports.queries.reviews import Review
from muster.synthesis.reports.queries.wording import cells


def as_card(review: Review, figure: Figure) -> Card:
    """The figure as a card of the page; it opens to its cases when they can be listed."""
    direction = figure.indicator.direction
    better = None
    if figure.change and direction != "none":
        better = (figure.change > 0) == (direction == "up")
    return Card(
        label=figure.indicator.label,
        value=figure.value,
        unit=figure.indicator.unit,
        places=figure.indicator.places,
        previous=figure.previous_value,
        change=figure.change,
        change_unit="count" if figure.indicator.unit == "count" else "points",
        better=better,
        basis=figure.basis.value,
        source=figure.source,
        scaled=figure.scaled,
        unconfirmed=not figure.confirmed,
        href=rows_url(review, figure),
    )


def rows_url(review: Review, figure: Figure) -> str:
    """Where the cases behind the figure are listed; empty for a declared one."""
    if figure.indicator.rows is None or figure.basis != "derived":
        return ""
    wanted = [review.unit.code, review.period.code, figure.indicator.code]
    return f"{reverse('reports:rows', args=wanted)}?{urlencode({'on': review.as_of.isoformat()})}"


def comparison(review: Review, *, links: bool = False) -> charts.Chart | None:
    """All shares of the review beside those of the time before, None without any.

    On a page the bars are `links` to their cases.
    """
    bars = [
        Bar(
            label=str(figure.indicator.label),
            value=figure.value,
            before=figure.previous_value,
            href=rows_url(review, figure) if links else "",
            note=_with_change(figure),
        )
        for figure in review.figures
        if figure.indicator.unit == "percent" and figure.value is not None
    ]
    title = _("Shares in per cent; the mark shows the time before")
    return charts.bar_comparison(bars, title=title) if bars else None


def _with_change(figure: Figure) -> str:
    """The share as it stands at the end of its bar: 0.16 % (−0.12)."""
    shown = cells(figure)
    return f"{shown.value} ({shown.change})" if figure.change else shown.value
