"""Personal numbers of the real shape.

A citizen number is province of birth registration (3 digits), century and sex (0 man and 1 woman
born before 2000, 2 and 3 since), year of birth (2 digits), 6 digits. Nothing in the shape tells an
invented number from an issued one, so no list made here may leave a demonstration unmarked.
"""

import polars as pl

from muster.foundation.register.synthetic.dice import Dice
from muster.foundation.register.synthetic.tables import table
from muster.kernel.errors import Refused

_SERIES = 1_000_000  # numbers in one series of six digits
_HALF = 1_000
_OLD_PREFIX = {"31": "03", "30": "14", "64": "23"}


class SeriesExhausted(Refused):
    """More people of one province, sex and year than six digits can number."""


def with_numbers(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The people with citizen_number and old_number (9 digits, those born early; else null)."""
    year = pl.col("birth_date").dt.year().cast(pl.Int64)
    digit = (year >= 2000).cast(pl.Int64) * 2 + (pl.col("sex") == "female").cast(pl.Int64)  # noqa: PLR2004
    head = pl.concat_str(
        pl.lit("0"), "province_code", digit, (year % 100).cast(pl.String).str.zfill(2)
    )
    rows = people.with_columns(head.alias("_head")).with_columns(
        pl.int_range(pl.len(), dtype=pl.Int64).over("_head").alias("_rank"),
        pl.int_range(pl.len(), dtype=pl.Int64).over("province_code").alias("_old_rank"),
    )
    if not rows.is_empty() and int(rows["_rank"].max()) >= _SERIES:  # type: ignore[arg-type]
        raise SeriesExhausted(
            "more than %(most)s people of one province, sex and year of birth; generate fewer.",
            most=_SERIES,
        )
    digits = _six_digits(rows["_rank"], rows["_head"].cast(pl.Int64), dice)
    return rows.with_columns(
        (rows["_head"] + digits).alias("citizen_number"), _old_numbers(rows, dice)
    ).drop("_head", "_rank", "_old_rank")


def _six_digits(rank: pl.Series, series: pl.Series, dice: Dice) -> pl.Series:
    """A different number for every rank of a series, in no visible order (Feistel rounds)."""
    left, right = rank // _HALF, rank % _HALF
    for turn in range(4):
        shift = dice.bits(series * _HALF + right, f"digits {turn}") % _HALF
        left, right = right, (left + shift.cast(pl.Int64)) % _HALF
    return (left * _HALF + right).cast(pl.String).str.zfill(6)


def _old_numbers(rows: pl.DataFrame, dice: Dice) -> pl.Series:
    old, who = table("life")["old_number"], rows["source_id"]
    year = rows["birth_date"].dt.year()
    issued = (dice.chance(who, "old number", old["share"]) & (year <= old["until"])) | (
        dice.chance(who, "late old number", old["late_share"]) & (year <= old["late_until"])
    )
    province = rows["province_code"]
    digits = _six_digits(rows["_old_rank"] % _SERIES, province.cast(pl.Int64), dice)
    series = (rows["_old_rank"] // _SERIES).cast(pl.String)
    number = province.replace_strict(_OLD_PREFIX) + series + digits
    return number.set(~issued, None).alias("old_number")
