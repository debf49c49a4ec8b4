"""The ground that a list means: by code on a day, or by names, old ones too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from muster.foundation.register.models import ListSource
from muster.foundation.units import queries as units
from muster.kernel.names import fold

# Code, or names of commune, district and province, as a row of a list gives them.
Address = tuple[str, str, str, str]


def mapping_of(source: str) -> Mapping[str, str]:
    """What the headings of a source were said to mean when it sent a list before."""
    found = ListSource.objects.filter(name=source).values_list("mapping", flat=True).first()
    return found or {}


@dataclass(slots=True)
class Ground:
    """The places of one commune: its own grounds by name, and groups by folded name."""

    own: list[tuple[int, str]] = field(default_factory=list)
    former: dict[str, int] = field(default_factory=dict)
    groups: dict[str, list[int]] = field(default_factory=dict)

    def place_named(self, name: str) -> int | None:
        """The place that a name means there: a group, a former commune; else the only ground."""
        known = self.groups.get(fold(name), []) if name else []
        if len(known) == 1:
            return known[0]
        former = {_bare(each): place for each, place in self.former.items()}
        if name and _bare(name) in former:
            return former[_bare(name)]
        return self.own[0][0] if len(self.own) == 1 else None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an address: with which field of it, and how to mend it."""

    field: str
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """Communes by address, and for every other address what is wrong with it."""

    units: Mapping[Address, int]
    faults: Mapping[Address, Fault]
    grounds: Mapping[int, Ground]


def find_ground(addresses: Iterable[Address], on: date, *, standing: bool = False) -> Found:
    """What each address means: its code as on the day, else its names as they ever were.

    With `standing` a name means a commune that bears it on the day.
    """
    found: dict[Address, int] = {}
    faults: dict[Address, Fault] = {}
    wanted = sorted(set(addresses))
    by_code = _by_code([address[0] for address in wanted if address[0]], on)
    for address in wanted:
        unit = (
            by_code.get(address[0]) if address[0] else _by_name(address, on if standing else None)
        )
        if isinstance(unit, int):
            found[address] = unit
        else:
            faults[address] = unit or _no_code(address[0], on)
    return Found(found, faults, _grounds(list(set(found.values())), on))


def _no_code(code: str, on: date) -> Fault:
    said = _("“%(code)s”: no unit bore this code on %(on)s; check the code, or the day")
    return Fault("commune_code", said % {"code": code, "on": f"{on:%d/%m/%Y}"})


def _rows(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _by_code(codes: Sequence[str], on: date) -> dict[str, int]:
    return dict(
        _rows(
            """
            select u.code, u.id from units_unit u
            where u.tree = 'government' and u.code = any(%(codes)s) and u.opened_on <= %(on)s
              and (u.closed_on is null or u.closed_on > %(on)s)
              and exists (select from units_tenure t where t.unit_id = u.id)
            """,
            {"codes": list(set(codes)), "on": on},
        )
    )


def _by_name(address: Address, on: date | None) -> int | Fault:
    """The one commune of these names; a fault where there is none or more than one."""
    _code, commune, *above = address
    if not commune:
        return Fault("commune_code", _("missing; give the code or the name of the commune"))
    found = [each for each in units.search(_bare(commune)) if fold(each.name) == _bare(commune)]
    found = [each for each in found if each.level in {"commune", "district"}]
    if on is not None:
        found = [each for each in found if each.closed_on is None or each.closed_on > on]
    for name in filter(None, above):
        found = [each for each in found if _bare(name) in _above(each)]
    if len(found) == 1:
        return found[0].id
    if not found:
        said = _("“%(name)s”: no such commune; correct the name, or give the code")
        return Fault("commune_name", said % {"name": commune})
    said = _("“%(name)s”: %(n)s communes bear this name; give the code: %(codes)s")
    values = {"n": len(found), "name": commune, "codes": "; ".join(map(_told, found[:_TOLD]))}
    return Fault("commune_name", said % values)


_TOLD = 6  # homonyms that a fault lists
_KINDS = (
    "thi tran ",
    "thi xa ",
    "thanh pho ",
    "dac khu ",
    "phuong ",
    "huyen ",
    "tinh ",
    "quan ",
    "xa ",
)


def _told(unit: units.Named) -> str:
    """A commune with its code and where it lies, so that somebody can choose."""
    last = unit.closed_on - timedelta(days=1) if unit.closed_on else date.max
    above = [each.full_name for each in units.ancestors(unit.id, last)]
    return f"{unit.code} ({', '.join([unit.full_name, *above[-1:]])})"


def _bare(name: str) -> str:
    """A unit's name folded, without its kind."""
    folded = fold(name)
    kind = next((kind for kind in _KINDS if folded.startswith(kind)), "")
    return folded.removeprefix(kind)


def _above(unit: units.Named) -> set[str]:
    """The names of the units above, on the unit's first day and on its last."""
    last = unit.closed_on.fromordinal(unit.closed_on.toordinal() - 1) if unit.closed_on else None
    days = {unit.opened_on, last or date.max}
    return {fold(each.name) for day in days for each in units.ancestors(unit.id, day)}


def _grounds(unit_ids: Sequence[int], on: date) -> dict[int, Ground]:
    """The places of each unit on the day, or on its last day if it had ended by then."""
    grounds = {unit: Ground() for unit in unit_ids}
    rows = _rows(
        """
        select t.unit_id, p.id, p.code, p.name, p.folded, p.kind
        from units_tenure t join units_place p on p.id = t.place_id
        join units_unit u on u.id = t.unit_id
        where t.unit_id = any(%(units)s) and t.valid_from is distinct from t.valid_to
          and t.valid_from <= least(%(on)s, coalesce(u.closed_on - 1, %(on)s))
          and coalesce(t.valid_to, 'infinity') > least(%(on)s, coalesce(u.closed_on - 1, %(on)s))
        order by p.code
        """,
        {"units": list(unit_ids), "on": on},
    )
    for unit, place, code, name, folded, kind in rows:
        if kind != "commune":
            grounds[unit].groups.setdefault(folded, []).append(place)
        else:
            grounds[unit].own.append((place, code))
            grounds[unit].former[name] = place
    return grounds
