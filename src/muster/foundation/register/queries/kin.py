"""Households: who shares parents or a family with somebody, and whether a number is taken."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Func, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from muster.foundation.register.models import Person
from muster.foundation.register.models.numbers import keys
from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.register.queries.searching import found
from muster.kernel import names
from muster.kernel.errors import Refused
from muster.shell import rls

_MOST = 20


class Folded(Func):
    """A text without case and marks, as `kernel.names.fold` gives it."""

    output_field = TextField()
    template = (
        "translate(regexp_replace(normalize(lower(%(expressions)s), NFD),"
        r" '[\u0300-\u036f]', '', 'g'), 'đðɖƀɓɨłø''', 'dddbbilo')"
    )


class TooWide(Refused):
    """A household searched through a whole province."""


def household(people: QuerySet[Person], text: str, *, narrowed: bool) -> QuerySet[Person]:
    """Those of the people whose father or mother the text names.

    Parents' names stand in no index, so it is asked of a commune, or of those whom a search
    narrowed already; `TooWide` for the whole province.
    """
    if not narrowed and places_in_scope() is None:
        raise TooWide(_("Name the commune too; a household is looked for within one."))
    return _of_parents(people, text)


def _of_parents(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those of the people of whose father's or mother's name each word of the text begins a word."""
    people = people.annotate(
        parents=Folded(
            Concat(Value(" "), "father_name", Value(" "), "mother_name", output_field=TextField())
        )
    )
    for word in names.tokens(text):
        people = people.filter(parents__contains=f" {word}")
    return people


def members(person: Person) -> QuerySet[Person]:
    """Who is of the person's family, the eldest first, himself left out."""
    if person.family_id is None:
        return Person.objects.none()
    same = Person.objects.filter(family_id=person.family_id, merged_into=None)
    return same.exclude(pk=person.pk).order_by("birth_date", "pk")


def candidates(person: Person, find: str = "") -> Sequence[Person]:
    """Who may be of the person's family: found by what was typed, else by both parents' names."""
    if find:
        people: QuerySet[Person, Any] = found(find)
    elif person.father_name and person.mother_name:
        nearby = {"place__within_id": person.place.within_id} if person.place.within_id else {
            "place_id": person.place_id
        }  # fmt: skip
        parents = f"{person.father_name} {person.mother_name}"
        people = _of_parents(Person.objects.filter(merged_into=None, **nearby), parents)
    else:
        return []
    people = people.filter(closed_on=None).exclude(pk=person.pk).select_related("place__within")
    if person.family_id is not None:
        people = people.exclude(family_id=person.family_id)
    return list(people.order_by("birth_date", "pk")[:_MOST])


def registered_with(citizen_number: str, old_number: str) -> str | None:
    """What to tell a clerk whose newcomer bears a number that is registered; None where neither is."""
    indexes = {
        f"{name}_index": keys().index(number)
        for name, number in (("citizen_number", citizen_number), ("old_number", old_number))
        if number
    }
    with rls.scoped(role=rls.WIDE, user_id=rls.current_user_id()):
        taken = any(
            Person.objects.filter(merged_into=None, **{column: index}).exists()
            for column, index in indexes.items()
        )
    if not taken:
        return None
    return _(
        "A citizen with this number is registered already; open his entry, or ask his office for a transfer."
    )
