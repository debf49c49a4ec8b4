"""A register's worth of people, from a seed."""

from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from muster.foundation.register.synthetic import mistakes
from muster.foundation.register.synthetic.circumstances import circumstances
from muster.foundation.register.synthetic.dice import Dice
from muster.foundation.register.synthetic.families import people as families_people
from muster.foundation.register.synthetic.names import with_names
from muster.foundation.register.synthetic.numbers import with_numbers
from muster.foundation.register.synthetic.places import inhabited, residential_groups
from muster.foundation.register.synthetic.residence import residence, settled
from muster.foundation.register.synthetic.schooling import pupils, schooling, standing
from muster.foundation.register.synthetic.tables import table
from muster.foundation.register.synthetic.work import employment, occupations
from muster.kernel.errors import Refused

MERGER_EVE = date(2025, 6, 30)
HORIZON = date(2027, 3, 31)  # the hand-over of the last season the lives are told for
LIFE_SIZE = 370_000
_PERSON = (
    "source_id",
    "full_name",
    "sex",
    "birth_date",
    "birth_precision",
    "commune_code",
    "group_name",
    "citizen_number",
    "old_number",
    "ethnicity",
    "education_grade",
    "school_level",
    "degree_on",
    "father_name",
    "mother_name",
    "family_id",
    "occupation",
    "registered_on",
)


class TooFewPeople(Refused):
    """Fewer men than every legal ground needs to occur."""


@dataclass(frozen=True, slots=True)
class Population:
    """The frames that the package documents; together, lives told until the horizon."""

    groups: pl.DataFrame
    persons: pl.DataFrame
    schooling: pl.DataFrame
    employment: pl.DataFrame
    residence: pl.DataFrame
    circumstances: pl.DataFrame
    truth: pl.DataFrame

    def known_on(self, day: date) -> "Population":
        """What a register can hold on the day: nothing that begins later."""
        begun = pl.col("starts_on") <= day
        registered = pl.col("registered_on")
        return replace(
            self,
            persons=self.persons.with_columns(pl.when(registered <= day).then(registered)),
            schooling=self.schooling.filter(begun),
            employment=self.employment.filter(begun),
            residence=self.residence.filter(begun),
            circumstances=self.circumstances.filter(begun),
        )


def generate(
    communes: pl.DataFrame,
    *,
    men: int = LIFE_SIZE,
    seed: int,
    on: date = MERGER_EVE,
) -> Population:
    """Synthetic citizens of the two provinces before the merger, and of a highland cluster.

    `communes` (code, name, kind, province_code, optionally area_km2) are those in force on the day
    `on`; other provinces are ignored. `men` is how many of the two provinces are 16 to 28 years old
    that day; younger and older cohorts, women and the highlands come on top. The same arguments give
    the same frames, whatever the order of the communes and the number of threads.
    """
    if men < 100:  # noqa: PLR2004 - every ground needs a man
        raise TooFewPeople(
            "%(men)s men are too few for every ground to occur; ask for 100 or more.", men=men
        )
    dice = Dice(seed)
    places = inhabited(communes)
    groups = residential_groups(places, dice)
    homes = _homes(places, groups)
    people, numbers, village = _entered(homes, men, on, dice)
    people, studies, jobs = _schooled(people, on, dice)
    people, faults = mistakes.single(people, dice)
    doubles, pairs = mistakes.doubles(people, homes, numbers, pl.concat([village, faults]), dice)
    spells = residence(people, studies, jobs, homes, dice, on=on, until=HORIZON)
    grounds = circumstances(people.filter(pl.col("sex") == "male"), studies, dice, until=HORIZON)
    truth = [village, faults, pairs, *_found(people, grounds, spells, on)]
    return Population(
        groups=groups,
        persons=pl.concat([people, doubles]).sort("source_id"),
        schooling=studies,
        employment=jobs,
        residence=pl.concat([spells, settled(doubles)]).sort("source_id", "starts_on", "kind"),
        circumstances=grounds,
        truth=pl.concat(truth).sort("kind", "source_id", "other_source_id"),
    )


def _entered(
    homes: pl.DataFrame, men: int, on: date, dice: Dice
) -> tuple[pl.DataFrame, pl.Series, pl.DataFrame]:
    """Everybody with names and numbers; source numbers for second entries; truth about a village."""
    people = families_people(homes, men=men, on=on, dice=dice)
    twice = max(1, round(len(people) * table("mistakes")["double"]["share"]))
    numbers = _source_numbers(len(people) + twice, dice)
    people = people.with_columns(numbers.head(len(people)).alias("source_id")).sort("source_id")
    people, village = mistakes.village_first_january(_with_precision(people, dice))
    return with_numbers(with_names(people, dice), dice), numbers.tail(twice), village


def _schooled(
    people: pl.DataFrame, on: date, dice: Dice
) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """Everybody with his schooling and occupation of the day; all courses; all jobs."""
    boys = pupils(people, dice)
    studies = schooling(boys, dice, until=HORIZON)
    jobs = employment(people, studies, dice, until=HORIZON)
    told = (
        people.join(standing(boys, studies, on=on), on="source_id", maintain_order="left")
        .with_columns(occupations(people, studies, jobs, dice, on=on), _registered(people, dice))
        .select(_PERSON)
    )
    return told, studies, jobs


def _found(
    people: pl.DataFrame, grounds: pl.DataFrame, spells: pl.DataFrame, on: date
) -> list[pl.DataFrame]:
    """Truth that follows from the lives themselves."""
    return [
        mistakes.kinship(people),
        mistakes.other_names(people),
        mistakes.claimed_twice(people, grounds),
        mistakes.away_at_work(spells, on=on),
    ]


def _homes(places: pl.DataFrame, groups: pl.DataFrame) -> pl.DataFrame:
    """Residential groups with their commune's facts and their share of all people."""
    return (
        groups.join(places, on="commune_code", suffix="_commune")
        .sort("commune_code", "group_name")
        .select(
            "commune_code",
            "group_name",
            "commune_name",
            "province_code",
            "people",
            (pl.col("weight") * pl.col("weight_commune")).alias("share"),
        )
    )


def _source_numbers(count: int, dice: Dice) -> pl.Series:
    """1 to `count` in an order that tells nothing: neither family nor second entry."""
    rows = pl.DataFrame({"number": pl.int_range(1, count + 1, eager=True)})
    return rows.with_columns(dice.bits(rows["number"], "source number").alias("drawn")).sort(
        "drawn", "number"
    )["number"]


def _with_precision(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Some families of whom only the years of birth are known, kept as 1 January."""
    life, family = table("life"), people["family_id"]
    share = {
        "delta": life["groups"]["year_only"],
        **dict.fromkeys(mistakes.HILLS, life["highland"]["year_only"]),
    }
    shares = people["people"].replace_strict(share, return_dtype=pl.Float64)
    year_only = dice.chance(family, "year only", shares)
    first = pl.date(pl.col("birth_date").dt.year(), 1, 1)
    return people.with_columns(
        pl.when(year_only).then(first).otherwise("birth_date").alias("birth_date"),
        pl.when(year_only).then(pl.lit("year")).otherwise(pl.lit("day")).alias("birth_precision"),
    )


def _registered(people: pl.DataFrame, dice: Dice) -> pl.Series:
    """First registration in April of the year he turns 17; some later, some never."""
    life, who = table("life")["registration"], people["source_id"]
    late = dice.chance(who, "registers late", life["late"]).cast(pl.Int32)
    year = (
        people["birth_date"].dt.year()
        + 17
        + late * dice.between(who, "years late", 1, 2).cast(pl.Int32)
    )
    never = dice.chance(who, "never registers", life["never"])
    frame = pl.DataFrame(
        {"year": year, "never": never, "day": dice.between(who, "day of April", 1, 30)}
    )
    april = pl.date(pl.col("year"), 4, pl.col("day"))
    known = (~pl.col("never")) & (april < HORIZON)
    return frame.select(pl.when(known).then(april).alias("registered_on")).to_series()
