"""The tree of units on a day, one level at a time, and the search through all its days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from muster.foundation.units import queries
from muster.foundation.units.models import Tree
from muster.foundation.units.queries import Named, Tally, panorama
from muster.foundation.units.queries.panorama import Epoch
from muster.foundation.units.queries.portrait import nearest_day
from muster.foundation.units.views import asked, past
from muster.foundation.units.views.words import COMMANDS, LEVELS, kind
from muster.kernel.manifest import Label
from muster.shell.guards import requires

MOST = 40
"""So many finds are shown; more are better narrowed by another word."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many units of one level stand, and of which kinds."""

    label: Label
    count: int
    kinds: tuple[tuple[Label, int], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One span between two changes, and the address that shows its map."""

    epoch: Epoch
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Find:
    """A unit that the search found: where it lay, and who stands in its stead on the day."""

    unit: Named
    within: str
    life: str
    href: str
    stands: bool
    kin: tuple[tuple[Named, str], ...]


@require_GET
@requires("units.view")
def tree(request: HttpRequest) -> HttpResponse:
    """The tops of a tree as of a day; with a search, what it found instead."""
    try:
        on, which = asked.day(request), asked.tree(request)
    except queries.EmptyMap:
        return render(request, "units/empty.html")
    text = request.GET.get("find", "").strip()
    context = {
        "on": on,
        "tree": which,
        "tabs": asked.tabs(which, on),
        "steps": steps(which, on),
        "find": text,
    }
    if text:
        return render(request, "units/search.html", context | _found(text, which, on))
    context |= {
        "totals": _totals(which, queries.count(on, tree=which)),
        "nodes": panorama.tops(which, on),
    }
    return render(request, "units/tree.html", context)


@require_GET
@requires("units.view")
def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands right under a unit, as a piece of the tree."""
    on = asked.day(request)
    return render(request, "units/branch.html", {"nodes": panorama.under([pk], on), "on": on})


@require_GET
@requires("units.view")
def by_code(request: HttpRequest, code: str) -> HttpResponseBase:
    """The page of the unit that a code meant on the day."""
    on = asked.day(request)
    return HttpResponseRedirect(asked.unit_href(queries.resolve(code, on, asked.tree(request)), on))


def steps(which: str, on: date, address: str = "") -> list[Step]:
    """The spans of a tree's history as a row of links; `address` is the page they lead to."""
    here = address or asked.href("tree", tree=which)
    return [
        Step(epoch, f"{here}{'&' if '?' in here else '?'}on={epoch.first}", epoch.holds(on))
        for epoch in panorama.epochs(which)
    ]


def _totals(which: str, tallies: Iterable[Tally]) -> list[Total]:
    by_level: dict[str, list[Tally]] = {}
    for each in tallies:
        by_level.setdefault(each.level, []).append(each)
    words = COMMANDS if which == Tree.DEFENCE else LEVELS
    return [
        Total(
            words[level],
            sum(each.count for each in kinds),
            tuple((kind(each.kind), each.count) for each in kinds),
        )
        for level, kinds in by_level.items()
    ]


def _found(text: str, which: str, on: date) -> dict[str, object]:
    units = queries.search(text, tree=which)
    shown = units[:MOST]
    bearers = [unit for unit in units if unit.code == text]
    return {
        "finds": _finds(shown, on),
        "more": len(units) - len(shown),
        "ambiguous": _meanings(bearers) if len(bearers) > 1 else "",
    }


def _finds(units: Sequence[Named], on: date) -> list[Find]:
    ids = [unit.id for unit in units]
    above, kin = panorama.whereabouts(ids, on), panorama.standing_kin(ids, on)
    return [
        Find(
            unit,
            ", ".join(above.get(unit.id, ())),
            past.life(unit.opened_on, unit.closed_on),
            asked.unit_href(unit, nearest_day(unit, on)),
            unit.opened_on <= on and (unit.closed_on is None or unit.closed_on > on),
            tuple((each, asked.unit_href(each, on)) for each in kin.get(unit.id, ())),
        )
        for unit in units
    ]


def _meanings(units: Sequence[Named]) -> str:
    return _("The code %(code)s meant different units at different times: choose one.") % {
        "code": units[0].code
    }
