"""Synthetic people as an intake: their columns in the register's words."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from muster.foundation.register.actions.population import Intake, register_people, tell_planner
from muster.foundation.register.actions.staging import Progress, no_progress
from muster.foundation.register.synthetic import Population
from muster.kernel.errors import Refused

Places = Mapping[tuple[str, str | None], int]


class NoSuchPlace(Refused):
    """A population lives where the register has no place."""


def register_population(
    *,
    population: Population,
    places: Places,
    on: date,
    basis: str,
    progress: Progress = no_progress,
) -> int:
    """Enter a synthetic population as it was known on a day; returns how many entered.

    `places` leads from (commune code, group name) to a place; (code, None) is the commune's
    own ground, where those live whose group is unknown or has no place. Who never
    registered does not enter.
    """
    known = population.known_on(on)
    ground = _ground(places)
    persons = known.persons.filter(pl.col("registered_on").is_not_null())
    rolls = _registrations(known.residence, persons, ground, on)
    last = rolls.filter(pl.col("valid_to").is_null()).select("key", "place_id")
    people = _people(persons).join(last, on="key", maintain_order="left")
    spells = {
        "residence": _placed(_spell(known.residence), ground).rename({"place_id": "at_id"}),
        "schooling": _spell(known.schooling),
        "employment": _spell(known.employment).with_columns(occupation=pl.lit("")),
        "circumstance": _spell(known.circumstances),
    }
    entered = people.select("key")
    intake = Intake(
        people=people,
        registrations=rolls,
        spells={
            table: _without_gaps(frame).join(entered, on="key", how="semi")
            for table, frame in spells.items()
        },
    )
    count = register_people(intake=intake, basis=basis, progress=progress)
    tell_planner()
    return count


def _ground(places: Places) -> pl.DataFrame:
    rows = [(code, group, place) for (code, group), place in places.items()]
    schema = {"commune_code": pl.String, "group_name": pl.String, "place_id": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _placed(rows: pl.DataFrame, ground: pl.DataFrame) -> pl.DataFrame:
    """The rows with the place of their group, else of their commune, else null (elsewhere)."""
    own = ground.filter(pl.col("group_name").is_null()).select("commune_code", own_id="place_id")
    found = rows.join(ground, on=["commune_code", "group_name"], how="left", nulls_equal=True).join(
        own, on="commune_code", how="left"
    )
    return found.with_columns(place_id=pl.coalesce("place_id", "own_id")).drop("own_id")


def _people(persons: pl.DataFrame) -> pl.DataFrame:
    return _without_gaps(
        persons.drop("commune_code", "group_name").with_columns(
            key=pl.col("source_id"),
            source_id=pl.col("source_id").cast(pl.String),
            source=pl.lit(""),
            sex=pl.col("sex").str.head(1),
        ),
        but=("citizen_number", "old_number"),
    )


def _spell(rows: pl.DataFrame) -> pl.DataFrame:
    frame = rows.rename({"source_id": "key", "starts_on": "valid_from", "ends_on": "valid_to"})
    missing = [name for name in ("document", "address") if name not in frame.columns]
    return frame.with_columns(pl.lit("").alias(name) for name in missing)


def _without_gaps(rows: pl.DataFrame, *, but: tuple[str, ...] = ()) -> pl.DataFrame:
    """Texts that nobody knows are empty in the register, never null."""
    texts = [name for name, kind in rows.schema.items() if kind == pl.String and name not in but]
    return rows.with_columns(pl.col(texts).fill_null(""))


def _registrations(
    residence: pl.DataFrame, persons: pl.DataFrame, ground: pl.DataFrame, on: date
) -> pl.DataFrame:
    """On whose roll each was: his permanent homes since his registration, the last one open."""
    homes = residence.filter(pl.col("kind") == "permanent").join(
        persons.select("source_id", "registered_on"), on="source_id"
    )
    # A move that lies ahead of the day is not known yet.
    left = pl.when(pl.col("ends_on") <= on).then("ends_on")
    rows = (
        _placed(homes, ground)
        .with_columns(
            key="source_id",
            valid_from=pl.max_horizontal("starts_on", "registered_on"),
            valid_to=left,
        )
        .filter(pl.col("valid_to").is_null() | (pl.col("valid_to") > pl.col("valid_from")))
        .sort("key", "valid_from")
    )
    if rows["place_id"].has_nulls():
        code = rows.filter(pl.col("place_id").is_null())["commune_code"][0]
        raise NoSuchPlace(
            "commune %(unit)s has people but no place; establish its places first.", unit=code
        )
    first = pl.int_range(pl.len()).over("key") == 0
    return rows.with_columns(
        entered=pl.when(first).then(pl.lit("registered")).otherwise(pl.lit("moved")),
        closed=pl.when(pl.col("valid_to").is_null()).then(pl.lit("")).otherwise(pl.lit("moved")),
    )
