"""`muster report …`: the half-year review as table, JSON, page or paper."""

import json
from datetime import datetime
from io import StringIO
from pathlib import Path

import click
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from rich.console import Console
from rich.table import Table

from muster.foundation.units.queries import Named
from muster.kernel.errors import Refused
from muster.shell import rls
from muster.synthesis.reports import papers, queries
from muster.synthesis.reports.queries import Review

FORMS = ("table", "json", "html", "pdf")


class CannotWrite(Refused):
    """A file that cannot be written where it was asked for."""


@click.group()
def report() -> None:
    """Reviews with figures that open to their cases."""


@report.command(name="half-year")
@click.option("--unit", required=True, help="Code of the unit, read on the day of --as-of.")
@click.option("--period", required=True, help="2025H1, 2025H2, 2025, 2025Q1 or 2025-03.")
@click.option(
    "--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day whose map and codes are read."
)
@click.option("--lang", type=click.Choice(["vi", "en", "fr"]), default="vi", show_default=True)
@click.option("--format", "form", type=click.Choice(FORMS), default="table", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
def half_year(
    *, unit: str, period: str, as_of: datetime | None, lang: str, form: str, out: Path | None
) -> None:
    """The review of a unit for a period."""
    with translation.override(lang), rls.scoped(role=rls.WIDE):
        review = queries.half_year(unit, period, as_of.date() if as_of else None)
        if out or form in {"html", "pdf"}:
            click.echo(write(review, form, lang, out))
        elif form == "json":
            click.echo(json_text(review), nl=False)
        else:
            print_table(review)


def as_json(review: Review) -> dict[str, object]:
    """The review as plain JSON: unit, period, notes and rows."""
    return {
        "unit": _unit(review.unit),
        "others": [_unit(each) for each in review.others],
        "period": review.period.code,
        "as_of": review.as_of.isoformat(),
        "notes": list(review.notes),
        "rows": [queries.as_row(figure) for figure in review.figures],
    }


def _unit(unit: Named) -> dict[str, str | None]:
    return {
        "code": unit.code,
        "name": unit.full_name,
        "opened_on": unit.opened_on.isoformat(),
        "closed_on": unit.closed_on.isoformat() if unit.closed_on else None,
    }


def json_text(review: Review) -> str:
    """The review as the text of a JSON file."""
    return json.dumps(as_json(review), ensure_ascii=False, indent=2) + "\n"


def print_table(review: Review, console: Console | None = None) -> None:
    """The review as a table in the terminal."""
    title = f"{review.title} ({review.unit.code}, {review.as_of})"
    table = Table(title=title, title_style="bold")
    first, *numbers, _source = queries.headings()
    table.add_column(first)
    for heading in numbers:
        table.add_column(heading, justify="right")
    table.add_column(pgettext("of a figure", "Basis"))
    for figure in review.figures:
        row = queries.cells(figure)
        table.add_row(row.label, row.count, row.value, row.before, row.change, row.basis)
    console = console or Console()
    console.print(table)
    for note in review.notes:
        console.print(f"– {note}", highlight=False, markup=False)


def write(review: Review, form: str, lang: str, out: Path | None = None) -> Path:
    """Write the review as a file, whole or not at all, and return where it lies."""
    name = f"half-year-{review.unit.code}-{review.period.code}-{lang}.{form}"
    path = out or Path(settings.HOME) / "reports" / name
    content = _content(review, form)
    draft = path.with_name(f".{path.name}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        raise CannotWrite(
            _("%(path)s cannot be written (%(reason)s); name another file with --out.")
            % {"path": path, "reason": error.strerror},
            code="reports.cannot_write",
        ) from None
    return path


def _content(review: Review, form: str) -> bytes:
    if form == "pdf":
        return papers.half_year_pdf(review)
    if form == "json":
        return json_text(review).encode()
    if form == "html":
        return render_to_string("reports/standalone.html", page(review)).encode()
    printed = StringIO()
    print_table(review, Console(file=printed, width=120))
    return printed.getvalue().encode()


def page(review: Review) -> dict[str, object]:
    """What the standalone page shows."""
    return {
        "review": review,
        "lines": [queries.sentence(figure) for figure in review.figures],
        "rows": [(queries.cells(figure), figure) for figure in review.figures],
        "chart": queries.comparison(review),
        "head": papers.head(review),
        "headings": queries.headings(),
        "lang": translation.get_language(),
    }
