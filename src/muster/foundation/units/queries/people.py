"""People across an order: old units × new, and the places that still wait.

Units know no person. How many there are at a place comes from the slices above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from muster.foundation.units.models import Order
from muster.foundation.units.queries.naming import Named, UnknownUnit, named
from muster.kernel.manifest import Touched
from muster.shell.discovery import manifests


def people_by_place(on: date) -> dict[int, int]:
    """How many people each place has on a day, over all slices that keep people."""
    found: dict[int, int] = {}
    for manifest in manifests():
        if manifest.count_by_place is not None:
            for place, number in manifest.count_by_place(on).items():
                found[place] = found.get(place, 0) + number
    return found


def addresses_at(place_ids: Iterable[int], on: date) -> dict[int, Counter[str]]:
    """The addresses in words that people at these places gave, as far as the scope shows them."""
    places = list(place_ids)
    found: dict[int, Counter[str]] = {}
    for manifest in manifests():
        if manifest.addresses_at is not None:
            for place, addresses in manifest.addresses_at(places, on).items():
                found.setdefault(place, Counter()).update(addresses)
    return found


def touched_by(place_ids: Iterable[int], on: date) -> list[Touched]:
    """What slices above keep at these places: people, cases, quotas, tasks, users."""
    places = list(place_ids)
    return [
        touched
        for manifest in manifests()
        if manifest.touched_by is not None
        for touched in manifest.touched_by(places, on)
    ]


@dataclass(frozen=True, slots=True)
class Cell:
    """People of one old unit in one new unit, and those who wait there with the keeper."""

    old: Named
    new: Named | None
    people: int
    waiting: int


@dataclass(frozen=True)
class Matrix:
    """Old × new of one order, counted on one day.

    The equation: `before` (by the map of the eve) = `after` + `waiting` (by the map of the
    day). `unaccounted` are people at places that one of the two maps does not hold.
    """

    order: Order
    counted_on: date
    cells: tuple[Cell, ...]
    before: int
    unaccounted: int

    @property
    def after(self) -> int:
        """People whose place has its new unit."""
        return sum(cell.people for cell in self.cells)

    @property
    def waiting(self) -> int:
        """People whose place waits with its keeper."""
        return sum(cell.waiting for cell in self.cells)

    @property
    def holds(self) -> bool:
        """Whether nobody is lost: the equation is true and nobody is unaccounted for."""
        return self.before == self.after + self.waiting and not self.unaccounted

    def rows(self) -> dict[str, int]:
        """Sums by old unit, under code and name."""
        sums: dict[str, int] = {}
        for cell in self.cells:
            key = f"{cell.old.code} {cell.old.full_name}"
            sums[key] = sums.get(key, 0) + cell.people + cell.waiting
        return sums

    def columns(self) -> dict[str, int]:
        """Sums by new unit, under code and name."""
        sums: dict[str, int] = {}
        for cell in self.cells:
            key = f"{cell.new.code} {cell.new.full_name}" if cell.new else "?"
            sums[key] = sums.get(key, 0) + cell.people + cell.waiting
        return sums


def matrix(order: Order, counted_on: date | None = None) -> Matrix:
    """People of every old unit that an applied order ended, by the new unit they came to.

    People are counted once, on the order's day of effect unless another is given; only
    the map differs between the two sides.
    """
    day = _applied_day(order)
    counted = counted_on or day
    people = people_by_place(counted)
    sums: dict[tuple[int, int | None], list[int]] = {}
    before = unaccounted = 0
    for place, old, new, waits in _moves(order, day):
        number = people.get(place, 0)
        before += number if old is not None else 0
        if old is None or new is None:
            unaccounted += number
            continue
        sums.setdefault((old, new), [0, 0])[waits] += number
    unaccounted += _outside_the_map(people, counted)
    olds = named({old for old, _new in sums}, day - timedelta(days=1))
    news = named({new for _old, new in sums if new}, day)
    cells = tuple(
        Cell(olds[old], news.get(new or 0), *numbers) for (old, new), numbers in sums.items()
    )
    ordered = sorted(cells, key=lambda cell: (cell.old.code, cell.new.code if cell.new else ""))
    return Matrix(order, counted, tuple(ordered), before, unaccounted)


def _applied_day(order: Order) -> date:
    if order.applied_on is None or order.effective_on is None:
        sentence = _("Order %(number)s is not applied; apply it, or preview it.")
        raise UnknownUnit(sentence % {"number": order.number}, code="units.not_applied")
    return order.effective_on


def _moves(order: Order, day: date) -> list[tuple[int, int | None, int | None, bool]]:
    """(place, old unit, new unit, whether it waits) for every place that the order touches."""
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"order": order.pk, "on": day, "eve": day - timedelta(days=1)}
        cursor.execute(_MOVES, values)
        return list(cursor.fetchall())


def _outside_the_map(people: dict[int, int], on: date) -> int:
    """People at places that lie in no unit on the day: there must be none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select distinct place_id from units_tenure"
            " where valid_from <= %(on)s and (valid_to is null or valid_to > %(on)s)",
            {"on": on},
        )
        held = {row[0] for row in cursor.fetchall()}
    return sum(number for place, number in people.items() if place not in held)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place that waits with its keeper: how many people, and who may take it."""

    place_id: int
    code: str
    name: str
    kind: str
    within: str
    old: Named
    keeper: Named
    parts: tuple[Named, ...]
    people: int


def work_list(order: Order, counted_on: date | None = None) -> list[Waiting]:
    """The places that still wait under an order, those with most people first."""
    day = _applied_day(order)
    people = people_by_place(counted_on or day)
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"order": order.pk})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    olds = named({row[5] for row in rows}, day - timedelta(days=1))
    news = named({new for row in rows for new in (row[6], *row[7])}, day)
    waiting = [
        Waiting(
            place, code, name, kind, within, olds[old], news[keeper],
            tuple(news[part] for part in parts), people.get(place, 0),
        )
        for place, code, name, kind, within, old, keeper, parts in rows
    ]  # fmt: skip
    return sorted(waiting, key=lambda each: (-each.people, each.code))


# A place's old unit is the lowest one above it on the eve that the order closed or took
# ground from; its new unit the lowest one on the day that the order made heir of that.
_MOVES = """
    with recursive lost as (
        select id from units_unit where closed_by_id = %(order)s
        union select old_id from units_succession where order_id = %(order)s
    ), gained as (
        select id from units_unit where opened_by_id = %(order)s
        union select new_id from units_succession where order_id = %(order)s
        union select parent_id from units_unitparent where opened_by_id = %(order)s
        union select p.parent_id from units_unitparent p join units_unit u on u.id = p.unit_id
        where u.closed_by_id = %(order)s and u.ended and p.closed_by_id = %(order)s
    ), was (place, unit, depth, hit) as (
        select t.place_id, t.unit_id, 0, t.unit_id in (select id from lost)
        from units_tenure t
        where t.valid_from <= %(eve)s and (t.valid_to is null or t.valid_to > %(eve)s)
        union all
        select was.place, p.parent_id, was.depth + 1, p.parent_id in (select id from lost)
        from was join units_unitparent p on p.unit_id = was.unit
          and p.valid_from <= %(eve)s and (p.valid_to is null or p.valid_to > %(eve)s)
        where not was.hit
    ), is_now (place, unit, depth, hit, waits) as (
        select t.place_id, t.unit_id, 0, t.unit_id in (select id from gained),
               t.provisional and t.opened_by_id = %(order)s
        from units_tenure t join was on was.place = t.place_id and was.hit
        where t.valid_from <= %(on)s and (t.valid_to is null or t.valid_to > %(on)s)
        union all
        select n.place, p.parent_id, n.depth + 1, p.parent_id in (select id from gained), n.waits
        from is_now n join units_unitparent p on p.unit_id = n.unit
          and p.valid_from <= %(on)s and (p.valid_to is null or p.valid_to > %(on)s)
        where not n.hit
    )
    select was.place, was.unit, n.unit, coalesce(n.waits, false)
    from was left join is_now n on n.place = was.place and n.hit
    where was.hit
"""

_WAITING = """
    select p.id, p.code, p.name, p.kind, coalesce(c.code, p.code), was.unit_id, t.unit_id,
           array(select s.new_id from units_succession s
                 where s.order_id = t.opened_by_id and s.old_id = was.unit_id order by s.id)
    from units_tenure t join units_place p on p.id = t.place_id
    left join units_place c on c.id = p.within_id
    join units_tenure was on was.place_id = t.place_id and was.closed_by_id = t.opened_by_id
    where t.opened_by_id = %(order)s and t.provisional
"""
