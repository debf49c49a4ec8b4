"""Mistakes planted in the register, and the truth about them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl

from muster.foundation.register.synthetic import slips
from muster.foundation.register.synthetic.dice import Dice, fallen
from muster.foundation.register.synthetic.tables import table

TRUTH = {"kind": pl.String, "source_id": pl.Int64, "other_source_id": pl.Int64, "detail": pl.String}
HILLS = ("jrai", "bahnar")
_THREE_MONTHS = timedelta(days=92)


def village_first_january(people: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The largest village of the hills, all entered as born on 1 January; and the truth about it."""
    groups = (
        people.filter(pl.col("people").is_in(HILLS) & (pl.col("sex") == "male"))
        .group_by("commune_code", "group_name")
        .len()
        .sort("len", "commune_code", "group_name", descending=[True, False, False])
    )
    if groups.is_empty():
        return people, pl.DataFrame(schema=TRUTH)
    commune, village = groups.select("commune_code", "group_name").row(0)
    there = (pl.col("commune_code") == commune) & (pl.col("group_name") == village)
    first = pl.date(pl.col("birth_date").dt.year(), 1, 1)
    entered = people.with_columns(
        pl.when(there).then(first).otherwise("birth_date").alias("birth_date")
    )
    return entered, _truth(
        people.filter(there), "village_first_january", pl.lit(f"{village}, {commune}")
    )


def _truth(
    rows: pl.DataFrame, kind: str, detail: pl.Expr, other: str | None = None
) -> pl.DataFrame:
    second = pl.col(other) if other else pl.lit(None, pl.Int64)
    return rows.select(
        pl.lit(kind).alias("kind"),
        "source_id",
        second.alias("other_source_id"),
        detail.alias("detail"),
    )


def single(persons: pl.DataFrame, dice: Dice) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Entries with one fault each; and the truth about them."""
    twins = kinship(persons).filter(pl.col("kind") == "twins")
    persons, borrowed = _borrowed_numbers(persons, twins, dice)
    persons, dates = _wrong_birth_dates(persons, twins, dice)
    persons, groups = _missing_groups(persons, dice)
    return persons, pl.concat([borrowed, dates, groups])


def _count(kind: str, persons: pl.DataFrame) -> int:
    share: float = table("mistakes")["single"][kind]
    return max(1, round(share * len(persons)))


def _borrowed_numbers(
    persons: pl.DataFrame, twins: pl.DataFrame, dice: Dice
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Two men under one number: a twin entered under his brother's."""
    pairs = dice.few(twins, "borrowed number", _count("borrowed_number", persons), by="source_id")
    lender = persons.select(
        pl.col("source_id").alias("other_source_id"), pl.col("citizen_number").alias("lent")
    )
    lent = pairs.join(lender, on="other_source_id").select("source_id", "lent")
    rows = persons.join(lent, on="source_id", how="left", maintain_order="left")
    rows = rows.with_columns(pl.coalesce("lent", "citizen_number").alias("citizen_number")).drop(
        "lent"
    )
    detail = pl.lit("entered under the citizen number of his twin")
    return rows, _truth(pairs, "borrowed_number", detail, "other_source_id")


def _wrong_birth_dates(
    persons: pl.DataFrame, twins: pl.DataFrame, dice: Dice
) -> tuple[pl.DataFrame, pl.DataFrame]:
    known = persons.filter((pl.col("birth_precision") == "day") & ~_first_of_january())
    for side in ("source_id", "other_source_id"):
        known = known.join(
            twins, left_on="source_id", right_on=side, how="anti", maintain_order="left"
        )
    chosen = dice.few(
        known, "wrong birth date", _count("wrong_birth_date", persons), by="source_id"
    )
    changed = [
        (row["source_id"], *_slipped(slips.wrong_birth_date, row, dice))
        for row in chosen.iter_rows(named=True)
    ]
    schema = {"source_id": pl.Int64, "entered": pl.Date, "detail": pl.String}
    wrong = pl.DataFrame(
        [(source_id, entry["birth_date"], detail) for source_id, entry, detail in changed],
        schema,
        orient="row",
    )
    rows = persons.join(wrong.drop("detail"), on="source_id", how="left", maintain_order="left")
    rows = rows.with_columns(pl.coalesce("entered", "birth_date").alias("birth_date")).drop(
        "entered"
    )
    return rows, _truth(wrong, "wrong_birth_date", pl.col("detail"))


def _first_of_january() -> pl.Expr:
    return pl.col("birth_date").dt.ordinal_day() == 1


def _slipped(
    slip: Callable[[slips.Entry, Random], slips.Slip | None], row: dict[str, Any], dice: Dice
) -> slips.Slip:
    made = slip(row, Random(f"{dice.seed}/{slip.__name__}/{row['source_id']}"))
    return made or (row, "")


def _missing_groups(persons: pl.DataFrame, dice: Dice) -> tuple[pl.DataFrame, pl.DataFrame]:
    chosen = dice.few(persons, "missing group", _count("missing_group", persons), by="source_id")
    lost = pl.col("source_id").is_in(chosen["source_id"].implode())
    rows = persons.with_columns(pl.when(~lost).then("group_name").alias("group_name"))
    return rows, _truth(
        chosen, "missing_group", pl.col("commune_code") + ", " + pl.col("group_name")
    )


def doubles(
    persons: pl.DataFrame,
    homes: pl.DataFrame,
    numbers: pl.Series,
    planted: pl.DataFrame,
    dice: Dice,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Second entries of men already entered, under the source numbers given; and the truth.

    Nobody whose entry has another planted fault is entered twice, a missing group apart.
    """
    faulty = planted.filter(pl.col("kind") != "missing_group")
    clean = persons.filter(pl.col("sex") == "male").join(
        faulty, on="source_id", how="anti", maintain_order="left"
    )
    twice = dice.few(clean, "entered twice", len(numbers), by="source_id")
    moves = list(_new_homes(twice, homes, dice).iter_rows(named=True))
    entries, truth = [], []
    for row, home, number in zip(
        twice.iter_rows(named=True), moves, numbers.head(len(twice)), strict=True
    ):
        entry, slipped = _second_entry(row, home, dice)
        entries.append({**entry, "source_id": number, "family_id": None})
        where = ("double_entry", row["source_id"], number, _distance(row, entry, home))
        truth += [where, *((kind, row["source_id"], number, detail) for kind, detail in slipped)]
    return pl.DataFrame(entries, schema=persons.schema), pl.DataFrame(truth, TRUTH, orient="row")


def _new_homes(twice: pl.DataFrame, homes: pl.DataFrame, dice: Dice) -> pl.DataFrame:
    """Where each would have moved: half the time over the border of the two provinces."""
    who = twice["source_id"]
    province = homes.select(pl.col("commune_code"), "province_code").unique("commune_code")
    own = twice.select("commune_code").join(
        province, on="commune_code", how="left", maintain_order="left"
    )
    across = dice.chance(who, "moves across", table("mistakes")["double"]["across_provinces"])
    drawn = dice.uniform(who, "moves to")
    found = pl.DataFrame(
        {"own": own["province_code"], "across": across, "drawn": drawn}
    ).with_row_index()
    parts = [
        _drawn_homes(rows, homes, str(key[0]), beyond=bool(key[1]))
        for key, rows in found.group_by("own", "across", maintain_order=True)
    ]
    return pl.concat(parts).sort("index").drop("index") if parts else pl.DataFrame()


def _drawn_homes(
    rows: pl.DataFrame, homes: pl.DataFrame, own: str, *, beyond: bool
) -> pl.DataFrame:
    """Homes inside the province, or beyond it where the delta has another."""
    hills = str(table("life")["highland"]["province"])
    outside = homes.filter(~pl.col("province_code").is_in([own, hills]))
    inside = homes.filter(pl.col("province_code") == own)
    pool = outside if beyond and own != hills and not outside.is_empty() else inside
    index = fallen(rows["drawn"], pool["share"])
    return pl.concat(
        [
            rows.select("index", "own"),
            pool.select("commune_code", "group_name", "province_code").select(
                pl.all().gather(index)
            ),
        ],
        how="horizontal",
    )


def _second_entry(
    row: dict[str, Any], home: dict[str, Any], dice: Dice
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The entry with one slip, sometimes two or three, and what they are."""
    rng = Random(f"{dice.seed}/second entry/{row['source_id']}")
    life = table("mistakes")["double"]
    wanted = 1 + (rng.random() < life["second_slip"]) + (rng.random() < life["third_slip"])
    entry = dict(row)
    made: list[tuple[str, str]] = []
    for kind in _in_drawn_order(life["slips"], rng):
        if len(made) == wanted:
            break
        slip = (
            _moved_house(entry, home) if kind == "moved_house" else getattr(slips, kind)(entry, rng)
        )
        if slip and not _spoils(kind, made):
            entry, detail = slip
            made.append((kind, detail))
    return entry, made


def _spoils(kind: str, made: list[tuple[str, str]]) -> bool:
    """Slips that touch one fact do not meet, so that each stays true as it is told."""
    names = {"typo", "changed_middle_name"}
    numbers = {"missing_number", "old_new_number"}
    return any({kind, other} <= facts for other, _ in made for facts in (names, numbers))


def _in_drawn_order(weights: dict[str, float], rng: Random) -> Iterator[str]:
    left = dict(weights)
    while left:
        kind = rng.choices(list(left), list(left.values()))[0]
        del left[kind]
        yield kind


def _moved_house(entry: dict[str, Any], home: dict[str, Any]) -> slips.Slip | None:
    old, new = entry["commune_code"], home["commune_code"]
    if old == new:
        return None
    moved = {**entry, "commune_code": new, "group_name": home["group_name"]}
    return moved, f"commune_code: {old} → {new}"


def _distance(row: dict[str, Any], entry: dict[str, Any], home: dict[str, Any]) -> str:
    if row["commune_code"] == entry["commune_code"]:
        return "within the commune"
    same = home["own"] == home["province_code"]
    return "within the province" if same else "across the provinces"


def kinship(persons: pl.DataFrame) -> pl.DataFrame:
    """Pairs of twins and of other brothers, each pair once, as truth."""
    sons = persons.filter(pl.col("family_id").is_not_null()).select(
        "source_id", "family_id", "birth_date"
    )
    pairs = sons.join(sons, on="family_id", suffix="_other").filter(
        pl.col("source_id") < pl.col("source_id_other")
    )
    twins = pl.col("birth_date") == pl.col("birth_date_other")
    return pairs.sort("source_id", "source_id_other").select(
        pl.when(twins).then(pl.lit("twins")).otherwise(pl.lit("brothers")).alias("kind"),
        "source_id",
        pl.col("source_id_other").alias("other_source_id"),
        pl.when(twins)
        .then(pl.lit("same parents and birthday"))
        .otherwise(pl.lit("same parents"))
        .alias("detail"),
    )


def other_names(persons: pl.DataFrame) -> pl.DataFrame:
    """Sons of the hills whose name begins with another word than their father's, as truth."""
    hills = persons.filter(
        pl.col("ethnicity").is_in(["Jrai", "Bahnar"]) & pl.col("family_id").is_not_null()
    )
    first = [pl.col(name).str.split(" ").list.first() for name in ("full_name", "father_name")]
    rows = hills.filter(first[0] != first[1])
    return _truth(
        rows, "father_son_other_name", pl.col("full_name") + " / " + pl.col("father_name")
    )


def away_at_work(spells: pl.DataFrame, *, on: date) -> pl.DataFrame:
    """Men at work elsewhere for three months on the day whose absence nobody registered, as truth."""
    working = spells.filter(
        (pl.col("kind") == "work") & (pl.col("starts_on") <= on - _THREE_MONTHS)
    )
    working = working.filter(pl.col("ends_on").is_null() | (pl.col("ends_on") > on))
    silent = _unlike(working, spells.filter(pl.col("kind") == "absent"))
    return _truth(silent, "away_at_work", pl.lit("since ") + pl.col("starts_on").cast(pl.String))


def claimed_twice(men: pl.DataFrame, grounds: pl.DataFrame) -> pl.DataFrame:
    """Brothers who both claim what the law grants to one of a family, as truth."""
    limited = [kind for kind, life in table("circumstances").items() if life.get("one_per_family")]
    claims = grounds.filter(pl.col("kind").is_in(limited)).select("kind", "source_id")
    claims = claims.join(men.select("source_id", "family_id"), on="source_id")
    pairs = claims.join(claims, on=["family_id", "kind"], suffix="_other")
    pairs = pairs.filter(pl.col("source_id") < pl.col("source_id_other"))
    detail = pl.col("kind")
    return _truth(pairs, "one_per_family_twice", detail, "source_id_other")


def _unlike(rows: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    return rows.join(others, on="source_id", how="anti", maintain_order="left")
