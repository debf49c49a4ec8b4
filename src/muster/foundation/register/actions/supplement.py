"""Supplementary registration: what is true of a person from a day until a day."""

from datetime import date
from typing import Any

from django.db import transaction

from muster.foundation.register.actions.inscribe import inscribe
from muster.foundation.register.models import (
    Act,
    Circumstance,
    Employment,
    Person,
    Residence,
    Schooling,
)
from muster.kernel.errors import Refused

Spell = Circumstance | Employment | Residence | Schooling


class EndsBeforeItBegan(Refused):
    """A spell whose last day would lie before its first."""


@transaction.atomic
def begin_spell(
    *, person: Person, spell: type[Spell], valid_from: date, on: date, document: str, **facts: Any
) -> Act:
    """Enter that something is true from a day: a course, work, an absence, a circumstance.

    `spell` is the model, `facts` its own columns and `valid_to` where the end is known;
    `on` is the day of the entry, `document` the paper that shows it.
    """
    added = spell(
        person=person,
        place_id=person.place_id,
        valid_from=valid_from,
        document=document,
        **facts,
    )
    _refuse_backward(added)
    added.save(force_insert=True)
    return _supplement(person, added, on, document, [None, valid_from.isoformat()])


@transaction.atomic
def end_spell(*, person: Person, spell: Spell, valid_to: date, on: date, document: str) -> Act:
    """Enter from which day on something is no longer true."""
    before = spell.valid_to
    spell.valid_to = valid_to
    _refuse_backward(spell)
    spell.save(update_fields=["valid_to"])
    shown = [before.isoformat() if before else None, valid_to.isoformat()]
    return _supplement(person, spell, on, document, shown)


def _refuse_backward(spell: Spell) -> None:
    if spell.valid_to is not None and spell.valid_to <= spell.valid_from:
        raise EndsBeforeItBegan(
            "it would end on %(ends)s, not after it began on %(begins)s.",
            ends=spell.valid_to,
            begins=spell.valid_from,
        )


def _supplement(
    person: Person, spell: Spell, on: date, document: str, shown: list[str | None]
) -> Act:
    return inscribe(
        person=person,
        kind=Act.Kind.SUPPLEMENTED,
        on=on,
        basis=document,
        changes={type(spell).__name__.lower(): [spell.pk, *shown]},
    )
