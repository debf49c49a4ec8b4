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

    numerator: formulas.Number | None
    denominator: formulas.Number | None = None

    def exact(self, unit: str) -> Decimal | None:
        """The count itself, or the percentage unrounded; a share of nothing has no value.

        `unit` is `count` or `percent`.
        """
        if self.numerator is None:
            return None
        if unit == "count":
            return Decimal(self.numerator)
        return formulas.percent(self.numerator, self.denominator)

    def value(self, unit: str, places: int) -> Decimal | None:
        """The printed value, rounded half up to so many decimals."""
        exact = self.exact(unit)
        return None if exact is None else formulas.rounded(exact, places)
