"""Men who serve already, their brothers, and volunteers."""

from datetime import date
from typing import Any

import polars as pl

from muster.foundation.register.synthetic.dice import Dice
from muster.foundation.register.synthetic.tables import table
from muster.kernel.periods import add_years

_CALLABLE = 18, 25, 27  # completed years within which men were called up; 27 after a degree
_TERM = "24mo"


def paper(template: str, number: pl.Series | None = None) -> pl.Expr:
    """The paper's reference, with its number `{n}` and then the `{day}` on which the spell starts."""
    facts = {"{n}": pl.lit(number), "{day}": pl.col("starts_on").dt.strftime("%d/%m/%Y")}
    named = [mark for mark in facts if mark in template]
    for mark in named:
        template = template.replace(mark, "{}")
    return pl.format(template, *(facts[mark] for mark in named))


def served(men: pl.DataFrame, studies: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Army service begun before 2024 and police service of every year, two years each.

    Columns: source_id, family_id, kind, starts_on, ends_on, document, relative_id (null).
    """
    taken: list[pl.DataFrame] = []
    total = len(men)
    for number, intake in enumerate(table("service")["intake"]):
        of_age = pl.concat([_of_age(men, intake["on"]), _older_graduates(men, intake["on"])])
        pool = _without(of_age.sort("source_id"), _studying(studies, intake["on"]))
        for earlier in taken:
            pool = _without(pool, earlier)
        count = max(1, round(intake["share"] * total))
        taken.append(_enlisted(dice.few(pool, f"intake {number}", count, by="source_id"), intake))
    return pl.concat(taken)


def _of_age(men: pl.DataFrame, on: date) -> pl.DataFrame:
    young, old, _old_graduate = _CALLABLE
    born = pl.col("birth_date")
    return men.filter((born > add_years(on, -old - 1)) & (born <= add_years(on, -young)))


def _older_graduates(men: pl.DataFrame, on: date) -> pl.DataFrame:
    """Beyond the usual age, but deferred for a degree that they hold by now (article 30)."""
    _young, old, old_graduate = _CALLABLE
    born, degree = pl.col("birth_date"), pl.col("degree_on")
    older = (born <= add_years(on, -old - 1)) & (born > add_years(on, -old_graduate - 1))
    return men.filter(older & (degree <= on))


def _studying(studies: pl.DataFrame, on: date) -> pl.DataFrame:
    running = (pl.col("starts_on") <= on) & (pl.col("ends_on") > on)
    return studies.filter(running & (pl.col("mode") == "full_time"))


def _without(rows: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    return rows.join(others, on="source_id", how="anti", maintain_order="left")


def _enlisted(rows: pl.DataFrame, intake: dict[str, Any]) -> pl.DataFrame:
    begun = pl.lit(intake["on"], pl.Date)
    return rows.select(
        "source_id",
        "family_id",
        pl.lit(intake["kind"]).alias("kind"),
        begun.alias("starts_on"),
        begun.dt.offset_by(_TERM).alias("ends_on"),
        pl.lit(None, pl.String).alias("document"),
        pl.lit(None, pl.Int64).alias("relative_id"),
    )


def brothers_of(served_rows: pl.DataFrame, men: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The claim of a man whose brother serves, for as long as he does."""
    pairs = (
        served_rows.select(
            "family_id", "starts_on", "ends_on", pl.col("source_id").alias("relative_id")
        )
        .join(men.select("family_id", "source_id"), on="family_id")
        .join(served_rows, on="source_id", how="anti")
        .sort("source_id", "relative_id")
    )
    claims = dice.chance(
        pairs["source_id"], "claims for his brother", table("service")["claims"]["brother_claims"]
    )
    ground = table("circumstances")["sibling_serving"]
    rows = pairs.filter(claims)
    number = dice.between(rows["source_id"], "unit certificate", 1, 9999).cast(pl.String)
    return rows.with_columns(
        pl.lit("sibling_serving").alias("kind"), paper(ground["paper"], number).alias("document")
    )


def volunteers(men: pl.DataFrame, known: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Who asks to serve, season by season; some have a ground of article 41 and waive it."""
    waivable = known.filter(pl.col("kind").is_in(_waivable()))
    others = known.filter(~pl.col("kind").is_in(_waivable()))
    return pl.concat(
        _volunteers(_without(_of_age(men, day), others), waivable, day, dice)
        for day in (date(season, 3, 1) for season in table("service")["volunteers"]["seasons"])
    )


def _volunteers(pool: pl.DataFrame, waivable: pl.DataFrame, day: date, dice: Dice) -> pl.DataFrame:
    life, season = table("service")["volunteers"], day.year
    held = waivable.filter(pl.col("ends_on").is_null() | (pl.col("ends_on") > day))
    excused = pool.join(held, on="source_id", how="semi", maintain_order="left")
    many, waiving = (
        round(life["share"] * len(pool)),
        max(1, round(life["with_ground"] * len(excused))),
    )
    found = [
        dice.few(pool, f"volunteers {season}", many, by="source_id"),
        dice.few(excused, f"waives {season}", waiving, by="source_id"),
    ]
    return _asked(pl.concat(found).unique("source_id").sort("source_id"), season, dice)


def _waivable() -> list[str]:
    """Grounds of deferral and exemption, which a man may waive; not those that bar him."""
    return [kind for kind, ground in table("circumstances").items() if ground.get("able")]


def _asked(rows: pl.DataFrame, season: int, dice: Dice) -> pl.DataFrame:
    days = dice.days(rows["source_id"], f"asks for {season}", 0, 75)
    asked = pl.lit(date(season - 1, 8, 1)) + days
    return rows.with_columns(asked.alias("starts_on")).with_columns(
        pl.lit("volunteer").alias("kind"),
        pl.lit(date(season, 4, 1)).alias("ends_on"),
        paper(table("service")["volunteers"]["paper"]).alias("document"),
        pl.lit(None, pl.Int64).alias("relative_id"),
    )
