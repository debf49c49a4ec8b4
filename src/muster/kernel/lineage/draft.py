"""The map of one day while its orders are read, one after the other."""

from __future__ import annotations

from dataclasses import dataclass

from muster.kernel.lineage.acts import Key
from muster.kernel.lineage.chart import Chart, Ended, Link, Standing


@dataclass
class Draft:
    """The chart while orders are read; mutable, private to one call of `plan`."""

    chart: Chart
    standing: dict[Key, Standing]
    eve: dict[tuple[str, str], Key]
    today: dict[tuple[str, str], Key]
    gone: dict[tuple[str, str], Ended]
    children: dict[Key, set[Key]]
    links: dict[Key, set[Link]]
    grounded: set[Key]
    holders: dict[str, Key]

    @classmethod
    def of(cls, chart: Chart) -> Draft:
        children: dict[Key, set[Key]] = {}
        links: dict[Key, set[Link]] = {}
        for key, unit in chart.standing.items():
            if unit.parent is not None:
                children.setdefault(unit.parent, set()).add(key)
        for link in chart.links:
            links.setdefault(link.source, set()).add(link)
            links.setdefault(link.target, set()).add(link)
        eve = {(key.tree, key.code): key for key in chart.standing if key.since < chart.day}
        today = {(key.tree, key.code): key for key in chart.standing if key.since == chart.day}
        return cls(
            chart, dict(chart.standing), eve, today, dict(chart.gone),
            children, links, set(chart.grounded), dict(chart.holders),
        )  # fmt: skip

    def adopt(self, child: Key, parent: Key) -> None:
        """Put a unit under a parent."""
        before = self.standing[child]
        if before.parent is not None:
            self.children[before.parent].discard(child)
        self.standing[child] = before._replace(parent=parent)
        self.children.setdefault(parent, set()).add(child)

    def remove(self, unit: Key, ended: Ended) -> None:
        """Take a unit off the map, whose children and links have gone elsewhere."""
        above = self.standing.pop(unit).parent
        if above in self.children:
            self.children[above].discard(unit)
        self.children.pop(unit, None)
        del self.eve[unit.tree, unit.code]
        self.gone[unit.tree, unit.code] = ended

    def link(self, link: Link) -> None:
        for end in (link.source, link.target):
            self.links.setdefault(end, set()).add(link)

    def unlink(self, link: Link) -> None:
        for end in (link.source, link.target):
            self.links[end].discard(link)
