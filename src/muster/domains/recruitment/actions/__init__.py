"""The season's only writers, step by step; each cites the decision behind the move."""

from muster.domains.recruitment.actions.absences import (
    CALLED,
    NotHeard,
    NotMissed,
    missed,
    record_absence,
)
from muster.domains.recruitment.actions.after import (
    accept_recruits,
    close_season,
    discharge,
    replace_recruits,
    return_recruits,
)
from muster.domains.recruitment.actions.exam import (
    call_to_exam,
    call_to_screening,
    conclude_health,
    conclude_political_review,
    conclude_screening,
    defer_unfit,
    serve_calls,
)
from muster.domains.recruitment.actions.examining import (
    NotConcludable,
    NotTheChair,
    NotToRead,
    conclude_slips,
    correct_station,
    deal_slips,
    read_station,
)
from muster.domains.recruitment.actions.following import (
    after_deciding,
    before_erasing,
    follow_decisions,
)
from muster.domains.recruitment.actions.opening import (
    announce_season,
    finish_step,
    open_season,
    set_quota,
    share_quota,
)
from muster.domains.recruitment.actions.outlived import StillGround, set_aside_outlived
from muster.domains.recruitment.actions.requests import (
    RELIEVING,
    AlreadyAsked,
    Granted,
    NoGround,
    NotOnTheWay,
    Shown,
    decline,
    request,
)
from muster.domains.recruitment.actions.selection import call_up, close_list, hand_over
from muster.domains.recruitment.actions.source import (
    draw_source,
    lift_disputes,
    review_grounds,
)

__all__ = [
    "CALLED",
    "RELIEVING",
    "AlreadyAsked",
    "Granted",
    "NoGround",
    "NotConcludable",
    "NotHeard",
    "NotMissed",
    "NotOnTheWay",
    "NotTheChair",
    "NotToRead",
    "Shown",
    "StillGround",
    "accept_recruits",
    "after_deciding",
    "announce_season",
    "before_erasing",
    "call_to_exam",
    "call_to_screening",
    "call_up",
    "close_list",
    "close_season",
    "conclude_health",
    "conclude_political_review",
    "conclude_screening",
    "conclude_slips",
    "correct_station",
    "deal_slips",
    "decline",
    "defer_unfit",
    "discharge",
    "draw_source",
    "finish_step",
    "follow_decisions",
    "hand_over",
    "lift_disputes",
    "missed",
    "open_season",
    "read_station",
    "record_absence",
    "replace_recruits",
    "request",
    "return_recruits",
    "review_grounds",
    "serve_calls",
    "set_aside_outlived",
    "set_quota",
    "share_quota",
]
