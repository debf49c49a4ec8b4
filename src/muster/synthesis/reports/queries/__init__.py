"""The half-year review of a unit as plain values, before any form is given to it."""

from muster.synthesis.reports.queries.reviews import Offer, Review, half_year, offered, one_figure
from muster.synthesis.reports.queries.shown import as_card, comparison, rows_url
from muster.synthesis.reports.queries.wording import (
    Cells,
    as_row,
    basis_name,
    cells,
    headings,
    period_name,
    sentence,
)

__all__ = [
    "Cells",
    "Offer",
    "Review",
    "as_card",
    "as_row",
    "basis_name",
    "cells",
    "comparison",
    "half_year",
    "headings",
    "offered",
    "one_figure",
    "period_name",
    "rows_url",
    "sentence",
]
