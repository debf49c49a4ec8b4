"""Who lives where: by a unit that stands or stood, by a residential group, by the words of an address."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from muster.foundation.register.models import Person, Residence
from muster.foundation.register.queries.scanning import Folded, refuse_province
from muster.foundation.units import queries as units
from muster.foundation.units.models import Place, PlaceKind
from muster.kernel import names


def ground_named(text: str) -> list[int]:
    """The ground of every unit and group that bears the name or code, or ever bore it."""
    places = {
        place
        for unit in units.search(text)
        for place in units.place_ids(
            unit.id, unit.closed_on - timedelta(days=1) if unit.closed_on else date.max
        )
    }
    return sorted(places) or _groups(text)


def _groups(text: str) -> list[int]:
    """Residential groups, schools, agencies, enterprises of that name, of the commune named behind it where one is."""
    name, _sign, commune = text.partition(",")
    groups = Place.objects.exclude(kind=PlaceKind.COMMUNE).filter(folded=names.fold(name))
    if commune.strip():
        groups = groups.filter(pk__in=ground_named(commune.strip()))
    return sorted(groups.values_list("pk", flat=True))


def living_at(people: QuerySet[Person], text: str, *, narrowed: bool) -> QuerySet[Person]:
    """Those of the people of whose address, present or former, each word of the text is a part.

    Addresses stand in no index; `TooWide` for the whole province.
    """
    why = _("No unit or group bears this name; an address is looked for within one commune.")
    refuse_province(why, narrowed=narrowed)
    homes = Residence.objects.filter(person_id=OuterRef("pk")).exclude(address="")
    homes = homes.annotate(said=Folded("address"))
    for word in names.tokens(text):
        homes = homes.filter(said__contains=word)
    return people.filter(Exists(homes))
