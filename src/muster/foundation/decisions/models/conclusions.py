"""What a disputed conclusion may be corrected to, as the slice that concludes names it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The outcome that goes with a ground, and what the ground is called."""

    outcome: str
    label: str


_CORRECTIONS: dict[str, Callable[[date], Mapping[str, Conclusion]]] = {}


def correctable(kind: str, by: Callable[[date], Mapping[str, Conclusion]]) -> None:
    """Let a slice name what its conclusions may say on a day; call it beside its models."""
    _CORRECTIONS[kind] = by


def corrections(kind: str, on: date) -> Mapping[str, Conclusion]:
    """By ground, what a conclusion may be corrected to; none for other decisions."""
    return _CORRECTIONS[kind](on) if kind in _CORRECTIONS else {}
