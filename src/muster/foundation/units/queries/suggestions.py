"""Which part a waiting place probably belongs to, and why; a person decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import cos, hypot, radians

from django.utils.translation import gettext as _

from muster.foundation.units.models import Order, Place, Placement
from muster.foundation.units.queries import people as slices_above
from muster.foundation.units.queries.naming import Named
from muster.foundation.units.queries.people import Waiting
from muster.kernel.names import tokens

KM_PER_DEGREE = 111.2
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit for a waiting place, with the reason in a sentence."""

    place_id: int
    unit: Named
    reason: str


def suggestions(order: Order, waiting: Sequence[Waiting], on: date) -> dict[int, Suggestion]:
    """A suggestion for each waiting place for which there is a ground, by place id.

    In this order: the place bears the name of a part; the addresses of the people there
    (on the day `on`) name a part or a group that went to it; the groups beside it went
    there; its centre lies nearest to that of a part.
    """
    places = [each.place_id for each in waiting]
    settled, centres = _settled(order), _centres(places)
    addresses = slices_above.addresses_at(places, on)
    found = {}
    for each in waiting:
        beside = settled.get(each.within, [])
        reasons = (
            _by_name(each),
            _by_address(each, beside, addresses.get(each.place_id, Counter())),
            _by_neighbours(each, Counter(unit for _name, unit in beside)),
            _by_distance(each, centres.get(each.place_id)),
        )
        first = next((reason for reason in reasons if reason), None)
        if first is not None:
            found[each.place_id] = Suggestion(each.place_id, *first)
    return found


def _centres(place_ids: list[int]) -> dict[int, Point]:
    rows = Place.objects.filter(pk__in=place_ids, kind="group").values_list("pk", "lat", "lon")
    return {place: (lat, lon) for place, lat, lon in rows if lat is not None and lon is not None}


def _settled(order: Order) -> dict[str, list[tuple[str, int]]]:
    """The settled groups of each divided commune by name, and the part each went to."""
    found: dict[str, list[tuple[str, int]]] = {}
    rows = Placement.objects.filter(order=order, settled_on__isnull=False)
    for within, name, unit in rows.values_list("place__within__code", "place__name", "unit_id"):
        found.setdefault(within, []).append((name, unit))
    return found


def _words(text: str) -> str:
    """The folded words of a text between blanks, so that one text is found in another."""
    return f" {' '.join(tokens(text))} "


def _by_name(waiting: Waiting) -> tuple[Named, str] | None:
    for part in waiting.parts:
        if waiting.kind == "group" and _words(part.name) in _words(waiting.name):
            return part, _("its name contains that of %(unit)s") % {"unit": part.full_name}
    return None


def _by_address(
    waiting: Waiting, beside: Sequence[tuple[str, int]], addresses: Counter[str]
) -> tuple[Named, str] | None:
    """More than half of the people there gave an address that names one part and no other."""
    parts = {part.id: part for part in waiting.parts}
    names = [(_words(part.name), part.id) for part in waiting.parts]
    names += [(_words(group), unit) for group, unit in beside]
    told: Counter[int] = Counter()
    for address, people in addresses.items():
        text = _words(address)
        named = {unit for name, unit in names if unit in parts and name in text}
        if len(named) == 1:
            told[named.pop()] += people
    for unit, people in told.most_common(1):
        if 2 * people > addresses.total():
            sentence = _("%(n)s of %(all)s addresses there name %(unit)s or one of its groups")
            values = {"n": people, "all": addresses.total(), "unit": parts[unit].full_name}
            return parts[unit], sentence % values
    return None


def _by_neighbours(waiting: Waiting, chosen: Counter[int]) -> tuple[Named, str] | None:
    parts = {part.id: part for part in waiting.parts}
    for unit, number in chosen.most_common(1):
        if unit in parts and 2 * number > chosen.total():
            sentence = _("%(n)s of %(all)s groups beside it went to %(unit)s")
            values = {"n": number, "all": chosen.total(), "unit": parts[unit].full_name}
            return parts[unit], sentence % values
    return None


def _by_distance(waiting: Waiting, centre: Point | None) -> tuple[Named, str] | None:
    """Schematic centres: a hint only, and the reason says so."""
    if centre is None:
        return None
    distances = sorted(
        (_kilometres(centre, (part.lat, part.lon)), part.code, part)
        for part in waiting.parts
        if part.lat is not None and part.lon is not None
    )
    if not distances:
        return None
    distance, _code, nearest = distances[0]
    sentence = _("the centre of %(unit)s is nearest, %(km)s km away")
    return nearest, sentence % {"unit": nearest.full_name, "km": f"{distance:.1f}"}


def _kilometres(one: Point, other: Point) -> float:
    north, east = other[0] - one[0], other[1] - one[1]
    return KM_PER_DEGREE * hypot(north, east * cos(radians(one[0])))
