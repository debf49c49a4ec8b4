"""Units through time: what a legal order does to the map, before anything happens.

Ground does not move. A *place* lies in a *unit* for a span of days (its *tenure*), a
unit has a parent for a span, and an *order* of a day closes some spans and opens others.

- `acts`: the words of an order, as plain values.
- `plan`: an order read against the map of its day gives its *effects*, or its faults.
- `world`: the whole history as one immutable value; effects are applied to it and
  undone; `promises.flaws` says which promise a history breaks. The database keeps the same
  spans and carries the same effects out in bulk.

A code is not a unit: new units reuse old codes. A unit is known by `Key`, its code
together with the tree and the day on which it opened.
"""

from muster.kernel.lineage.acts import (
    RANK,
    Act,
    ChangeKind,
    Dissolve,
    Divide,
    Establish,
    Founding,
    Guide,
    Key,
    Merge,
    Move,
    Order,
    Profile,
    Rename,
    Reparent,
    rank,
)
from muster.kernel.lineage.chart import (
    Chart,
    Effects,
    Ended,
    Fault,
    Link,
    Outcome,
    Reason,
    Standing,
    Succession,
    Transfer,
)
from muster.kernel.lineage.descent import Descent, descend
from muster.kernel.lineage.plan import plan
from muster.kernel.lineage.promises import flaws
from muster.kernel.lineage.world import NotOnTop, Spell, Unlawful, World, apply, undo

__all__ = [
    "RANK",
    "Act",
    "ChangeKind",
    "Chart",
    "Descent",
    "Dissolve",
    "Divide",
    "Effects",
    "Ended",
    "Establish",
    "Fault",
    "Founding",
    "Guide",
    "Key",
    "Link",
    "Merge",
    "Move",
    "NotOnTop",
    "Order",
    "Outcome",
    "Profile",
    "Reason",
    "Rename",
    "Reparent",
    "Spell",
    "Standing",
    "Succession",
    "Transfer",
    "Unlawful",
    "World",
    "apply",
    "descend",
    "flaws",
    "plan",
    "rank",
    "undo",
]
