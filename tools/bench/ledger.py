"""The log: entries recorded and placed, receipts drawn, everything verified again.

    .venv/bin/python tools/bench/ledger.py [--entries 200000] [--offices 10]

Rows are written first; the clock runs over `actions.record` in one transaction and
`actions.place` after it. Offices at once record one entry each a transaction, which is
what a page does.
"""

import argparse
import random
import statistics
import sys
import threading
from datetime import date
from functools import partial

from house import clock, house
from lines import Line, show

KIND = "works.acceptance"
RATE, PROOF_MS, PAGES = 5_000, 5.0, 40

WRITE = """
    with listed as (
        insert into works_work (programme_id, unit_id, reference, source)
        select %(programme)s, %(unit)s, %(series)s || n, 'bench'
        from generate_series(1, %(rows)s) n returning id
    )
    insert into works_acceptance (work_id, accepted_on, source)
    select id, date '2025-06-01', 'bench' from listed returning id
"""


def write(rows: int, series: str) -> list[int]:
    """Rows of some slice, not yet in the log."""
    from django.db import connection

    from muster.domains.works.models import Programme

    programme = Programme.objects.get()
    values = {"programme": programme.pk, "unit": programme.unit_id, "series": series, "rows": rows}
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)
        return [row[0] for row in cursor.fetchall()]


def open_programme() -> None:
    from muster.domains.works.models import Programme
    from muster.foundation.units.models import Unit

    unit = Unit.objects.filter(tree="government", level="province", closed_on=None).first()
    Programme.objects.create(
        title="bench", unit=unit, starts_on=date(2018, 1, 1), ends_on=date(2026, 1, 1)
    )


def record(ids: list[int]) -> None:
    from django.db import transaction

    from muster.foundation.ledger import actions

    with transaction.atomic():
        actions.record(kind=KIND, ids=ids)


def one_office(ids: list[int]) -> None:
    """Each entry in a transaction of its own, placed after its commit."""
    from django.db import connection

    try:
        for each in ids:
            record([each])
    finally:
        connection.close()


def at_once(offices: int, ids: list[int]) -> float:
    """Entries a second that many offices record at the same time."""
    share = len(ids) // offices
    parts = [ids[at * share : (at + 1) * share] for at in range(offices)]
    threads = [threading.Thread(target=one_office, args=[part]) for part in parts]

    def work() -> None:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    return offices * share / clock(work)


def receipts(ids: list[int], number: int = 200) -> float:
    """Median seconds to draw one receipt."""
    from muster.foundation.ledger import queries

    chosen = random.Random(1).sample(ids, number)
    return statistics.median(clock(partial(queries.receipt, KIND, each)) for each in chosen)


def measure(entries: int, offices: int) -> int:
    from muster.foundation.ledger import queries
    from muster.shell import rls

    open_programme()
    ids = write(entries, "a")
    took = clock(lambda: record(ids))  # placed once committed
    pages = at_once(offices, write(offices * PAGES, "b"))
    proof = receipts(ids)
    with rls.scoped(role=rls.WIDE):
        kind = queries.kinds()[KIND]
        checked = clock(lambda: list(queries.faults(kind)))
    size = queries.latest_head().size
    rate = entries / took
    return show(
        f"Ledger, {size:,} entries",
        [
            Line("record and place in one list", f"{rate:,.0f}/s", f"≥ {RATE:,}/s", held=rate >= RATE),
            Line(f"{offices} offices, one entry a transaction", f"{pages:,.0f}/s"),
            Line("receipt with its proof", f"{1000 * proof:.1f} ms", f"≤ {PROOF_MS:.0f} ms",
                 held=1000 * proof <= PROOF_MS),
            Line("every digest of the kind recomputed", f"{checked:.1f} s"),
        ],
    )  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=200_000)
    parser.add_argument("--offices", type=int, default=10)
    options = parser.parse_args()
    with house():
        return measure(options.entries, options.offices)


if __name__ == "__main__":
    sys.exit(main())
