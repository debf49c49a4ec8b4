"""Reading the season: choosing the next men by rule, counting, and figures."""

from muster.domains.recruitment.queries.choosing import (
    SERVED_IN_TIME,
    Choice,
    first_by_commune,
    handed_over,
    men_by_commune,
    next_in_reserve,
    not_served,
    present_for,
    selection,
    to_call_up,
)
from muster.domains.recruitment.queries.counting import (
    Funnel,
    count_states,
    funnel,
    season_of,
    seasons,
)
from muster.domains.recruitment.queries.facts import facts
from muster.domains.recruitment.queries.quotas import (
    CommuneSeats,
    Sharing,
    commune_seats,
    quota,
    share_out,
    sharing,
    versions,
)

__all__ = [
    "SERVED_IN_TIME",
    "Choice",
    "CommuneSeats",
    "Funnel",
    "Sharing",
    "commune_seats",
    "count_states",
    "facts",
    "first_by_commune",
    "funnel",
    "handed_over",
    "men_by_commune",
    "next_in_reserve",
    "not_served",
    "present_for",
    "quota",
    "season_of",
    "seasons",
    "selection",
    "share_out",
    "sharing",
    "to_call_up",
    "versions",
]
