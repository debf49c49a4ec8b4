"""How a list that leaves the house is shown, and what it holds: the chosen columns, nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from xlsxwriter import Workbook

from muster.foundation.register.models import Export, ExportStep, Person
from muster.foundation.register.queries.searching import full_number
from muster.foundation.register.tables import PEOPLE
from muster.kernel.manifest import Label
from muster.shell.components import Fact, Status, as_facts
from muster.shell.tables import Column, Listing, csv_lines, plain
from muster.shell.written import day

_WIDTH = 24  # of a column, in characters


def columns_of(export: Export, *, full: bool) -> tuple[Column, ...]:
    """The columns that were asked for; numbers in full only where that was granted."""
    chosen = (column for column in PEOPLE if column.key in export.columns)
    return tuple(
        replace(column, value=full_number) if full and column.key == "number" else column
        for column in chosen
    )


def as_csv(columns: Sequence[Column], people: Sequence[Person]) -> bytes:
    """The list as csv, with nothing in it that a spreadsheet would run."""
    return "".join(csv_lines(columns, people)).encode()


def as_xlsx(columns: Sequence[Column], people: Sequence[Person]) -> bytes:
    """The list as a workbook of one sheet; every cell is text, so that none is a formula."""
    file = BytesIO()
    with Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(_("People")[:31])
        sheet.set_column(0, len(columns) - 1, _WIDTH)
        sheet.freeze_panes(1, 0)
        bold = book.add_format({"bold": True})
        for at, column in enumerate(columns):
            sheet.write_string(0, at, str(column.label), bold)
        for row, person in enumerate(people, 1):
            for at, column in enumerate(columns):
                sheet.write_string(row, at, str(column.of(person)))
    return file.getvalue()


def export_state(export: Export) -> Status:
    """Where a list stands."""
    kinds = {step.kind for step in export.steps.all()}
    if ExportStep.Kind.TAKEN in kinds:
        return Status(_("Taken along"), "neutral")
    if ExportStep.Kind.REFUSED in kinds:
        return Status(_("Refused"), "bad")
    if export.needs_second and ExportStep.Kind.APPROVED not in kinds:
        return Status(_("Waits for a second person"), "warn")
    return Status(_("May be taken along"), "good")


_EXPORTS = (
    Column("on", lazy("Asked on"), kind="date"),
    Column(
        "purpose",
        lazy("Purpose"),
        href=lambda export: reverse("register:export", args=[export.uid]),
    ),
    Column("by", lazy("Asked by"), lambda export: export.asked_by.get_full_name()),
    Column("rows", lazy("Rows"), kind="number"),
    Column("state", lazy("State"), export_state, kind="status"),
)
_STEPS = (
    Column("on", lazy("Day"), kind="date"),
    Column("kind", lazy("Step"), lambda step: step.get_kind_display()),
    Column("by", lazy("By"), lambda step: step.by.get_full_name()),
    Column("why", lazy("Reason"), lambda step: step.why or step.form),
    Column(
        "rows", lazy("Rows"), lambda step: "" if step.rows is None else step.rows, kind="number"
    ),
)


def exports(rows: Sequence[Export]) -> Listing:
    """The lists that were asked for, the latest first."""
    return plain(
        lazy("Lists that were asked for"),
        _EXPORTS,
        rows,
        empty_title=lazy("No list was asked for"),
        empty_text=lazy("Search the register, then ask for the list that you see."),
        empty_href=reverse("register:people"),
        empty_action=lazy("Register of citizens"),
    )


def export_steps(export: Export) -> Listing:
    """What became of a list."""
    steps = export.steps.select_related("by").order_by("pk")
    return plain(lazy("What became of it"), _STEPS, steps)


def export_facts(export: Export, words: str) -> tuple[Fact, ...]:
    """What a list holds, in words."""
    labels = {column.key: column.label for column in PEOPLE}
    pairs: list[tuple[Label, object]] = [
        (_("Purpose"), export.purpose),
        (_("Asked by"), export.asked_by.get_full_name()),
        (_("Asked on"), day(export.on)),
        (_("What was searched"), words or _("everybody in the unit")),
        (_("Columns"), ", ".join(str(labels[key]) for key in export.columns if key in labels)),
        (_("Numbers"), _("in full") if export.full_numbers else _("masked")),
        (_("Rows"), export.rows),
    ]
    return as_facts(pairs)
