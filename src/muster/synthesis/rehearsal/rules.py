"""The scenario as plain values: dates of steps, quotas in proportion to the people."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from muster.kernel.errors import Refused
from muster.kernel.formulas import rounded


class NoDemonstration(Refused):
    """A database or a size on which the demonstration cannot be played."""


@dataclass(frozen=True)
class Scale:
    """How large the played province is beside the real one."""

    people: int
    life_size: int

    @property
    def factor(self) -> Decimal:
        """1 for life size; quotas of a smaller province shrink with it."""
        return min(Decimal(1), Decimal(self.people) / self.life_size)

    def of(self, count: int, *, least: int = 1) -> int:
        """A count of the scenario in proportion, at least `least`.

        >>> Scale(37_000, 370_000).of(2550), Scale(3_700, 370_000).of(4)
        (255, 1)
        """
        return max(least, int(rounded(self.factor * count, 0) or 0))


@dataclass(frozen=True)
class Calendar:
    """The days of a season, from the scenario's milestones and its hand-over day."""

    source: date
    review: date
    signed: date
    screening: date
    exam: date
    political: date
    closing: date
    call_up: date
    hand_over: date
    re_check: date
    accepted: date

    def before(self, day: date, days: int) -> date:
        """The day on which a call is signed so that it arrives in time."""
        return day - timedelta(days=days)


def calendar(milestones: dict[str, Any], year: int, hand_over: date, days: int) -> Calendar:
    """The season's days: steps from July on lie in the year before the hand-over.

    `days` is how long a receiving unit may send a recruit back.
    """
    fixed = {
        step: date(year - 1 if at["month"] >= 7 else year, at["month"], at["day"])  # noqa: PLR2004
        for step, at in milestones.items()
    }
    return Calendar(
        **fixed,
        hand_over=hand_over,
        re_check=hand_over + timedelta(days=days - 2),
        accepted=hand_over + timedelta(days=30),
    )
