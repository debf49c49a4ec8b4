"""Households: who shares parents or a family with somebody."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from muster.foundation.register.models import Person
from muster.foundation.register.queries.scanning import Folded, refuse_province
from muster.foundation.register.queries.searching import found
from muster.kernel import names

_MOST = 20


def household(people: QuerySet[Person], text: str, *, narrowed: bool) -> QuerySet[Person]:
    """Those of the people whose father or mother the text names.

    Parents' names stand in no index; `TooWide` for the whole province.
    """
    why = _("Name the commune too; a household is looked for within one.")
    refuse_province(why, narrowed=narrowed)
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
