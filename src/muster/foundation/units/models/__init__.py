"""Orders, units and places, and what holds between them for a span of days.

Nothing here tells of a person, so no row is closed to anybody.
"""

from muster.foundation.units.models.boundaries import Boundary
from muster.foundation.units.models.ground import Link, Place, Placement, Succession, Tenure
from muster.foundation.units.models.orders import Act, Order, Step, Tree, Verb
from muster.foundation.units.models.trees import (
    Level,
    LinkKind,
    PlaceKind,
    Unit,
    UnitParent,
    UnitVersion,
)

__all__ = [
    "Act",
    "Boundary",
    "Level",
    "Link",
    "LinkKind",
    "Order",
    "Place",
    "PlaceKind",
    "Placement",
    "Step",
    "Succession",
    "Tenure",
    "Tree",
    "Unit",
    "UnitParent",
    "UnitVersion",
    "Verb",
]
