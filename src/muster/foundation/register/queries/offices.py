"""Schools, agencies and enterprises that register their people, each a place on its commune's ground."""

from django.db.models import QuerySet

from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.units.models import Place, PlaceKind
from muster.kernel.names import fold


def offices() -> QuerySet[Place]:
    """Those on the ground that the asker answers for."""
    found = Place.objects.filter(kind=PlaceKind.OFFICE).select_related("within")
    places = places_in_scope()
    return found if places is None else found.filter(pk__in=places)


def grounds() -> QuerySet[Place]:
    """The ground on which the asker may enter one."""
    found = Place.objects.filter(kind=PlaceKind.COMMUNE)
    places = places_in_scope()
    return found if places is None else found.filter(pk__in=places)


def office_named(name: str) -> int | None:
    """The one office of the name in the whole installation; None where there is none, or several."""
    found = Place.objects.filter(kind=PlaceKind.OFFICE, folded=fold(name))
    ids = list(found.values_list("pk", flat=True)[:2])
    return ids[0] if len(ids) == 1 else None
