"""Which old commune went into which new one, whole or in part."""

from collections import defaultdict
from dataclasses import dataclass, field

from sources import Pair, successors


@dataclass(frozen=True)
class Lineage:
    """The link as shipped."""

    pairs: list[Pair]
    islands: dict[str, str]
    whole: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    keeper: dict[str, str] = field(default_factory=dict)


def build(pairs: list[Pair], islands: dict[str, str]) -> Lineage:
    lineage = Lineage(pairs, islands)
    for old, targets in successors(pairs).items():
        for pair in targets:
            (lineage.whole if pair.whole else lineage.parts)[pair.new].append(old)
            if pair.default and not pair.whole:
                lineage.keeper[old] = pair.new
    return lineage
