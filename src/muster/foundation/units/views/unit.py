"""A unit's page: what it is on the day, what it came from and what became of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from muster.foundation.units import queries
from muster.foundation.units.models import Unit
from muster.foundation.units.queries import Named, panorama, portrait
from muster.foundation.units.views import asked, listings, past
from muster.foundation.units.views.words import TIES, capital, kind
from muster.kernel.manifest import Label
from muster.shell import written
from muster.shell.charts import Chart
from muster.shell.components import Event, Fact
from muster.shell.guards import door, requires
from muster.shell.tables import Listing

Links = tuple[tuple[Named, str], ...]


@dataclass(frozen=True)
class Shown:
    """All that the page tells of a unit on the shown day.

    `counted` says whether the user's reach holds all its people, so that numbers are whole.
    """

    unit: Named
    above: tuple[Named, ...]
    facts: tuple[Fact, ...]
    ties: tuple[tuple[Label, Links], ...]
    namesakes: tuple[tuple[Named, str, str], ...]
    children: Listing | None
    flows: tuple[Chart, ...]
    events: tuple[Event, ...]
    counted: bool


@require_GET
@requires("units.view")
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit as of a day; if it did not stand then, as it was nearest to it."""
    on = asked.day(request)
    row = get_object_or_404(Unit, pk=pk)
    shown_on = portrait.nearest_day(row, on)
    shown = _shown(row, shown_on)
    context = {
        "on": on,
        "shown_on": shown_on,
        "shown": shown,
        "title": capital(shown.unit.full_name),
        "kind": kind(shown.unit.kind),
        "crumbs": asked.crumbs(row.tree, shown.above, shown_on),
        "kin": _linked(panorama.standing_kin([pk], on).get(pk, []), on),
        "map_href": asked.href("map", pk, on=shown_on) if shown.children else "",
    }
    return render(request, "units/unit.html", context)


def _shown(row: Unit, on: date) -> Shown:
    here = queries.named([row.pk], on)[row.pk]
    above = queries.ancestors(row.pk, on)
    places = queries.place_ids(row.pk, on)
    counted = portrait.within_reach(places)
    turns = portrait.turns(row)
    people = queries.people_by_place(on) if counted else {}
    return Shown(
        here,
        tuple(reversed(above)),
        (*_facts(row, here, above, on), *_counts(places, people, counted=counted)),
        tuple(_ties(row.pk, on)),
        tuple(_namesakes(here, on)),
        _children(row.pk, on, people, counted=counted),
        tuple(past.flow(turn, here) for turn in turns),
        tuple(past.events(row, turns)),
        counted,
    )


@require_GET
@requires("units.view")
def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """What other slices keep on the unit's ground: a piece of its page that may take longer."""
    row = get_object_or_404(Unit, pk=pk)
    on = portrait.nearest_day(row, asked.day(request))
    places = queries.place_ids(pk, on)
    found = queries.touched_by(places, on) if portrait.within_reach(places) else []
    touched = [replace(each, url=door(request, each.url)) for each in found]
    context = {"touched": touched, "here": queries.named([pk], on)[pk], "on": on}
    piece = "HX-Request" in request.headers
    return render(request, "units/kept.html" if piece else "units/kept_page.html", context)


def _linked(units: Iterable[Named], on: date) -> Links:
    return tuple((each, asked.unit_href(each, portrait.nearest_day(each, on))) for each in units)


def _namesakes(here: Named, on: date) -> Iterator[tuple[Named, str, str]]:
    others = [each for each in queries.bearers(here.code, here.tree) if each.id != here.id]
    for each, href in _linked(others, on):
        yield each, href, past.life(each.opened_on, each.closed_on)


def _facts(row: Unit, here: Named, above: Sequence[Named], on: date) -> Iterator[Fact]:
    yield Fact(_("Kind"), kind(here.kind))
    yield Fact(_("Code"), here.code)
    if above:
        yield Fact(_("Belongs to"), ", ".join(each.full_name for each in above))
    yield Fact(_("Stands"), past.life(row.opened_on, row.closed_on))
    if here.area_km2 is not None:
        area = f"{written.number(here.area_km2, 2)} km²"
        estimated = portrait.estimated_area(row.pk, on)
        yield Fact(_("Area"), _("%(area)s, estimated") % {"area": area} if estimated else area)
    if here.lat is not None and here.lon is not None:
        yield Fact(_("Centre"), f"{here.lat:.4f}, {here.lon:.4f}")


def _counts(places: Sequence[int], people: Mapping[int, int], *, counted: bool) -> Iterator[Fact]:
    yield Fact(_("Places"), written.number(len(places)))
    number = written.number(portrait.people_at(places, people))
    yield Fact(_("People kept there"), number if counted else _("outside your reach"))


def _ties(pk: int, on: date) -> Iterator[tuple[Label, Links]]:
    found: dict[Label, list[Named]] = {}
    for tie in portrait.ties(pk, on):
        found.setdefault(TIES[tie.kind, tie.outward], []).append(tie.other)
    return ((label, _linked(units, on)) for label, units in found.items())


def _children(pk: int, on: date, people: Mapping[int, int], *, counted: bool) -> Listing | None:
    units = queries.children(pk, on)
    if not units:
        return None
    ground = portrait.ground([each.id for each in units], on) if counted else {}
    heads = {pk: portrait.people_at(places, people) for pk, places in ground.items()}
    return listings.children(units, on, heads if counted else None)
