"""What speaks for and against a pair, finding by finding."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from muster.foundation.register.linkage.model import COMPARISONS, rates

_WORTH_TELLING = 0.1  # bits


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison: what it is about, what was found, its weight in bits.

    `one_in`: every so manieth entry of the register has the value both share; None where its
    frequency was not asked. It names no value: whoever may read both entries reads it there.
    """

    about: str
    found: str
    bits: float
    one_in: int | None = None


def findings_of(pair: Mapping[str, Any]) -> list[Finding]:
    """The findings on one row of `find`, the weightiest first; what weighs nothing is left out."""
    told = [
        Finding(name, pair[name], pair[f"{name}_bits"], _one_in(name, pair))
        for name in COMPARISONS
        if abs(pair[f"{name}_bits"]) >= _WORTH_TELLING
    ]
    return sorted(told, key=lambda finding: (-abs(finding.bits), finding.about))


def _one_in(name: str, pair: Mapping[str, Any]) -> int | None:
    """The weight of an agreement is log2(m / frequency), so it tells the frequency."""
    told = rates(name, pair[name]) or {}
    return round(2.0 ** pair[f"{name}_bits"] / told["m"]) if told.get("frequency") else None
