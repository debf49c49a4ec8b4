"""The review on paper, in the form of an official report."""

from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from muster.shell import papers, written
from muster.synthesis.reports import queries
from muster.synthesis.reports.queries import Review

_TEMPLATE = Path(__file__).with_name("half-year.typ")


def half_year_pdf(review: Review) -> bytes:
    """The review as PDF; no clock enters it, so that two prints can be compared."""
    chart = queries.comparison(review)
    return papers.render(
        _TEMPLATE,
        {
            "lang": get_language(),
            "unit": review.unit.full_name,
            "above": review.province,
            "motto": [
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập – Tự do – Hạnh phúc",
            ],
            "courtesy": _courtesy(),
            "kind": _("REPORT"),
            "title": review.title,
            "map_line": _("Map and codes as of %(day)s") % {"day": written.day(review.as_of)},
            "results": _("Results"),
            "lines": [queries.sentence(figure) for figure in review.figures],
            "chart": chart.paper if chart else "",
            "annex": _("Annex: figures"),
            "columns": [
                _("Figure"),
                _("Count"),
                _("Value"),
                _("Before"),
                _("Change"),
                _("Basis and source"),
            ],
            "rows": [_row(figure) for figure in review.figures],
            "notes_title": _("Notes"),
            "notes": list(review.notes),
        },
    )


def _courtesy() -> str:
    """A copy in another language says that the Vietnamese paper is the one that counts."""
    if get_language() == "vi":
        return ""
    return _("Courtesy translation; the Vietnamese text is authoritative.")


def _row(figure: queries.Figure) -> list[str]:
    shown = queries.cells(figure)
    basis = _("derived from cases") if figure.basis == "derived" else _("declared")
    source = f"{basis}; {figure.source}" if figure.source else basis
    return [shown.label, shown.count, shown.value, shown.before, shown.change, source]
