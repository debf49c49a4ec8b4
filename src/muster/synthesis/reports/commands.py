"""`muster report …`: the half-year review as table, JSON, page or paper."""

import json
from datetime import datetime
from pathlib import Path

import click
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table

from muster.shell import rls
from muster.synthesis.reports import papers, queries
from muster.synthesis.reports.queries import Review


@click.group()
def report() -> None:
    """Reviews with figures that open to their cases."""


@report.command(name="half-year")
@click.option("--unit", required=True, help="Code of the unit, read on the day of --as-of.")
@click.option("--period", required=True, help="2025H1, 2025H2, 2025, 2025Q1 or 2025-03.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day whose map and codes are read.")
@click.option("--lang", type=click.Choice(["vi", "en", "fr"]), default="vi", show_default=True)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "html", "pdf"]), default="table"
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File for html or pdf.")
def half_year(
    unit: str, period: str, as_of: datetime | None, lang: str, form: str, out: Path | None
) -> None:
    """The review of a unit for a period."""
    with translation.override(lang), rls.scoped(role=rls.WIDE):
        review = queries.half_year(unit, period, as_of.date() if as_of else None)
        if form == "json":
            click.echo(json.dumps(as_json(review), ensure_ascii=False, indent=2))
        elif form == "table":
            print_table(review)
        else:
            click.echo(write(review, form, lang, out))


def as_json(review: Review) -> dict[str, object]:
    """The review as plain JSON: unit, period, notes and rows."""
    return {
        "unit": {
            "code": review.unit.code,
            "name": review.unit.full_name,
            "opened_on": review.unit.opened_on.isoformat(),
        },
        "period": review.period.code,
        "as_of": review.as_of.isoformat(),
        "notes": list(review.notes),
        "rows": [queries.as_row(figure) for figure in review.figures],
    }


def print_table(review: Review) -> None:
    """The review as a table in the terminal."""
    table = Table(title=f"{review.title} ({review.unit.code}, {review.as_of})", title_style="bold")
    for heading in (_("Figure"), _("Count"), _("Value"), _("Before"), _("Change"), _("Basis")):
        table.add_column(heading, justify="left" if heading == _("Figure") else "right")
    for figure in review.figures:
        row = queries.cells(figure)
        marks = [row.basis, *(["scaled"] if figure.scaled else [])]
        marks += [] if figure.confirmed else ["unconfirmed"]
        table.add_row(row.label, row.count, row.value, row.before, row.change, ", ".join(marks))
    console = Console()
    console.print(table)
    for note in review.notes:
        console.print(f"– {note}", highlight=False, markup=False)


def write(review: Review, form: str, lang: str, out: Path | None = None) -> Path:
    """Write the review as HTML or PDF and return where it lies."""
    name = f"half-year-{review.unit.code}-{review.period.code}-{lang}.{form}"
    path = out or Path(settings.HOME) / "reports" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if form == "pdf":
        path.write_bytes(papers.half_year_pdf(review))
    else:
        path.write_text(render_to_string("reports/standalone.html", page(review)), encoding="utf-8")
    return path


def page(review: Review) -> dict[str, object]:
    """What the standalone page shows."""
    return {
        "review": review,
        "lines": [queries.sentence(figure) for figure in review.figures],
        "rows": [(queries.cells(figure), figure) for figure in review.figures],
        "chart": queries.comparison(review),
        "lang": translation.get_language(),
    }
