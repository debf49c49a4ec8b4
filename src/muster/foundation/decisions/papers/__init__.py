"""Decisions, notices and minutes on paper: the nine parts that Decree 30/2020 orders."""

from muster.foundation.decisions.papers.deciding import TooLong, abstract, of_decision, of_line
from muster.foundation.decisions.papers.others import (
    carried,
    how_counted,
    needed,
    of_posting,
    of_resolution,
    round_sheet,
    seats_taken,
)
from muster.foundation.decisions.papers.paper import Paper, courtesy, written_day
from muster.foundation.decisions.papers.word import docx

__all__ = [
    "Paper",
    "TooLong",
    "abstract",
    "carried",
    "courtesy",
    "docx",
    "how_counted",
    "needed",
    "of_decision",
    "of_line",
    "of_posting",
    "of_resolution",
    "round_sheet",
    "seats_taken",
    "written_day",
]
