"""What is known of every man on a day, as columns for the rules of the slices above."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from typing import Any

import polars as pl
from django.db import connection

from muster.foundation.register.rules import CIRCUMSTANCES

_LEVELS = ("lower_secondary", "upper_secondary", "vocational", "intermediate")
_DEGREES = ("college", "university", "postgraduate")
_AWARDS = (*_LEVELS, *_DEGREES)
_FEW_PLACES = 200


def read_columns(query: str, values: Mapping[str, Any], types: Mapping[str, Any]) -> pl.DataFrame:
    """The rows of a query as columns, carried by COPY, as row-level security shows them."""
    buffer = BytesIO()
    statement = f"copy ({query}) to stdout (format csv)"
    with connection.cursor() as cursor, cursor.copy(statement, values) as copy:
        for block in copy:
            buffer.write(block)
    if not buffer.tell():
        return pl.DataFrame(schema=dict(types))
    buffer.seek(0)
    flags = [name for name, kind in types.items() if kind == pl.Boolean]
    as_written = dict(types) | dict.fromkeys(flags, pl.String)
    rows = pl.read_csv(buffer, has_header=False, schema=as_written)
    return rows.with_columns(pl.col(flags) == "t")


def facts(place_ids: Sequence[int] | None, on: date) -> pl.DataFrame:
    """One row per man on the roll of the places (None: of all) on the day, by person_id.

    person_id, place_id (whose roll), birth_date, birth_precision, sex, education_grade,
    family_id, registered_on; school_level: highest completed; has_degree, degree_level:
    college or university by the day; study_level, study_mode, study_course_no, study_until:
    the course he is in, null in none; away: registered absent for three months or more;
    and for each kind of circumstance `<kind>` (holds that day, claims without paper
    included), `<kind>_since` and `<kind>_documented`.
    """
    values = {"on": on, "places": None if place_ids is None else list(place_ids)}
    with _row_by_row(place_ids is not None and len(place_ids) <= _FEW_PLACES):
        men = read_columns(_MEN, values, _MEN_TYPES)
        studies = read_columns(_STUDIES, values, _STUDY_TYPES)
        awards = read_columns(_AWARDED, values | {"awards": list(_AWARDS)}, _AWARD_TYPES)
        away = read_columns(_AWAY, values, {"person_id": pl.Int64, "away": pl.Boolean})
        told = read_columns(_CIRCUMSTANCES, values, _CIRCUMSTANCE_TYPES)
    joined = men.lazy()
    for part in (awards, studies, away, _by_kind(told)):
        joined = joined.join(part.lazy(), on="person_id", how="left", maintain_order="left")
    found = _with_schooling(joined).with_columns(pl.col("away").fill_null(value=False))
    held = [pl.col(f"{kind}_since").is_not_null().alias(kind) for kind in CIRCUMSTANCES]
    papers = pl.selectors.ends_with("_documented").fill_null(value=False)
    return found.with_columns(*held, papers).collect()


@contextmanager
def _row_by_row(allowed: bool) -> Iterator[None]:
    """Of a whole province the planner, misled by old statistics, may look up each man alone.

    That took a minute instead of seconds; it is kept from it. Holds inside a transaction.
    """
    with connection.cursor() as cursor:
        if not allowed:
            cursor.execute("set local enable_nestloop = off")
        yield
        if not allowed:
            cursor.execute("set local enable_nestloop to default")


def _with_schooling(rows: pl.LazyFrame) -> pl.LazyFrame:
    """The level reached by the day: from the courses completed, else as the entry says."""
    award = pl.col("award").replace_strict(dict(enumerate(_AWARDS, 1)), return_dtype=pl.String)
    degree = pl.when(award.is_in(_DEGREES)).then(award)
    as_entered = pl.when(pl.col("degree_by_entry") & pl.col("entry_level").is_in(_DEGREES)).then(
        "entry_level"
    )
    level = pl.when(~pl.col("entry_level").is_in(_DEGREES)).then("entry_level")
    return (
        rows.with_columns(
            degree_level=pl.coalesce(degree, as_entered),
            school_level=pl.coalesce(award, as_entered, level, pl.lit("")),
        )
        .with_columns(has_degree=pl.col("degree_level").is_not_null())
        .drop("award", "entry_level", "degree_by_entry")
    )


def _by_kind(told: pl.DataFrame) -> pl.DataFrame:
    """One row per man: since when each kind holds, and whether by paper."""
    wide = told.select("person_id").unique()
    for kind in CIRCUMSTANCES:
        rows = told.filter(pl.col("kind") == kind).select(
            "person_id",
            pl.col("since").alias(f"{kind}_since"),
            pl.col("documented").alias(f"{kind}_documented"),
        )
        wide = wide.join(rows, on="person_id", how="left")
    return wide


_CURRENT = "s.valid_from <= %(on)s and (s.valid_to is null or s.valid_to > %(on)s)"
_ROLL = """
    register_registration r where r.valid_from <= %(on)s
    and (r.valid_to is null or r.valid_to > %(on)s)
    and (%(places)s::int[] is null or r.place_id = any(%(places)s::int[]))
"""
_OF_THE_ROLL = f"s.person_id in (select r.person_id from {_ROLL})"

_MEN_TYPES = {
    "person_id": pl.Int64, "place_id": pl.Int32, "birth_date": pl.Date,
    "birth_precision": pl.String, "sex": pl.String, "education_grade": pl.Int8,
    "entry_level": pl.String, "degree_by_entry": pl.Boolean, "family_id": pl.Int64,
    "registered_on": pl.Date,
}  # fmt: skip
_MEN = f"""
select p.id, r.place_id, p.birth_date, p.birth_precision, p.sex, p.education_grade,
    p.school_level, coalesce(p.degree_on <= %(on)s, false), p.family_id, p.registered_on
from register_person p join (select r.person_id, r.place_id from {_ROLL}) r on r.person_id = p.id
where p.sex = 'm' order by p.id
"""
_STUDY_TYPES = {
    "person_id": pl.Int64, "study_level": pl.String, "study_mode": pl.String,
    "study_course_no": pl.Int8, "study_until": pl.Date,
}  # fmt: skip
# Of two courses at once the one that defers: full time, then the first of its level.
_STUDIES = f"""
select distinct on (s.person_id) s.person_id, s.level, s.mode, s.course_no, s.valid_to
from register_schooling s where {_CURRENT} and {_OF_THE_ROLL}
order by s.person_id, s.mode = 'full_time' desc, s.course_no, s.valid_to desc nulls first, s.id
"""
_AWARD_TYPES = {"person_id": pl.Int64, "award": pl.Int32}
_AWARDED = f"""
select s.person_id, max(array_position(%(awards)s::text[], s.award::text))
from register_schooling s where s.award <> '' and s.valid_to <= %(on)s and {_OF_THE_ROLL}
group by s.person_id
"""
_AWAY = f"""
select distinct s.person_id, true from register_residence s
where s.kind = 'absent' and {_CURRENT} and {_OF_THE_ROLL}
and (s.valid_to is null or s.valid_to >= s.valid_from + interval '3 months')
"""
_CIRCUMSTANCE_TYPES = {
    "person_id": pl.Int64, "kind": pl.String, "since": pl.Date, "documented": pl.Boolean,
}  # fmt: skip
_CIRCUMSTANCES = f"""
select s.person_id, s.kind, min(s.valid_from), bool_or(s.document <> '')
from register_circumstance s where {_CURRENT} and {_OF_THE_ROLL}
group by s.person_id, s.kind
"""
