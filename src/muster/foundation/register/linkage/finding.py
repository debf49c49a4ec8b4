"""From entries to decided pairs."""

import polars as pl

from muster.foundation.register.linkage.deciding import DISTINCT, Opened, decided
from muster.foundation.register.linkage.entries import prepared
from muster.foundation.register.linkage.groups import grouped
from muster.foundation.register.linkage.scoring import scored

# The columns that entries must have, with their types.
ENTRY = {
    "id": pl.Int64,
    "full_name": pl.String,
    "birth_date": pl.Date,
    "birth_precision": pl.String,
    "sex": pl.String,
    "citizen": pl.String,
    "old": pl.String,
    "commune": pl.String,
    "group": pl.String,
    "mother_name": pl.String,
    "father_name": pl.String,
}


def find(entries: pl.DataFrame, *, opened: Opened | None = None) -> pl.DataFrame:
    """The pairs worth telling of, decided, as the package says.

    `opened` gives the digits of the citizen numbers of a few entries, asked for only where
    all but the number agrees; without it `citizen` itself is read as digits.
    """
    rows = entries.select(pl.col(name).cast(kind) for name, kind in ENTRY.items())
    numbers = rows.select("id", "citizen")
    pairs = decided(scored(prepared(rows)), numbers, opened or _as_given(numbers))
    groups = grouped(pairs.filter(pl.col("decision") != DISTINCT))
    named = pairs.join(groups.rename({"id": "left"}), on="left", how="left", maintain_order="left")
    return named.with_columns(pl.when(pl.col("decision") != DISTINCT).then("group").alias("group"))


def _as_given(numbers: pl.DataFrame) -> Opened:
    def opened(ids: list[int]) -> dict[int, str]:
        return dict(numbers.filter(pl.col("id").is_in(ids)).drop_nulls().iter_rows())

    return opened
