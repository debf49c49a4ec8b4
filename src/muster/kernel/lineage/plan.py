"""An order read against the map of its day: its effects, or every fault in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from muster.kernel.lineage import acts as a
from muster.kernel.lineage.acts import GOVERNMENT, RANK, Founding, Key, Order, Profile
from muster.kernel.lineage.chart import (
    Chart,
    Effects,
    Ended,
    Link,
    Outcome,
    Reason,
    Standing,
    Succession,
    Transfer,
)
from muster.kernel.lineage.draft import Draft
from muster.kernel.lineage.lookup import WHOLE, Closing, Lookup

TOP = 1
"""Units of this rank or above may stand without a parent."""


def plan(chart: Chart, orders: Sequence[Order]) -> list[Outcome]:
    """Read the orders of one day against the chart, one after the other.

    Returns an outcome for each; nothing is changed. An order with faults is passed
    over, so that those after it are read as if it did not exist.
    """
    outcomes: list[Outcome] = []
    draft = Draft.of(chart)
    for order in orders:
        outcome = _Reading(draft, order).outcome()
        if outcome.faults:
            draft = _after(chart, outcomes)
        outcomes.append(outcome)
    return outcomes


def _after(chart: Chart, outcomes: Sequence[Outcome]) -> Draft:
    """The draft after the orders that have no fault; the faulty one leaves no trace."""
    draft = Draft.of(chart)
    for outcome in outcomes:
        if not outcome.faults:
            _Reading(draft, outcome.order).outcome()
    return draft


class _Reading(Lookup):
    """One order read on a draft: what opens, what closes, what is amended."""

    def __init__(self, draft: Draft, order: Order) -> None:
        super().__init__(draft, order)
        self.effects = Effects(order.number, order.effective_on)
        self.pairs: set[tuple[Key, ...]] = set()

    def outcome(self) -> Outcome:
        if self.order.effective_on != self.draft.chart.day:
            self.fault(0, Reason.OTHER_DAY, self.order.number)
        else:
            self.read()
        faults = sorted(self.faults, key=lambda fault: fault.act)
        return Outcome(self.order, self.effects, tuple(faults))

    def read(self) -> None:
        acts = list(enumerate(self.order.acts))
        foundings = sorted(_foundings(acts), key=lambda each: RANK.get(each[1].level, 9))
        for index, founding in foundings:
            self.open(index, founding)
        for index, act in sorted(acts, key=lambda each: _names_a_level(each[1])):
            self.claim(index, act)
        for index, founding in foundings:
            self.attach(index, founding)
        self.require_living_successors()
        for index, act in acts:
            self.amend(index, act)
        if not self.faults:
            self.close()
        self.require_free_codes(foundings)

    # What opens

    def open(self, index: int, founding: Founding) -> None:
        place = (self.order.tree, founding.code)
        key = Key(*place, self.order.effective_on)
        if founding.level not in RANK:
            self.fault(index, Reason.LEVEL, founding.code, founding.level)
        elif place in self.draft.today:
            self.fault(index, Reason.CODE_TAKEN, founding.code, day=key.since)
        elif (coming := self.draft.chart.coming.get(place)) is not None:
            self.fault(index, Reason.CODE_TAKEN, founding.code, coming.order, coming.day)
        else:
            unit = Standing(founding.level, None, founding.profile)
            self.founded[founding.code] = self.draft.today[place] = key
            self.draft.standing[key] = self.effects.opened[key] = unit

    def attach(self, index: int, founding: Founding) -> None:
        """Give a new unit its parent and the ground that it serves."""
        key = self.founded.get(founding.code)
        if key is None:
            return
        if founding.parent is not None:
            parent = self.now(index, founding.parent)
            if parent is not None and self.stands_above(index, parent, key):
                self.draft.adopt(key, parent)
                self.effects.opened[key] = self.draft.standing[key]
        elif RANK[founding.level] > TOP:
            self.fault(index, Reason.NO_PARENT, founding.code)
        if founding.serves is not None:
            ground = self.now(index, founding.serves, GOVERNMENT)
            if ground is not None:
                self.link(Link("serves", key, ground))

    def stands_above(self, index: int, parent: Key, child: Key) -> bool:
        units = self.draft.standing
        above = RANK[units[parent].level] < RANK[units[child].level]
        if not above:
            self.fault(index, Reason.LEVEL, child.code, parent.code)
        return above

    # What closes

    def claim(self, index: int, act: a.Act) -> None:
        """Note which units an act closes; no unit may be closed twice."""
        match act:
            case a.Merge(sources, into):
                successor = self.founded.get(into.code)
                if not sources:
                    self.fault(index, Reason.NO_PARTS, into.code)
                for code in sources:
                    self.claim_unit(index, code, (successor,) if successor else ())
            case a.Divide(unit, into, keeper):
                self.claim_parts(index, unit, into, keeper)
            case a.Dissolve(str() as unit, _, successors):
                parts = tuple(key for code in successors if (key := self.now(index, code)))
                self.claim_unit(index, unit, parts, adopts=False)
            case a.Dissolve(None, str() as level):
                self.claim_level(index, level)
            case _:
                pass

    def claim_unit(
        self,
        index: int,
        code: str,
        successors: tuple[Key, ...],
        keeper: Key | None = None,
        *,
        adopts: bool = True,
    ) -> None:
        key = self.before(index, code)
        if key is None:
            return
        earlier = self.closing.get(key)
        if earlier is not None:
            self.fault(index, Reason.OVERLAP, code, f"act {earlier.act + 1}")
        else:
            keeper = keeper or next(iter(successors), None)
            self.closing[key] = Closing(index, successors, keeper, adopts)

    def claim_parts(self, index: int, unit: str, into: tuple[str, ...], keeper: str | None) -> None:
        if len(set(into)) <= 1:
            self.fault(index, Reason.NO_PARTS, unit)
            return
        parts = {code: self.now(index, code) for code in into}
        if keeper is not None and keeper not in parts:
            self.fault(index, Reason.KEEPER, unit, keeper)
        found = tuple(key for key in parts.values() if key)
        self.claim_unit(index, unit, found, parts.get(keeper) if keeper else None)

    def claim_level(self, index: int, level: str) -> None:
        """Every unit of the level that still stands and that no other act closes."""
        if level not in RANK:
            self.fault(index, Reason.LEVEL, level)
        for (tree, _), key in self.draft.eve.items():
            of_level = tree == self.order.tree and self.draft.standing[key].level == level
            if of_level and key not in self.closing and self.unforeseen(index, key, *WHOLE):
                self.closing[key] = Closing(index, (), None)

    def require_living_successors(self) -> None:
        for closing in self.closing.values():
            for heir in closing.successors:
                if heir in self.closing:
                    act = f"act {self.closing[heir].act + 1}"
                    self.fault(closing.act, Reason.OVERLAP, heir.code, act)

    def close(self) -> None:
        """Carry the claims out from the top down, so that children find a living parent."""
        for key in sorted(self.closing, key=lambda each: RANK[self.draft.standing[each].level]):
            closing = self.closing[key]
            self.hand_over_children(key, closing)
            self.hand_over_ground(key, closing)
            self.hand_over_links(key, closing)
            self.end(key, closing)

    def hand_over_children(self, key: Key, closing: Closing) -> None:
        heir = closing.keeper if closing.adopts else None
        heir = heir or self.draft.standing[key].parent
        for child in sorted(self.draft.children.get(key, ())):
            if heir is None:
                self.fault(closing.act, Reason.NO_PARENT, child.code, key.code)
            elif self.stands_above(closing.act, heir, child):
                self.draft.adopt(child, heir)
                if child not in self.closing and self.unforeseen(
                    closing.act, child, "life", "parent"
                ):
                    self.reparent(child, heir)

    def hand_over_ground(self, key: Key, closing: Closing) -> None:
        whole = len(closing.successors) == 1 and not closing.partly_moved
        for successor in closing.successors:
            keeps = successor == closing.keeper
            self.succeed(Succession(key, successor, whole, keeps))
        if key not in self.draft.grounded:
            return
        if closing.keeper is None:
            self.fault(closing.act, Reason.NO_SUCCESSOR, key.code)
            return
        provisional = len(closing.successors) > 1
        self.effects.transfers.append(Transfer(key, closing.keeper, provisional))
        self.draft.grounded.discard(key)
        self.draft.grounded.add(closing.keeper)

    def succeed(self, succession: Succession) -> None:
        """Note who comes after whom, once for each pair; the keeper's line says most."""
        pair = succession[:2]
        if pair in self.pairs:
            self.effects.successions = [s for s in self.effects.successions if s[:2] != pair]
        self.pairs.add(pair)
        self.effects.successions.append(succession)

    def hand_over_links(self, key: Key, closing: Closing) -> None:
        """Commands serve and guide the successors; what a closed command served ends."""
        for link in sorted(self.draft.links.get(key, ())):
            self.draft.unlink(link)
            self.effects.unlinked.append(link)
            for heir in closing.successors:
                if link.target == key and link.source not in self.closing:
                    self.link(Link(link.kind, link.source, heir))
                elif link.source == key and link.kind == "guides":
                    self.link(Link(link.kind, heir, link.target))

    def end(self, key: Key, closing: Closing) -> None:
        self.draft.remove(key, Ended(self.order.effective_on, self.order.number))
        self.effects.closed[key] = not closing.successors

    def require_free_codes(self, foundings: list[tuple[int, Founding]]) -> None:
        """At the end of the order, no other unit may still stand under a new code."""
        for index, founding in foundings:
            older = self.draft.eve.get((self.order.tree, founding.code))
            if older is not None and older not in self.closing:
                self.fault(index, Reason.CODE_TAKEN, founding.code, day=older.since)

    # What is amended

    def amend(self, index: int, act: a.Act) -> None:
        match act:
            case a.Rename(code, name):
                self.describe(index, code, lambda profile: profile._replace(name=name))
            case a.ChangeKind(code, kind):
                self.describe(index, code, lambda profile: profile._replace(kind=kind))
            case a.Reparent(code, parent_code):
                child, parent = self.kept(index, code, "parent"), self.now(index, parent_code)
                if child and parent and self.stands_above(index, parent, child):
                    self.draft.adopt(child, parent)
                    self.reparent(child, parent)
            case a.Move(places, to):
                self.move(index, places, to)
            case a.Guide(command, units):
                self.guide(index, command, units)
            case _:
                pass

    def describe(self, index: int, code: str, change: Callable[[Profile], Profile]) -> None:
        key = self.kept(index, code, "name")
        if key is None:
            return
        unit = self.draft.standing[key]
        profile = change(unit.profile)
        self.draft.standing[key] = unit._replace(profile=profile)
        if key in self.effects.opened:
            self.effects.opened[key] = self.draft.standing[key]
        else:
            self.effects.renamed[key] = profile

    def reparent(self, child: Key, parent: Key) -> None:
        if child in self.effects.opened:
            self.effects.opened[child] = self.draft.standing[child]
        else:
            self.effects.reparented[child] = parent

    def move(self, index: int, places: tuple[str, ...], to: str) -> None:
        target = self.now(index, to)
        leaving: dict[Key, list[str]] = {}
        for place in dict.fromkeys(places):
            holder = self.draft.holders.get(place)
            if holder is None:
                self.fault(index, Reason.UNKNOWN_PLACE, place)
            elif self.unforeseen(index, holder, "life", "ground") and holder != target:
                leaving.setdefault(holder, []).append(place)
        if target is None:
            return
        for old, group in leaving.items():
            self.effects.transfers.append(Transfer(old, target, places=tuple(group)))
            self.succeed(Succession(old, target, whole=False))
            self.draft.grounded.add(target)
            self.draft.holders.update(dict.fromkeys(group, target))
            if old in self.closing:
                self.closing[old].partly_moved = True

    def guide(self, index: int, command: str, units: tuple[str, ...]) -> None:
        source = self.now(index, command)
        for code in units:
            target = self.now(index, code)
            if source and target:
                self.link(Link("guides", source, target))

    def link(self, link: Link) -> None:
        if link not in self.draft.links.get(link.source, ()):
            self.draft.link(link)
            self.effects.linked.append(link)


def _foundings(acts: list[tuple[int, a.Act]]) -> Iterator[tuple[int, Founding]]:
    for index, act in acts:
        match act:
            case a.Merge(_, into):
                yield index, into
            case a.Establish(unit):
                yield index, unit
            case _:
                pass


def _names_a_level(act: a.Act) -> bool:
    """Acts on a whole level are read last: they take what the others leave."""
    return isinstance(act, a.Dissolve) and act.unit is None
