"""The half-year review as PDF with its chart: how long it takes, and whether it is the same twice.

    .venv/bin/python tools/bench/report.py [--home .muster]

Without `--home` it plants what needs no people (works, declared figures, commands) in a
database of its own; with it the reviews of a played demonstration are measured. The clock
of a print runs from the question to the bytes; a whole command also starts Python.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from decimal import Decimal
from pathlib import Path

from house import clock, house
from lines import Line, show

LIMIT, RUNS = 2.0, 5
PROVINCE, PERIOD, DAY = "31", "2025H1", date(2025, 6, 15)


def plant() -> None:
    from muster.domains.works import actions as works
    from muster.foundation.units import queries as units
    from muster.foundation.units.models import Unit
    from muster.kernel.periods import parse
    from muster.shell import rls
    from muster.synthesis.indicators import actions as indicators

    with rls.scoped(role=rls.WIDE):
        city = Unit.objects.get(pk=units.resolve(PROVINCE, DAY).id)
        parts = {f"W-{each.code}": each.id for each in units.children(city.pk, DAY)}
        programme = works.open_programme(
            title="2018–2025", unit=city, source="bench",
            starts_on=date(2018, 1, 1), ends_on=date(2026, 1, 1),
            works=[(unit, reference) for reference, unit in parts.items()],
        )  # fmt: skip
        done = sorted(parts)[2:]
        works.accept(programme=programme, references=done, on=date(2025, 6, 1), source="bench")
        indicators.declare(
            code="awards.certificates", unit_id=city.pk, period=parse(PERIOD),
            numerator=Decimal(11), source="bench",
        )  # fmt: skip


def printer(language: str) -> Callable[[], bytes]:
    from django.utils import translation

    from muster.shell import rls
    from muster.synthesis.reports import papers, queries

    def print_it() -> bytes:
        with translation.override(language), rls.scoped(role=rls.WIDE):
            return papers.half_year_pdf(queries.half_year(PROVINCE, PERIOD, DAY))

    return print_it


def by_command(out: Path) -> bytes:
    words = ["--unit", PROVINCE, "--period", PERIOD, "--as-of", DAY.isoformat()]
    muster = Path(sys.executable).with_name("muster")
    subprocess.run(
        [muster, "report", "half-year", *words, "--format", "pdf", "--out", out],
        check=True, capture_output=True, env=os.environ,
    )  # fmt: skip
    return out.read_bytes()


def measure(home: Path) -> int:
    before = time.process_time()
    first = clock(printer("vi"))
    spent = time.process_time() - before
    again = statistics.median(clock(printer("vi")) for _ in range(RUNS))
    outs = [home / "reports" / f"bench-{name}.pdf" for name in "ab"]
    outs[0].parent.mkdir(exist_ok=True)
    whole = min(clock(lambda out=out: by_command(out)) for out in outs)
    prints = {out.read_bytes() for out in outs} | {printer("vi")()}
    same = len(prints) == 1 and all(printer(each)() == printer(each)() for each in ("en", "fr"))
    return show(
        "Half-year review, PDF with its chart",
        [
            Line("first print of a process", f"{first:.2f} s ({spent:.2f} s of CPU)", f"≤ {LIMIT:.0f} s", held=first <= LIMIT),
            Line("further prints", f"{again:.2f} s", f"≤ {LIMIT:.0f} s", held=again <= LIMIT),
            Line("the whole command, Python started anew", f"{whole:.2f} s"),
            Line("two processes, three languages", "same bytes" if same else "differ", "same bytes",
                 held=same),
        ],
    )  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, help="The home of a played demonstration.")
    options = parser.parse_args()
    if options.home:
        os.environ["MUSTER_HOME"] = str(options.home.absolute())
        from muster.config import bootstrap

        bootstrap.prepare()
    with nullcontext(options.home) if options.home else house() as home:
        if not options.home:
            plant()
        return measure(home.absolute())


if __name__ == "__main__":
    sys.exit(main())
