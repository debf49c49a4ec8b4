"""People on divided ground who wait for their group, and so for their unit."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import connection
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models import Person
from muster.foundation.register.queries.counting import count
from muster.foundation.units.models import Tenure
from muster.kernel.manifest import Touched

# Ground whose unit is provisional on the day: a divided commune's, kept by one of its heirs.
WAITING = """
    select t.unit_id, r.person_id, r.place_id
    from units_tenure t
    join register_registration r on r.place_id = t.place_id
    where t.provisional
      and t.valid_from <= %(on)s and (t.valid_to is null or t.valid_to > %(on)s)
      and r.valid_from <= %(on)s and (r.valid_to is null or r.valid_to > %(on)s)
      and (%(places)s::int[] is null or t.place_id = any(%(places)s::int[]))
"""


_ADDRESSES = """
    select r.place_id, h.address, count(*)
    from register_registration r join register_residence h on h.person_id = r.person_id
    where r.place_id = any(%(places)s) and h.address <> ''
      and r.valid_from <= %(on)s and (r.valid_to is null or r.valid_to > %(on)s)
      and h.valid_from <= %(on)s and (h.valid_to is null or h.valid_to > %(on)s)
    group by r.place_id, h.address
"""


def waiting_by_unit(on: date, place_ids: Sequence[int] | None = None) -> Mapping[int, int]:
    """How many wait for a part, by the unit that keeps their ground meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select unit_id, count(*) from ({WAITING}) w group by unit_id",
            {"on": on, "places": None if place_ids is None else list(place_ids)},
        )
        return dict(cursor.fetchall())


def waiting(on: date, place_ids: Sequence[int] | None = None) -> int:
    """How many wait for a part on the day."""
    return sum(waiting_by_unit(on, place_ids).values())


def people_waiting(on: date) -> QuerySet[Person]:
    """Who waits on the day within the asker's scope, for his group or for his group's unit."""
    holds = Q(valid_from__lte=on) & (Q(valid_to=None) | Q(valid_to__gt=on))
    ground = Tenure.objects.filter(holds, provisional=True).values("place_id")
    waiting = Person.objects.filter(place_id__in=ground, closed_on=None)
    return waiting.select_related("place__within").prefetch_related("residences")


def addresses_at(place_ids: Iterable[int], on: date) -> dict[int, dict[str, int]]:
    """How many of those registered at each place gave which address in words on the day."""
    found: dict[int, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ADDRESSES, {"on": on, "places": list(place_ids)})
        for place, address, people in cursor.fetchall():
            found.setdefault(place, {})[address] = people
    return found


def touched_by(place_ids: Iterable[int], on: date) -> list[Touched]:
    """The people whom a reorganisation of the places would move."""
    return [
        Touched(_("People on the register"), count(list(place_ids), on), reverse("register:people"))
    ]
