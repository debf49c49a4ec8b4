"""What the register may hold, and how what people write is read; plain values only."""

from muster.foundation.register.rules.entries import (
    CIRCUMSTANCES,
    CITIZEN_DIGITS,
    OLD_DIGITS,
    Impossible,
    NotTheNumber,
    check_person,
    checked_number,
)

__all__ = [
    "CIRCUMSTANCES",
    "CITIZEN_DIGITS",
    "OLD_DIGITS",
    "Impossible",
    "NotTheNumber",
    "check_person",
    "checked_number",
]
