"""A table of residential groups → new commune, as csv or xlsx, becomes plain rows."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from muster.foundation.units.actions import GroupRow
from muster.kernel.errors import Refused
from muster.kernel.names import fold

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
"""A province has some 10,000 groups, well under 1 MB; more is a mistake or an attack."""

COLUMNS = {
    "within": ("old_code", "ma xa cu", "ancien code"),
    "group": ("group", "to dan pho", "thon", "thon, to dan pho", "groupe"),
    "unit": ("new_code", "ma xa moi", "nouveau code"),
}
"""How each column may be headed (without accents, in any case)."""


class BadTable(Refused):
    """The file is no table of groups."""


def read_groups(file: Path) -> list[GroupRow]:
    """The rows of a table with columns old_code, group and new_code, numbered as in the file."""
    size = file.stat().st_size
    if size > MAX_BYTES:
        sentence = _("the file has %(size)s bytes; a table of groups has at most %(most)s.")
        raise _bad(file, sentence % {"size": size, "most": MAX_BYTES})
    lines = _spreadsheet(file) if file.suffix.lower() == ".xlsx" else _csv(file)
    rows = list(_rows(file, lines))
    if not rows:
        raise _bad(file, _("the table has no rows."))
    return rows


def _bad(file: Path, sentence: str) -> BadTable:
    return BadTable(sentence, code="units.bad_table", where=file.name)


def _csv(file: Path) -> Iterable[list[str]]:
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _bad(file, _("this is not UTF-8 text; save it as CSV UTF-8.")) from None
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    return csv.reader(io.StringIO(text), delimiter=separator)


def _spreadsheet(file: Path) -> Iterable[list[str]]:
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(each.file_size for each in packed.infolist()) > MAX_UNPACKED:
                raise _bad(file, _("the file unpacks to more than a table of groups can have."))
        sheet = CalamineWorkbook.from_path(file).get_sheet_by_index(0)
    except (zipfile.BadZipFile, CalamineError):
        raise _bad(file, _("this is not an xlsx file.")) from None
    return [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _cell(value: Any) -> str:
    """A cell as text; a code that a spreadsheet took for a number gets its zeros back."""
    return f"{value:05.0f}" if isinstance(value, float) and value.is_integer() else str(value)


def _rows(file: Path, lines: Iterable[list[str]]) -> Iterator[GroupRow]:
    reader = iter(lines)
    places = _columns(file, next(reader, []))
    for number, line in enumerate(reader, 2):
        if any(cell.strip() for cell in line):
            cells = [line[place].strip() if place < len(line) else "" for place in places]
            if not all(cells):
                raise _bad(file, _("row %(row)s lacks a code or a group.") % {"row": number})
            within, group, unit = cells
            yield GroupRow(within, group, unit, number)


def _columns(file: Path, header: list[str]) -> list[int]:
    heads = [" ".join(fold(cell).split()) for cell in header]
    found = []
    for forms in COLUMNS.values():
        places = [place for place, head in enumerate(heads) if head in forms]
        if not places:
            sentence = _(
                "the first row must name the columns old_code, group and new_code; %(name)s is missing."
            )
            raise _bad(file, sentence % {"name": forms[0]})
        found.append(places[0])
    return found
