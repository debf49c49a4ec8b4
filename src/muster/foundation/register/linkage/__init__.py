"""Which entries of a register are of one person: columns in, explained pairs out.

`find(entries)` takes one row per entry:
    id: whole number, smaller for the entry that was there first.
    full_name, mother_name, father_name; the parents' may be missing.
    birth_date; birth_precision: `year` when only that is known.
    sex, commune, group: any text; commune and group lead to where he lives today.
    citizen, old: numbers, or any text that is equal for equal numbers, such as a blind index.

and gives one row per pair worth telling of, in the order of their ids:
    left, right: ids, left < right.
    bits, probability: how much speaks for one person, log2 of the odds, and as a share.
    decision: merge (in bulk: an equal number and nothing against it) | review (a person decides)
        | distinct (two people, although much agrees); because: why, one of `REASONS`.
    group: smallest id that merges and reviews lead to; null for distinct.
    and for each of `COMPARISONS` the finding, and `<comparison>_bits`: its weight.

Splink scores, with the frequency of each value in the register at hand; what may be merged without
a person is said by a list of findings, not by a threshold: see `model.toml`. The same entries give the
same pairs, whatever their order and the number of processors. An entry that is added later leaves
every group its name.
"""

from muster.foundation.register.linkage.deciding import DISTINCT, MERGE, REASONS, REVIEW, Opened
from muster.foundation.register.linkage.evidence import Finding, findings_of
from muster.foundation.register.linkage.finding import ENTRY, find
from muster.foundation.register.linkage.model import COMPARISONS

__all__ = [
    "COMPARISONS",
    "DISTINCT",
    "ENTRY",
    "MERGE",
    "REASONS",
    "REVIEW",
    "Finding",
    "Opened",
    "find",
    "findings_of",
]
