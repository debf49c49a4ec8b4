"""Acts upon one entry: registration, correction, transfer, settlement, closing."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction

from muster.foundation.register import rules
from muster.foundation.register.actions.inscribe import inscribe
from muster.foundation.register.models import (
    Act,
    Close,
    Enter,
    Person,
    PersonToken,
    Precision,
    Registration,
)
from muster.foundation.register.models.numbers import keys
from muster.kernel import names
from muster.kernel.errors import Refused
from muster.shell import rls


class Closed(Refused):
    """An act upon an entry that is closed."""


class NothingToDo(Refused):
    """An act that would change nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who somebody is, as the registration form asks; numbers in digits, `""` = none."""

    full_name: str
    sex: str
    birth_date: date
    birth_precision: str = Precision.DAY
    ethnicity: str = ""
    citizen_number: str = ""
    old_number: str = ""
    father_name: str = ""
    mother_name: str = ""
    occupation: str = ""
    education_grade: int | None = None
    school_level: str = ""
    degree_on: date | None = None
    family_id: int | None = None


_NUMBERS = {"citizen_number": rules.CITIZEN_DIGITS, "old_number": rules.OLD_DIGITS}
_IDENTITY = frozenset(field.name for field in fields(Identity))


@transaction.atomic
def register(
    *,
    identity: Identity,
    place_id: int,
    on: date,
    basis: str,
    source_id: str = "",
    entered: Enter = Enter.REGISTERED,
) -> Person:
    """Enter a citizen on the roll of a place (Decree 13/2016 art. 4, first registration).

    `entered` is `FOUND` for one whom a check found missing. `Impossible` and
    `NotTheNumber` name what is wrong with the form.
    """
    rules.check_person(
        full_name=identity.full_name, birth_date=identity.birth_date, registered_on=on
    )
    person = Person(
        uid=uuid4(), place_id=place_id, registered_on=on, source_id=source_id, version=0
    )
    _fill(person, {name: getattr(identity, name) for name in _IDENTITY})
    person.save(force_insert=True)
    _write_tokens(person)
    Registration.objects.create(person=person, place_id=place_id, valid_from=on, entered=entered)
    kind = Act.Kind.FOUND if entered == Enter.FOUND else Act.Kind.REGISTERED
    inscribe(person=person, kind=kind, on=on, basis=basis)
    return person


@transaction.atomic
def correct(*, person: Person, changes: Mapping[str, Any], on: date, basis: str) -> Act:
    """Correct fields of `Identity` on the ground of a paper named by `basis`.

    The act keeps what was before and after; of a personal number only that it changed.
    """
    _refuse_closed(person)
    unknown = changes.keys() - _IDENTITY
    if unknown:
        raise NothingToDo(
            "“%(field)s” is not a field that a correction can change.", field=min(unknown)
        )
    kept = {name: _shown(person, name) for name in changes}
    _fill(person, changes)
    rules.check_person(
        full_name=person.full_name,
        birth_date=person.birth_date,
        registered_on=person.registered_on,
    )
    before_after = {name: [kept[name], _shown(person, name)] for name in changes}
    if all(before == after for before, after in before_after.values()) and not (
        changes.keys() & _NUMBERS.keys()
    ):
        raise NothingToDo("the entry already says so; nothing was corrected.")
    person.save(update_fields=_stored(changes))
    if "full_name" in changes:
        _forget_tokens(person, kept["full_name"])
        _write_tokens(person)
    return inscribe(
        person=person, kind=Act.Kind.CORRECTED, on=on, basis=basis, changes=before_after
    )


@transaction.atomic
def move(
    *, person: Person, to_place_id: int, on: date, basis: str, kind: Act.Kind = Act.Kind.MOVED
) -> Act:
    """Transfer the registration to another place: off one roll and onto the other, in one act.

    What is kept of the person follows him. The receiving office need not have seen him
    before, so the act is done in the wide scope, after its caller's rights were checked.
    """
    _refuse_closed(person)
    if person.place_id == to_place_id:
        raise NothingToDo("the citizen is already registered at that place.")
    settled = kind == Act.Kind.SETTLED
    with rls.scoped(role=rls.WIDE, user_id=rls.current_user_id()):
        _leave_roll(person, on, Close.SETTLED if settled else Close.MOVED)
        entered = Enter.SETTLED if settled else Enter.MOVED
        Registration.objects.create(
            person=person, place_id=to_place_id, valid_from=on, entered=entered
        )
        changes = {"place": [person.place_id, to_place_id]}
        _forget_tokens(person, person.full_name)
        person.place_id = to_place_id
        person.save(update_fields=["place_id"])
        _write_tokens(person)
        return inscribe(person=person, kind=kind, on=on, basis=basis, changes=changes)


def settle_place(*, person: Person, group_place_id: int, on: date, basis: str) -> Act:
    """Give somebody of a divided commune his residential group, so that his unit is known."""
    return move(
        person=person, to_place_id=group_place_id, on=on, basis=basis, kind=Act.Kind.SETTLED
    )


@transaction.atomic
def close(*, person: Person, why: Close, on: date, basis: str) -> Act:
    """Take the entry off the roll: died, past the age, left. It stays readable."""
    _refuse_closed(person)
    rules.check_person(
        full_name=person.full_name,
        birth_date=person.birth_date,
        registered_on=person.registered_on,
        closed_on=on,
    )
    person.closed_on, person.closed_why = on, why
    person.save(update_fields=["closed_on", "closed_why"])
    _leave_roll(person, on, why)
    return inscribe(
        person=person, kind=Act.Kind.CLOSED, on=on, basis=basis, changes={"closed": [None, why]}
    )


@transaction.atomic
def reopen(*, person: Person, on: date, basis: str) -> Act:
    """Put a closed entry back on the roll of its place, since the closing was wrong or is over."""
    if person.closed_on is None:
        raise NothingToDo("the entry is open.")
    why, person.closed_on, person.closed_why = person.closed_why, None, ""
    person.save(update_fields=["closed_on", "closed_why"])
    Registration.objects.create(
        person=person, place_id=person.place_id, valid_from=on, entered=Enter.RETURNED
    )
    return inscribe(
        person=person, kind=Act.Kind.REOPENED, on=on, basis=basis, changes={"closed": [why, None]}
    )


def _refuse_closed(person: Person) -> None:
    if person.closed_on is not None:
        raise Closed("the entry was closed on %(day)s; reopen it first.", day=person.closed_on)


def _leave_roll(person: Person, on: date, why: Close) -> None:
    person.registrations.filter(valid_to__isnull=True).update(valid_to=on, closed=why)


def _fill(person: Person, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name in _NUMBERS:
            _seal(person, name, value)
        else:
            setattr(person, name, names.nfc(value) if isinstance(value, str) else value)
    person.folded = names.fold(person.full_name)
    person.sort_key = names.person_sort_key(person.full_name)


def _seal(person: Person, name: str, number: str) -> None:
    sealed = index = None
    if number:
        number = rules.checked_number(number, digits=_NUMBERS[name])
        sealed, index = keys().seal(number, person.uid), keys().index(number)
    setattr(person, f"{name}_sealed", sealed)
    setattr(person, f"{name}_index", index)


def _shown(person: Person, name: str) -> Any:
    """A field as the act keeps it: text and numbers plain, personal numbers never."""
    if name in _NUMBERS:
        return "sealed" if getattr(person, f"{name}_sealed") else None
    value = getattr(person, name)
    return value.isoformat() if isinstance(value, date) else value


def _stored(changes: Mapping[str, Any]) -> list[str]:
    columns = [name for name in changes if name not in _NUMBERS]
    columns += [
        f"{name}_{part}"
        for name in changes.keys() & _NUMBERS.keys()
        for part in ("sealed", "index")
    ]
    return [*columns, *(["folded", "sort_key"] if "full_name" in changes else [])]


def _forget_tokens(person: Person, full_name: str) -> None:
    person.tokens.filter(token__in=names.tokens(full_name), place_id=person.place_id).delete()


def _write_tokens(person: Person) -> None:
    PersonToken.objects.bulk_create(
        PersonToken(token=token, place_id=person.place_id, person_id=person.pk)
        for token in dict.fromkeys(names.tokens(person.full_name))
    )
