"""Reading the season: choosing the next men by rule, counting, and figures."""

from muster.domains.recruitment.queries.choosing import (
    PRIORITY,
    first_by_commune,
    handed_over,
    next_in_reserve,
    present_for,
    quota,
    selection,
)
from muster.domains.recruitment.queries.counting import (
    Funnel,
    count_states,
    facts,
    funnel,
    season_of,
    seasons,
)

__all__ = [
    "PRIORITY",
    "Funnel",
    "count_states",
    "facts",
    "first_by_commune",
    "funnel",
    "handed_over",
    "next_in_reserve",
    "present_for",
    "quota",
    "season_of",
    "seasons",
    "selection",
]
