"""The same people on PySpark with two local workers, row by row beside the embedded engine.

Run by `grounds.py` in an environment of its own, since Spark is 500 MB and no office needs it.
"""

import json
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
APART = CHECKOUT / ".venv" / "cluster"
WANTED = HERE / "grounds_cluster.txt"


def run_apart(number: int) -> str:
    """Decide so many people in the environment apart, which is made where it is missing."""
    python = APART / "bin" / "python"
    made = APART / ".made"
    if not made.exists() or made.read_text("utf-8") != WANTED.read_text("utf-8"):
        venv.create(APART, with_pip=True, clear=True)
        install = [python, "-m", "pip", "install", "--quiet", "--requirement", WANTED]
        subprocess.run(install, check=True)
        made.write_text(WANTED.read_text("utf-8"), "utf-8")
    paths = os.pathsep.join([str(CHECKOUT / "src"), str(HERE)])
    done = subprocess.run(
        [python, __file__, str(number)],
        env=os.environ | {"PYTHONPATH": paths, "SPARK_LOCAL_IP": "127.0.0.1"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.splitlines()[-1]


def main(number: int) -> None:
    """Print the seconds of two local workers, and whether their rows are the embedded ones."""
    import narwhals as nw
    from grounds_people import HAND_OVER, ON, people
    from pyspark.sql import SparkSession

    from muster.domains.recruitment import grounds, rules

    frame, terms = people(number), rules.terms(ON, HAND_OVER)
    columns = ["person_id", *grounds.DECIDED]
    here = grounds.review(nw.from_native(frame, eager_only=True), terms).select(columns)
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    there = session.createDataFrame(frame.to_arrow())
    began = time.perf_counter()
    spread = grounds.review(nw.from_native(there), terms).select(columns).to_native().collect()
    seconds = time.perf_counter() - began
    session.stop()
    same = sorted(tuple(row) for row in spread) == sorted(here.rows())
    print(json.dumps({"seconds": seconds, "same": same}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
