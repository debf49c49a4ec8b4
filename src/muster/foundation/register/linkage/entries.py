"""Entries made ready to be compared: names in words, folded and as they are heard."""

import re
from functools import cache

import polars as pl

from muster.kernel import names

_YEAR = 4  # letters of a birth date known by its year alone
_HEARD = (
    (re.compile(r"^(?:ch|tr)"), "c"),
    (re.compile(r"^x"), "s"),
    (re.compile(r"^l"), "n"),
    (re.compile(r"y"), "i"),
)
_PARTS = ("family", "middle", "given")


def prepared(entries: pl.DataFrame) -> pl.DataFrame:
    """The columns that `model.toml` compares, one row per entry, sorted by id.

    Names may have one word or six: the last is the given name, the first of several the
    name of family or clan, what stands between them the middle.
    """
    rows = entries.sort("id").with_columns(_known("citizen"), _known("old"))
    written = _written(rows["full_name"])
    rows = rows.join(written, on="full_name", how="left", maintain_order="left")
    for parent in ("mother", "father"):
        folds = _folds(rows[f"{parent}_name"], parent)
        rows = rows.join(folds, on=f"{parent}_name", how="left", maintain_order="left")
    shares = [(pl.len().over(part) / pl.len()).alias(f"{part}_share") for part in _PARTS]
    return rows.select(
        "id",
        "citizen",
        "old",
        "sex",
        "commune",
        *_born(),
        pl.concat_str("commune", "group", separator="\n").alias("village"),
        "name_fold",
        *(f"{part}{form}" for part in _PARTS for form in ("", "_fold", "_sound")),
        *shares,
        *(f"{parent}{form}" for parent in ("mother", "father") for form in ("", "_fold")),
    )


def _known(column: str) -> pl.Expr:
    """A text of which an empty one says nothing."""
    text = pl.col(column).cast(pl.String)
    return pl.when(text != "").then(text).alias(column)


def _born() -> tuple[pl.Expr, pl.Expr]:
    """The birth date as exactly as it is known, and a key that forgets which number is the month."""
    born = pl.col("birth_date").dt
    year, month, day = born.year(), born.month().cast(pl.Int32), born.day().cast(pl.Int32)
    low, high = pl.min_horizontal(month, day), pl.max_horizontal(month, day)
    text = born.to_string("%Y-%m-%d")
    by_year = pl.col("birth_precision") == "year"
    return (
        pl.when(by_year).then(text.str.head(_YEAR)).otherwise(text).alias("birth"),
        (year * 10_000 + low * 100 + high).alias("birth_key"),
    )


def _written(full_names: pl.Series) -> pl.DataFrame:
    """Each different name once, in parts."""
    rows = [(name, *_in_parts(name)) for name in full_names.unique(maintain_order=True)]
    forms = [f"{part}{form}" for part in _PARTS for form in ("", "_fold", "_sound")]
    schema = dict.fromkeys(["full_name", "name_fold", *forms], pl.String)
    return pl.DataFrame(rows, schema=schema, orient="row")


def _in_parts(full_name: str) -> list[str | None]:
    words = names.nfc(full_name).lower().split()
    family = words[0] if len(words) > 1 else None
    middle = " ".join(words[1:-1]) or None
    forms = [form for part in (family, middle, words[-1]) for form in _forms(part)]
    return [" ".join(map(_fold, words)), *forms]


def _forms(part: str | None) -> tuple[str | None, str | None, str | None]:
    if part is None:
        return None, None, None
    words = part.split()
    return part, " ".join(map(_fold, words)), " ".join(map(_sound, words))


@cache
def _fold(word: str) -> str:
    return names.fold(word)


@cache
def _sound(word: str) -> str:
    """How a word of the coast is heard: l for n, s for x, ch for tr, i for y."""
    heard = _fold(word)
    for written, sound in _HEARD:
        heard = written.sub(sound, heard)
    return heard


def _folds(parents: pl.Series, parent: str) -> pl.DataFrame:
    """Each different name of a parent once: as it is written small, and folded."""
    known = [name for name in parents.unique(maintain_order=True) if name]
    small = [names.nfc(name).lower() for name in known]
    folded = [" ".join(map(_fold, name.split())) for name in small]
    columns = {f"{parent}_name": known, parent: small, f"{parent}_fold": folded}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))
