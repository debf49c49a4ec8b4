"""Asking for a list, answering, taking it along: each a mark in the ledger."""

from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from muster.foundation.ledger import actions as ledger
from muster.foundation.register.models import Export, ExportStep, Person
from muster.foundation.register.queries import exports as reads
from muster.foundation.register.rules import exports as rules
from muster.kernel.errors import Refused
from muster.shell import rls


class NoPurpose(Refused):
    """A list that is asked for without saying what for."""


class NoRight(Refused):
    """Numbers in full for whoever may not see them."""


@transaction.atomic
def ask_for_export(
    *,
    user_id: int,
    unit_id: int | None,
    on: date,
    purpose: str,
    columns: Sequence[str],
    find: str = "",
    where: str = "",
    full_numbers: bool = False,
    may_see_numbers: bool = False,
) -> Export:
    """Ask for a list; it waits for a second person above the limit, or for numbers in full.

    `find` is the search as its address holds it. `NoPurpose`, `NoRight` and `rules.TooMany`.
    """
    if not purpose.strip():
        raise NoPurpose("say what the list is for.", code="export.purpose")
    if full_numbers and not may_see_numbers:
        raise NoRight("your post does not show numbers in full.", code="export.numbers")
    rows = reads.meant(find, where).count()
    rules.check_size(rows, on)
    export = Export.objects.create(
        unit_id=unit_id, asked_by_id=user_id, on=on, purpose=purpose.strip(), find=find, where=where,
        columns=list(columns), full_numbers=full_numbers, rows=rows,
        needs_second=rules.needs_second(rows, full_numbers=full_numbers, on=on),
    )  # fmt: skip
    ledger.record(kind="register.export", ids=[export.pk])
    return export


@transaction.atomic
def answer_export(*, export: Export, user_id: int, on: date, agrees: bool, why: str) -> ExportStep:
    """A second person agrees or refuses, with a reason; never who asked."""
    rules.check_answer(asked=reads.judged(export), by=user_id)
    kind = ExportStep.Kind.APPROVED if agrees else ExportStep.Kind.REFUSED
    return _step(export, kind, user_id, on, why=why)


@transaction.atomic
def take_export(*, export: Export, user_id: int, on: date, form: str) -> Sequence[Person]:
    """Take a list along: the people as they stand now, each reading logged.

    Whoever takes it sees no more than his own scope shows. `rules.NotYours`,
    `rules.NotApproved`, `rules.TooLate` and `rules.TooMany`.
    """
    people = list(reads.people_of(export).order_by("sort_key", "uid"))
    rules.check_taking(asked=reads.judged(export), by=user_id, rows=len(people), on=on)
    _step(export, ExportStep.Kind.TAKEN, user_id, on, form=form, rows=len(people))
    _note_readings([person.pk for person in people], user_id)
    return people


def _step(
    export: Export, kind: ExportStep.Kind, user_id: int, on: date, **more: str | int
) -> ExportStep:
    step = ExportStep.objects.create(export=export, kind=kind, by_id=user_id, on=on, **more)
    ledger.record(kind="register.export_step", ids=[step.pk])
    return step


def _note_readings(people: Sequence[int], user_id: int) -> None:
    """Whoever is on a list that left was read; one statement for all of them."""
    with rls.scoped(role=rls.WIDE, user_id=user_id), connection.cursor() as cursor:
        cursor.execute(
            """
            insert into register_reading (person_id, place_id, by_id, page)
            select id, place_id, %s, 'export' from register_person where id = any(%s)
            """,
            [user_id, list(people)],
        )
