"""Files of rows, read as text and refused early when they are not what they say."""

import csv
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import file_digest
from io import StringIO
from itertools import zip_longest
from pathlib import Path

import fastexcel
import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from muster.kernel.errors import Refused
from muster.shell.written import number

MOST_ROWS = 500_000
_MOST_BYTES = 300 * 2**20
_MOST_UNPACKED = 2 * 2**30
_MOST_TIMES = 200  # how far a sheet may unpack; honest ones reach some thirty
_SMALL = 50 * 2**20
_WIDEST = "CZ"
# A reader makes room up to the last cell before it reads one, so a cell far out in an empty
# sheet would take all memory: beyond row 500,000 or column CZ none is let in.
_FAR = re.compile(rb"""r=(?<=\sr=)["'](?:[A-Z]{3}|[D-Z][A-Z]|[A-Z]{0,2}(?:[5-9]\d{5}|\d{7}))""")
_MACROS = re.compile(r"vbaproject\.bin$|(?:^|/)macrosheets/", re.IGNORECASE)
# What a file's first bytes say it is, whatever its name says.
_BEGINNINGS = {
    b"PK\x03\x04": ("xlsx", ".xlsx"),
    b"PAR1": ("parquet", ".parquet"),
    b"\xd0\xcf\x11\xe0": ("", gettext_noop("an old or locked workbook")),
    b"%PDF": ("", gettext_noop("a PDF")),
}
_BLOCK, _REFERENCE = 2**20, 16


class UnusableFile(Refused):
    """A file that holds no list, or more than a list."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list's cells as text, its columns named by position; `digest` names the very file."""

    cells: pl.DataFrame
    digest: str

    def head(self, rows: int) -> list[tuple[str, ...]]:
        """The first rows, among which the headings stand."""
        return self.cells.head(rows).rows()


def read(path: Path) -> Sheet:
    """The rows of an xlsx, csv or Parquet file, each cell as text; `UnusableFile` says why not."""
    kind = path.suffix.lower().lstrip(".")
    readers = {"xlsx": _xlsx, "csv": _csv, "txt": _csv, "tsv": _csv, "parquet": _parquet}
    if kind not in readers:
        raise UnusableFile(
            _(
                "%(file)s is no list that can be read; save it as .xlsx, .csv or .parquet "
                "(a file with macros is not opened)."
            )
            % {"file": path.name},
            code="list.kind",
        )
    if path.stat().st_size > _MOST_BYTES:
        raise UnusableFile(
            _("%(file)s is larger than %(size)s MB; split it.")
            % {"file": path.name, "size": _MOST_BYTES >> 20},
            code="list.size",
        )
    _check_name(path, kind)
    cells = readers[kind](path)
    if len(cells) > MOST_ROWS:
        raise UnusableFile(
            _("%(file)s has %(rows)s rows; a list may have %(most)s, so split it.")
            % {"file": path.name, "rows": number(len(cells)), "most": number(MOST_ROWS)},
            code="list.rows",
        )
    with path.open("rb") as file:
        return Sheet(
            cells.rename(lambda name: str(cells.get_column_index(name))),
            file_digest(file, "sha256").hexdigest(),
        )


def _check_name(path: Path, kind: str) -> None:
    """Refuse a file that its first bytes show to be of another kind than it is called."""
    with path.open("rb") as file:
        first = file.read(4)
    is_kind, words = _BEGINNINGS.get(first, ("text", gettext_noop("plain text")))
    binary = "xlsx", "parquet"
    if first and is_kind != kind and (kind in binary or first in _BEGINNINGS):
        raise UnusableFile(
            _(
                "%(file)s is called .%(kind)s but is %(words)s; open it where it was made and "
                "save it as .xlsx, .csv or .parquet."
            )
            % {"file": path.name, "kind": kind, "words": _(words)},
            code="list.name",
        )


def _xlsx(path: Path) -> pl.DataFrame:
    _check_archive(path)
    try:
        sheet = fastexcel.read_excel(path).load_sheet(
            0, header_row=None, skip_rows=0, dtypes="string"
        )
    except fastexcel.FastExcelError as error:
        raise _damaged(path) from error
    # A day comes with the midnight at which it began.
    return pl.DataFrame(sheet).select(pl.all().fill_null("").str.strip_suffix(" 00:00:00"))


def _check_archive(path: Path) -> None:
    """Refuse macros, and sheets that would unpack or reach beyond measure, before reading one."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check_members(path, members)
            far = any(_reaches_far(archive, member) for member in members)
    except (zipfile.BadZipFile, OSError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise _damaged(path) from error
    if far:
        raise UnusableFile(
            _(
                "%(file)s reaches beyond row %(most)s or column %(widest)s; "
                "delete what stands there, or split the list."
            )
            % {"file": path.name, "most": number(MOST_ROWS), "widest": _WIDEST},
            code="list.rows",
        )


def _check_members(path: Path, members: Sequence[zipfile.ZipInfo]) -> None:
    if any(_MACROS.search(member.filename) for member in members):
        raise UnusableFile(
            _("%(file)s contains macros; save it as .xlsx without them.") % {"file": path.name},
            code="list.macros",
        )
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    if unpacked > _MOST_UNPACKED or (unpacked > _SMALL and unpacked > packed * _MOST_TIMES):
        raise UnusableFile(
            _(
                "%(file)s would unpack to %(size)s MB, which no list does; "
                "copy its rows into a new file."
            )
            % {"file": path.name, "size": number(unpacked >> 20)},
            code="list.bomb",
        )


def _reaches_far(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a cell stands further out than a list's may."""
    before = b""
    with archive.open(member) as part:
        while block := part.read(_BLOCK):
            if _FAR.search(before + block):
                return True
            before = block[-_REFERENCE:]
    return False


def _damaged(path: Path) -> UnusableFile:
    return UnusableFile(
        _("%(file)s cannot be opened: it is damaged or was cut off; send it again.")
        % {"file": path.name},
        code="list.damaged",
    )


def _csv(path: Path) -> pl.DataFrame:
    text = _decoded(path.read_bytes())
    if "\0" in text:
        raise _damaged(path)
    first = text[: text.find("\n") if "\n" in text else None]
    separator = max("\t;,", key=first.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise _damaged(path) from error
    if rows and not text.endswith("\n") and len(rows[-1]) < max(map(len, rows)):
        raise _damaged(path)
    columns = zip_longest(*rows, fillvalue="")
    return pl.DataFrame({str(n): column for n, column in enumerate(columns)}, infer_schema_length=0)


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Fonts of before Unicode live on the codes of Western Europe.
        return raw.decode("cp1252", errors="replace")


def _parquet(path: Path) -> pl.DataFrame:
    try:
        frame = pl.read_parquet(path)
        text = frame.select(pl.all().cast(pl.String).fill_null(""))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise _damaged(path) from error
    headings = pl.DataFrame([text.columns], schema=text.schema, orient="row")
    return pl.concat([headings, text])
