"""Which old commune went into which new one, whole or in part.

Two readings are compared pair by pair: the catalogue's notes and the converter. What both say
stands; where they differ, `decided.toml` holds the words of the resolution that settle it.
"""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from areas import distance_km
from notes import Index, Reading, read
from sources import Map, Note, Pair, successors

DECIDED = Path(__file__).parent / "decided.toml"
LAND_ONLY = Path(__file__).parent / "land_only.csv"
Link = tuple[str, str]  # old code, new code


@dataclass(frozen=True)
class Lineage:
    """The link as shipped."""

    pairs: list[Pair]
    islands: dict[str, str]
    kept: set[str] = field(default_factory=set)
    whole: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    keeper: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Disagreement:
    """One pair that the sources read differently, and what settled it."""

    old: str
    new: str
    converter: str  # whole | part | no
    note: str  # whole | part | no
    settled: str  # whole | part | no
    clause: int | None
    words: str


def read_notes(
    old: Map, new: Map, notes: dict[str, Note], merged: dict[str, list[str]]
) -> dict[str, Reading]:
    """New commune -> what its note says."""
    index = {province: Index(old, sources) for province, sources in merged.items()}
    return {
        code: read(note, index[note.province], new.communes[code]) for code, note in notes.items()
    }


def settle(
    readings: dict[str, Reading], converter: list[Pair]
) -> tuple[list[Pair], list[Disagreement]]:
    """The pairs that stand, and every disagreement with its reason."""
    by_converter = {(p.old, p.new): p for p in converter}
    by_note = {(old, new): m for new, r in readings.items() for old, m in r.olds.items()}
    clauses = {
        clause["new"]: clause for clause in tomllib.loads(DECIDED.read_text("utf-8"))["clause"]
    }
    yes = {(old, new) for new, clause in clauses.items() for old in clause["yes"]}
    no = {(old, new) for new, clause in clauses.items() for old in clause["no"]}
    open_links = by_converter.keys() ^ by_note.keys()
    if open_links != yes | no or yes & no:
        raise SystemExit(f"decided.toml does not fit: {sorted(open_links ^ (yes | no))}")
    stands = (by_converter.keys() & by_note.keys()) | yes
    pairs = _pairs(stands, by_converter)
    share = {(p.old, p.new): _share(p.whole) for p in pairs}
    disagreements = []
    for link in sorted(stands | no):
        settled = share.get(link, "no")
        said = _share(by_converter[link].whole) if link in by_converter else "no"
        noted = _share(not by_note[link].part) if link in by_note else "no"
        if said == noted == settled:
            continue
        clause = clauses.get(link[1]) if link in open_links else None
        disagreements.append(
            Disagreement(
                *link,
                said,
                noted,
                settled,
                *((clause["clause"], clause["words"]) if clause else (None, "")),
            )
        )
    return pairs, disagreements


def _share(whole: bool) -> str:
    return "whole" if whole else "part"


def _pairs(links: Iterable[Link], converter: dict[Link, Pair]) -> list[Pair]:
    """A commune with one successor went whole; with several, in parts."""
    targets: dict[str, list[str]] = defaultdict(list)
    for old, new in sorted(links):
        targets[old].append(new)
    return [
        Pair(old, new, whole=len(news) == 1, default=_default(old, new, news, converter))
        for old, news in sorted(targets.items())
        for new in news
    ]


def _default(old: str, new: str, news: list[str], converter: dict[Link, Pair]) -> bool:
    """The converter's first choice, if it stands."""
    chosen = [n for n in news if (pair := converter.get((old, n))) and pair.default]
    return len(chosen) == 1 and new == chosen[0]


def land_only() -> set[Link]:
    """Links by which an old commune gave ground but nobody who lives on it."""
    with LAND_ONLY.open(encoding="utf-8", newline="") as file:
        return {(row["old"], row["new"]) for row in csv.DictReader(file)}


def build(
    pairs: list[Pair],
    islands: dict[str, str],
    readings: dict[str, Reading],
    old: Map,
    new: Map,
) -> Lineage:
    """The lineage by new commune, and the keeper of each divided old one."""
    kept = {code for code, reading in readings.items() if reading.kept}
    lineage = Lineage(pairs, islands, kept)
    empty = land_only()
    for code, targets in successors(pairs).items():
        for pair in targets:
            (lineage.whole if pair.whole else lineage.parts)[pair.new].append(code)
        if len(targets) > 1:
            peopled = [p for p in targets if (p.old, p.new) not in empty]
            lineage.keeper[code] = min(
                peopled,
                key=lambda p: (
                    not p.default,
                    distance_km(old.communes[p.old], new.communes[p.new]),
                ),
            ).new
    return lineage
