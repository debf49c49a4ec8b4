"""Reads of the slice: offices and councils, lines and annexes, counts."""

from muster.foundation.decisions.queries.counts import (
    count_by_outcome,
    count_lines,
    counted_lines,
    gaps,
)
from muster.foundation.decisions.queries.lines import (
    LineView,
    annex,
    decision,
    in_force,
    in_force_only,
    line,
    lines_of,
    open_postings,
    pages,
    received_on,
    to_serve,
)
from muster.foundation.decisions.queries.offices import (
    Council,
    Signer,
    attending,
    councils,
    delegations,
    seats_on,
    signers,
    unit_names,
)
from muster.foundation.decisions.queries.posted import communes_of, posted, posting
from muster.foundation.decisions.queries.timeline import timeline

__all__ = [
    "Council",
    "LineView",
    "Signer",
    "annex",
    "attending",
    "communes_of",
    "councils",
    "count_by_outcome",
    "count_lines",
    "counted_lines",
    "decision",
    "delegations",
    "gaps",
    "in_force",
    "in_force_only",
    "line",
    "lines_of",
    "open_postings",
    "pages",
    "posted",
    "posting",
    "received_on",
    "seats_on",
    "signers",
    "timeline",
    "to_serve",
    "unit_names",
]
