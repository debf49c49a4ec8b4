"""The review on paper, in the form of an official report (Decree 30/2020)."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from muster.foundation.units import queries as units
from muster.foundation.units.queries.commanding import commands_of
from muster.shell import papers, written
from muster.synthesis.indicators.queries import Figure
from muster.synthesis.reports import queries
from muster.synthesis.reports.queries import Review

_TEMPLATE = Path(__file__).with_name("half-year.typ")
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True)
class Head:
    """Who issues the paper: the body above and the command's kind and name, all of the day."""

    above: str
    kind: str
    name: str
    place: str


def head(review: Review) -> Head:
    """The command that answers for the unit on the day of the map; the unit where none is known."""
    commands = commands_of([review.unit.id], review.as_of, review.unit.level)
    if not commands:
        return Head("", review.unit.kind.upper(), review.unit.name.upper(), review.unit.name)
    above = units.ancestors(commands[0].id, review.as_of)
    return Head(
        above=above[0].full_name.upper() if above else "",
        kind=commands[0].kind.upper(),
        name=commands[0].name.upper(),
        place=review.unit.name,
    )


def half_year_pdf(review: Review) -> bytes:
    """The review as PDF; no clock enters it, so that two prints can be compared."""
    chart, issuer = queries.comparison(review), head(review)
    return papers.render(
        _TEMPLATE,
        {
            "lang": get_language(),
            "above": issuer.above,
            "issuer": [issuer.kind, issuer.name],
            "motto": MOTTO,
            "number": _("No.: %(blank)s/BC") % {"blank": " " * 10},
            "place_and_date": _("%(place)s, day %(blank)s month %(blank)s year %(year)s")
            % {"place": issuer.place, "blank": "  …  ", "year": review.as_of.year},
            "courtesy": _courtesy(),
            "kind": _("REPORT"),
            "title": review.subject,
            "document": review.title,
            "map_line": _("Map and codes as of %(day)s") % {"day": written.day(review.as_of)},
            "results": _("I. RESULTS"),
            "lines": [queries.sentence(figure) for figure in review.figures],
            "compared": _("II. AGAINST THE TIME BEFORE"),
            "chart": chart.paper if chart else "",
            "chart_title": str(chart.title) if chart else "",
            "annex": _("ANNEX: FIGURES AND WHAT THEY REST ON"),
            "columns": [pgettext("on paper", "No."), *queries.headings()],
            "rows": [_row(figure) for figure in review.figures],
            "notes_title": _("Notes"),
            "notes": list(review.notes),
            "signer": _("COMMANDER"),
            "sign_here": _("(signature, full name and seal)"),
            "draft": _("Printed for signature; without signature and seal it is a draft."),
        },
    )


def _courtesy() -> str:
    """A copy in another language says that the Vietnamese paper is the one that counts."""
    if get_language() == "vi":
        return ""
    return _("Courtesy translation; the Vietnamese text is authoritative.")


def _row(figure: Figure) -> list[str]:
    shown = queries.cells(figure)
    source = f"{shown.basis}; {figure.source}" if figure.source else shown.basis
    return [shown.label, shown.count, shown.value, shown.before, shown.change, source]
