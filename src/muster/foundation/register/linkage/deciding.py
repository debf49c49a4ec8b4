"""What is done with a scored pair: merged in bulk, shown to a person, or known for two people."""

from collections.abc import Callable, Mapping
from math import log2

import polars as pl

from muster.foundation.register.linkage.groups import grouped
from muster.foundation.register.linkage.model import COMPARISONS, findings, model, rates
from muster.foundation.register.linkage.scoring import DIGITS

Opened = Callable[[list[int]], Mapping[int, str]]

MERGE, REVIEW, DISTINCT = "merge", "review", "distinct"
# Why, and what follows from it.
REASONS = {
    "nothing_against": MERGE,  # an equal number and nothing against it
    "likely": REVIEW,  # more probably one person than two
    "mistyped": REVIEW,  # all but one digit of the number agrees
    "disputed": REVIEW,  # equal numbers, in a group in which numbers disagree
    "one_number": DISTINCT,  # two people under one number: the number is to be mended
    "other_number": DISTINCT,  # each has a number of his own
    "outdone": DISTINCT,  # the bearer of another number is far likelier meant
}
_EQUAL = ("same", "same_old", "mixed")
_SIDES = (("left", "right"), ("right", "left"))


def decided(pairs: pl.DataFrame, numbers: pl.DataFrame, opened: Opened) -> pl.DataFrame:
    """The pairs that probability alone would take for one person, and those under one number.

    With `because` and the `decision` that follows.
    `numbers` holds each entry's citizen number (id, citizen), equal where numbers are equal.
    """
    limits = model()["review"]
    worth = (pl.col("bits") >= limits["bits"]) | pl.col("number").is_in(_EQUAL)
    likely = _with_numbers(pairs.filter(worth), numbers)
    likely = _with_mistyped(likely, opened)
    likely = likely.with_columns(_outdone(likely, limits["outdone_by"]))
    found = _with_disputes(likely.with_columns(because=_reason()))
    return found.with_columns(decision=pl.col("because").replace_strict(REASONS)).drop(
        "outdone", "citizen_left", "citizen_right"
    )


def _with_numbers(pairs: pl.DataFrame, numbers: pl.DataFrame) -> pl.DataFrame:
    for side, _ in _SIDES:
        known = numbers.rename({"id": side, "citizen": f"citizen_{side}"})
        pairs = pairs.join(known, on=side, how="left", maintain_order="left")
    return pairs


def _reason() -> pl.Expr:
    number, given, middle = pl.col("number"), pl.col("given"), pl.col("middle")
    other_name = (given == "different") | (
        (given == "alike") & middle.is_in(["different", "one_lacks"])
    )
    equal, unlikely = number.is_in(_EQUAL), pl.col("bits") < model()["review"]["bits"]
    return (
        pl.when(_agrees("number") & _agrees_but_for_number())
        .then(pl.lit("nothing_against"))
        .when(equal & (other_name | unlikely))
        .then(pl.lit("one_number"))
        .when(number == "one_digit")
        .then(pl.lit("mistyped"))
        .when(number == "different")
        .then(pl.lit("other_number"))
        .when("outdone")
        .then(pl.lit("outdone"))
        .otherwise(pl.lit("likely"))
    )


def _agrees(name: str) -> pl.Expr:
    return pl.col(name).is_in(model()["merge"][name])


def _agrees_but_for_number() -> pl.Expr:
    return pl.all_horizontal(_agrees(name) for name in model()["merge"] if name != "number")


def _with_mistyped(pairs: pl.DataFrame, opened: Opened) -> pl.DataFrame:
    """Where all but the number agrees, whether it differs by a slip of the hand."""
    asked = pairs.filter((pl.col("number") == "different") & _agrees_but_for_number())
    digits = opened(sorted({*asked["left"], *asked["right"]})) if len(asked) else {}
    slips = [
        pair
        for pair in asked.select("left", "right").iter_rows()
        if is_slip(digits.get(pair[0], ""), digits.get(pair[1], ""))
    ]
    found = pl.DataFrame(slips, schema={"left": pl.Int64, "right": pl.Int64}, orient="row")
    found = found.with_columns(slipped=pl.lit(value=True))
    told = rates("number", "one_digit") or {"m": 1, "u": 1}
    bits = round(log2(told["m"] / told["u"]), DIGITS)
    total = (pl.col("bits") - pl.col("number_bits") + bits).round(DIGITS)
    changes = {
        "number": pl.lit("one_digit"),
        "number_bits": pl.lit(bits),
        "bits": total,
        "probability": 1 / (1 + pl.lit(2.0).pow(-total)),
    }
    return (
        pairs.join(found, on=["left", "right"], how="left", maintain_order="left")
        .with_columns(
            pl.when("slipped").then(change).otherwise(name).alias(name)
            for name, change in changes.items()
        )
        .drop("slipped")
    )


def is_slip(one: str, other: str) -> bool:
    """Whether two numbers differ in one digit, or in two neighbours that changed places."""
    if len(one) != len(other) or one == other:
        return False
    places = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    first, last = places[0], places[-1]
    return first == last or (
        last == first + 1 and (one[first], one[last]) == (other[last], other[first])
    )


def _outdone(pairs: pl.DataFrame, by: float) -> pl.Expr:
    """Whether an entry without number is far likelier that of the bearer of another number.

    Between two bearers only the m count: how rare a value is speaks for both alike.
    """
    rows = pairs.with_columns(likeness=pl.sum_horizontal(map(_log_m, COMPARISONS)))
    best, marks = _best_bearers(rows), []
    for side, other in _SIDES:
        better = rows.select(side, f"citizen_{other}", "likeness").join(
            best.rename({"id": side}), on=side, how="left", maintain_order="left"
        )
        elsewhere = (better[f"citizen_{other}"] != better["best_citizen"]) & (
            better["best_likeness"] - by > better["likeness"]
        )
        marks.append(elsewhere.fill_null(value=False) & rows[f"citizen_{side}"].is_null())
    return pl.lit(marks[0] | marks[1]).alias("outdone")


def _log_m(name: str) -> pl.Expr:
    told = {each: rates(name, each) for each in (*findings(name), "one_digit")}
    logs = {each: log2(found["m"]) if found else 0.0 for each, found in told.items()}
    return pl.col(name).replace_strict(logs, return_dtype=pl.Float64)


def _best_bearers(pairs: pl.DataFrame) -> pl.DataFrame:
    """Per entry the citizen number whose bearer it most likely is, and how likely."""
    ends = pl.concat(
        pairs.select("likeness", id=pl.col(side), best_citizen=pl.col(f"citizen_{other}"))
        for side, other in _SIDES
    ).drop_nulls("best_citizen")
    return (
        ends.sort("id", "likeness", "best_citizen", descending=[False, True, False])
        .unique("id", keep="first", maintain_order=True)
        .rename({"likeness": "best_likeness"})
    )


def _with_disputes(pairs: pl.DataFrame) -> pl.DataFrame:
    """Merges of a group in which two numbers meet, or whose number two people bear, are disputed."""
    merges = pairs.filter(pl.col("because") == "nothing_against")
    groups = grouped(merges)
    bearers = pl.concat(
        merges.select(id=pl.col(side), citizen=pl.col(f"citizen_{side}")) for side, _ in _SIDES
    ).drop_nulls()
    several = bearers.join(groups, on="id").group_by("group").agg(pl.col("citizen").n_unique())
    shared = pairs.filter(pl.col("because") == "one_number")
    parties = pl.concat([shared["left"], shared["right"]])
    doubtful = pl.concat(
        [
            several.filter(pl.col("citizen") > 1)["group"],
            groups.filter(pl.col("id").is_in(parties.implode()))["group"],
        ]
    )
    members = groups.filter(pl.col("group").is_in(doubtful.implode()))["id"]
    disputed = (pl.col("because") == "nothing_against") & pl.col("left").is_in(members.implode())
    return pairs.with_columns(
        because=pl.when(disputed).then(pl.lit("disputed")).otherwise("because")
    )
