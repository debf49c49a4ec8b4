"""Families and their children: who exists, born when, at home where."""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil

import polars as pl

from muster.foundation.register.synthetic.dice import Dice, chosen, fallen
from muster.foundation.register.synthetic.tables import table
from muster.kernel.periods import add_years

YOUNGEST, OLDEST = 16, 28
_ROOM = 4  # numbers kept for each family, so that a brother's number follows from his family's


def people(homes: pl.DataFrame, *, men: int, on: date, dice: Dice) -> pl.DataFrame:
    """Every person once, without a name yet.

    `homes` are residential groups (commune_code, group_name, commune_name, province_code, people,
    share); `men` counts those of the delta aged 16 to 28 on the day `on`.
    Columns: family_id, sex, birth_date, those of `homes` without `share`, ethnicity.
    """
    life = table("life")
    delta = homes.filter(pl.col("people") == "delta")
    hills = homes.filter(pl.col("people") != "delta")
    sons = round(
        men
        / (
            _born_before(_end_of_births(on, YOUNGEST))
            - _born_before(_end_of_births(on, OLDEST + 1))
        )
    )
    blocks = [_sons(delta, sons, 1, dice)]
    if not hills.is_empty():
        blocks.append(
            _sons(hills, ceil(sons * life["highland"]["share"]), _next_family(blocks), dice)
        )
    women = ceil(men * life["women"]["share"])
    blocks.append(_women(delta, women, _next_family(blocks), dice))
    return _with_ethnicity(pl.concat(blocks), dice)


def _end_of_births(on: date, age: int) -> date:
    """The day after the last birth date of those who are at least this old on the day."""
    return add_years(on, -age) + timedelta(days=1)


def _born_before(day: date) -> float:
    """Share of the cohorts that is born before the day."""
    births: dict[str, float] = table("life")["births"]
    earlier = sum(size for year, size in births.items() if int(year) < day.year)
    passed = (day - date(day.year, 1, 1)).days / 365
    return (earlier + births.get(str(day.year), 0.0) * min(passed, 1.0)) / sum(births.values())


def _next_family(blocks: Sequence[pl.DataFrame]) -> int:
    return 1 + int(blocks[-1]["family_id"][-1])


def _sons(homes: pl.DataFrame, count: int, first_family: int, dice: Dice) -> pl.DataFrame:
    """`count` men in families of one, two or three sons; twins share the birthday."""
    sizes: list[float] = table("life")["families"]["sons"]
    mean = sum(sons * share for sons, share in enumerate(sizes, 1)) / sum(sizes)
    family = pl.int_range(first_family, first_family + ceil(count / mean * 1.02) + 20, eager=True)
    sons = fallen(dice.uniform(family, "sons"), pl.Series(sizes)).cast(pl.Int64) + 1
    rows = (
        pl.DataFrame({"family_id": family, "sons": sons})
        .with_columns(pl.int_ranges(0, "sons").alias("position"))
        .explode("position")
        .head(count)
    )
    born = _birth_dates(_birth_order(rows, dice))
    return rows.select("family_id", pl.lit("male").alias("sex"), born, *_homes(rows, homes, dice))


def _birth_order(rows: pl.DataFrame, dice: Dice) -> pl.Series:
    """Where each birth falls among all births in time order, in [0, 1).

    Brothers stand a drawn distance apart and go round from the last cohort to the first, which
    keeps every cohort at its size.
    """
    families = table("life")["families"]
    low, high = families["spacing"]
    family, position = rows["family_id"], rows["position"]
    twins = dice.chance(family, "twins", families["twins"]) & (rows["sons"] > 1)
    first_gap = (dice.uniform(family, "first gap") * (high - low) + low) * (~twins).cast(pl.Float64)
    second_gap = dice.uniform(family, "second gap") * (high - low) + low
    later = (position >= 1).cast(pl.Float64), (position >= 2).cast(pl.Float64)  # noqa: PLR2004
    order: pl.Series = (
        dice.uniform(family, "birth") + later[0] * first_gap + later[1] * second_gap
    ) % 1.0
    return order


def _birth_dates(order: pl.Series) -> pl.Series:
    births: dict[str, float] = table("life")["births"]
    sizes = pl.Series(list(births.values()), dtype=pl.Float64)
    years = pl.Series([int(year) for year in births], dtype=pl.Int32)
    cohort = fallen(order, sizes)
    passed = (sizes.cum_sum() - sizes).gather(cohort)
    within = (order * float(sizes.sum()) - passed) / sizes.gather(cohort)
    return _day_of_year(years.gather(cohort), within)


def _day_of_year(year: pl.Series, within: pl.Series) -> pl.Series:
    days = (within * 365).cast(pl.Int64).clip(0, 364)
    frame = pl.DataFrame({"year": year, "days": days})
    born = pl.date(pl.col("year"), 1, 1) + pl.duration(days="days")
    return frame.select(born.alias("birth_date")).to_series()


def _homes(rows: pl.DataFrame, homes: pl.DataFrame, dice: Dice) -> list[pl.Series]:
    """The family's residential group; now and then a brother lives elsewhere."""
    family, own = rows["family_id"], rows["family_id"] * _ROOM + rows["position"]
    apart = dice.chance(own, "apart", table("life")["families"]["moved_apart"])
    apart = apart & (rows["position"] > 0)
    drawn = dice.uniform(own, "own home").zip_with(apart, dice.uniform(family, "home"))
    index = fallen(drawn, homes["share"])
    return homes.drop("share").select(pl.all().gather(pl.lit(index))).get_columns()


def _women(homes: pl.DataFrame, count: int, first_family: int, dice: Dice) -> pl.DataFrame:
    """Women with a listed profession, old enough to have learnt it."""
    first, last = table("life")["women"]["born"]
    family = pl.int_range(first_family, first_family + count, eager=True)
    rows = pl.DataFrame({"family_id": family, "position": pl.zeros(count, pl.Int64, eager=True)})
    year = dice.between(family, "birth year", first, last)
    born = _day_of_year(year, dice.uniform(family, "birthday"))
    return rows.select("family_id", pl.lit("female").alias("sex"), born, *_homes(rows, homes, dice))


def _with_ethnicity(rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    life, family = table("life"), rows["family_id"]
    delta = chosen(dice.uniform(family, "people of the delta"), life["peoples"])
    kinh = dice.chance(family, "Kinh in the hills", life["highland"]["kinh"])
    local = pl.col("people").replace_strict({"jrai": "Jrai", "bahnar": "Bahnar"}, default=None)
    hills = pl.when(pl.lit(kinh)).then(pl.lit("Kinh")).otherwise(local)
    in_delta = pl.col("people") == "delta"
    return rows.with_columns(
        pl.when(in_delta).then(pl.lit(delta)).otherwise(hills).alias("ethnicity")
    )
