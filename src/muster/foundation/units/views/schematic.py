"""Where the units on a piece of ground lay on a day, drawn true to area."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from muster.foundation.units import queries
from muster.foundation.units.models import Tree, Unit
from muster.foundation.units.queries import Named, portrait
from muster.foundation.units.queries.portrait import Outline
from muster.foundation.units.views import asked, listings
from muster.foundation.units.views.drawing import Drawn, draw
from muster.foundation.units.views.plane import Sheet, Spot, lay_out
from muster.foundation.units.views.tree import steps
from muster.foundation.units.views.words import capital, kind
from muster.kernel.manifest import Label
from muster.shell import written
from muster.shell.guards import requires

CLASSES = {
    "phường": "ward", "thị trấn": "ward", "quận": "ward", "thành phố": "ward", "thị xã": "ward",
    "đặc khu": "zone",
}  # fmt: skip


@require_GET
@requires("units.view")
def schematic(request: HttpRequest, pk: int) -> HttpResponse:
    """The ground that a unit holds on one day (`of`), under the units of another (`on`)."""
    row = get_object_or_404(Unit, pk=pk)
    of = portrait.nearest_day(row, asked.day(request, "of" if "of" in request.GET else "on"))
    on = asked.day(request)
    here = queries.named([pk], of)[pk]
    places = queries.place_ids(pk, of)
    units = portrait.units_on(places, on)
    outlines = portrait.outlines(units)
    sheet = lay_out(_spots(units, outlines), portrait.centres(places))
    address = asked.href("map", pk, of=of)
    context = {
        "on": on,
        "of": of,
        "here": here,
        "title": capital(here.full_name),
        "crumbs": (
            *asked.crumbs(row.tree, reversed(queries.ancestors(pk, of)), of),
            asked.crumb(here, of),
        ),
        "steps": steps(Tree.GOVERNMENT, on, address),
        "picture": draw(sheet, list(_drawn(sheet, units, on)), capital(here.full_name)),
        "legend": _legend(units),
        "table": listings.children(units, on, None, _("Units on the map")),
        "count": len(units),
        "bounded": len(outlines),
        "sources": sorted({each.source for each in outlines.values()}),
        "may_bound": request.user.has_perm("units.boundaries"),
    }
    return render(request, "units/map.html", context)


def _spots(units: Sequence[Named], outlines: Mapping[int, Outline]) -> list[Spot]:
    none = Outline((), "")
    return [
        Spot(each.id, each.lon, each.lat, each.area_km2 or 0.0, outlines.get(each.id, none).rings)
        for each in units
        if each.lat is not None and each.lon is not None
    ]


def _drawn(sheet: Sheet, units: Sequence[Named], on: date) -> Iterator[Drawn]:
    by_id = {each.id: each for each in units}
    for mark in sheet.marks:
        unit = by_id[mark.key]
        words = _("%(unit)s, %(area)s km²") % {
            "unit": unit.full_name, "area": written.number(unit.area_km2, 1),
        }  # fmt: skip
        if mark.apart_km is not None:
            away = {"unit": words, "km": written.number(mark.apart_km)}
            words = _("%(unit)s, %(km)s km off the rest") % away
        css = CLASSES.get(unit.kind, "rural")
        yield Drawn(mark, css, unit.name, words, asked.unit_href(unit, on))


def _legend(units: Sequence[Named]) -> list[tuple[str, Label, int]]:
    kinds = {each.kind: CLASSES.get(each.kind, "rural") for each in units}
    return [
        (css, kind(written_kind), sum(each.kind == written_kind for each in units))
        for written_kind, css in sorted(kinds.items(), key=lambda item: (item[1], item[0]))
    ]
