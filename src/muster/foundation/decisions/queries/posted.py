"""What a posted list shows: the fields that the law orders for the channel, and no more."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext

from muster.foundation.decisions import rules
from muster.foundation.decisions.models import Decision, Posting, labels
from muster.foundation.decisions.queries.lines import LineView, annex
from muster.foundation.units import queries as units
from muster.kernel.manifest import Label
from muster.shell import written

_HEADINGS: dict[str, Label] = {
    "full_name": labels.FULL_NAME,
    "birth_date": labels.BORN,
    "birth_year": labels.BIRTH_YEAR,
    "place": labels.RESIDENCE,
    "article": labels.ARTICLE,
    "outcome": labels.OUTCOME,
}


@dataclass(frozen=True, slots=True)
class Posted:
    """A page of a posted list: headings, rows of plain texts, where the next page begins."""

    headings: tuple[Label, ...]
    rows: tuple[tuple[object, ...], ...]
    next_after: int | None


def posting(uid: uuid.UUID | str, on: date) -> Posting | None:
    """A list that hangs on the day; None before and after, as on the board."""
    hanging = Posting.objects.filter(uid=uid, valid_from__lte=on, valid_to__gt=on)
    return hanging.select_related("decision__unit").first()


def postings_of(
    decision: Decision, on: date
) -> list[tuple[Posting, bool, list[tuple[Label, str]]]]:
    """Where a decision's list is posted: whether it hangs on the day, its columns with their rules."""
    return [
        (each, each.valid_from <= on < each.valid_to, _ordered(each, decision))
        for each in decision.postings.order_by("channel")
    ]


def _ordered(posting: Posting, decision: Decision) -> list[tuple[Label, str]]:
    fields = rules.shown_fields(decision.kind, posting.channel, decision.signed_on)
    return [(_HEADINGS[name], gettext(rule)) for name, rule in fields.items()]


def communes_of(decision_id: int, on: date) -> list[units.Named]:
    """The communes whose people stand on a list, so that a reader opens only his own."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select distinct t.unit_id from units_tenure t
            where t.valid_from <= %(on)s and (t.valid_to is null or t.valid_to > %(on)s)
              and t.place_id in (select place_id from decisions_line where decision_id = %(id)s)
            """,
            {"on": on, "id": decision_id},
        )
        found = [row[0] for row in cursor.fetchall()]
    return list(units.named(found, on).values())


def posted(
    posting: Posting, *, place_ids: Sequence[int] | None, after: int = 0, limit: int = 50
) -> Posted:
    """A page of names as the channel shows them; lines no longer in force are left out."""
    kind, on = posting.decision.kind, posting.decision.signed_on
    fields = rules.shown_fields(kind, posting.channel, on)
    lines = annex(posting.decision_id, after=after, limit=limit + 1, place_ids=place_ids)
    shown = lines[:limit]
    return Posted(
        headings=tuple(_HEADINGS[name] for name in fields),
        rows=tuple(
            tuple(_cell(line, name) for name in fields)
            for line in shown
            if line.state == "in_force" and rules.is_posted(kind, line.outcome, on)
        ),
        next_after=shown[-1].line_id if len(lines) > limit else None,
    )


def _cell(line: LineView, name: str) -> object:
    cells: dict[str, object] = {
        "full_name": line.full_name,
        "birth_date": line.born,
        "birth_year": line.birth_date.year if line.birth_date else "",
        "place": line.place_name,
        "article": written.article(rules.shown_article(line.article, line.signed_on)),
        "outcome": labels.label(labels.OUTCOMES, line.outcome),
    }
    return cells[name]
