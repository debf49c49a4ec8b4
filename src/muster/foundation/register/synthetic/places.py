"""Communes and their residential groups: where the synthetic people live."""

from random import Random

import polars as pl

from muster.foundation.register.synthetic.dice import Dice
from muster.foundation.register.synthetic.tables import table
from muster.kernel.errors import Refused

_NEEDED = ("code", "name", "kind", "province_code")


class CommunesUnusable(Refused):
    """The table of communes lacks a column or holds none of the provinces."""


def inhabited(communes: pl.DataFrame) -> pl.DataFrame:
    """The communes that get people: commune_code, commune_name, kind, province_code, people, weight.

    `people` is delta, jrai or bahnar; the weights are men per commune relative to one another,
    those of the highland cluster adding up to its share of the delta.
    """
    missing = [name for name in _NEEDED if name not in communes.columns]
    if missing:
        raise CommunesUnusable(
            "the table of communes has no column %(names)s.", names=", ".join(missing)
        )
    life = table("life")
    highland = dict.fromkeys(life["highland"]["jrai"], "jrai")
    highland |= dict.fromkeys(life["highland"]["bahnar"], "bahnar")
    rows = communes.sort("code").select(
        pl.col("code").alias("commune_code"),
        pl.col("name").alias("commune_name"),
        "kind",
        "province_code",
        pl.col("code").replace_strict(highland, default="delta").alias("people"),
        _residents(communes).alias("residents"),
    )
    delta = rows.filter(pl.col("province_code").is_in(list(life["provinces"])))
    if delta.is_empty():
        wanted = ", ".join(life["provinces"])
        raise CommunesUnusable(
            "the table of communes holds none of the provinces %(codes)s.", codes=wanted
        )
    hills = rows.filter(pl.col("people") != "delta")
    return pl.concat([_shared_out(delta, life["provinces"]), _cluster(hills)]).sort("commune_code")


def _residents(communes: pl.DataFrame) -> pl.Expr:
    """People of a commune as its kind suggests, somewhat more where its area is larger."""
    usual = pl.col("kind").replace_strict(table("life")["kinds"], default=7000.0).cast(pl.Float64)
    if "area_km2" not in communes.columns:
        return usual
    area = pl.col("area_km2") / pl.col("area_km2").median().over("kind")
    return usual * area.fill_null(1.0).clip(0.3, 3.0).pow(0.4)


def _shared_out(delta: pl.DataFrame, provinces: dict[str, float]) -> pl.DataFrame:
    """Weights within each province add up to the province's share of the two."""
    present = sum(provinces[code] for code in delta["province_code"].unique())
    share = pl.col("province_code").replace_strict(provinces, return_dtype=pl.Float64) / present
    within = pl.col("residents") / pl.col("residents").sum().over("province_code")
    return delta.with_columns((within * share).alias("weight")).drop("residents")


def _cluster(hills: pl.DataFrame) -> pl.DataFrame:
    within = pl.col("residents") / pl.col("residents").sum()
    share = float(table("life")["highland"]["share"])
    return hills.with_columns((within * share).alias("weight")).drop("residents")


def residential_groups(places: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """8 to 14 groups each: commune_code, group_name, weight (share of the commune's people)."""
    rows = [
        (place["commune_code"], name, weight)
        for place in places.iter_rows(named=True)
        for name, weight in _groups_of(place, dice.seed)
    ]
    schema = {"commune_code": pl.String, "group_name": pl.String, "weight": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _groups_of(place: dict[str, str], seed: int) -> list[tuple[str, float]]:
    rng = Random(f"{seed}/groups/{place['commune_code']}")
    limits = table("life")["groups"]
    names = _group_names(place, rng.randint(limits["from"], limits["to"]), rng)
    sizes = [rng.uniform(0.5, 1.5) for _ in names]
    return [(name, size / sum(sizes)) for name, size in zip(names, sizes, strict=True)]


def _group_names(place: dict[str, str], count: int, rng: Random) -> list[str]:
    villages, numbered = table("names")["villages"], table("life")["groups"]["numbered"]
    if place["people"] != "delta":
        named = rng.sample(villages[place["people"]], count - 2)
        return [f"Làng {name}" for name in named] + ["Thôn 1", "Thôn 2"]
    in_town = place["kind"] in {"phường", "thị trấn"}
    if rng.random() < numbered:
        label = rng.choice(["Tổ dân phố số", "Tổ dân phố"]) if in_town else "Thôn"
        return [f"{label} {number}" for number in range(1, count + 1)]
    if in_town:
        quarters = rng.sample(villages["town"], (count + 1) // 2)
        return [f"Tổ dân phố {name} {number}" for name in quarters for number in (1, 2)][:count]
    return [f"Thôn {name}" for name in rng.sample(villages["delta"], count)]
