"""Grounds that life gives a man, with the paper his file holds."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from muster.foundation.register.synthetic import service
from muster.foundation.register.synthetic.dice import Dice
from muster.foundation.register.synthetic.tables import table

COLUMNS = ("source_id", "kind", "starts_on", "ends_on", "document", "relative_id")
BARRED = (
    "prosecuted",
    "serving_sentence",
    "record_not_expunged",
    "commune_education",
    "compulsory_education",
    "compulsory_rehabilitation",
    "rights_deprived",
    "disabled",
    "mental_illness",
    "chronic_illness",
)


def circumstances(
    men: pl.DataFrame, studies: pl.DataFrame, dice: Dice, *, until: date
) -> pl.DataFrame:
    """Every ground and every service: source_id, kind, starts_on, ends_on, document, relative_id.

    `men` has source_id, family_id, birth_date, degree_on, sorted by source_id. `document` names the
    paper and is null where a man claims without one; `relative_id` is the brother who serves.
    """
    grounds = _grounds(men, dice)
    free = men.join(grounds, on="source_id", how="anti")
    served = service.served(free, studies, dice)
    brothers = service.brothers_of(served, men, dice)
    rows = [part.select(COLUMNS) for part in (grounds, served, brothers)]
    willing = service.volunteers(men, pl.concat(rows), dice).select(COLUMNS)
    known = pl.concat([*rows, willing]).filter(pl.col("starts_on") < until)
    return known.sort("source_id", "starts_on", "kind")


def _grounds(men: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    found: dict[str, pl.DataFrame] = {}
    able = graduates = men
    for kind, life in table("circumstances").items():
        if life.get("able") and able is men:
            barred = pl.concat(found[name] for name in BARRED)
            able = men.join(barred, on="source_id", how="anti", maintain_order="left")
            graduates = able.filter(pl.col("degree_on").is_not_null())
        open_to = graduates if life.get("graduate") else able
        found[kind] = _ground(kind, life, open_to, max(1, round(life["share"] * len(men))), dice)
    return pl.concat(found.values())


def _ground(
    kind: str, life: Mapping[str, Any], men: pl.DataFrame, count: int, dice: Dice
) -> pl.DataFrame:
    """The men who come into this ground, with its dates and paper."""
    if life.get("one_per_family") or life.get("whole_family"):
        rows = _by_family(kind, life, men, count, dice)
    else:
        rows = dice.few(men, kind, count * 6 + 60, by="source_id")
    rows = _begun(kind, life, rows, dice)
    if not life.get("one_per_family") and not life.get("whole_family"):
        rows = rows.filter(
            pl.col("birth_date").dt.offset_by(f"{life.get('age', 0)}y") <= pl.col("starts_on")
        )
        rows = rows.head(count)
    return rows.select(
        "source_id",
        pl.lit(kind).alias("kind"),
        "starts_on",
        _ends(kind, life, rows, dice),
        _document(kind, life, rows, dice),
        pl.lit(None, pl.Int64).alias("relative_id"),
    )


def _by_family(
    kind: str, life: Mapping[str, Any], men: pl.DataFrame, count: int, dice: Dice
) -> pl.DataFrame:
    """All sons of the families drawn; or one son each, and in a few families wrongly two."""
    sons = men.with_columns(pl.int_range(pl.len()).over("family_id").alias("son"))
    eldest = sons.filter(pl.col("son") == 0)
    if life.get("whole_family"):
        families = dice.few(eldest, kind, count, by="family_id")
        return sons.join(families, on="family_id", how="semi", maintain_order="left").drop("son")
    wrong = max(1, round(count * table("service")["claims"]["one_per_family_twice"]))
    pairs = sons.filter(pl.col("son") == 1)
    twice = dice.few(pairs, f"{kind} claimed twice", wrong, by="family_id")
    others = eldest.join(twice, on="family_id", how="anti", maintain_order="left")
    both = sons.filter(pl.col("son").is_in([0, 1])).join(
        twice, on="family_id", how="semi", maintain_order="left"
    )
    return pl.concat([dice.few(others, kind, count, by="family_id"), both]).drop("son")


def _begun(kind: str, life: Mapping[str, Any], rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    if life["begins"] == "birth":
        return rows.with_columns(pl.col("birth_date").alias("starts_on"))
    first, last = life["begins"]
    by = rows["family_id" if life.get("one_per_family") else "source_id"]
    days = dice.days(by, f"{kind}, first day", 0, (last - first).days)
    return rows.with_columns((pl.lit(first) + days).alias("starts_on"))


def _ends(kind: str, life: Mapping[str, Any], rows: pl.DataFrame, dice: Dice) -> pl.Expr:
    if "months" not in life:
        return pl.lit(None, pl.Date).alias("ends_on")
    months = dice.between(rows["source_id"], f"{kind}, months", *life["months"])
    return pl.col("starts_on").dt.offset_by(pl.lit(months.cast(pl.String) + "mo")).alias("ends_on")


def _document(kind: str, life: Mapping[str, Any], rows: pl.DataFrame, dice: Dice) -> pl.Expr:
    held = dice.chance(rows["source_id"], f"{kind}, paper", life.get("documented", 1.0))
    number = dice.between(rows["source_id"], f"{kind}, number", 1, 9999).cast(pl.String)
    return pl.when(held).then(service.paper(life["paper"], number)).alias("document")
