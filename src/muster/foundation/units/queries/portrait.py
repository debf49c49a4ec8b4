"""One unit on a day: its ground, its commands, who lives there, and what it came from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count

from muster.foundation.units.models import Boundary, Order, Place, Unit, UnitParent, UnitVersion
from muster.foundation.units.queries.naming import Named, named
from muster.shell.rls import WIDE


def nearest_day(unit: Unit | Named, on: date) -> date:
    """The day itself if the unit stood on it, else the first or last day of its life."""
    last = on if unit.closed_on is None else unit.closed_on - timedelta(days=1)
    return max(unit.opened_on, min(on, last))


def estimated_area(unit_id: int, on: date) -> bool:
    """Whether the area that the unit has on the day was estimated."""
    spans = UnitVersion.objects.filter(unit=unit_id, valid_from__lte=on).order_by(
        "-valid_from", "-pk"
    )
    return bool(spans.values_list("area_estimated", flat=True).first())


@dataclass(frozen=True, slots=True)
class Tie:
    """A command and a unit that it serves or guides on the day, seen from one of both."""

    kind: str
    outward: bool
    other: Named


def ties(unit_id: int, on: date) -> list[Tie]:
    """Commands that answer for the unit's ground or guide it; of a command, whom it does."""
    rows = _rows(_TIES, {"unit": unit_id, "on": on})
    others = named({other for _kind, _out, other in rows}, on)
    return [Tie(kind, out, others[other]) for kind, out, other in rows if other in others]


def superiors(unit: Unit) -> list[UnitParent]:
    """Under whom the unit stood, one after the other."""
    spans = unit.parents.select_related("parent", "opened_by").order_by("valid_from", "pk")
    return [each for each in spans if each.valid_to is None or each.valid_to > each.valid_from]


def ground(unit_ids: Iterable[int], on: date) -> dict[int, frozenset[int]]:
    """The places under each unit on the day."""
    found: dict[int, set[int]] = {}
    for root, place in _rows(_GROUND, {"units": list(unit_ids), "on": on}):
        found.setdefault(root, set()).add(place)
    return {root: frozenset(places) for root, places in found.items()}


def units_on(place_ids: Iterable[int], on: date) -> list[Named]:
    """The units in which these places lie on the day, by name."""
    sql = f"select distinct t.unit_id from units_tenure t where t.place_id = any(%(places)s) and {_COVERS.format('t')}"
    rows = _rows(sql, {"places": list(place_ids), "on": on})
    return list(named([row[0] for row in rows], on).values())


def centres(place_ids: Iterable[int]) -> list[tuple[float, float]]:
    """Where places lie, in degrees east and north."""
    found = Place.objects.filter(pk__in=list(place_ids), lat__isnull=False, lon__isnull=False)
    return [(lon or 0.0, lat or 0.0) for lon, lat in found.order_by("pk").values_list("lon", "lat")]


@dataclass(frozen=True, slots=True)
class Outline:
    """A unit's loaded boundary, and the document that it was taken from."""

    rings: tuple[tuple[tuple[float, float], ...], ...]
    source: str


def outlines(units: Iterable[Named]) -> dict[int, Outline]:
    """The loaded boundaries of units, by unit."""
    keys = {(each.tree, each.code, each.opened_on): each.id for each in units}
    rows = Boundary.objects.filter(code__in={code for _tree, code, _day in keys})
    return {
        keys[key]: Outline(tuple(tuple(map(tuple, ring)) for ring in row.rings), row.source)
        for row in rows.order_by("pk")
        if (key := (row.tree, row.code, row.opened_on)) in keys
    }


def loaded_boundaries() -> list[Mapping[str, Any]]:
    """How many boundaries of each document are loaded, the latest first."""
    groups = Boundary.objects.values("source", "loaded_on").annotate(units=Count("pk"))
    return list(groups.order_by("-loaded_on", "source"))


def names_of_codes(tree: str, codes: Iterable[str], on: date) -> dict[str, str]:
    """What codes meant on a day: the full name by code, for those that meant something."""
    sql = f"""
        select u.code, v.kind || ' ' || v.name from units_unit u
        join units_unitversion v on v.unit_id = u.id and {_COVERS.format("v")}
        where u.tree = %(tree)s and u.code = any(%(codes)s)
    """
    return dict(_rows(sql, {"tree": tree, "codes": list(codes), "on": on}))


def within_reach(place_ids: Iterable[int]) -> bool:
    """Whether the open scope shows everybody at these places, so that a count is whole."""
    return bool(_rows(_REACH, {"wide": WIDE, "places": list(place_ids)})[0][0])


@dataclass(frozen=True, slots=True)
class Passage:
    """Ground that an order brought from one unit to another; `places` went over with it."""

    old: Named
    new: Named
    whole: bool
    places: frozenset[int]


@dataclass(frozen=True)
class Turn:
    """What one order made of a unit and of those that shared its fate."""

    order: Order
    on: date
    passages: tuple[Passage, ...]


def turns(unit: Unit) -> list[Turn]:
    """The orders by which the unit came and went, the latest first.

    With the units before it come the other heirs of those; with its heirs, the others
    that were merged into them.
    """
    rows: dict[int, list[tuple[int, int, bool]]] = {}
    for order, *passage in _rows(_SUCCESSIONS, {"unit": unit.pk}):
        rows.setdefault(order, []).append(tuple(passage))
    orders = Order.objects.in_bulk(rows)
    found = [_turn(orders[pk], orders[pk].effective_on, lines) for pk, lines in rows.items()]
    return sorted((each for each in found if each.passages), key=lambda each: each.on, reverse=True)


def _turn(order: Order, on: date | None, lines: Sequence[tuple[int, int, bool]]) -> Turn:
    day = on or order.signed_on
    eve = day - timedelta(days=1)
    old_ids, new_ids = {old for old, _n, _w in lines}, {new for _o, new, _w in lines}
    olds, news = named(old_ids, eve), named(new_ids, day)
    before, after = ground(old_ids, eve), ground(new_ids, day)
    none: frozenset[int] = frozenset()
    return Turn(
        order,
        day,
        tuple(
            Passage(olds[old], news[new], whole, before.get(old, none) & after.get(new, none))
            for old, new, whole in lines
            if old in olds and new in news
        ),
    )


def people_at(places: Iterable[int], counts: Mapping[int, int]) -> int:
    """How many of the counted people are at these places."""
    return sum(counts.get(place, 0) for place in places)


def _rows(sql: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


_COVERS = "{0}.valid_from <= %(on)s and ({0}.valid_to is null or {0}.valid_to > %(on)s)"

_TIES = f"""
    select l.kind, l.source_id = %(unit)s, case l.source_id when %(unit)s then l.target_id else l.source_id end
    from units_link l
    where (l.source_id = %(unit)s or l.target_id = %(unit)s) and {_COVERS.format("l")}
    order by l.kind desc, l.id
"""

_GROUND = f"""
    with recursive family (root, id) as (
        select id, id from unnest(%(units)s::int[]) id
        union
        select family.root, edge.child from family join lateral (
            select p.unit_id as child from units_unitparent p
            where p.parent_id = family.id and {_COVERS.format("p")}
            union all
            select l.target_id from units_link l
            where l.source_id = family.id and {_COVERS.format("l")}
        ) edge on true
    )
    select family.root, t.place_id
    from family join units_tenure t on t.unit_id = family.id where {_COVERS.format("t")}
"""

_REACH = """
    select current_setting('role') = %(wide)s
        or %(places)s::int[] <@ coalesce(muster_places(), '{}')
"""

_SUCCESSIONS = """
    select s.order_id, s.old_id, s.new_id, s.whole from units_succession s
    join units_succession own on own.order_id = s.order_id
      and (own.new_id = %(unit)s and own.old_id = s.old_id
           or own.old_id = %(unit)s and own.new_id = s.new_id)
    group by 1, 2, 3, 4 order by 1, min(s.id)
"""
