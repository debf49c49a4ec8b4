"""Work after school: employers, and the occupation that a clerk would write."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from muster.foundation.register.synthetic.dice import Dice, chosen
from muster.foundation.register.synthetic.tables import table

_WORKING_AGE = "16y"
_HILL_PEOPLES = ["Jrai", "Bahnar"]


def employment(
    people: pl.DataFrame, studies: pl.DataFrame, dice: Dice, *, until: date
) -> pl.DataFrame:
    """One or two jobs each, after the last full-time course: source_id, employer, kind, dates."""
    life = table("life")["work"]
    free = (
        studies.filter(pl.col("mode") == "full_time")
        .group_by("source_id")
        .agg(pl.col("ends_on").max())
    )
    rows = people.join(free, on="source_id", how="left").sort("source_id")
    who = rows["source_id"]
    wait = dice.days(who, "wait for work", *life["wait_days"])
    of_age = pl.col("birth_date").dt.offset_by(_WORKING_AGE)
    rows = rows.with_columns(
        _kinds(rows, dice).alias("kind"),
        (pl.max_horizontal("ends_on", of_age) + wait).alias("starts_on"),
        pl.lit(dice.between(who, "days in the first job", *life["first_job_days"])).alias("days"),
        pl.lit(dice.chance(who, "changes job", life["second_job"])).alias("changes"),
    ).filter(dice.chance(who, "works", life["share"]))
    return _jobs(rows, dice).filter(pl.col("starts_on") < until).sort("source_id", "starts_on")


def _kinds(rows: pl.DataFrame, dice: Dice) -> pl.Series:
    drawn, kinds = dice.uniform(rows["source_id"], "kind of work"), table("life")["work"]["kinds"]
    hills = rows["ethnicity"].is_in(_HILL_PEOPLES)
    kind = chosen(drawn, kinds["highland"]).zip_with(hills, chosen(drawn, kinds["delta"]))
    woman = rows["sex"] == "female"
    return pl.Series(["state_agency"]).new_from_index(0, len(rows)).zip_with(woman, kind)


def _jobs(rows: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    end = pl.col("starts_on") + pl.duration(days="days")
    first = rows.with_columns(pl.when("changes").then(end).alias("ends_on"))
    second = rows.filter("changes").with_columns(
        (end + pl.duration(days=30)).alias("starts_on"), pl.lit(None, pl.Date).alias("ends_on")
    )
    return pl.concat(
        job.select(
            "source_id",
            _word_of(job, "employers", f"employer {number}", dice).alias("employer"),
            "kind",
            "starts_on",
            "ends_on",
        )
        for number, job in enumerate((first, second), 1)
    )


def _word_of(rows: pl.DataFrame, words: str, question: str, dice: Dice) -> pl.Series:
    """An employer or an occupation that fits the kind of work; null without work."""
    options: Mapping[str, list[str]] = table("life")["work"][words]
    drawn = dice.uniform(rows["source_id"], question)
    found = pl.Series([None], dtype=pl.String).new_from_index(0, len(rows))
    for kind, names in options.items():
        fits = (rows["kind"] == kind).fill_null(value=False)
        weights = {name: names.count(name) / len(names) for name in names}
        found = chosen(drawn, weights).zip_with(fits, found)
    return found


def occupations(
    people: pl.DataFrame, studies: pl.DataFrame, jobs: pl.DataFrame, dice: Dice, *, on: date
) -> pl.Series:
    """What each does on the day, in the words of the register; `people` sorted by source_id."""
    now = (pl.col("starts_on") <= on) & (pl.col("ends_on").is_null() | (pl.col("ends_on") > on))
    student = {
        "general": "Học sinh",
        "vocational": "Học viên",
        "college": "Sinh viên",
        "university": "Sinh viên",
    }
    studying = (
        studies.filter(now & (pl.col("mode") == "full_time"))
        .unique("source_id", keep="first", maintain_order=True)
        .select("source_id", pl.col("level").replace_strict(student).alias("study"))
    )
    working = jobs.filter(now).unique("source_id", keep="first", maintain_order=True)
    rows = (
        people.select("source_id", "sex")
        .join(studying, on="source_id", how="left")
        .join(working.select("source_id", "kind"), on="source_id", how="left")
        .sort("source_id")
    )
    profession = dice.pick(rows["source_id"], "profession", table("life")["professions"])
    work = _word_of(rows, "occupations", "occupation", dice)
    work = profession.zip_with(rows["sex"] == "female", work)
    none = pl.lit("Lao động tự do")
    return rows.select(pl.coalesce("study", pl.lit(work), none).alias("occupation")).to_series()
