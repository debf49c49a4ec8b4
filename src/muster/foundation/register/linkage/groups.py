"""Who hangs together by pairs, under names that last."""

import polars as pl


def grouped(pairs: pl.DataFrame) -> pl.DataFrame:
    """Everybody in a pair (left, right) with his group: id, group, sorted by id.

    A group is named after its smallest id: an entry that is added later has a greater one
    and leaves every group its name; of two groups that a new pair joins, the older name stays.
    """
    leader: dict[int, int] = {}
    for left, right in pairs.select("left", "right").iter_rows():
        low, high = sorted((_leader(leader, left), _leader(leader, right)))
        leader[high] = low
    rows = [(each, _leader(leader, each)) for each in sorted(leader)]
    return pl.DataFrame(rows, schema={"id": pl.Int64, "group": pl.Int64}, orient="row")


def _leader(leader: dict[int, int], each: int) -> int:
    """The smallest id known to hang together with this one; paths are halved on the way."""
    while (above := leader.setdefault(each, each)) != each:
        leader[each] = each = leader[above]
    return each
