"""When a unit's part of a programme counts as complete."""

from collections.abc import Iterable
from datetime import date


def complete(accepted: Iterable[date | None], on: date) -> bool:
    """Whether every work of a unit was accepted by the day; a unit without works never is.

    >>> complete([date(2024, 5, 1), None], date(2025, 6, 30))
    False
    """
    days = list(accepted)
    return bool(days) and all(day is not None and day <= on for day in days)
