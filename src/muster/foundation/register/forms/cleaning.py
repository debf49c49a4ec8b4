"""A list's cells read into fields, with every mending and every fault told in words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from muster.foundation.register.forms.headings import FIELDS, LOOK, heading_row, recognised
from muster.foundation.register.forms.sheets import Sheet
from muster.foundation.register.models.labels import COLUMNS
from muster.foundation.register.rules import addresses, legacy, written
from muster.kernel import names

ACCEPTED, CORRECTED, REFUSED, SKIPPED = "accepted", "corrected", "refused", "skipped"
_SAID = {
    "cell.date": gettext_noop("no day; write it as 19/05/2005"),
    "cell.number_12": gettext_noop("12 digits are needed; check the card"),
    "cell.number_9": gettext_noop("9 digits are needed; check the card"),
    "cell.sex": gettext_noop("write nam or nữ"),
    "cell.name": gettext_noop("no name; write it as on the birth certificate"),
    "cell.grade": gettext_noop("no grade; write 0 to 12"),
    "cell.stay": gettext_noop("write thường trú, tạm trú or tạm vắng"),
    "cell.level": gettext_noop("no known level; write THCS, THPT, cao đẳng, đại học …"),
    "cell.missing": gettext_noop("missing; fill it in"),
    "cell.twice": gettext_noop("stands in the list twice; leave one out"),
    "font": gettext_noop("letters of an old font read anew"),
    "unicode": gettext_noop("letters put together"),
    "spaces": gettext_noop("spaces left out"),
    "date_text": gettext_noop("date written as text"),
    "date_number": gettext_noop("date given as a spreadsheet's number"),
    "signs": gettext_noop("signs left out"),
    "numbering": gettext_noop("numbering left out"),
    "zero": gettext_noop("a zero read as the letter o"),
    "zero_put_back": gettext_noop("leading zero put back"),
    "capitals": gettext_noop("capitals"),
    "facts": gettext_noop("other facts left out"),
    "by_address": gettext_noop("commune read from the address"),
    "by_number": gettext_noop("taken from the citizen number"),
    "says_year": gettext_noop("the citizen number tells another year of birth"),
}
# Cells of these shapes are as they should be; only the others are read one by one.
_PLAIN_NAME = r"^\p{Lu}[\p{L}']*\p{Ll}(?: \p{Lu}[\p{L}']*)*$|^$"
_ODD = r"[\p{M}ÐƉð]"
_LATIN_NAMES = ("full_name", "father_name", "mother_name", "parents")
_TEXTS = (*_LATIN_NAMES, "group_name", "address", "school", "ethnicity", "occupation", "commune_name",
          "district_name", "province_name")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Checked:
    """A list read: `rows` has the fields, `line`, `state`, `reason` and `note`; `raw` is as sent.

    `headings` say how a reason calls each field: as the sender's column is headed, or by the
    field's own words where no column fills it. `unused` are the headings that fill no field.
    """

    rows: pl.DataFrame
    raw: pl.DataFrame
    headings: Mapping[str, str]
    unused: tuple[str, ...]


def check(sheet: Sheet, mapping: Mapping[str, str] | None = None) -> Checked:
    """Read every row of a sheet; nothing is looked up, nothing is decided."""
    head = sheet.head(LOOK)
    start = heading_row(head, mapping)
    headings = head[start]
    by_position = recognised(headings, mapping)
    raw = sheet.cells.slice(start + 1)
    given = {field: raw.to_series(position) for position, field in by_position.items()}
    rows = raw.select(
        given[field].alias(field) if field in given else pl.lit("").alias(field) for field in FIELDS
    ).with_columns(
        line=pl.int_range(start + 2, pl.len() + start + 2, dtype=pl.Int64),
        state=pl.lit(ACCEPTED),
        reason=pl.lit(""),
        note=pl.lit(""),
    )
    sent = {field: headings[position] for position, field in by_position.items()}
    called = {field: " ".join(sent.get(field, str(COLUMNS[field])).split()) for field in FIELDS}
    unused = tuple(h for p, h in enumerate(headings) if p not in by_position and h.strip())
    read = _named(_read_all(_skip(rows, sent)), called)
    return Checked(read, raw.rename(_once(headings)), called, unused)


def _at(field: str) -> str:
    """What stands before a fault or a mending until the sender's own heading takes its place."""
    return f"\x1f{field}: "


def _named(rows: pl.DataFrame, called: Mapping[str, str]) -> pl.DataFrame:
    marks = [_at(field) for field in called]
    names = [f"{heading}: " for heading in called.values()]
    return rows.with_columns(pl.col("reason", "note").str.replace_many(marks, names))


def _once(headings: Sequence[str]) -> dict[str, str]:
    """The headings by position; one that stands twice gets its position behind it."""
    seen: dict[str, str] = {}
    for position, heading in enumerate(headings):
        name = (
            heading if heading and heading not in seen.values() else f"{heading} [{position + 1}]"
        )
        seen[str(position)] = name.strip()
    return seen


def _skip(rows: pl.DataFrame, headings: Mapping[str, str]) -> pl.DataFrame:
    """Blank rows and headings repeated at the head of each printed page are no people."""
    repeated = pl.all_horizontal(pl.col(field) == text for field, text in headings.items())
    blank = pl.all_horizontal(pl.col(field) == "" for field in FIELDS)
    return rows.with_columns(
        state=pl.when(repeated | blank).then(pl.lit(SKIPPED)).otherwise("state"),
        reason=pl.when(repeated)
        .then(pl.lit(_("heading repeated")))
        .otherwise(pl.when(blank).then(pl.lit(_("empty row"))).otherwise(pl.lit(""))),
    )


def _read_all(rows: pl.DataFrame) -> pl.DataFrame:
    for field in _TEXTS:
        rows = _tidy(rows, field)
    rows = _placed_by_address(_split_parents(rows))
    for field, reader, plain in _READERS:
        rows = _read_column(rows, field, reader, plain)
    rows = _typed(rows)
    rows = _by_number(rows)
    for field in ("full_name", "birth_date", "sex"):
        told = pl.col("reason").str.contains(_at(field), literal=True)
        rows = _fault(rows, field, pl.col(field).is_null() & ~told, "cell.missing")
    twice = (pl.col("source_id") != "") & ~pl.col("source_id").is_first_distinct()
    rows = _fault(rows, "source_id", twice, "cell.twice", quoted=True)
    mended = (pl.col("state") == ACCEPTED) & (pl.col("note") != "")
    return rows.with_columns(
        state=pl.when(mended).then(pl.lit(CORRECTED)).otherwise("state"),
        note=pl.when(pl.col("state") == SKIPPED).then(pl.lit("")).otherwise("note"),
    )


def _tidy(rows: pl.DataFrame, field: str) -> pl.DataFrame:
    """Old fonts, letters in parts, and spaces, for a whole column of text."""
    texts = rows[field]
    font = legacy.UNICODE
    foreign = texts.filter(texts.str.contains(r"[^\x00-\x7F]")).unique().to_list()
    if foreign:
        font = legacy.font_of(foreign[:5000])
    if font != legacy.UNICODE:
        meant = {text: legacy.read_as(text, font) for text in foreign}
        rows = _mended(rows, field, meant, "font")
    odd = rows[field].filter(rows[field].str.contains(f"{_ODD}|[’‘ʼ´`]")).unique().to_list()
    rows = _mended(rows, field, {text: names.nfc(text) for text in odd}, "unicode")
    untidy = rows[field].filter(rows[field].str.contains(r"^\s|\s$|\s\s|\u00a0")).unique().to_list()
    bare = {text: text.strip() if "\n" in text else " ".join(text.split()) for text in untidy}
    return _mended(rows, field, bare, "spaces")


def _mended(rows: pl.DataFrame, field: str, meant: Mapping[str, str], how: str) -> pl.DataFrame:
    if not meant:
        return rows
    changed = pl.col(field).is_in([text for text, new in meant.items() if text != new])
    return rows.with_columns(
        pl.col(field).replace(meant), _noted(field, changed, pl.lit(_(_SAID[how])))
    )


def _noted(field: str, changed: pl.Expr, how: pl.Expr) -> pl.Expr:
    told = pl.concat_str("note", pl.lit(_at(field)), how, pl.lit("; "))
    return pl.when(changed).then(told).otherwise("note").alias("note")


def _split_parents(rows: pl.DataFrame) -> pl.DataFrame:
    """One cell for both parents, as "Bố: …; Mẹ: …" or in two lines, becomes two."""
    both = rows["parents"].filter(rows["parents"] != "").unique().to_list()
    if not both:
        return rows.drop("parents")
    parts = {text: _halves(text) for text in both}
    for field, half in (("father_name", 0), ("mother_name", 1)):
        found = pl.col("parents").replace_strict(
            {text: pair[half] for text, pair in parts.items()} | {"": ""}, return_dtype=pl.String
        )
        rows = rows.with_columns(
            pl.when(pl.col(field) == "").then(found).otherwise(field).alias(field)
        )
    return rows.drop("parents")


_WHERE = ("group_name", "commune_name", "district_name", "province_name")


def _placed_by_address(rows: pl.DataFrame) -> pl.DataFrame:
    """The commune and what lies around it out of the address, where no column tells them."""
    silent = (pl.col("commune_code") == "") & (pl.col("commune_name") == "")
    told = rows.filter(silent)["address"].unique().to_list()
    known = [(text, *found) for text in told if (found := addresses.read_address(text))]
    if not known:
        return rows
    names = [f"{field}_told" for field in _WHERE]
    schema = dict.fromkeys(("address", *names), pl.String)
    rows = rows.join(
        pl.DataFrame(known, schema=schema, orient="row"), on="address", how="left",
        maintain_order="left",
    )  # fmt: skip
    read = silent & pl.col("commune_name_told").is_not_null()
    filled = [
        pl.when(read & (pl.col(field) == "")).then(f"{field}_told").otherwise(field).alias(field)
        for field in _WHERE
    ]
    noted = _noted("address", read, pl.lit(_(_SAID["by_address"])))
    return rows.with_columns(noted, *filled).drop(names)


def _halves(text: str) -> tuple[str, str]:
    for separator in ("\n", ";", "/", " và "):
        if separator in text:
            father, _sign, mother = text.partition(separator)
            return father, mother
    return text, ""


def _read_column(
    rows: pl.DataFrame, field: str, reader: Callable[[str], written.Read[str]], plain: str
) -> pl.DataFrame:
    """Read the cells that are not plain, each different one once."""
    others = rows[field].filter(~rows[field].str.contains(plain)).unique().to_list()
    if not others:
        return rows
    values: dict[str, str | None] = {}
    mended: dict[str, str] = {}
    faults: dict[str, str] = {}
    for text in others:
        try:
            found = reader(text)
            values[text] = found.value
            if found.mended:
                mended[text] = ", ".join(_(_SAID[word]) for word in found.mended.split())
        except written.Unreadable as error:
            values[text] = None
            quoted = str(error).partition("”")[0] + "”"
            faults[text] = f"{_at(field)}{quoted}: {_(_SAID[error.code])}"
    rows = _refused(rows, pl.col(field).replace_strict(faults, default="", return_dtype=pl.String))
    noted = _noted(
        field,
        pl.col(field).is_in(list(mended)),
        pl.col(field).replace_strict(mended, default="", return_dtype=pl.String),
    )
    return rows.with_columns(noted, pl.col(field).replace(values))


def _refused(rows: pl.DataFrame, why: pl.Expr) -> pl.DataFrame:
    fault = (why != "") & (pl.col("state") != SKIPPED)
    joined = pl.concat_str(
        "reason", pl.when(pl.col("reason") == "").then(pl.lit("")).otherwise(pl.lit("; ")), why
    )
    return rows.with_columns(
        state=pl.when(fault).then(pl.lit(REFUSED)).otherwise("state"),
        reason=pl.when(fault).then(joined).otherwise("reason"),
    )


def _fault(
    rows: pl.DataFrame, field: str, where: pl.Expr, code: str, *, quoted: bool = False
) -> pl.DataFrame:
    """Refuse the rows `where` something is wrong with the field, with its cell if `quoted`."""
    cell = [pl.lit("“"), pl.col(field), pl.lit("”: ")] if quoted else []
    said = pl.concat_str(pl.lit(_at(field)), *cell, pl.lit(_(_SAID[code])))
    return _refused(rows, pl.when(where).then(said).otherwise(pl.lit("")))


def _day(text: str) -> written.Read[str]:
    found = written.read_date(text)
    day, precision = found.value
    return written.Read(f"{day.isoformat()} {precision}", found.mended)


def _bare(reader: Callable[[str], object], text: str) -> written.Read[str]:
    return written.Read(str(reader(text)))


_READERS: Sequence[tuple[str, Callable[[str], written.Read[str]], str]] = (
    ("full_name", written.read_name, _PLAIN_NAME),
    ("father_name", written.read_parent, _PLAIN_NAME),
    ("mother_name", written.read_parent, _PLAIN_NAME),
    ("birth_date", _day, r"^$"),
    ("registered_on", _day, r"^$"),
    ("sex", partial(_bare, written.read_sex), r"^[mf]?$"),
    ("citizen_number", partial(written.read_number, digits=12), r"^(?:[0-9]{12})?$"),
    ("old_number", partial(written.read_number, digits=9), r"^(?:[0-9]{9})?$"),
    ("education_grade", partial(_bare, written.read_grade), r"^[0-9]?$|^1[0-2]$"),
    ("residence_kind", partial(_bare, written.read_stay), r"^permanent$"),
    ("school_level", partial(_bare, written.read_level), r"^(?:college|university)$"),
)


def _typed(rows: pl.DataFrame) -> pl.DataFrame:
    """Fields in their types; what was not written is null, texts excepted."""
    birth, registered = (
        pl.col(f).str.slice(0, 10).str.to_date(strict=False)
        for f in ("birth_date", "registered_on")
    )
    known = [
        pl.when(pl.col(field) != "").then(field).alias(field)
        for field in ("full_name", "sex", "citizen_number", "old_number")
    ]
    return rows.with_columns(
        pl.col("birth_date").str.slice(11).fill_null("").alias("birth_precision"),
        birth.alias("birth_date"),
        registered.alias("registered_on"),
        pl.col("education_grade").cast(pl.Int16, strict=False),
        *known,
    )


def _by_number(rows: pl.DataFrame) -> pl.DataFrame:
    """Sex and year of birth where the list leaves them out, from the citizen number."""
    digit = pl.col("citizen_number").str.slice(3, 1).cast(pl.Int32, strict=False)
    year = (
        1900
        + 100 * (digit // 2)
        + pl.col("citizen_number").str.slice(4, 2).cast(pl.Int32, strict=False)
    )
    sex = pl.when(digit % 2 == 1).then(pl.lit("f")).when(digit.is_not_null()).then(pl.lit("m"))
    no_birth = pl.col("birth_date").is_null() & year.is_not_null() & (pl.col("reason") == "")
    rows = rows.with_columns(
        _noted("sex", pl.col("sex").is_null() & sex.is_not_null(), pl.lit(_(_SAID["by_number"]))),
        pl.coalesce("sex", sex).alias("sex"),
    )
    rows = rows.with_columns(_noted("birth_date", no_birth, pl.lit(_(_SAID["by_number"]))))
    other = (pl.col("birth_date").dt.year() != year).fill_null(value=False)
    return rows.with_columns(
        pl.when(no_birth).then(pl.date(year, 1, 1)).otherwise("birth_date").alias("birth_date"),
        pl.when(no_birth)
        .then(pl.lit("year"))
        .otherwise("birth_precision")
        .alias("birth_precision"),
        pl.when(other)
        .then(pl.concat_str("reason", pl.lit(_at("citizen_number") + _(_SAID["says_year"]))))
        .otherwise("reason")
        .alias("reason"),
    )
