"""Pages of the register."""

from muster.foundation.register.views.account import account, heads
from muster.foundation.register.views.doubles import double, doubles, letters, part
from muster.foundation.register.views.entries import people, person
from muster.foundation.register.views.exports import answer_to, ask, export, exports, take
from muster.foundation.register.views.transfers import answer, transfer, transfers

__all__ = [
    "account",
    "answer",
    "answer_to",
    "ask",
    "double",
    "doubles",
    "export",
    "exports",
    "heads",
    "letters",
    "part",
    "people",
    "person",
    "take",
    "transfer",
    "transfers",
]
