"""Taking off the roll whoever is past the age."""

from datetime import date

from django.db import transaction

from muster.foundation.register.actions.entries import close
from muster.foundation.register.models import Close
from muster.foundation.register.queries.past import past_age


@transaction.atomic
def close_past_age(*, on: date, basis: str, at_most: int) -> int:
    """Close the entries of those past the age on the day, the oldest first; returns how many.

    Each by an act of its own, on the paper that `basis` names (Law 78/2015/QH13 art. 25);
    within the scope of whoever asks, `at_most` so many at once.
    """
    people = list(past_age(on).order_by("birth_date", "pk")[:at_most])
    for person in people:
        close(person=person, why=Close.AGED_OUT, on=on, basis=basis)
    return len(people)
