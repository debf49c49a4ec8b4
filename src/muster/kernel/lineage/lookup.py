"""Which unit a code means to an order: on the eve, or on the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from muster.kernel.lineage.acts import Key, Order
from muster.kernel.lineage.chart import Fault, Reason
from muster.kernel.lineage.draft import Draft

WHOLE = ("life", "name", "parent", "ground")
"""All that ends with a unit."""


@dataclass
class Closing:
    """A unit that the order closes: by which act, and who takes over."""

    act: int
    successors: tuple[Key, ...]
    keeper: Key | None
    adopts: bool = True
    """Whether the keeper takes the children too; those of a dissolved unit rise to its parent."""
    partly_moved: bool = False


class Lookup:
    """Finds units by their codes, and notes a fault where there is none to be found."""

    def __init__(self, draft: Draft, order: Order) -> None:
        self.draft, self.order = draft, order
        self.faults: list[Fault] = []
        self.founded: dict[str, Key] = {}
        self.closing: dict[Key, Closing] = {}

    def fault(
        self, act: int, reason: Reason, code: str, other: str = "", day: date | None = None
    ) -> None:
        self.faults.append(Fault(act, reason, code, other, day))

    def before(self, index: int, code: str) -> Key | None:
        """The unit that a code meant on the eve and that no order has closed since."""
        place = (self.order.tree, code)
        if (key := self.draft.eve.get(place)) is not None:
            return self.unforeseen(index, key, *WHOLE)
        if place in self.draft.today and place not in self.draft.gone and code not in self.founded:
            self.fault(index, Reason.OPENED_TODAY, code, day=self.draft.chart.day)
        else:
            self.missing(index, place)
        return None

    def now(self, index: int, code: str, tree: str | None = None) -> Key | None:
        """The unit that a code means on the day: one that opens on it, else an older one."""
        place = (tree or self.order.tree, code)
        key = self.draft.today.get(place) or self.draft.eve.get(place)
        if key is None:
            self.missing(index, place)
        elif key in self.closing:
            self.fault(index, Reason.CLOSED, code, self.order.number, self.order.effective_on)
        else:
            return self.unforeseen(index, key)
        return None

    def kept(self, index: int, code: str, aspect: str) -> Key | None:
        """For acts that keep a unit: the one of the eve, else one that opens on the day."""
        key = self.draft.eve.get((self.order.tree, code))
        if key is None or key in self.closing:
            return self.now(index, code)
        return self.unforeseen(index, key, "life", aspect)

    def missing(self, index: int, place: tuple[str, str]) -> None:
        ended = self.draft.gone.get(place)
        if ended is None:
            self.fault(index, Reason.UNKNOWN, place[1])
        else:
            self.fault(index, Reason.CLOSED, place[1], ended.order, ended.day)

    def unforeseen(self, index: int, key: Key, *aspects: str) -> Key | None:
        """The unit, unless an order of a later day already changed this about it."""
        if not self.draft.chart.ahead:
            return key
        for aspect in aspects or ("life",):
            ahead = self.draft.chart.ahead.get((aspect, key))
            if ahead is not None:
                self.fault(index, Reason.CONTRADICTS, key.code, ahead.order, ahead.day)
                return None
        return key
