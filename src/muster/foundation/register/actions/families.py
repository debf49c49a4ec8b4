"""Who belongs to one family, as the one-per-family rules of article 41 ask."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.actions.entries import Closed, NothingToDo, correct
from muster.foundation.register.models import Act, Person


@transaction.atomic
def join_family(*, person: Person, kin: Person, on: date, basis: str) -> Act:
    """Enter that two citizens are of one family, on the ground of the paper named by `basis`.

    Whoever was of the person's family comes along, each by an act of his own; the person's
    act is returned. `NothingToDo` where they are of one family already, `Closed` where the
    other entry is off the roll.
    """
    if kin.closed_on is not None:
        raise Closed(_("The other entry is closed; reopen it first."))
    family = kin.family_id
    if person.pk == kin.pk or (family is not None and family == person.family_id):
        raise NothingToDo(_("They are of one family already."))
    if family is None:
        # Founded here it bears its first member's number, negated: a list's are positive.
        family = -kin.pk
        correct(person=kin, changes={"family_id": family}, on=on, basis=basis)
    for other in _others(person):
        correct(person=other, changes={"family_id": family}, on=on, basis=basis)
    return correct(person=person, changes={"family_id": family}, on=on, basis=basis)


def leave_family(*, person: Person, on: date, basis: str) -> Act:
    """Enter that somebody was put down for a family that is not his."""
    return correct(person=person, changes={"family_id": None}, on=on, basis=basis)


def _others(person: Person) -> list[Person]:
    if person.family_id is None:
        return []
    same = Person.objects.filter(family_id=person.family_id, closed_on=None)
    return list(same.exclude(pk=person.pk).order_by("pk"))
