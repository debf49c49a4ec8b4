"""Merge and part random pairs of a register: it must be byte for byte what it was.

    .venv/bin/python tools/bench/merges.py [--people 20000] [--pairs 1000] [--seed 1]

The register is the demonstration's, before the reform; the log keeps both acts of each pair.
"""

import argparse
import hashlib
import random
import sys
import time

from house import TODAY, house, play
from lines import Line, show

TABLES = (
    "person",
    "persontoken",
    "registration",
    "residence",
    "schooling",
    "employment",
    "circumstance",
)


def contents() -> dict[str, str]:
    """A digest of every row of each table, but for the count of acts upon each person."""
    from django.db import connection

    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                "select row_to_json(t)::jsonb - 'version' from register_" + table + " t order by 1"
            )
            digest = hashlib.sha256()
            for (row,) in cursor:
                digest.update(repr(row).encode())
            found[table] = digest.hexdigest()
    return found


def behind() -> int:
    """How many entries differ from what the last act upon them left."""
    from django.db import connection

    from muster.foundation.register.queries import state

    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({state.CHANGED_BEHIND}) c")
        return int(cursor.fetchone()[0])


def chosen(pairs: int, seed: int) -> list[tuple[int, int]]:
    """Random pairs of open entries, nobody twice."""
    from muster.foundation.register.models import Person

    ids = list(Person.objects.filter(closed_on=None).order_by("id").values_list("id", flat=True))
    people = random.Random(seed).sample(ids, min(2 * pairs, len(ids) // 2 * 2))
    return list(zip(people[::2], people[1::2], strict=True))


def measured(pairs: int, seed: int) -> list[Line]:
    """Merge every pair, then part every pair, and hold the register against what it was."""
    from muster.foundation.accounts.actions import acting_as_system
    from muster.foundation.register.actions.pairs import merge_people, unmerge
    from muster.foundation.register.models import Act, Person

    with acting_as_system():
        both, before = chosen(pairs, seed), contents()
        acts, started = Act.objects.count(), time.perf_counter()
        for kept, dropped in both:
            entries = Person.objects.in_bulk([kept, dropped])
            merge_people(kept=entries[kept], dropped=entries[dropped], on=TODAY, basis="bench")
        merged = time.perf_counter()
        changed = contents() != before
        parting = time.perf_counter()
        for _, dropped in both:
            unmerge(dropped=Person.objects.get(pk=dropped), on=TODAY, basis="bench")
        parted = time.perf_counter() - parting
        same, wrong, more = contents() == before, behind(), Act.objects.count() - acts
    return [
        Line(f"{len(both):,} pairs merged", f"{merged - started:.1f} s", "", "", held=changed),
        Line(f"{len(both):,} pairs parted", f"{parted:.1f} s"),
        Line("the register after both", "as before" if same else "differs", "byte for byte",
             held=same and changed),
        Line("acts kept, two on each entry", f"{more:,}", f"{4 * len(both):,}",
             held=more == 4 * len(both)),
        Line("entries unlike their last act", str(wrong), "0", held=not wrong),
    ]  # fmt: skip


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--people", type=int, default=20_000)
    arguments.add_argument("--pairs", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    wish = arguments.parse_args()
    with house():
        play({"map", "people"}, men=wish.people, seed=7)
        return show("Merge and unmerge", measured(wish.pairs, wish.seed))


if __name__ == "__main__":
    sys.exit(main())
