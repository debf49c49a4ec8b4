"""The only writers of units and places: file an order, apply it, undo it, place its ground.

Each is one transaction; what was done is a `Step` or a `Placement` with an entry in the
ledger. Nothing here touches a person: people stay at their places.
"""

from muster.foundation.units.actions.agreeing import (
    NotAgreed,
    accept_place,
    propose_place,
    settle_proposal,
    withdraw_place,
)
from muster.foundation.units.actions.applying import (
    CannotApply,
    apply_order,
    apply_orders,
    log_reconciliation,
)
from muster.foundation.units.actions.baseline import load_baseline, load_orders, shipped_orders
from muster.foundation.units.actions.bounding import Bounded, load_boundaries
from muster.foundation.units.actions.filing import OrderDiffers, file_order
from muster.foundation.units.actions.ground import NewGroup, UnknownGround, establish_places
from muster.foundation.units.actions.placing import (
    GroupRow,
    NotWaiting,
    place_groups,
    settle_place,
)
from muster.foundation.units.actions.undoing import CannotUndo, undo_order, undo_orders

__all__ = [
    "Bounded",
    "CannotApply",
    "CannotUndo",
    "GroupRow",
    "NewGroup",
    "NotAgreed",
    "NotWaiting",
    "OrderDiffers",
    "UnknownGround",
    "accept_place",
    "apply_order",
    "apply_orders",
    "establish_places",
    "file_order",
    "load_baseline",
    "load_boundaries",
    "load_orders",
    "log_reconciliation",
    "place_groups",
    "propose_place",
    "settle_place",
    "settle_proposal",
    "shipped_orders",
    "undo_order",
    "undo_orders",
    "withdraw_place",
]
