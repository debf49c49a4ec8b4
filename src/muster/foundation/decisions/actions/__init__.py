"""The only writers of the slice: staging lists, voting, deciding, delivering, complaining."""

from muster.foundation.decisions.actions.bulk import Signature, decide_lists, serve_lists
from muster.foundation.decisions.actions.councils import (
    Contested,
    Vote,
    close_bodies,
    establish_councils,
    open_meeting,
    resolve_lists,
    vote,
)
from muster.foundation.decisions.actions.single import (
    Draft,
    accept,
    answer,
    complain,
    decide,
    serve,
    set_aside,
    supersede,
)
from muster.foundation.decisions.actions.staging import USUAL, stage

__all__ = [
    "USUAL",
    "Contested",
    "Draft",
    "Signature",
    "Vote",
    "accept",
    "answer",
    "close_bodies",
    "complain",
    "decide",
    "decide_lists",
    "establish_councils",
    "open_meeting",
    "resolve_lists",
    "serve",
    "serve_lists",
    "set_aside",
    "stage",
    "supersede",
    "vote",
]
