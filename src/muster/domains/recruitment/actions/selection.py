"""Closing the list, calling up, and the day of the hand-over."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from muster.domains.recruitment import queries, rules
from muster.domains.recruitment.actions.exam import NotServed
from muster.domains.recruitment.actions.following import follow_decisions
from muster.domains.recruitment.actions.moving import move
from muster.domains.recruitment.actions.opening import announced
from muster.domains.recruitment.models import Season, State


@transaction.atomic
def close_list(*, season: Season, signed_on: date) -> dict[str, int]:
    """Choose the season's recruits and its reserve from those who passed every check.

    Each commune fills its own seats first, volunteers and higher schooling ahead,
    then the season's published draw; seats left open go to the province's next men.
    The reserve is at most the legal share of the quota. Returns men selected and in reserve.
    """
    follow_decisions(season=season)
    quota = announced(season, signed_on)
    reserve = quota.seats * rules.LAW.integer("reserve_percent", signed_on) // 100
    moved = move(
        season=season,
        act="final_list",
        signed_on=signed_on,
        chosen=queries.selection(season, signed_on, quota.seats, reserve),
    )
    selected = min(quota.seats, moved)
    return {State.SELECTED: selected, State.RESERVE: moved - selected}


@transaction.atomic
def call_up(*, season: Season, signed_on: date, reserve: int = 0) -> int:
    """Sign the call-up decisions of the selected, and of the first `reserve` men in reserve.

    Men called from the reserve stand by at the hand-over: they go where somebody is missing.
    """
    follow_decisions(season=season)
    return move(
        season=season,
        act="call_up",
        signed_on=signed_on,
        event_on=season.hand_over_on,
        chosen=queries.to_call_up(season, reserve),
    )


@transaction.atomic
def hand_over(
    *, season: Season, on: date, absent: Sequence[int] = (), excused: Sequence[int] = ()
) -> dict[str, int]:
    """The signed minutes of the hand-over: who went, and who did not come (case ids).

    No more go than there are seats left; called men beyond them return to the reserve.
    A man who gave a good reason (`excused`) stays called and counts neither way.
    `NotServed` when one of the absent was not called in time (art. 35.5). Returns how
    many went, were absent, and how many seats are still open.
    """
    if unserved := queries.not_served(season, absent):
        raise NotServed(
            f"{unserved} of the absent were not served their call-up in time; an absence counts "
            "only after a call in time (art. 35.5). Name them as excused.",
            code="recruitment.not_served",
        )
    before = queries.handed_over(season)
    seats = announced(season, on).seats
    move(
        season=season,
        act="hand_over",
        signed_on=on,
        chosen=queries.present_for(season, seats - before, absent, excused),
    )
    gone = queries.handed_over(season)
    return {
        State.HANDED_OVER: gone - before,
        State.ABSENT: len(set(absent)),
        "open": seats - gone,
    }
