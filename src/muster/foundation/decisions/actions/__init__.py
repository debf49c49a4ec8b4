"""The only writers of the slice: staging lists, voting, deciding, delivering, complaining."""

from muster.foundation.decisions.actions.bulk import Signature, decide_lists, serve_lists
from muster.foundation.decisions.actions.complaints import accept, answer, complain, go_to_court
from muster.foundation.decisions.actions.councils import (
    Contested,
    Vote,
    close_bodies,
    establish_councils,
    open_meeting,
    resolve_lists,
    vote,
)
from muster.foundation.decisions.actions.delegating import delegate, end_delegation
from muster.foundation.decisions.actions.disputes import lift_dispute, mark_disputed
from muster.foundation.decisions.actions.erasing import destroy_lines
from muster.foundation.decisions.actions.health import establish_doctors
from muster.foundation.decisions.actions.seats import follow, leave, set_up, take_seat
from muster.foundation.decisions.actions.single import (
    Draft,
    decide,
    serve,
    set_aside,
    supersede,
)
from muster.foundation.decisions.actions.sittings import (
    REFUSAL,
    contest,
    decline,
    propose,
    send_on,
    sign_proposed,
    vote_list,
)
from muster.foundation.decisions.actions.staging import USUAL, stage
from muster.foundation.decisions.actions.undoing import may_be_taken_back, take_back

__all__ = [
    "REFUSAL",
    "USUAL",
    "Contested",
    "Draft",
    "Signature",
    "Vote",
    "accept",
    "answer",
    "close_bodies",
    "complain",
    "contest",
    "decide",
    "decide_lists",
    "decline",
    "delegate",
    "destroy_lines",
    "end_delegation",
    "establish_councils",
    "establish_doctors",
    "follow",
    "go_to_court",
    "leave",
    "lift_dispute",
    "mark_disputed",
    "may_be_taken_back",
    "open_meeting",
    "propose",
    "resolve_lists",
    "send_on",
    "serve",
    "serve_lists",
    "set_aside",
    "set_up",
    "sign_proposed",
    "stage",
    "supersede",
    "take_back",
    "take_seat",
    "vote",
    "vote_list",
]
