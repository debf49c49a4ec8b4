"""Pages of the register."""

from muster.foundation.register.views.account import account, heads
from muster.foundation.register.views.desk import decide_request, give_access, issue, requests
from muster.foundation.register.views.doubles import double, doubles, letters, part
from muster.foundation.register.views.duties import change, duties, errand, filing
from muster.foundation.register.views.entering import (
    begin,
    close,
    correct,
    end,
    enlist,
    family,
    reopen,
)
from muster.foundation.register.views.entries import people, person
from muster.foundation.register.views.exports import answer_to, ask, export, exports, take
from muster.foundation.register.views.offices import offices
from muster.foundation.register.views.online import first
from muster.foundation.register.views.own import (
    correct_own,
    own,
    own_extract,
    own_file,
    own_paper,
)
from muster.foundation.register.views.past import past
from muster.foundation.register.views.transfers import answer, transfer, transfers
from muster.foundation.register.views.uploads import enter, remove, result, upload, uploads
from muster.foundation.register.views.waiting import settle, waiting

__all__ = [
    "account",
    "answer",
    "answer_to",
    "ask",
    "begin",
    "change",
    "close",
    "correct",
    "correct_own",
    "decide_request",
    "double",
    "doubles",
    "duties",
    "end",
    "enlist",
    "enter",
    "errand",
    "export",
    "exports",
    "family",
    "filing",
    "first",
    "give_access",
    "heads",
    "issue",
    "letters",
    "offices",
    "own",
    "own_extract",
    "own_file",
    "own_paper",
    "part",
    "past",
    "people",
    "person",
    "remove",
    "reopen",
    "requests",
    "result",
    "settle",
    "take",
    "transfer",
    "transfers",
    "upload",
    "uploads",
    "waiting",
]
