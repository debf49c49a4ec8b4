"""Pages of the register."""

from muster.foundation.register.views.account import account, heads
from muster.foundation.register.views.doubles import double, doubles, letters, part
from muster.foundation.register.views.entries import people, person
from muster.foundation.register.views.exports import answer_to, ask, export, exports, take
from muster.foundation.register.views.transfers import answer, transfer, transfers
from muster.foundation.register.views.uploads import enter, remove, result, upload, uploads

__all__ = [
    "account",
    "answer",
    "answer_to",
    "ask",
    "double",
    "doubles",
    "enter",
    "export",
    "exports",
    "heads",
    "letters",
    "part",
    "people",
    "person",
    "remove",
    "result",
    "take",
    "transfer",
    "transfers",
    "upload",
    "uploads",
]
