"""Closing the list, calling up, and the day of the hand-over."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from muster.domains.recruitment import queries, rules
from muster.domains.recruitment.actions.moving import move
from muster.domains.recruitment.models import Season, State
from muster.kernel.errors import Refused


class NoQuota(Refused):
    """A list that cannot be closed because nobody said how many."""


@transaction.atomic
def close_list(*, season: Season, signed_on: date) -> dict[str, int]:
    """Choose the season's recruits and its reserve from those who passed every check.

    Each commune fills its own seats first, volunteers and higher schooling ahead,
    then the season's published draw; seats left open go to the province's next men.
    The reserve is at most the legal share of the quota.
    """
    quota = queries.quota(season, signed_on)
    if quota is None:
        raise NoQuota(f"Season {season.year} has no quota on {signed_on}; set it first.")
    share = rules.LAW.integer("reserve_percent", signed_on)
    reserve = quota.seats * share // 100
    moved = move(
        season=season,
        act="final_list",
        signed_on=signed_on,
        chosen=queries.selection(season, quota.seats, reserve),
    )
    selected = min(quota.seats, moved)
    return {State.SELECTED: selected, State.RESERVE: moved - selected}


@transaction.atomic
def call_up(*, season: Season, signed_on: date, reserve: int = 0) -> int:
    """Sign the call-up decisions of the selected, and of the first `reserve` men in reserve."""
    return move(
        season=season,
        act="call_up",
        signed_on=signed_on,
        event_on=season.hand_over_on,
        chosen=(
            f"""
            select id, 'called_up', '', '' from (
                select c.id, c.state, row_number() over (
                    partition by c.state order by {queries.PRIORITY}) as turn
                from recruitment_case c
                where c.season_id = %s and c.state in ('selected', 'reserve')
            ) c where c.state = 'selected' or c.turn <= %s
            """,
            [season.year, season.pk, reserve],
        ),
    )


@transaction.atomic
def hand_over(*, season: Season, on: date, absent: Sequence[int] = ()) -> dict[str, int]:
    """The signed minutes of the hand-over: who went, and who did not come (case ids).

    No more go than there are seats; called men beyond them stay in reserve.
    """
    quota = queries.quota(season, on)
    if quota is None:
        raise NoQuota(f"Season {season.year} has no quota on {on}; set it first.")
    taken = queries.handed_over(season)
    move(
        season=season,
        act="hand_over",
        signed_on=on,
        chosen=queries.present_for(season, quota.seats - taken, absent),
    )
    return queries.count_states(season, State.HANDED_OVER, State.ABSENT)
