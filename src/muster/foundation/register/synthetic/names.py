"""Names, each people by its own custom: clan or family name, or one word alone."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from muster.foundation.register.synthetic.dice import Dice, chosen
from muster.foundation.register.synthetic.tables import table

_COHORT_STARTS = (2001, 2006)
_OWN = 2**40  # parts the numbers of persons from those of families


def with_names(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The people with full_name, father_name, mother_name; brothers have the same parents."""
    by_custom = {"Jrai": _jrai, "Bahnar": _bahnar}
    male = pl.col("sex") == "male"
    kinh = ~pl.col("ethnicity").is_in(list(by_custom))
    named = [
        _kinh(people.filter(kinh & male), dice, "male"),
        _kinh(people.filter(kinh & ~male), dice, "female"),
        *(
            give(people.filter(pl.col("ethnicity") == name), dice)
            for name, give in by_custom.items()
        ),
    ]
    return pl.concat(named).sort("source_id")


def _kinh(people: pl.DataFrame, dice: Dice, sex: str) -> pl.DataFrame:
    """Family name, middle names, given names: two words to six."""
    names, family, who = table("names")["kinh"], people["family_id"], people["source_id"]
    surname, mother = (
        dice.pick(family, f"{of} family", names["family"]) for of in ("father's", "mother's")
    )
    fatherless = dice.chance(family, "fatherless", names["without_father"])
    shared = dice.chance(who, "middle name of the house", 0.5)
    middle_of = family.zip_with(shared, who + _OWN)
    brotherly = (
        dice.uniform(family, "given") + _standing(people) / 3 + dice.uniform(who, "given") * 0.2
    ) % 1.0
    parts = pl.DataFrame(
        {
            "surname": mother.zip_with(fatherless, surname),
            "second": dice.pick(family, "second family", names["family"]),
            "middle": _of_cohort(people, dice.uniform(middle_of, "middle"), names["middle"][sex]),
            "other_middle": _of_cohort(
                people, dice.uniform(who, "other middle"), names["middle"][sex]
            ),
            "other_given": _of_cohort(
                people, dice.uniform(who, "other given"), names["given"][sex]
            ),
            "given": _of_cohort(people, brotherly, names["given"][sex]),
            "has_second": dice.chance(family, "has second family", names["second_family"]),
            "has_middle": ~dice.chance(who, "no middle", names["no_middle"]),
            "has_other_middle": dice.chance(who, "has other middle", names["second_middle"]),
            "has_other_given": dice.chance(who, "has other given", names["second_given"]),
        }
    )
    return people.with_columns(
        parts.select(_written()).to_series().alias("full_name"),
        _parent(family, surname, "father", dice).set(fatherless, None).alias("father_name"),
        _parent(family, mother, "mother", dice).alias("mother_name"),
    )


def _standing(people: pl.DataFrame) -> pl.Series:
    """0, 1, 2: keeps the given names of brothers apart."""
    return people.select(pl.int_range(pl.len()).over("family_id")).to_series()


def _written() -> pl.Expr:
    """The words in their order, none twice."""

    def kept(name: str, *others: str) -> pl.Expr:
        wanted = pl.col(f"has_{name}")
        for other in others:
            wanted = wanted & (pl.col(name) != pl.col(other))
        return pl.when(wanted).then(name)

    return pl.concat_str(
        "surname",
        kept("second", "surname", "middle", "given"),
        kept("middle", "surname", "given"),
        kept("other_middle", "surname", "second", "middle", "given"),
        kept("other_given", "surname", "second", "middle", "other_middle", "given"),
        "given",
        separator=" ",
        ignore_nulls=True,
    )


def _of_cohort(people: pl.DataFrame, drawn: pl.Series, options: Mapping[str, Any]) -> pl.Series:
    """The name drawn, from the fashion of the birth cohort where the table knows three."""
    first = next(iter(options.values()))
    if not isinstance(first, list):
        return chosen(drawn, options)
    fashions = [
        chosen(drawn, {name: weights[cohort] for name, weights in options.items()})
        for cohort in range(len(first))
    ]
    year = people["birth_date"].dt.year()
    late, middle = year >= _COHORT_STARTS[1], year >= _COHORT_STARTS[0]
    return fashions[2].zip_with(late, fashions[1].zip_with(middle, fashions[0]))


def _parent(family: pl.Series, surname: pl.Series, parent: str, dice: Dice) -> pl.Series:
    names = table("names")["kinh"]
    middle = dice.pick(family, f"{parent}'s middle", names["middle"][parent])
    given = dice.pick(family, f"{parent}'s given", names["given"][parent])
    return surname + " " + middle + " " + given


def _jrai(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """The clan of the mother; the father is of another."""
    names, family, who = table("names")["jrai"], people["family_id"], people["source_id"]
    drawn = dice.uniform(family, "clan")
    clan = chosen(drawn, names["clan"])
    other = chosen((drawn + 0.3 + dice.uniform(family, "father's clan") * 0.4) % 1.0, names["clan"])
    bare = dice.chance(who, "without clan", names["without_clan"])
    given = dice.pick(who, "Jrai given", names["given"]["male"])
    return people.with_columns(
        given.zip_with(bare, clan + " " + given).alias("full_name"),
        (other + " " + dice.pick(family, "Jrai father", names["given"]["father"])).alias(
            "father_name"
        ),
        (clan + " " + dice.pick(family, "Jrai mother", names["given"]["mother"])).alias(
            "mother_name"
        ),
    )


def _bahnar(people: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """One name alone, or one of the ways offices write something before it."""
    names, family, who = table("names")["bahnar"], people["family_id"], people["source_id"]

    def written(of: pl.Series, whose: str, given: pl.Series) -> pl.Series:
        ways = dice.pick(of, f"{whose} way of writing", names["written"])
        frame = pl.DataFrame({"way": ways, "given": given})
        filled = pl.col("way").str.replace("{given}", pl.col("given"), literal=True)
        return frame.select(filled).to_series()

    return people.with_columns(
        written(who, "his", dice.pick(who, "Bahnar given", names["given"]["male"])).alias(
            "full_name"
        ),
        *(
            written(
                family, parent, dice.pick(family, f"Bahnar {parent}", names["given"][parent])
            ).alias(f"{parent}_name")
            for parent in ("father", "mother")
        ),
    )
