"""Chance that can be repeated: every draw follows from the seed, the question and whom it is asked about.

No draw depends on the one before it, so neither the order of rows nor the number of threads matters, and
adding a question changes no other answer. The mixing is SplitMix64 (Steele, Lea and Flood, 2014), a bijection
on 64-bit integers, written as column arithmetic.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from math import pi

import polars as pl

_GOLDEN = 0x9E3779B97F4A7C15
_FIRST = 0xBF58476D1CE4E5B9
_SECOND = 0x94D049BB133111EB


def mixed(state: pl.Series) -> pl.Series:
    """The output of SplitMix64 for each state (UInt64 both); arithmetic wraps at 2**64."""
    state = (state ^ (state // 2**30)) * _FIRST
    state = (state ^ (state // 2**27)) * _SECOND
    return state ^ (state // 2**31)


@dataclass(frozen=True, slots=True)
class Dice:
    """A seeded die; `who` is always a column of non-negative whole numbers, one per answer."""

    seed: int

    def bits(self, who: pl.Series, question: str) -> pl.Series:
        """64 random bits each (UInt64); one question never gives two people the same bits."""
        salt = int.from_bytes(blake2b(f"{self.seed}/{question}".encode(), digest_size=8).digest())
        return mixed(who.cast(pl.UInt64) * _GOLDEN + pl.Series([salt], dtype=pl.UInt64))

    def uniform(self, who: pl.Series, question: str) -> pl.Series:
        """A number in [0, 1) each (Float64)."""
        return (self.bits(who, question) // 2**11).cast(pl.Float64) * 2.0**-53

    def normal(self, who: pl.Series, question: str) -> pl.Series:
        """A number with mean 0 and standard deviation 1 each (Float64; Box and Muller)."""
        radius = ((1.0 - self.uniform(who, question)).log() * -2.0).sqrt()
        return radius * (self.uniform(who, f"{question}, angle") * (2 * pi)).cos()

    def chance(self, who: pl.Series, question: str, share: float | pl.Series) -> pl.Series:
        """Whether it happens (Boolean), given its probability, one for all or one each."""
        return self.uniform(who, question) < share

    def between(self, who: pl.Series, question: str, low: int, high: int) -> pl.Series:
        """A whole number from `low` to `high`, both included (Int64)."""
        return low + (self.uniform(who, question) * (high - low + 1)).cast(pl.Int64)

    def days(self, who: pl.Series, question: str, low: int, high: int) -> pl.Expr:
        """A length of time from `low` to `high` days, both included, for the rows of `who`."""
        return pl.duration(days=pl.lit(self.between(who, question, low, high)))

    def pick(self, who: pl.Series, question: str, options: Mapping[str, float]) -> pl.Series:
        """One of the options each (String), as often as its weight says."""
        return chosen(self.uniform(who, question), options)

    def few(self, rows: pl.DataFrame, question: str, count: int, *, by: str) -> pl.DataFrame:
        """The `count` rows that chance prefers, or all when there are fewer, in the order preferred."""
        drawn = rows.with_columns(self.bits(rows[by], question).alias("_drawn"))
        return drawn.bottom_k(count, by=["_drawn", by]).sort("_drawn", by).drop("_drawn")


def chosen(drawn: pl.Series, options: Mapping[str, float]) -> pl.Series:
    """The option (String) that each number in [0, 1) falls on when they lie side by side."""
    names = pl.Series(list(options), dtype=pl.String)
    return names.gather(fallen(drawn, pl.Series(list(options.values()), dtype=pl.Float64)))


def fallen(drawn: pl.Series, weights: pl.Series) -> pl.Series:
    """Index (UInt32) of the weight that each number in [0, 1) falls on when they lie side by side."""
    steps = weights.cum_sum()
    found = steps.search_sorted(drawn * float(steps[-1]), side="right")
    return found.cast(pl.UInt32).clip(0, len(steps) - 1)
