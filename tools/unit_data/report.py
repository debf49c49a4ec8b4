"""The list of disagreements between the sources, for readers who want to check it."""

import csv
from collections import Counter
from pathlib import Path

from government import resolutions
from lineage import Disagreement, Lineage
from sources import Map, Note, successors

COLUMNS = (
    *("resolution", "clause", "new_code", "new_name", "old_code", "old_name", "old_district"),
    *("converter", "note", "settled", "words"),
)
SAME_NAME_SHARE = "named by several clauses of the resolution, so each of them takes a part"


def write(
    folder: Path,
    disagreements: list[Disagreement],
    lineage: Lineage,
    maps: tuple[Map, Map],
    notes: dict[str, Note],
) -> None:
    """Write `unit-disagreements.csv`, the pairs first, then the shares."""
    old, new = maps
    folder.mkdir(parents=True, exist_ok=True)
    number = resolutions(notes.values())
    with (folder / "unit-disagreements.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for d in sorted(disagreements, key=lambda d: (d.clause is None, d.new, d.old)):
            place = old.communes[d.old]
            out.writerow(
                (
                    *(number[new.communes[d.new].parent], d.clause or "", d.new),
                    *(new.communes[d.new].title, d.old, place.title),
                    *(old.districts[place.parent].title, d.converter, d.note, d.settled),
                    d.words or _why(d, lineage),
                )
            )
    print(summary(disagreements, lineage))


def _why(d: Disagreement, lineage: Lineage) -> str:
    others = sorted(p.new for p in successors(lineage.pairs)[d.old] if p.new != d.new)
    if d.settled == "part":
        return f"{SAME_NAME_SHARE} (also {', '.join(others)})"
    return "named by this clause only, so it goes whole"


def summary(disagreements: list[Disagreement], lineage: Lineage) -> str:
    """One paragraph of figures for the reference page."""
    pairs = [d for d in disagreements if "no" in (d.converter, d.note)]
    right = Counter(
        "converter" if (d.converter == "no") == (d.settled == "no") else "note" for d in pairs
    )
    divided = sum(len(p) > 1 for p in successors(lineage.pairs).values())
    return (
        f"{len(lineage.pairs)} links, {divided} communes divided; "
        f"{len(pairs)} links read by one source only "
        f"(the converter was right in {right['converter']}, the note in {right['note']}); "
        f"{len(disagreements) - len(pairs)} shares read differently"
    )
