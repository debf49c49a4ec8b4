"""Sharing out a quota so that everybody can check it by hand.

One quota among communes goes by largest remainders (Hamilton): each commune's exact
share is its weight times the quota over all weights; it gets the whole part, and the
seats left over go one each to the largest remainders. Before that, a commune whose
share lies below its floor gets the floor ("every commune should send someone"), one
whose share lies above its cap (the men it has) gets the cap, and the others share the
rest. Equal remainders go to the larger weight, then by code.

Within floors and caps nobody is off its exact share by a whole seat. The method does
*not* promise that a larger quota leaves nobody with less (the Alabama paradox); a quota
that moves in mid-season can be shared out anew or as a second quota of its own.

Communes times receiving units are a table of their own: see `margins`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from muster.kernel.errors import Refused


class CannotApportion(Refused):
    """Totals, floors and caps that no sharing out can meet."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one unit brings: its weight (men who can be called), the least and the most."""

    unit: str
    weight: int
    floor: int = 0
    cap: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """How one unit came to its seats.

    A unit set at its floor or cap is `bound`. Any other has the exact share
    `whole + remainder / pool_weight`; `rank` orders the remainders from 1 (0 = none),
    and those of a rank up to the seats left over get one more. `tie` says what decided
    between equal remainders at that line: the larger weight, or the code.
    """

    unit: str
    weight: int
    seats: int
    bound: Literal["", "floor", "cap"] = ""
    whole: int = 0
    remainder: int = 0
    pool_weight: int = 1
    rank: int = 0
    tie: Literal["", "weight", "unit"] = ""

    @property
    def share(self) -> Fraction:
        """The exact share, before rounding."""
        return self.whole + Fraction(self.remainder, self.pool_weight)


@dataclass(frozen=True, slots=True)
class Apportionment:
    """A quota shared out, with everything needed to check it.

    `pool_seats` and `pool_weight` are what the units without a bound share among
    themselves; `left_over` seats went to their largest remainders.
    """

    quota: int
    pool_seats: int
    pool_weight: int
    left_over: int
    lines: tuple[Line, ...]

    @property
    def seats(self) -> Mapping[str, int]:
        """Seats by unit."""
        return {line.unit: line.seats for line in self.lines}


def apportion(quota: int, claims: Iterable[Claim]) -> Apportionment:
    """Share out a quota by largest remainders between floors and caps.

    The lines come in the order of the claims, which decides nothing. Raises
    `CannotApportion` when floors or caps leave no way.

    >>> votes = {"a": 47_000, "b": 16_000, "c": 15_900, "d": 12_000, "e": 6_000, "f": 3_100}
    >>> shared = apportion(10, [Claim(unit, weight) for unit, weight in votes.items()])
    >>> shared.seats
    {'a': 5, 'b': 2, 'c': 1, 'd': 1, 'e': 1, 'f': 0}
    >>> shared.lines[2].share, shared.lines[2].rank, shared.left_over
    (Fraction(159, 100), 4, 3)
    """
    asked = list(claims)
    _check(quota, asked)
    bound, free = _bound(quota, asked)
    pool_seats = quota - sum(line.seats for line in bound)
    pool_weight = sum(claim.weight for claim in free)
    if pool_seats and not pool_weight:
        raise CannotApportion(
            f"{pool_seats} seats remain when every unit with a weight is at its cap; "
            "lower the quota, raise a cap, or give the other units a weight.",
            code="apportion.weightless",
        )
    shared, left_over = _shared(pool_seats, pool_weight, free)
    lines = {line.unit: line for line in (*bound, *shared)}
    return Apportionment(
        quota, pool_seats, pool_weight, left_over, tuple(lines[claim.unit] for claim in asked)
    )


def _check(quota: int, claims: Sequence[Claim]) -> None:
    """Refuse what cannot be met, naming the unit or the sums."""
    seen: set[str] = set()
    for claim in claims:
        if claim.unit in seen:
            raise CannotApportion(f"{claim.unit} is named twice.", code="apportion.twice")
        seen.add(claim.unit)
        if (
            claim.weight < 0
            or claim.floor < 0
            or (claim.cap is not None and claim.cap < claim.floor)
        ):
            raise CannotApportion(
                f"{claim.unit} has weight {claim.weight}, floor {claim.floor} and cap {claim.cap}; "
                "none may be below zero, nor the cap below the floor.",
                code="apportion.claim",
            )
    least = sum(claim.floor for claim in claims)
    most = sum(quota if claim.cap is None else claim.cap for claim in claims)
    if least > quota:
        raise CannotApportion(
            f"the floors add up to {least}, more than the quota of {quota}; lower the floors.",
            code="apportion.floors",
        )
    if most < quota:
        raise CannotApportion(
            f"the caps add up to {most}, less than the quota of {quota}; "
            "lower the quota or find more people.",
            code="apportion.caps",
        )


def _bound(quota: int, claims: Sequence[Claim]) -> tuple[list[Line], list[Claim]]:
    """The units set at floor or cap, and those left to share the rest.

    Round by round, whichever side is off by more in sum is set, since setting the other
    first might hold a unit at a bound that the final rate does not touch.
    """
    bound = [Line(c.unit, c.weight, c.floor, "floor") for c in claims if not c.weight]
    free = [c for c in claims if c.weight]
    while True:
        seats = quota - sum(line.seats for line in bound)
        weight = sum(c.weight for c in free)
        # Both sides times the pool's weight, so that only whole numbers are compared.
        low = [c for c in free if c.weight * seats < c.floor * weight]
        high = [c for c in free if c.cap is not None and c.weight * seats > c.cap * weight]
        if not low and not high:
            return bound, free
        lacking = sum(c.floor * weight - c.weight * seats for c in low)
        excess = sum(c.weight * seats - (c.cap or 0) * weight for c in high)
        if lacking >= excess:
            bound += [Line(c.unit, c.weight, c.floor, "floor") for c in low]
        if excess >= lacking:
            bound += [Line(c.unit, c.weight, c.cap or 0, "cap") for c in high]
        settled = {line.unit for line in bound}
        free = [c for c in free if c.unit not in settled]


def _shared(seats: int, weight: int, claims: Sequence[Claim]) -> tuple[list[Line], int]:
    """The seats of the pool by largest remainders."""
    parts = [(*divmod(claim.weight * seats, weight), claim) for claim in claims]
    left_over = seats - sum(whole for whole, _, _ in parts)
    parts.sort(key=lambda part: (-part[1], -part[2].weight, part[2].unit))
    ties = _ties([(remainder, claim.weight) for _, remainder, claim in parts], left_over)
    return [
        Line(
            unit=claim.unit,
            weight=claim.weight,
            seats=whole + (rank <= left_over),
            whole=whole,
            remainder=remainder,
            pool_weight=weight,
            rank=rank if remainder else 0,
            tie=ties.get((remainder, claim.weight), ""),
        )
        for rank, (whole, remainder, claim) in enumerate(parts, 1)
    ], left_over


def _ties(
    ranked: Sequence[tuple[int, int]], left_over: int
) -> Mapping[tuple[int, int], Literal["weight", "unit"]]:
    """What decided between equal remainders, where the line falls between them."""
    if not 0 < left_over < len(ranked) or ranked[left_over - 1][0] != ranked[left_over][0]:
        return {}
    last_in, first_out = ranked[left_over - 1], ranked[left_over]
    tied = {pair for pair in ranked if pair[0] == last_in[0]}
    return {pair: "unit" if pair == last_in == first_out else "weight" for pair in tied}
