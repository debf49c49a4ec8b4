"""The one write path of the log: record in the action's transaction, place after commit."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction

from muster.foundation.ledger import queries, rules
from muster.foundation.ledger.models import Erasure, Head, Node
from muster.kernel.errors import Refused
from muster.kernel.tree import Frontier, leaf_hash
from muster.shell import keys, rls

BATCH = 50_000
_SEQUENCER = 0x4D555354  # one sequencer at a time, whoever starts it


class NotRecorded(Refused):
    """Rows that an action named but that its kind's canonical text does not show."""


def record(
    *, kind: str, ids: Sequence[int] | None = None, where: tuple[str, Sequence[Any]] | None = None
) -> int:
    """Append one salted entry per row that the calling action wrote.

    The rows are named by `ids`, or by `where`: a select of ids with its
    parameters, for lists of thousands. Returns how many entries were added.
    The row's canonical text comes from its slice's manifest, so that anyone who
    holds the row and its salt can compute the digest again. The entries get their
    places in the tree once the action has committed.
    """
    chosen, values = ("select unnest(%s::bigint[])", [list(ids or ())]) if where is None else where
    canonical = queries.kinds()[kind].canonical_sql
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            with added as (
                insert into ledger_entry (kind, row_id, salt, digest)
                select %s, c.id, c.salt, sha256(c.salt || convert_to(c.canonical, 'UTF8'))
                from (
                    select k.id, k.canonical, uuid_send(gen_random_uuid()) as salt
                    from ({canonical}) k where k.id in ({chosen})
                    order by k.id offset 0
                ) c
                returning id
            )
            insert into ledger_waiting (entry_id) select id from added
            """,
            [kind, *values],
        )
        added: int = cursor.rowcount
    if ids is not None and added != len(set(ids)):
        raise NotRecorded(
            f"{len(set(ids)) - added} of {len(set(ids))} rows of {kind} cannot be recorded; "
            "they are out of sight or not what the kind describes.",
            code="ledger.not_recorded",
        )
    _place_after_commit()
    return added


class NotErasable(Refused):
    """Rows whose entries cannot be erased: unknown, erased before, or still there."""


@transaction.atomic
def erase(
    *,
    rule: str,
    source: str,
    confirmed: bool,
    on: date,
    rows: Mapping[str, Sequence[int]],
    counts: Mapping[str, int] | None = None,
) -> Erasure:
    """Destroy the salts of rows that the calling action has just destroyed, naming the rule.

    `rows` lists the rows' ids by kind, `counts` what else was destroyed that stood behind no
    entry. The digests stay, so every head and every receipt that somebody holds still
    proves; the erasure is a row with an entry of its own, which the check of the log names.
    `NotErasable`, and nothing is erased, when a row has no entry, was erased, or still stands.
    """
    erasure = Erasure.objects.create(
        rule=rule, source=source, confirmed=confirmed, on=on,
        user_id=rls.current_user_id(), counts=dict(counts or {}),
    )  # fmt: skip
    for kind, ids in rows.items():
        _destroy_salts(erasure, kind, sorted(set(ids)))
    record(kind=queries.ERASURE, ids=[erasure.pk])
    return erasure


def _destroy_salts(erasure: Erasure, kind: str, ids: list[int]) -> None:
    canonical = queries.kinds()[kind].canonical_sql
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from ({canonical}) c where c.id = any(%s)", [ids])
        (standing,) = cursor.fetchall()[0]
        if standing or kind == queries.ERASURE:
            raise NotErasable(
                f"{standing or len(ids)} rows of {kind} still stand; destroy them first.",
                code="ledger.not_erasable",
            )
        cursor.execute(
            """
            insert into ledger_erased (entry_id, erasure_id)
            select id, %s from ledger_entry
            where kind = %s and row_id = any(%s) and salt <> ''
            """,
            [erasure.pk, kind, ids],
        )
        if cursor.rowcount != len(ids):
            raise NotErasable(
                f"{len(ids) - cursor.rowcount} of {len(ids)} rows of {kind} have no entry to erase.",
                code="ledger.not_erasable",
            )
        cursor.execute(
            "update ledger_entry e set salt = '' from ledger_erased x"
            " where x.entry_id = e.id and x.erasure_id = %s",
            [erasure.pk],
        )


def _place_after_commit() -> None:
    """Run the sequencer once when the outermost transaction has committed."""
    planned = any(step[1] is _sequence for step in connection.run_on_commit)
    if connection.in_atomic_block and not planned:
        transaction.on_commit(_sequence, robust=True)


def _sequence() -> None:
    place()


def place() -> int:
    """Give every committed entry its position and sign the new head.

    Runs after the actions' commits, never inside them, so that ten offices can
    record at once. Returns how many entries were placed; safe to call at any time.
    """
    placed = 0
    while count := _place_batch():
        placed += count
    return placed


@transaction.atomic
def _place_batch() -> int:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_SEQUENCER])
        head = queries.latest_head()
        frontier = Frontier.from_bytes(bytes(head.frontier)) if head else Frontier()
        cursor.execute(
            """
            with taken as (
                delete from ledger_waiting where entry_id in (
                    select entry_id from ledger_waiting order by entry_id limit %s)
                returning entry_id
            ), placed as (
                insert into ledger_leaf (position, entry_id)
                select %s + row_number() over (order by entry_id) - 1, entry_id from taken
                returning position, entry_id
            )
            select (select digest from ledger_entry where id = placed.entry_id) from placed
            order by placed.position
            """,
            [BATCH, frontier.size],
        )
        digests = [bytes(row[0]) for row in cursor.fetchall()]
    if not digests:
        return 0
    grown, nodes = frontier.extend(map(leaf_hash, digests))
    Node.objects.bulk_create(Node(level=n.level, index=n.index, hash=n.hash) for n in nodes)
    _sign(grown)
    return len(digests)


def _sign(frontier: Frontier) -> None:
    signature = keys.signing_key().sign(rules.head_message(frontier.size, frontier.root))
    Head.objects.create(
        size=frontier.size,
        root=frontier.root,
        frontier=frontier.to_bytes(),
        signature=signature,
    )
