"""Tables of the slice: the season with its cases, and the health examination."""

from muster.domains.recruitment.models.examination import Reading, Slip, Turn
from muster.domains.recruitment.models.season import (
    ABSENCE_REASONS,
    ON_THE_WAY,
    REVIEWED,
    Case,
    Milestone,
    Quota,
    Season,
    SourceList,
    State,
    Step,
)

__all__ = [
    "ABSENCE_REASONS",
    "ON_THE_WAY",
    "REVIEWED",
    "Case",
    "Milestone",
    "Quota",
    "Reading",
    "Season",
    "Slip",
    "SourceList",
    "State",
    "Step",
    "Turn",
]
