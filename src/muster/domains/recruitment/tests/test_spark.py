"""The same grounds on a cluster give the same rows."""

from datetime import date, timedelta

import narwhals as nw
import polars as pl
import pytest

from muster.domains.recruitment import grounds, rules

pyspark = pytest.importorskip(
    "pyspark", reason="Spark is not here; tools/bench/grounds.py brings it along"
)
HAND_OVER = date(2026, 3, 4)


def men() -> pl.DataFrame:
    """Every birth date about the three boundaries, with every ground in turn and in pairs."""
    births = [
        HAND_OVER.replace(year=HAND_OVER.year - age) + timedelta(days=days)
        for age in (18, 26, 28)
        for days in range(-35, 36)
    ]
    kinds = [*grounds.KINDS, "volunteer", "deferred_for_study", "has_degree"]
    rows = [
        {
            "person_id": number,
            "birth_date": births[number % len(births)],
            "birth_precision": "year" if number % 11 == 0 else "day",
            "education_grade": number % 13,
            "family_id": number // 3,
            "study_level": ("general", "university", None)[number % 3],
            "study_mode": "full_time",
            "study_course_no": 1 + number % 2,
            **{kind: number % (17 + at) == 0 for at, kind in enumerate(kinds)},
            **{
                f"{kind}_since": date(2023, 3, 1) + timedelta(days=number % 900)
                for kind in grounds.KINDS
            },
        }
        for number in range(3000)
    ]
    return pl.DataFrame(rows)


@pytest.mark.filterwarnings("ignore")
def test_two_local_workers_decide_as_the_embedded_engine():
    session = (
        pyspark.sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    terms, people = rules.terms(date(2025, 8, 20), HAND_OVER), men()
    there = session.createDataFrame(people.to_dicts(), verifySchema=False, samplingRatio=1.0)
    columns = ["person_id", *grounds.DECIDED]
    spread = grounds.review(nw.from_native(there), terms).select(columns)
    here = grounds.review(nw.from_native(people, eager_only=True), terms).select(columns)
    found = sorted(tuple(row) for row in spread.to_native().collect())
    session.stop()
    assert found == sorted(here.rows())
