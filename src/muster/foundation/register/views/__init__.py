"""Pages of the register."""

from muster.foundation.register.views.account import account, heads
from muster.foundation.register.views.doubles import double, doubles, letters, part
from muster.foundation.register.views.entries import people, person
from muster.foundation.register.views.transfers import answer, transfer, transfers

__all__ = [
    "account",
    "answer",
    "double",
    "doubles",
    "heads",
    "letters",
    "part",
    "people",
    "person",
    "transfer",
    "transfers",
]
