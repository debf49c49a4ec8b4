"""Files of rows, read as text and refused early when they are not what they say."""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import file_digest
from io import StringIO
from itertools import zip_longest
from pathlib import Path

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from muster.kernel.errors import Refused

MOST_ROWS = 500_000
_MOST_BYTES = 300 * 2**20
_MOST_UNPACKED = 2 * 2**30
_MOST_TIMES = 200  # how far a sheet may unpack; honest ones reach some thirty
_SMALL = 50 * 2**20
_FEW_COLUMNS = 200


class UnusableFile(Refused):
    """A file that holds no list, or more than a list."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list's columns as text, of equal length; `digest` names the very file."""

    columns: list[list[str]]
    digest: str
    kind: str

    def head(self, rows: int) -> list[tuple[str, ...]]:
        """The first rows, among which the headings stand."""
        return list(zip(*(column[:rows] for column in self.columns), strict=True))


def read(path: Path) -> Sheet:
    """The rows of an xlsx, csv or Parquet file, each cell as text; `UnusableFile` says why not."""
    kind = path.suffix.lower().lstrip(".")
    readers = {"xlsx": _xlsx, "csv": _csv, "txt": _csv, "tsv": _csv, "parquet": _parquet}
    if kind not in readers:
        raise UnusableFile(
            f"{path.name} is no list that can be read; save it as .xlsx, .csv or .parquet "
            "(a file with macros is not opened).",
            code="list.kind",
        )
    if path.stat().st_size > _MOST_BYTES:
        raise UnusableFile(
            f"{path.name} is larger than {_MOST_BYTES >> 20} MB; split it.", code="list.size"
        )
    columns = readers[kind](path)
    rows = len(columns[0]) if columns else 0
    if rows > MOST_ROWS:
        raise UnusableFile(
            f"{path.name} has {rows:,} rows; a list may have {MOST_ROWS:,}, so split it.",
            code="list.rows",
        )
    with path.open("rb") as file:
        return Sheet(columns, file_digest(file, "sha256").hexdigest(), kind)


def _xlsx(path: Path) -> list[list[str]]:
    _check_archive(path)
    try:
        workbook = CalamineWorkbook.from_path(path)
        sheet = workbook.get_sheet_by_index(0)
    except CalamineError as error:
        raise _damaged(path) from error
    if sheet.height > MOST_ROWS + 100 or sheet.width > _FEW_COLUMNS:
        raise UnusableFile(
            f"{path.name} has {sheet.height:,} rows and {sheet.width} columns; a list may have "
            f"{MOST_ROWS:,} and {_FEW_COLUMNS}, so split it.",
            code="list.rows",
        )
    return _as_text(sheet.to_python(skip_empty_area=True))


def _check_archive(path: Path) -> None:
    """Refuse macros, and an archive that would unpack beyond measure, before unpacking it."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise _damaged(path) from error
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        raise UnusableFile(
            f"{path.name} contains macros; save it as .xlsx without them.", code="list.macros"
        )
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if unpacked > _MOST_UNPACKED or (unpacked > _SMALL and unpacked > packed * _MOST_TIMES):
        raise UnusableFile(
            f"{path.name} would unpack to {unpacked >> 20:,} MB, which no list does; "
            "copy its rows into a new file.",
            code="list.bomb",
        )


def _damaged(path: Path) -> UnusableFile:
    return UnusableFile(
        f"{path.name} cannot be opened: it is damaged or was cut off; send it again.",
        code="list.damaged",
    )


def _as_text(rows: Sequence[Sequence[object]]) -> list[list[str]]:
    """Cells as text, column by column."""
    return [_column(column) for column in zip(*rows, strict=True)]


def _column(cells: Iterable[object]) -> list[str]:
    return [cell if type(cell) is str else _cell(cell) for cell in cells]


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _csv(path: Path) -> list[list[str]]:
    text = _decoded(path.read_bytes())
    if "\0" in text:
        raise _damaged(path)
    first = text[: text.find("\n") if "\n" in text else None]
    separator = max("\t;,", key=first.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise _damaged(path) from error
    return [list(column) for column in zip_longest(*rows, fillvalue="")]


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Fonts of before Unicode live on the codes of Western Europe.
        return raw.decode("cp1252", errors="replace")


def _parquet(path: Path) -> list[list[str]]:
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _damaged(path) from error
    text = frame.select(pl.all().cast(pl.String).fill_null(""))
    return [[name, *text[name].to_list()] for name in text.columns]
