"""Counting decided lines for figures, set by set."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from muster.foundation.decisions.models import Body, Complaint, Delegation, Posting
from muster.foundation.units import queries as units
from muster.kernel.manifest import Touched
from muster.kernel.periods import Span

#: A line is counted while it stands: not one that was undone, nor the undoing itself.
STANDS = """
    l.way not in ('set_aside', 'withdrawn')
    and not exists (select from decisions_line n where n.replaces_id = l.id)
"""


@dataclass(frozen=True, slots=True)
class Gap:
    """A number that is missing in a series."""

    unit_id: int
    symbol: str
    year: int
    number: int


def count_lines(
    *, kind: str, outcomes: Sequence[str] | None, place_ids: Sequence[int] | None, span: Span
) -> int:
    """How many standing lines of a kind were signed in the span, at these places.

    `None` for outcomes or places counts all of them.
    """
    return sum(
        count_by_outcome(kind=kind, place_ids=place_ids, span=span, outcomes=outcomes).values()
    )


def count_by_outcome(
    *,
    kind: str,
    span: Span,
    place_ids: Sequence[int] | None = None,
    outcomes: Sequence[str] | None = None,
) -> dict[str, int]:
    """Standing lines of a kind by outcome, with those that were destroyed since."""
    where, values = _where(kind, outcomes, place_ids, span)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select outcome, sum(lines)::bigint from (
                select l.outcome, count(*) as lines from decisions_decision d
                join decisions_line l on l.decision_id = d.id
                where {where} and {STANDS} group by 1
                union all
                select l.outcome, l.lines from decisions_decision d
                join decisions_tally l on l.decision_id = d.id where {where}
            ) counted group by 1 order by 1
            """,
            [*values, *values],
        )
        return dict(cursor.fetchall())


def counted_lines(
    *,
    kind: str,
    span: Span,
    place_ids: Sequence[int] | None = None,
    outcomes: Sequence[str] | None = None,
) -> list[int]:
    """The ids of the lines that `count_lines` counts and that are there still.

    So a figure opens to them; what was destroyed has left its number alone.
    """
    where, values = _where(kind, outcomes, place_ids, span)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select l.id from decisions_decision d
            join decisions_line l on l.decision_id = d.id
            where {where} and {STANDS} order by l.id
            """,
            values,
        )
        return [row[0] for row in cursor.fetchall()]


def gaps() -> Iterator[Gap]:
    """Numbers that were given and cannot be found: there must be none."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select s.unit_id, s.symbol, s.year, n
            from decisions_series s, generate_series(1, s.last_number) n
            where not exists (
                select from decisions_decision d
                where d.unit_id = s.unit_id and d.symbol = s.symbol
                  and d.year = s.year and d.number = n)
            order by 1, 2, 3, 4
            """
        )
        for row in cursor.fetchall():
            yield Gap(*row)


def decided_since(place_ids: Iterable[int], since: date) -> Iterator[Touched]:
    """What was decided about people of these places from a day on; it stands in an undo's way."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select count(*) from decisions_line l
            join decisions_decision d on d.id = l.decision_id
            where d.signed_on >= %s and l.place_id = any(%s)
            """,
            [since, list(place_ids)],
        )
        (lines,) = cursor.fetchone()
    if lines:
        yield Touched(_("decisions about people signed since"), lines)


def touched_by(place_ids: Iterable[int], on: date) -> Iterator[Touched]:
    """Bodies, delegations, posted lists and complaints that a reorganisation would carry along."""
    places = list(place_ids)
    open_ = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    own = open_ & Q(unit__in=units.holders(places, on))
    complaints = Q(place__in=places, received_on__lte=on, answer__isnull=True)
    for label, found in (
        (_("Councils that end or move"), Body.objects.filter(own)),
        (_("Delegations to sign"), Delegation.objects.filter(own)),
        (_("Posted lists"), Posting.objects.filter(open_, decision__lines__place__in=places)),
        (_("Open complaints"), Complaint.objects.filter(complaints)),
    ):
        if count := found.distinct().count():
            yield Touched(label, count)


def _where(
    kind: str, outcomes: Sequence[str] | None, place_ids: Sequence[int] | None, span: Span
) -> tuple[str, list[Any]]:
    where = ["d.kind = %s and d.signed_on >= %s"]
    values: list[Any] = [kind, span.valid_from]
    for condition, value in (
        ("d.signed_on < %s", span.valid_to),
        ("l.outcome = any(%s)", None if outcomes is None else list(outcomes)),
        ("l.place_id = any(%s)", None if place_ids is None else list(place_ids)),
    ):
        if value is not None:
            where.append(condition)
            values.append(value)
    return " and ".join(where), values
