"""A list of 400,000 people as a spreadsheet, one row in twenty faulty, taken into the register.

    .venv/bin/python tools/bench/importing.py [--rows 400000] [--seed 1]

The clock runs from the file to its answer: reading, cleaning, entering with acts and ledger
lines, writing the result. Every planted fault must be refused by its column, and no other
row. `django-import-export` takes the first 20,000 rows of the same file into one plain table,
by its own advice for bulk; it seals no number and keeps no ledger.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter
from house import house
from lines import Line, show

ON = date(2025, 6, 30)
BAR, RIVALS_ROWS = 30.0, 20_000
SHARE = 0.05
# Field and cell; each is beyond mending.
FAULTS = (
    ("full_name", ""),
    ("full_name", "12345"),
    ("full_name", "=cmd|' /C calc'!A0"),
    ("birth_date", "31/02/2005"),
    ("birth_date", "hôm qua"),
    ("sex", "?"),
    ("citizen_number", "03120500"),
    ("citizen_number", "0312O5001234"),
    ("old_number", "1234"),
    ("commune_code", "99999"),
    ("education_grade", "13"),
    ("residence_kind", "mặt trăng"),
    ("school_level", "lớp chồi"),
)
DAYS = ("birth_date", "registered_on")
Planted = dict[int, str]


def invented(rows: int, seed: int) -> pl.DataFrame:
    """So many entries in the canonical columns."""
    from muster.foundation.register import queries
    from muster.foundation.register.synthetic import csvfile, generate
    from muster.shell import rls

    with rls.scoped(role=rls.WIDE):
        communes = queries.communes(ON)
    people = generate(communes, men=rows, seed=seed, on=ON)
    listed = csvfile.listed(people, on=ON).head(rows)
    return listed.select(pl.all().cast(pl.String).fill_null(""))


def with_faults(rows: pl.DataFrame, seed: int) -> tuple[pl.DataFrame, Planted]:
    """The rows with faults, and by position the field at fault."""
    dice, table = random.Random(seed), rows.to_dict(as_series=False)
    planted = {}
    for row in dice.sample(range(len(rows)), int(len(rows) * SHARE)):
        field, cell = dice.choice(FAULTS)
        table[field][row] = cell
        planted[row] = field
    return pl.DataFrame(table), planted


def write_xlsx(rows: pl.DataFrame, path: Path) -> Path:
    """The rows as an office types them: days as days, all else as text."""
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(path, options) as book:
        sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, rows.columns)
        of_days = [rows.get_column_index(name) for name in DAYS]
        for number, row in enumerate(rows.iter_rows(), 1):
            for column, cell in enumerate(row):
                if column in of_days and cell[4:5] == "-":
                    sheet.write_datetime(number, column, date.fromisoformat(cell), day)
                elif cell:
                    sheet.write_string(number, column, cell)
    return path


def database_seconds() -> float:
    """Processor time of the database's finished connections; needs Linux's /proc."""
    from django.db import connection

    connection.ensure_connection()
    backend = Path(f"/proc/{connection.connection.info.backend_pid}/stat")
    server = backend.read_text().rsplit(")", 1)[1].split()[1]
    connection.close()
    time.sleep(0.2)
    ticks = Path(f"/proc/{server}/stat").read_text().rsplit(")", 1)[1].split()[13:15]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def timed(work: Callable[[], Any]) -> tuple[Any, float, float, float]:
    """What the work gave, its seconds, and those of our processor and the database's."""
    before, ours, began = database_seconds(), time.process_time(), time.perf_counter()
    found = work()
    spent, ours = time.perf_counter() - began, time.process_time() - ours
    return found, spent, ours, database_seconds() - before


def take_in(path: Path) -> pl.DataFrame:
    """What became of each row, as `muster register import` finds it."""
    from muster.foundation.accounts.actions import acting_as_system
    from muster.foundation.register import actions, forms

    sheet = forms.read(path)
    checked = forms.check(sheet)
    outcome = actions.import_list(
        rows=checked.rows, source=path.stem, digest=sheet.digest, on=ON,
        scope=acting_as_system, lanes=2,
    )  # fmt: skip
    forms.write_result(checked.raw, outcome.rows, path)
    return outcome.rows


def misjudged(outcome: pl.DataFrame, planted: Planted) -> tuple[int, int]:
    """Planted faults that were not named by their field; rows refused without a fault."""
    rows = outcome.rows(named=True)
    missed = sum(
        rows[row]["state"] != "refused" or field not in rows[row]["reason"]
        for row, field in planted.items()
    )
    refused = sum(row["state"] == "refused" for row in rows)
    return missed, refused - (len(planted) - missed)


def rival(path: Path) -> Any:
    """The list taken in by django-import-export."""
    import tablib
    from django.core.validators import MaxValueValidator, RegexValidator
    from django.db import connection, models
    from import_export import resources

    def digits(pattern: str) -> models.CharField:
        return models.CharField(max_length=12, blank=True, validators=[RegexValidator(pattern)])

    class Listed(models.Model):
        full_name = models.CharField(max_length=200, validators=[RegexValidator(r"^[^\d=]+$")])
        birth_date = models.DateField()
        sex = models.CharField(max_length=6, choices=[("male", "male"), ("female", "female")])
        citizen_number = digits(r"^\d{12}$")
        old_number = digits(r"^\d{9}$")
        commune_code = models.CharField(max_length=5, validators=[RegexValidator(r"^[0-8]\d{4}$")])
        group_name = models.TextField(blank=True)
        residence_kind = models.CharField(max_length=9, choices=[("permanent", "permanent")])
        education_grade = models.PositiveSmallIntegerField(
            null=True, blank=True, validators=[MaxValueValidator(12)]
        )
        school = models.TextField(blank=True)
        school_level = models.CharField(
            max_length=20, blank=True, validators=[RegexValidator("^[a-z_]+$")]
        )
        father_name = models.TextField(blank=True)
        mother_name = models.TextField(blank=True)
        registered_on = models.DateField(null=True, blank=True)
        source_id = models.CharField(max_length=20, unique=True)

        class Meta:
            app_label = "rival"

    class People(resources.ModelResource):
        class Meta:
            model = Listed
            exclude = ("id",)
            import_id_fields = ("source_id",)
            use_bulk = True
            batch_size = 1000
            skip_diff = True
            force_init_instance = True
            clean_model_instances = True

    with connection.schema_editor() as editor:
        editor.create_model(Listed)
    rows = tablib.Dataset().load(path.read_bytes(), format="xlsx")
    result = People().import_data(rows)
    return len(result.invalid_rows) + len(result.error_rows)


def against_rival(folder: Path, rows: pl.DataFrame, planted: Planted) -> list[Line]:
    few = write_xlsx(rows.head(RIVALS_ROWS), folder / "few.xlsx")
    theirs, slow, *_ = timed(lambda: rival(few))
    _, quick, *_ = timed(lambda: take_in(few))
    there = sum(row < RIVALS_ROWS for row in planted)
    return [
        Line(f"{RIVALS_ROWS:,} rows", f"{quick:.1f} s", "", f"{slow / quick:.0f}×"),
        Line(
            "the same, django-import-export", f"{slow:.1f} s; {theirs:,} refused, {there:,} planted"
        ),
    ]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, default=400_000)
    arguments.add_argument("--seed", type=int, default=1)
    wish = arguments.parse_args()
    with house() as folder:
        rows, planted = with_faults(invented(wish.rows, wish.seed), wish.seed)
        path = write_xlsx(rows, folder / "list.xlsx")
        load = os.getloadavg()[0]
        outcome, spent, ours, database = timed(lambda: take_in(path))
        missed, wrongly = misjudged(outcome, planted)
        lines = [
            Line(f"{len(rows):,} rows of xlsx", f"{spent:.1f} s", f"≤ {BAR:.0f} s",
                 held=spent <= BAR),
            Line("processor", f"{ours:.1f} s, database {database:.1f} s, load before {load:.1f}"),
            Line(f"{len(planted):,} faults planted", f"{missed} missed, {wrongly} wrongly refused",
                 "0 missed, 0 wrongly", held=not missed and not wrongly),
            *against_rival(folder, rows, planted),
        ]  # fmt: skip
        return show("Import of a list", lines)


if __name__ == "__main__":
    sys.exit(main())
