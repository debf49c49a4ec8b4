"""All legal grounds for eight million people from raw dates, beside OpenFisca with the same rules.

    .venv/bin/python tools/bench/grounds.py [--people 8000000] [--cluster 200000]

One frame of invented people goes through `grounds.review` and through OpenFisca-Core in the
same run; everybody's outcome, article and ground must be equal. Then one citizen is
explained, and PySpark with two local workers decides a part of the same people, in an
environment of its own (500 MB, made once; `--cluster 0` leaves it out).
"""

import argparse
import json
import shutil
import statistics
import sys
import time
from typing import Any

import grounds_rival as rival
import narwhals as nw
import numpy as np
import polars as pl
from grounds_cluster import run_apart
from grounds_people import HAND_OVER, ON, people
from house import clock
from lines import Line, show

from muster.domains.recruitment import grounds, rules

LIMIT, ONE = 3.0, 0.010
RUNS, EXPLAINED = 3, 200


def decided(frame: pl.DataFrame, terms: rules.Terms) -> pl.DataFrame:
    """Everybody's outcome, article, ground and missing fact."""
    found = grounds.review(nw.from_native(frame, eager_only=True), terms)
    return found.select("person_id", "outcome", "article", "ground", "missing").to_native()


def as_numbers(found: pl.DataFrame) -> Any:
    """Our answers as the numbers of the rival's."""
    numbers = {"|".join(each): at for at, each in enumerate(rival.ANSWERS)}
    told = found.select(pl.concat_str("outcome", "article", "ground", separator="|")).to_series()
    return told.replace_strict(numbers, return_dtype=pl.Int32).to_numpy()


def laid_in(frame: pl.DataFrame, terms: rules.Terms) -> Any:
    """The rival's simulation with the same facts."""
    level = rival.Level
    order = {"": level.none, "general": level.general, "vocational": level.vocational,
             "college": level.college, "university": level.university}  # fmt: skip
    numbers = {name: each.index for name, each in order.items()}
    picked = frame["study_level"].replace_strict(numbers, return_dtype=pl.UInt8).to_numpy()
    flags = [name for name in frame.columns if frame.schema[name] == pl.Boolean]
    inputs = {name: frame[name].to_numpy() for name in (*flags, *rival.SINCE, "person_id")}
    inputs |= {
        "birth_date": frame["birth_date"].fill_null(rival.NEVER).to_numpy(),
        "birth_known": frame["birth_date"].is_not_null().to_numpy(),
        "birth_by_day": (frame["birth_precision"] == "day").to_numpy(),
        "education_grade": frame["education_grade"].fill_null(-1).to_numpy(),
        "level": level.encode(picked),
        "full_time": (frame["study_mode"] == "full_time").to_numpy(),
        "first_course": (frame["study_course_no"] == 1).to_numpy(),
        "in_family": frame["family_id"].is_not_null().to_numpy(),
    }
    # Everybody stands in one family there; who has none is one by himself.
    families = frame["family_id"].fill_null(-frame["person_id"]).to_numpy()
    return rival.simulation(rival.system(terms), families, ON, inputs)


def one_by_one(frame: pl.DataFrame, terms: rules.Terms) -> list[float]:
    """Seconds of explaining each of the first citizens."""
    rows = frame.head(EXPLAINED).rows(named=True)
    grounds.explain(rows[0], terms)
    return [clock(lambda row=row: grounds.explain(row, terms)) for row in rows]  # type: ignore[misc]


def spark_line(number: int) -> Line:
    """Two local workers of PySpark, in an environment of its own, as `grounds_cluster` makes it."""
    what = f"PySpark, two local workers, {number:,} people"
    if shutil.which("java") is None:
        return Line(what, "not run: Spark needs Java 17, and there is none here")
    told = json.loads(run_apart(number))
    same = "identical rows" if told["same"] else "other rows"
    return Line(what, f"{told['seconds']:.1f} s, {same}", "identical rows", held=told["same"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=8_000_000)
    parser.add_argument("--cluster", type=int, default=200_000)
    asked = parser.parse_args()
    frame, terms = people(asked.people), rules.terms(ON, HAND_OVER)
    times = [clock(lambda: decided(frame, terms)) for _ in range(RUNS)]
    found = decided(frame, terms)
    numbers, kinds = as_numbers(found), found["outcome"].n_unique()
    del found
    ours, cpu = statistics.median(times), _cpu(frame, terms)
    theirs, same = against(laid_in(frame, terms), numbers)
    explained = one_by_one(frame, terms)
    middle, slowest = statistics.median(explained), max(explained)
    return show(
        f"Grounds of articles 13, 14, 30, 41 for {asked.people:,} people",
        [
            Line("every ground, from raw dates, to outcome with article",
                 f"{ours:.2f} s ({cpu:.2f} s of processor), {kinds} outcomes",
                 f"≤ {LIMIT:.0f} s", held=ours <= LIMIT),
            Line("OpenFisca-Core, the same rules, people laid in before",
                 f"{theirs:.2f} s", "no faster", f"{theirs / ours:.1f}×", held=theirs >= ours),
            Line("everybody's outcome, article and ground equal in both",
                 "equal" if same == asked.people else f"{asked.people - same:,} differ",
                 "all", held=same == asked.people),
            Line(f"one citizen explained, {EXPLAINED} of them",
                 f"{1000 * middle:.1f} ms, the slowest {1000 * slowest:.1f} ms",
                 "≤ 10 ms", held=middle <= ONE),
            *([spark_line(asked.cluster)] if asked.cluster else []),
        ],
    )  # fmt: skip


def _cpu(frame: pl.DataFrame, terms: rules.Terms) -> float:
    began = time.process_time()
    decided(frame, terms)
    return time.process_time() - began


def against(simulation: Any, numbers: Any) -> tuple[float, int]:
    """The rival's seconds, and how many of its answers are ours."""
    began = time.perf_counter()
    told = rival.answers(simulation, ON)
    return time.perf_counter() - began, int(np.count_nonzero(np.asarray(told) == numbers))


if __name__ == "__main__":
    sys.exit(main())
