"""Where people live: permanent, temporary, at school, at work, and absences that were registered."""

from datetime import date, timedelta

import polars as pl

from muster.foundation.register.synthetic.dice import Dice, fallen
from muster.foundation.register.synthetic.tables import table

_COLUMNS = ("source_id", "kind", "commune_code", "group_name", "starts_on", "ends_on")
_THREE_MONTHS = timedelta(days=92)
_MOVES_SINCE = date(2019, 1, 1)


def residence(
    people: pl.DataFrame,
    studies: pl.DataFrame,
    jobs: pl.DataFrame,
    homes: pl.DataFrame,
    dice: Dice,
    *,
    on: date,
    until: date,
) -> pl.DataFrame:
    """Residence spells: source_id, kind, commune_code and group_name (null elsewhere), dates."""
    parts = [
        *_permanent(people, homes, dice, on=on, until=until),
        _temporary(people, homes, dice, until=until),
        _at_school(studies, homes, dice),
        *_at_work(jobs, homes, dice),
    ]
    rows = pl.concat([part.select(_COLUMNS) for part in parts])
    return rows.filter(pl.col("starts_on") < until).sort("source_id", "starts_on", "kind")


def settled(people: pl.DataFrame) -> pl.DataFrame:
    """The permanent residence of people who have lived at home since their birth."""
    return people.select(
        "source_id",
        pl.lit("permanent").alias("kind"),
        "commune_code",
        "group_name",
        pl.col("birth_date").alias("starts_on"),
        pl.lit(None, pl.Date).alias("ends_on"),
    )


def _elsewhere(who: pl.Series, question: str, homes: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Another residential group each, drawn from all."""
    index = fallen(dice.uniform(who, question), homes["share"])
    return homes.select(
        pl.col("commune_code").gather(index).alias("other_commune"),
        pl.col("group_name").gather(index).alias("other_group"),
    )


def _permanent(
    people: pl.DataFrame, homes: pl.DataFrame, dice: Dice, *, on: date, until: date
) -> list[pl.DataFrame]:
    """One spell, or two for those who moved; the home given is that of the day `on`."""
    who, span = people["source_id"], (until - _MOVES_SINCE).days
    days = dice.days(who, "day of the move", 0, span - 1)
    rows = settled(people).with_columns(
        *_elsewhere(who, "other home", homes, dice).get_columns(),
        (pl.lit(_MOVES_SINCE) + days).alias("moved_on"),
    )
    moves = dice.chance(who, "moves", table("life")["away"]["moved"])
    moves = moves & (rows["other_commune"] != rows["commune_code"])
    before = pl.col("moved_on") <= on
    here = {"commune_code": pl.col("commune_code"), "group_name": pl.col("group_name")}
    there = {"commune_code": pl.col("other_commune"), "group_name": pl.col("other_group")}
    movers = rows.filter(moves)
    earlier = {name: pl.when(before).then(there[name]).otherwise(here[name]) for name in here}
    later = {name: pl.when(before).then(here[name]).otherwise(there[name]) for name in here}
    return [
        rows.filter(~moves),
        movers.with_columns(**earlier, ends_on=pl.col("moved_on")),
        movers.with_columns(**later, starts_on=pl.col("moved_on")),
    ]


def _temporary(
    people: pl.DataFrame, homes: pl.DataFrame, dice: Dice, *, until: date
) -> pl.DataFrame:
    life = table("life")["away"]
    rows = people.filter(dice.chance(people["source_id"], "temporary", life["temporary"]))
    who = rows["source_id"]
    first = until - timedelta(days=6 * 365)
    begins = pl.lit(first) + dice.days(who, "temporary from", 0, 6 * 365 - 1)
    stays = dice.days(who, "temporary for", 120, 1200)
    return (
        rows.with_columns(_elsewhere(who, "temporary home", homes, dice).get_columns())
        .with_columns(
            pl.lit("temporary").alias("kind"),
            begins.alias("starts_on"),
            (begins + stays).alias("ends_on"),
        )
        .filter(pl.col("commune_code") != pl.col("other_commune"))
        .with_columns(
            pl.col("other_commune").alias("commune_code"), pl.col("other_group").alias("group_name")
        )
    )


def _away(
    rows: pl.DataFrame, kind: str, inside: pl.Series, homes: pl.DataFrame, dice: Dice
) -> pl.DataFrame:
    """The spells as residence: in another commune of the generated ones, or elsewhere."""
    rows = rows.with_columns(
        _elsewhere(rows["source_id"], f"{kind} home", homes, dice).get_columns()
    )
    return rows.with_columns(
        pl.lit(kind).alias("kind"),
        pl.when(inside).then("other_commune").alias("commune_code"),
        pl.when(inside).then("other_group").alias("group_name"),
    )


def _at_school(studies: pl.DataFrame, homes: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    life = table("life")["away"]
    rows = studies.filter((pl.col("mode") == "full_time") & (pl.col("level") != "general"))
    drawn = dice.uniform(rows["source_id"], "lives at school")
    away, inside = (
        drawn < life["school_elsewhere"] + life["school_in_city"],
        drawn >= life["school_elsewhere"],
    )
    return _away(rows.filter(away), "school", inside.filter(away), homes, dice)


def _at_work(jobs: pl.DataFrame, homes: pl.DataFrame, dice: Dice) -> list[pl.DataFrame]:
    """Work elsewhere for three months or more, with the registered absences."""
    life = table("life")["away"]
    lasting = pl.col("ends_on").is_null() | (
        pl.col("ends_on") - pl.col("starts_on") >= _THREE_MONTHS
    )
    rows = jobs.filter(lasting).unique("source_id", keep="last", maintain_order=True)
    rows = rows.filter(dice.chance(rows["source_id"], "works elsewhere", life["work_elsewhere"]))
    inside = dice.chance(rows["source_id"], "works in the city", 0.2)
    registered = dice.chance(rows["source_id"], "absence registered", life["absence_registered"])
    working = _away(rows, "work", inside, homes, dice)
    absent = working.filter(registered).with_columns(
        pl.lit("absent").alias("kind"),
        pl.lit(None, pl.String).alias("commune_code"),
        pl.lit(None, pl.String).alias("group_name"),
    )
    return [working, absent]
