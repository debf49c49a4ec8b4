"""Merge and part random pairs of the register at hand: it must be byte for byte what it was.

    .venv/bin/python tools/bench/merges.py [--pairs 1000] [--seed 1]

Everything happens in one transaction that is taken back at the end.
"""

import argparse
import hashlib
import random
import sys
import time

from muster.config import bootstrap

bootstrap.prepare()

from django.db import connection, transaction  # noqa: E402 - after the house is set up
from django.utils import timezone  # noqa: E402

from muster.foundation.accounts.actions import acting_as_system  # noqa: E402
from muster.foundation.register.actions.pairs import merge_people, unmerge  # noqa: E402
from muster.foundation.register.models import Person  # noqa: E402
from muster.foundation.register.queries import state  # noqa: E402

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
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({state.CHANGED_BEHIND}) c")
        return int(cursor.fetchone()[0])


def chosen(pairs: int, seed: int) -> list[tuple[int, int]]:
    """Random pairs of open entries, nobody twice."""
    ids = list(Person.objects.filter(closed_on=None).order_by("id").values_list("id", flat=True))
    people = random.Random(seed).sample(ids, min(2 * pairs, len(ids) // 2 * 2))
    return list(zip(people[::2], people[1::2], strict=True))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--pairs", type=int, default=1000)
    arguments.add_argument("--seed", type=int, default=1)
    wish, today = arguments.parse_args(), timezone.localdate()
    with acting_as_system():
        pairs, before = chosen(wish.pairs, wish.seed), contents()
        started = time.perf_counter()
        for kept, dropped in pairs:
            entries = Person.objects.in_bulk([kept, dropped])
            merge_people(kept=entries[kept], dropped=entries[dropped], on=today, basis="bench")
        merged = time.perf_counter()
        changed = contents() != before
        parted = time.perf_counter()
        for _, dropped in pairs:
            unmerge(dropped=Person.objects.get(pk=dropped), on=today, basis="bench")
        ended = time.perf_counter()
        same, wrong = contents() == before, behind()
        transaction.set_rollback(True)
    print(f"{len(pairs)} pairs: merged {merged - started:.1f} s, parted {ended - parted:.1f} s")
    print(f"changed by merging: {changed}; byte for byte as before after parting: {same}")
    print(f"entries that differ from their last act: {wrong}")
    sys.exit(0 if changed and same and not wrong else 1)


if __name__ == "__main__":
    main()
