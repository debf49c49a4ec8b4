"""The population as a list that an office would send, with the planted truth beside it."""

from datetime import date
from pathlib import Path

import polars as pl

from muster.foundation.register.synthetic.population import MERGER_EVE, Population


def write_csv(
    population: Population, path: Path, truth_path: Path, *, on: date = MERGER_EVE
) -> None:
    """Write the persons known on the day in the canonical columns, and the truth.

    A birth date known by its year only is written as the year (`2003`).
    """
    listed(population, on=on).write_csv(path)
    population.truth.write_csv(truth_path)


def listed(population: Population, *, on: date) -> pl.DataFrame:
    """One row per entry in the canonical columns of the register's lists."""
    known = population.known_on(on)
    school = (
        known.schooling.filter(pl.col("ends_on") > on)
        .unique("source_id", keep="last", maintain_order=True)
        .select("source_id", "school")
    )
    year = pl.col("birth_date").dt.year().cast(pl.String)
    day = pl.col("birth_date").cast(pl.String)
    written = pl.when(pl.col("birth_precision") == "year").then(year).otherwise(day)
    return (
        known.persons.join(school, on="source_id", how="left", maintain_order="left")
        .with_columns(written.alias("birth_date"), pl.lit("permanent").alias("residence_kind"))
        .select(
            "full_name",
            "birth_date",
            "sex",
            "citizen_number",
            "old_number",
            "commune_code",
            "group_name",
            "residence_kind",
            "education_grade",
            "school",
            "school_level",
            "father_name",
            "mother_name",
            "registered_on",
            "source_id",
        )
    )
