"""What a doctor would measure on a man in a season: readings, never a class."""

import polars as pl

from muster.foundation.register.synthetic.dice import Dice, chosen
from muster.foundation.register.synthetic.tables import table

_SCORES = ("1", "2", "3", "4", "5", "6")


def readings(persons: pl.DataFrame, *, seed: int, season: int) -> pl.DataFrame:
    """One row per person: source_id, height_cm, weight_kg, chest_cm (one decimal); right_myopia_d,
    left_myopia_d, hyperopia_d (diopters, quarter steps); eyes, teeth, ent, internal, surgical, skin,
    psychiatric (scores 1 to 6).

    `persons` needs source_id, sex, school_level. A man's body is his own in every season; weight and
    the error of measuring change from one to the next.
    """
    people, dice = persons.sort("source_id"), Dice(seed)
    return (
        pl.DataFrame(
            [people["source_id"], *_body(people, dice, season), *_sight(people, dice, season)]
        )
        .with_columns(_organs(people, dice, season))
        .with_columns(_eyes())
    )


def _of_sex(people: pl.DataFrame, what: str, side: int | None = None) -> pl.Series:
    """A number of the sex's table, or one side of a pair of numbers."""
    told = {sex: table("examination")[sex][what] for sex in ("male", "female")}
    numbers = {sex: value if side is None else value[side] for sex, value in told.items()}
    return people["sex"].replace_strict(numbers, return_dtype=pl.Float64)


def _by_sex(people: pl.DataFrame, what: str) -> tuple[pl.Series, pl.Series]:
    """Mean and spread of a measure."""
    return _of_sex(people, what, 0), _of_sex(people, what, 1)


def _body(people: pl.DataFrame, dice: Dice, season: int) -> list[pl.Series]:
    who, day = people["source_id"], table("examination")["day"]
    mean, spread = _by_sex(people, "height")
    height = mean + spread * dice.normal(who, "height")
    median, spread = _by_sex(people, "bmi")
    build = (
        spread * dice.normal(who, "build") + dice.normal(who, f"build of {season}") * day["weight"]
    )
    chest, spread = _by_sex(people, "chest")
    by_build, by_height = _of_sex(people, "chest_by_build"), _of_sex(people, "chest_by_height")
    chest = (
        chest + build * by_build + (height - mean) * by_height + spread * dice.normal(who, "chest")
    )
    weight = median * build.exp() * (height / 100) ** 2
    measured = {
        "height_cm": height + dice.normal(who, f"height of {season}") * day["height"],
        "weight_kg": weight,
        "chest_cm": chest + dice.normal(who, f"chest of {season}") * day["chest"],
    }
    return [column.round(1).alias(name) for name, column in measured.items()]


def _sight(people: pl.DataFrame, dice: Dice, season: int) -> list[pl.Series]:
    who, life = people["source_id"], table("examination")["sight"]
    graduate = people["school_level"].is_in(["college", "university"]).cast(pl.Float64)
    share = life["myopic"] + graduate * (life["myopic_graduate"] - life["myopic"])
    myopic = dice.chance(who, "short-sighted", share)
    median, spread = life["diopters"]
    size = (dice.normal(who, "diopters") * spread).exp() * median
    none = pl.zeros(len(people), pl.Float64, eager=True)
    eyes = []
    for side in ("right", "left"):
        aside = dice.normal(who, f"{side} eye") * life["difference"]
        today = dice.normal(who, f"{side} eye of {season}") * table("examination")["day"]["sights"]
        read = _in_quarters((size + aside + today).clip(0.25, 15.0))
        eyes.append(read.zip_with(myopic, none).alias(f"{side}_myopia_d"))
    far = dice.chance(who, "long-sighted", life["hyperopic"]) & ~myopic
    hyperopia = _in_quarters(dice.uniform(who, "long sight") * 2 + 0.5)
    return [*eyes, hyperopia.zip_with(far, none).alias("hyperopia_d")]


def _in_quarters(diopters: pl.Series) -> pl.Series:
    return (diopters * 4).round(0) / 4


def _organs(people: pl.DataFrame, dice: Dice, season: int) -> list[pl.Series]:
    """Scores that mostly last; one in eight is found otherwise the next season."""
    who, found = people["source_id"], []
    for organ, weights in table("examination")["organs"].items():
        anew = dice.chance(who, f"{organ} anew {season}", 1 / 8)
        lasting = dice.uniform(who, organ)
        drawn = dice.uniform(who, f"{organ} of {season}").zip_with(anew, lasting)
        score = chosen(drawn, dict(zip(_SCORES, weights, strict=True)))
        found.append(score.cast(pl.Int8).alias(organ))
    return found


def _eyes() -> pl.Expr:
    """The eyes score no better than the short sight of the worse eye allows."""
    worse = pl.max_horizontal("right_myopia_d", "left_myopia_d")
    limits: list[float] = table("examination")["sight"]["limits"]
    by_sight = pl.when(worse > 0).then(2).otherwise(1)
    for score, limit in enumerate(limits, 3):
        by_sight = pl.when(worse >= limit).then(score).otherwise(by_sight)
    return pl.max_horizontal("eyes", by_sight).cast(pl.Int8).alias("eyes")
