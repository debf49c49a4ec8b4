"""Whole runs of linkage: into the queue, and those with nothing against them merged in bulk."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import date

import polars as pl
from django.db import connection, transaction

from muster.foundation.register import linkage
from muster.foundation.register.actions.pairs import decide_pair
from muster.foundation.register.actions.staging import Progress, no_progress, stage
from muster.foundation.register.models.pairs import Pair

Scope = Callable[[], AbstractContextManager[None]]
_BATCH = 50
_COLUMNS = (
    "left_id", "right_id", "left_place_id", "right_place_id", "group", "bits", "probability",
    "proposed", "because", "evidence", "found_on",
)  # fmt: skip
_NAMES = ", ".join(f'"{column}"' for column in _COLUMNS)


@transaction.atomic
def lay_out(*, pairs: pl.DataFrame, on: date, progress: Progress = no_progress) -> int:
    """Put pairs found (`queries.pairs.found_pairs`) into the queue; returns how many are new.

    Pairs of two people stay out, but for those under one number, which is to be mended. A
    pair that is in the queue keeps its evidence and its decision; only its group may grow.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STAGE)
        stage("stage_pair", _COLUMNS, _rows(pairs, on), progress)
        cursor.execute(_REGROUP)
        cursor.execute(_INSERT)
        laid: int = cursor.rowcount
        cursor.execute("drop table stage_pair")
    return laid


_STAGE = f"""
create temp table stage_pair on commit drop as select {_NAMES} from register_pair where false
"""
_REGROUP = """
update register_pair p set "group" = s."group" from stage_pair s
where (p.left_id, p.right_id) = (s.left_id, s.right_id)
  and p."group" is distinct from s."group"
"""
_INSERT = f"""
insert into register_pair (uid, state, {_NAMES})
select gen_random_uuid(), 'open', {_NAMES} from stage_pair order by left_id, right_id
on conflict (left_id, right_id) do nothing
"""


def _rows(pairs: pl.DataFrame, on: date) -> pl.DataFrame:
    """The pairs that belong into the queue, as its columns."""
    shared = pl.col("because") == "one_number"
    wanted = pairs.filter((pl.col("decision") != linkage.DISTINCT) | shared)
    evidence = [_evidence(row) for row in wanted.iter_rows(named=True)]
    return wanted.with_columns(
        left_id="left",
        right_id="right",
        proposed="decision",
        evidence=pl.Series(evidence, dtype=pl.String),
        found_on=pl.lit(on),
    )


def _evidence(pair: dict[str, object]) -> str:
    return json.dumps([asdict(finding) for finding in linkage.findings_of(pair)])


def merge_in_bulk(*, scope: Scope, on: date, basis: str, progress: Progress = no_progress) -> int:
    """Merge every open pair proposed for it; returns how many entries went.

    Of a group the oldest entry is kept. `scope` opens the transaction of each batch:
    interrupted, what was merged stays merged and the next call goes on.
    """
    with scope():
        waiting = Pair.objects.filter(proposed=linkage.MERGE, state=Pair.State.OPEN)
        ids = list(waiting.order_by("group", "left_id", "right_id").values_list("pk", flat=True))
    merged = 0
    for start in range(0, len(ids), _BATCH):
        with scope():
            merged += sum(_merged(pk, on, basis) for pk in ids[start : start + _BATCH])
        progress("merge", min(start + _BATCH, len(ids)), len(ids))
    return merged


def _merged(pk: int, on: date, basis: str) -> bool:
    """Merge one pair, unless one of its entries went in a pair before."""
    pair = Pair.objects.select_related("left", "right").get(pk=pk)
    if pair.left.closed_on or pair.right.closed_on:
        return False
    decide_pair(pair=pair, verdict=Pair.State.MERGED, on=on, note=basis)
    return True
