"""Reading units and places as they stood on a day."""

from muster.foundation.units.queries.naming import (
    BeforeTheStart,
    Named,
    UnknownUnit,
    ambiguity,
    baseline_day,
    history,
    named,
    resolve,
    search,
)
from muster.foundation.units.queries.tree import ancestors, children, leaf_ids, place_ids, unit_at

__all__ = [
    "BeforeTheStart",
    "Named",
    "UnknownUnit",
    "ambiguity",
    "ancestors",
    "baseline_day",
    "children",
    "history",
    "leaf_ids",
    "named",
    "place_ids",
    "resolve",
    "search",
    "unit_at",
]
