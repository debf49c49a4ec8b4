"""Pairs of entries that may be of one person: found in the register, told in words."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from io import StringIO
from typing import Any

import polars as pl
from django.utils.translation import gettext as _

from muster.foundation.register import linkage
from muster.foundation.register.models import Person
from muster.foundation.register.models.evidence import ABOUT, BECAUSE, FOUND
from muster.foundation.register.models.numbers import keys
from muster.foundation.register.queries.facts import read_columns
from muster.foundation.units import queries as units

_ENTRIES = """
select p.id, p.full_name, p.birth_date, p.birth_precision, p.sex,
    encode(p.citizen_number_index, 'hex'), encode(p.old_number_index, 'hex'),
    coalesce(g.within_id, g.id)::text, case when g.within_id is not null then g.id::text end,
    p.mother_name, p.father_name, p.place_id, p.uid, p.source_id
from register_person p join units_place g on g.id = p.place_id
where p.closed_on is null and p.merged_into_id is null
    and (%(places)s::int[] is null or p.place_id = any(%(places)s::int[]))
order by p.id
"""
_BESIDE = {"place_id": pl.Int32, "uid": pl.String, "source_id": pl.String}


@dataclass(frozen=True, slots=True)
class Ground:
    """Whose entries are compared: places, and for each the one of several units it came from."""

    place_ids: tuple[int, ...]
    came_from: Mapping[int, int]


def ground(code: str, on: date, across: Iterable[str] = ()) -> Ground:
    """The ground of the unit on the day, or of the units that merged into it.

    The codes of those that merged are read on the eve of the unit's opening, or on the day
    itself while they still stand.
    """
    unit = units.resolve(code, on)
    olds = list(across)
    if not olds:
        return Ground(units.place_ids(unit.id, on), {})
    eve = unit.opened_on - timedelta(days=1)
    day = eve if eve >= units.baseline_day() else on
    came_from = {
        place: old.id
        for old in (units.resolve(each, day) for each in olds)
        for place in units.place_ids(old.id, day)
    }
    return Ground(tuple(sorted(came_from)), came_from)


def entries_to_compare(place_ids: Sequence[int] | None) -> pl.DataFrame:
    """The open entries of the places (None: of all) in the words of `linkage`, numbers sealed."""
    places = None if place_ids is None else list(place_ids)
    return read_columns(_ENTRIES, {"places": places}, linkage.ENTRY | _BESIDE)


def found_pairs(ground: Ground) -> pl.DataFrame:
    """The pairs of `linkage.find`, with each side's place, uid and source_id, and `across`."""
    entries = entries_to_compare(ground.place_ids)
    pairs = linkage.find(entries, opened=_opened)
    for side in ("left", "right"):
        beside = entries.select(
            pl.col("id").alias(side), *(pl.col(name).alias(f"{side}_{name}") for name in _BESIDE)
        )
        pairs = pairs.join(beside, on=side, how="left", maintain_order="left")
    origin = [
        pl.col(f"{side}_place_id").replace_strict(
            ground.came_from, default=0, return_dtype=pl.Int64
        )
        for side in ("left", "right")
    ]
    return pairs.with_columns(across=origin[0] != origin[1])


def _opened(ids: Sequence[int]) -> Mapping[int, str]:
    """The digits of a few citizen numbers."""
    rows = Person.objects.filter(pk__in=ids, citizen_number_sealed__isnull=False)
    sealed = rows.values_list("pk", "uid", "citizen_number_sealed")
    return {pk: keys().open(bytes(number), uid) for pk, uid, number in sealed if number}


def in_words(finding: linkage.Finding) -> str:
    """One finding as a clerk reads it: about what, what was found, how much it weighs."""
    values: dict[str, object] = {
        "about": ABOUT[finding.about],
        "found": FOUND[finding.about][finding.found],
        "bits": f"{finding.bits:+.1f}",
        "many": finding.one_in,
    }
    if finding.one_in is None:
        return _("%(about)s: %(found)s (%(bits)s bits)") % values
    return _("%(about)s: %(found)s, borne by 1 in %(many)s (%(bits)s bits)") % values


def told(pairs: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Each pair as it leaves the register: who, how probable, what to do, and why."""
    for pair in pairs.iter_rows(named=True):
        yield {
            "source_id": pair["left_source_id"],
            "other_source_id": pair["right_source_id"],
            "entry": pair["left_uid"],
            "other_entry": pair["right_uid"],
            "probability": pair["probability"],
            "bits": pair["bits"],
            "decision": pair["decision"],
            "because": str(BECAUSE[pair["because"]]),
            "across": pair["across"],
            "evidence": [
                asdict(finding) | {"text": in_words(finding)}
                for finding in linkage.findings_of(pair)
            ],
        }


def as_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """The pairs of `told` as lines of csv, the evidence as one text."""
    buffer, writer = StringIO(), None
    for row in rows:
        line = {**row, "evidence": "; ".join(each["text"] for each in row["evidence"])}
        if writer is None:
            writer = csv.DictWriter(buffer, line, lineterminator="\n")
            writer.writeheader()
        writer.writerow(line)
    return buffer.getvalue()
