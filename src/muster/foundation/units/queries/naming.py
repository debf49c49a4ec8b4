"""A code or a name is read on a day: which unit it meant, and how that unit was called."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from muster.foundation.units.models import Order, Tree, Unit, UnitVersion
from muster.kernel.errors import Refused
from muster.kernel.names import fold
from muster.kernel.periods import Period

BASELINE = "baseline"
"""The number under which the map was first loaded; no order of any office."""


class UnknownUnit(Refused):
    """No unit bore the code on the day."""


class EmptyMap(UnknownUnit):
    """No map is loaded yet."""


class BeforeTheStart(Refused):
    """The day lies before the first day of the map."""


@dataclass(frozen=True, slots=True)
class Named:
    """A unit under the name that it bore on a day."""

    id: int
    tree: str
    level: str
    code: str
    name: str
    kind: str
    opened_on: date
    closed_on: date | None
    lat: float | None = None
    lon: float | None = None
    area_km2: float | None = None

    @property
    def full_name(self) -> str:
        """Kind and name as a document prints them: "phường An Biên"."""
        return f"{self.kind} {self.name}"

    def __str__(self) -> str:
        return self.full_name


_NAMED = """
    select u.id, u.tree, u.level, u.code, v.name, v.kind, u.opened_on, u.closed_on,
           v.lat, v.lon, v.area_km2
    from units_unit u join units_unitversion v on v.unit_id = u.id
"""
_ON = "v.valid_from <= %(on)s and (v.valid_to is null or v.valid_to > %(on)s)"
_ORDERED = " order by array_position(array['region','province','district','regional','commune'], u.level::text), v.sort_key, u.code"


def _read(where: str, values: dict[str, Any], order: str = _ORDERED) -> list[Named]:
    with connection.cursor() as cursor:
        cursor.execute(f"{_NAMED} where {where}{order}", values)
        return [Named(*row) for row in cursor.fetchall()]


def baseline_day() -> date:
    """The first day of the map."""
    first = Order.objects.filter(number=BASELINE).values_list("effective_on", flat=True).first()
    if first is None:
        raise EmptyMap(_("The map is empty; run `muster units load` first."))
    return first


def require_known_day(on: date) -> None:
    """Refuse a day before the map begins."""
    first = baseline_day()
    if on < first:
        sentence = _("The map of units begins on %(first)s; %(on)s lies before it.")
        raise BeforeTheStart(sentence % {"first": first, "on": on}, code="units.before_start")


def resolve(code: str, on: date, tree: str = Tree.GOVERNMENT) -> Named:
    """The unit that a code meant on a day, with its name of that day.

    `UnknownUnit` says when the code meant something, if it ever did.
    """
    require_known_day(on)
    found = _read(f"u.tree = %(tree)s and u.code = %(code)s and {_ON}", locals_of(code, on, tree))
    if found:
        return found[0]
    sentence = _("No unit had the code %(code)s on %(on)s%(else)s.")
    values = {"code": code, "on": on, "else": _other_days(code, tree)}
    raise UnknownUnit(sentence % values, code="units.unknown")


def locals_of(code: str, on: date, tree: str) -> dict[str, Any]:
    """The parameters of a reading by code."""
    return {"code": code, "on": on, "tree": tree}


def _other_days(code: str, tree: str) -> str:
    spans = [
        _("%(name)s from %(first)s to %(last)s")
        % {"name": each.full_name, "first": each.opened_on, "last": _last(each)}
        for each in bearers(code, tree)
    ]
    return f" ({'; '.join(spans)})" if spans else ""


def _last(unit: Named) -> str:
    return _("today") if unit.closed_on is None else str(unit.closed_on - timedelta(days=1))


def bearers(code: str, tree: str = Tree.GOVERNMENT) -> list[Named]:
    """Every unit that ever bore a code, each under its latest name, oldest first."""
    latest = "v.valid_from = (select max(valid_from) from units_unitversion where unit_id = u.id)"
    unclosed = "(v.valid_to is null or v.valid_to > v.valid_from)"
    where = f"u.tree = %(tree)s and u.code = %(code)s and {latest} and {unclosed}"
    return _read(where, {"code": code, "tree": tree}, " order by u.opened_on")


def ambiguity(code: str, period: Period, tree: str = Tree.GOVERNMENT) -> list[Named]:
    """The units that a code meant at either end of a period, each under its name there.

    One unit: the code is clear. Two: the answer must show both.
    """
    ends = (period.start, period.last_day)
    found: dict[int, Named] = {}
    for day in ends:
        where = f"u.tree = %(tree)s and u.code = %(code)s and {_ON}"
        found |= {unit.id: unit for unit in _read(where, locals_of(code, day, tree))}
    return list(found.values())


def named(unit_ids: Iterable[int], on: date) -> dict[int, Named]:
    """Units by id, under their names of a day; those that did not stand on it are left out."""
    ids = list(unit_ids)
    found = _read(f"u.id = any(%(ids)s) and {_ON}", {"ids": ids, "on": on})
    return {unit.id: unit for unit in found}


def named_then(borne: Iterable[tuple[int, date]]) -> dict[tuple[int, date], Named]:
    """Units under the names that each bore on a day of its own, by unit and day."""
    asked = list(borne)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select asked.day, named.* from unnest(%(ids)s::bigint[], %(days)s::date[]) asked (id, day)
            cross join lateral (
                {_NAMED} where u.id = asked.id
                  and v.valid_from <= asked.day and (v.valid_to is null or v.valid_to > asked.day)
            ) named
            """,
            {"ids": [unit for unit, _day in asked], "days": [day for _unit, day in asked]},
        )
        return {(unit, day): Named(unit, *more) for day, unit, *more in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Spell:
    """A name that a unit bore from its first day to its last (`None`: it still does)."""

    full_name: str
    first: date
    last: date | None


def spells(unit_ids: Iterable[int]) -> dict[int, list[Spell]]:
    """The names of units one after the other, by unit; a name borne for no day is left out."""
    found: dict[int, list[Spell]] = {each: [] for each in unit_ids}
    borne = UnitVersion.objects.filter(unit__in=found).exclude(valid_to=F("valid_from"))
    for each in borne.order_by("unit_id", "valid_from", "pk"):
        last = None if each.valid_to is None else each.valid_to - timedelta(days=1)
        found[each.unit_id].append(Spell(f"{each.kind} {each.name}", each.valid_from, last))
    return found


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that happened to a unit: when, by which order, and to or from which units."""

    on: date
    order: str
    verb: str
    text: str
    others: tuple[Named, ...] = ()


def history(unit: Unit) -> list[Chapter]:
    """What happened to a unit, from its opening to its end, oldest first."""
    chapters = [
        Chapter(
            version.valid_from, version.opened_by.number, "named", f"{version.kind} {version.name}"
        )
        for version in unit.versions.select_related("opened_by").order_by("valid_from", "pk")
    ]
    came = unit.predecessors.select_related("order").order_by("pk")
    went = unit.successors.select_related("order").order_by("pk")
    for verb, lines, other, before in (("from", came, "old_id", 1), ("to", went, "new_id", 0)):
        by_order: dict[Order, list[int]] = {}
        for line in lines:
            by_order.setdefault(line.order, []).append(getattr(line, other))
        for order, ids in by_order.items():
            day = order.effective_on or unit.opened_on
            units = tuple(named(ids, day - timedelta(days=before)).values())
            chapters.append(Chapter(day, order.number, verb, order.title, units))
    return sorted(chapters, key=lambda each: (each.on, ["from", "named", "to"].index(each.verb)))


def search(text: str, on: date | None = None, tree: str = Tree.GOVERNMENT) -> list[Named]:
    """Units whose code is the text, or one of whose names, old or new, begins with it.

    A name that several units bore or bear gives all of them: the caller asks. With `on`,
    only units that stand on the day are found, by whatever name they ever had.
    """
    begins = "%(folded)s <> '' and v.folded ^@ %(folded)s"
    standing = "(u.opened_on <= %(on)s and (u.closed_on is null or u.closed_on > %(on)s))"
    where = f"u.tree = %(tree)s and (u.code = %(code)s or {begins})"
    if on is not None:
        where += f" and {standing}"
    values = {"tree": tree, "code": text.strip(), "folded": fold(text), "on": on}
    found = _read(f"{where} and (v.valid_to is null or v.valid_to > v.valid_from)", values)
    return _once(found)


def _once(units: Sequence[Named]) -> list[Named]:
    return list({unit.id: unit for unit in reversed(units)}.values())[::-1]
