"""Which part a waiting place probably belongs to, and why; a person decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from django.utils.translation import gettext as _

from muster.foundation.units.models import Order, Place, Placement
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


def suggestions(order: Order, waiting: Sequence[Waiting]) -> dict[int, Suggestion]:
    """A suggestion for each waiting place for which there is a ground, by place id.

    In this order: the place bears the name of a part; the groups beside it went there;
    its centre lies nearest to that of a part.
    """
    chosen = _chosen(order)
    centres = _centres([each.place_id for each in waiting])
    found = {}
    for each in waiting:
        reasons = (
            _by_name(each),
            _by_neighbours(each, chosen.get(each.within, Counter())),
            _by_distance(each, centres.get(each.place_id)),
        )
        first = next((reason for reason in reasons if reason), None)
        if first is not None:
            found[each.place_id] = Suggestion(each.place_id, *first)
    return found


def _centres(place_ids: list[int]) -> dict[int, Point]:
    rows = Place.objects.filter(pk__in=place_ids, kind="group").values_list("pk", "lat", "lon")
    return {place: (lat, lon) for place, lat, lon in rows if lat is not None and lon is not None}


def _chosen(order: Order) -> dict[str, Counter[int]]:
    """How often each part was chosen for the settled groups of each divided commune."""
    chosen: dict[str, Counter[int]] = {}
    settled = Placement.objects.filter(order=order, settled_on__isnull=False)
    for within, unit in settled.values_list("place__within__code", "unit_id"):
        chosen.setdefault(within, Counter())[unit] += 1
    return chosen


def _by_name(waiting: Waiting) -> tuple[Named, str] | None:
    words = f" {' '.join(tokens(waiting.name))} "
    for part in waiting.parts:
        if waiting.kind == "group" and f" {' '.join(tokens(part.name))} " in words:
            return part, _("its name contains that of %(unit)s") % {"unit": part.full_name}
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
