"""Who is past the age up to which the register keeps people on a roll."""

from datetime import date

from django.db.models import Q, QuerySet

from muster.foundation.register.models import Person, Sex
from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.register.rules import clocks


def past_age(on: date) -> QuerySet[Person]:
    """Those still on a roll within the asker's scope who are past the age on the day."""
    men, women = clocks.past_age(on)
    old = Q(sex=Sex.MALE, birth_date__lte=men) | Q(sex=Sex.FEMALE, birth_date__lte=women)
    found = Person.objects.filter(old, closed_on=None, sort_key__gt="")
    places = places_in_scope()
    if places is not None:
        found = found.filter(place_id__in=places)
    return found.select_related("place__within")
