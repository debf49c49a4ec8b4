"""What a figure is and how it compares, over plain values."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from muster.kernel import formulas


class Basis(StrEnum):
    """Whether a figure was counted from cases or read from a document."""

    DERIVED = "derived"
    DECLARED = "declared"


@dataclass(frozen=True)
class Amount:
    """A count, or a share when it has a denominator."""

    numerator: Decimal | None
    denominator: Decimal | None = None

    def value(self, unit: str, places: int) -> Decimal | None:
        """The printed value: the count itself, or the percentage rounded half up.

        `unit` is `count` or `percent`; a share of nothing has no value.
        """
        if unit == "count":
            return self.numerator
        return formulas.percent(self.numerator, self.denominator, places=places)
