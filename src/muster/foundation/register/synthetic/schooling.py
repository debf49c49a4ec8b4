"""Schools attended, and what they leave behind: grade, level, degree."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from muster.foundation.register.synthetic.dice import Dice, chosen
from muster.foundation.register.synthetic.tables import table

LEVELS = (
    "none",
    "lower_secondary",
    "upper_secondary",
    "vocational",
    "intermediate",
    "college",
    "university",
)
_TERTIARY = LEVELS[3:]
_PATHS = ("primary", "lower_secondary", "upper_dropout", "upper_secondary", *_TERTIARY)
_SCHOOL_AGE, _PRIMARY, _LOWER, _UPPER = 6, 5, 9, 12  # age at grade 1; last grade of each stage
_COLUMNS = ("source_id", "school", "level", "mode", "course_no", "award", "starts_on", "ends_on")


def pupils(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """How far each goes: source_id, path, entered (year of grade 1), grades, and where he lives."""
    life, who = table("life"), people["source_id"]
    late = dice.chance(who, "late at school", life["studies"]["late_start"]).cast(pl.Int32)
    path = _paths(people, dice)
    return people.select(
        "source_id",
        "commune_name",
        path.alias("path"),
        (people["birth_date"].dt.year() + _SCHOOL_AGE + late).alias("entered"),
        _grades(path, who, dice).alias("grades"),
    )


def _paths(people: pl.DataFrame, dice: Dice) -> pl.Series:
    """The path, from shares that move in a straight line with the year of birth."""
    drawn = dice.uniform(people["source_id"], "path")
    births = [int(year) for year in table("life")["births"]]
    passed = (people["birth_date"].dt.year() - births[0]) / (births[-1] - births[0])
    found = {
        where: _path_of(drawn, passed.clip(0.0, 1.0), table("life")["paths"][where])
        for where in ("delta", "highland")
    }
    local = people["ethnicity"].is_in(["Jrai", "Bahnar"])
    path = found["highland"].zip_with(local, found["delta"])
    learned = chosen(drawn, {"college": 0.4, "university": 0.6})
    return learned.zip_with(people["sex"] == "female", path)


def _path_of(drawn: pl.Series, passed: pl.Series, shares: Mapping[str, list[float]]) -> pl.Series:
    steps = pl.zeros(len(drawn), pl.Float64, eager=True)
    reached = pl.zeros(len(drawn), pl.UInt32, eager=True)
    for path in _PATHS[:-1]:
        first, last = shares[path]
        steps = steps + (passed * (last - first) + first) / 100
        reached = reached + (drawn >= steps).cast(pl.UInt32)
    return pl.Series(_PATHS).gather(reached)


def _grades(path: pl.Series, who: pl.Series, dice: Dice) -> pl.Series:
    """The last grade he completes."""
    drawn = dice.uniform(who, "last grade")
    last = {
        "primary": 3 + (drawn * 3).cast(pl.Int32),
        "lower_secondary": 6 + (drawn * 10).cast(pl.Int32).clip(0, 3),
        "upper_dropout": 10 + (drawn * 2).cast(pl.Int32),
    }
    grades = pl.Series([_UPPER], dtype=pl.Int32).new_from_index(0, len(path))
    for name, grade in last.items():
        grades = grade.zip_with(path == name, grades)
    return grades


def schooling(boys: pl.DataFrame, dice: Dice, *, until: date) -> pl.DataFrame:
    """One row per stage or course: source_id, school, level, mode, course_no, award, dates.

    The last stage of general school, then the courses that begin before `until`. `award` is the
    level that completing it gives, null where it is left without.
    """
    first = _first_courses(boys, dice)
    parts = [_general(boys), first, _upgrades(first, dice), _second_courses(first, dice)]
    rows = pl.concat([part.select(_COLUMNS) for part in parts])
    return rows.filter(pl.col("starts_on") < until).sort("source_id", "starts_on")


def _general(boys: pl.DataFrame) -> pl.DataFrame:
    grades = pl.col("grades")
    upper, lower = grades > _LOWER, grades > _PRIMARY
    begun = pl.when(upper).then(_LOWER).when(lower).then(_PRIMARY).otherwise(0)
    kind = pl.when(upper).then(pl.lit("Trường THPT ")).when(lower).then(pl.lit("Trường THCS "))
    award = pl.when(grades == _UPPER).then(pl.lit("upper_secondary"))
    return boys.select(
        "source_id",
        (kind.otherwise(pl.lit("Trường Tiểu học ")) + pl.col("commune_name")).alias("school"),
        pl.lit("general").alias("level"),
        pl.lit("full_time").alias("mode"),
        pl.lit(1, pl.Int8).alias("course_no"),
        award.when(grades == _LOWER).then(pl.lit("lower_secondary")).alias("award"),
        pl.date(pl.col("entered") + begun, 9, 5).alias("starts_on"),
        pl.date(pl.col("entered") + grades, 6, 1).alias("ends_on"),
    )


def _first_courses(boys: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    life = table("life")["studies"]
    rows = boys.filter(pl.col("path").is_in(_TERTIARY))
    who = rows["source_id"]
    gaps = dict(zip("012", life["gap"], strict=True))
    gap = dice.pick(who, "gap before the course", gaps).cast(pl.Int32)
    opening = pl.date(pl.col("entered") + _UPPER + gap, 9, 1)
    starts = opening + dice.days(who, "enrolment day", 0, 34)
    part_time = _by_path(rows, life["part_time"])
    return _course(
        rows.with_columns(starts.alias("starts_on"), pl.lit(1, pl.Int8).alias("course_no")),
        years=_years(rows, dice),
        part_time=dice.uniform(who, "part time") < part_time,
        dice=dice,
    )


def _by_path(rows: pl.DataFrame, values: Mapping[str, float]) -> pl.Series:
    return rows["path"].replace_strict(values, return_dtype=pl.Float64)


def _years(rows: pl.DataFrame, dice: Dice) -> pl.Series:
    drawn = dice.uniform(rows["source_id"], "years of study")
    years = pl.Series([0], dtype=pl.Int32).new_from_index(0, len(rows))
    for path, lengths in table("life")["studies"]["years"].items():
        years = chosen(drawn, lengths).cast(pl.Int32).zip_with(rows["path"] == path, years)
    return years


def _course(
    rows: pl.DataFrame, *, years: pl.Series, part_time: pl.Series, dice: Dice
) -> pl.DataFrame:
    """The course at `path` that begins on `starts_on`: school, award, end; some leave it early."""
    who, life = rows["source_id"], table("life")["studies"]
    asked = (
        who * 8
        + rows["course_no"].cast(pl.Int64)
        + (rows["path"] == "university").cast(pl.Int64) * 4
    )
    early = dice.chance(asked, "leaves early", life["left_early"])
    left = pl.col("starts_on") + dice.days(asked, "days until leaving", 90, 650)
    closing = pl.date(pl.col("starts_on").dt.year() + years, 6, 15)
    finished = closing + dice.days(asked, "days until the degree", 0, 75)
    return rows.with_columns(
        _school(rows, asked, dice).alias("school"),
        pl.col("path").replace({"intermediate": "vocational"}).alias("level"),
        pl.when(part_time).then(pl.lit("part_time")).otherwise(pl.lit("full_time")).alias("mode"),
        pl.when(~early).then("path").alias("award"),
        pl.when(early & (left < finished)).then(left).otherwise(finished).alias("ends_on"),
    )


def _school(rows: pl.DataFrame, asked: pl.Series, dice: Dice) -> pl.Series:
    names: Mapping[str, list[str]] = table("life")["schools"]
    drawn = dice.uniform(asked, "school")
    found = pl.Series([""]).new_from_index(0, len(rows))
    for path in _TERTIARY:
        found = chosen(drawn, dict.fromkeys(names[path], 1.0)).zip_with(rows["path"] == path, found)
    return found


def _upgrades(first: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """From college on to a university degree: the first course of that level."""
    life = table("life")["studies"]
    rows = first.filter(pl.col("award") == "college")
    rows = rows.filter(dice.chance(rows["source_id"], "goes on to university", life["upgrade"]))
    part_time = ~dice.chance(rows["source_id"], "goes on full time", life["upgrade_full_time"])
    return _following(rows.with_columns(pl.lit("university").alias("path")), 1, part_time, dice)


def _second_courses(first: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """A second course of a level already completed."""
    life = table("life")["studies"]
    rows = first.filter(pl.col("award").is_in(["college", "university"]))
    rows = rows.filter(dice.chance(rows["source_id"], "second degree", life["second_degree"]))
    part_time = ~dice.chance(rows["source_id"], "second full time", life["second_full_time"])
    return _following(rows, 2, part_time, dice)


def _following(
    rows: pl.DataFrame, course_no: int, part_time: pl.Series, dice: Dice
) -> pl.DataFrame:
    autumn = pl.date(pl.col("ends_on").dt.year(), 10, 1)
    starts = autumn + dice.days(rows["source_id"], "later enrolment", 0, 30)
    rows = rows.with_columns(
        starts.alias("starts_on"), pl.lit(course_no, pl.Int8).alias("course_no")
    )
    years = pl.Series([2], dtype=pl.Int32).new_from_index(0, len(rows))
    return _course(rows, years=years, part_time=part_time, dice=dice)


def standing(boys: pl.DataFrame, rows: pl.DataFrame, *, on: date) -> pl.DataFrame:
    """How far each had come on the day: source_id, education_grade, school_level, degree_on."""
    rank: dict[str, Any] = {level: index for index, level in enumerate(LEVELS)}
    done = rows.filter((pl.col("ends_on") <= on) & pl.col("award").is_in(_TERTIARY))
    degree = pl.col("ends_on").filter(pl.col("award").is_in(["college", "university"]))
    award = pl.col("award").replace_strict(rank, return_dtype=pl.Int8)
    reached = done.group_by("source_id").agg(
        award.max().alias("award"), degree.min().alias("degree_on")
    )
    years = on.year - pl.col("entered") - (0 if on.month > 5 else 1)  # noqa: PLR2004 - school ends in May
    grade = pl.min_horizontal(years, "grades").clip(0, _UPPER).cast(pl.Int8)
    general = (
        pl.when(grade >= _UPPER).then(2).when(grade >= _LOWER).then(1).otherwise(0).cast(pl.Int8)
    )
    level = pl.max_horizontal(general, pl.col("award").fill_null(0))
    return (
        boys.join(reached, on="source_id", how="left")
        .select(
            "source_id",
            grade.alias("education_grade"),
            level.replace_strict(list(range(len(LEVELS))), LEVELS, return_dtype=pl.String).alias(
                "school_level"
            ),
            "degree_on",
        )
        .sort("source_id")
    )
