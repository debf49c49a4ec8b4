"""Letters of transfer: what is to be received, and what is overdue on either side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from muster.foundation.register.models import Person, Transfer
from muster.foundation.register.queries.entry import place_name
from muster.foundation.register.queries.scope import places_in_scope

# The letter as it was written; its reception is an act upon the entry.
CANONICAL = """
select id, json_build_array(id, person_id, from_place_id, to_place_id, basis, proposed_on,
                            due_on, proposed_by_id)::text as canonical
from register_transfer
"""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of transfer as its list shows it."""

    uid: UUID
    full_name: str
    from_place: str
    to_place: str
    proposed_on: date
    due_on: date
    state: str
    late: bool
    ours: bool  # whether this office is to answer
    person: UUID | None  # his entry, where the asker sees it
    to_print: bool  # whether the paper that he takes along can be printed


def letters(today: date, *, limit: int = 200) -> Sequence[Letter]:
    """The letters within the asker's scope: open ones by deadline, then the latest answered."""
    rows = Transfer.objects.select_related("from_place__within", "to_place__within")
    ordered = rows.order_by("answered_on", "due_on", "pk")
    receiving = places_in_scope()
    found = [
        *ordered.filter(state="open")[:limit],
        *rows.exclude(state="open").order_by("-answered_on", "-pk")[:20],
    ]
    people = Person.objects.filter(pk__in=[row.person_id for row in found])
    seen = dict(people.values_list("pk", "uid"))
    return [_letter(row, today, receiving, seen.get(row.person_id)) for row in found]


def _letter(
    row: Transfer, today: date, receiving: frozenset[int] | None, person: UUID | None
) -> Letter:
    is_open = row.state == Transfer.State.OPEN
    return Letter(
        person=person,
        to_print=is_open and person is not None,
        uid=row.uid,
        full_name=row.full_name,
        from_place=place_name(row.from_place),
        to_place=place_name(row.to_place),
        proposed_on=row.proposed_on,
        due_on=row.due_on,
        state=row.get_state_display(),
        late=is_open and row.due_on < today,
        ours=is_open and (receiving is None or row.to_place_id in receiving),
    )
