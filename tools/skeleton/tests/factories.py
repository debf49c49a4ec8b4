"""What the slice's tests begin with."""

from datetime import date

from muster.domains.skeleton import actions
from muster.domains.skeleton.models import Case
from muster.foundation.units.models import Place

OPENED = date(2026, 3, 2)


def place(code: str = "T-1") -> Place:
    return Place.objects.create(code=code, name=f"Place {code}", folded=code.lower(), kind="commune")


def case(**given: object) -> Case:
    facts = {"subject": "A fence to mend", "opened_on": OPENED} | given
    if "place_id" not in facts:
        facts["place_id"] = place().pk
    return actions.open_case(**facts)
