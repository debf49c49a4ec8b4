"""Residential groups become known as places of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection, transaction
from django.utils.translation import gettext as _

from muster.foundation.units.models import PlaceKind
from muster.kernel.errors import Refused
from muster.kernel.names import fold
from muster.shell import rls


class NewGroup(NamedTuple):
    """A residential group, or an `office`, within the ground of a former commune (by their codes)."""

    code: str
    name: str
    within: str
    lat: float | None = None
    lon: float | None = None
    kind: str = PlaceKind.GROUP


class UnknownGround(Refused):
    """A group lies within a commune that is not known."""


@transaction.atomic
def establish_places(*, groups: Iterable[NewGroup]) -> int:
    """Make places of residential groups; returns how many are new.

    A group has lain wherever its commune's ground lay, so it gets the same tenures and
    waits where that waits. Groups that are known by their code stay as they are.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table groups (code text, name text, folded text, within text,"
            " lat float, lon float, kind text) on commit drop"
        )
        with cursor.copy("copy groups from stdin") as copy:
            for group in groups:
                code, name, within, lat, lon, kind = group
                copy.write_row((code, name, fold(name), within, lat, lon, kind))
        cursor.execute(_UNKNOWN)
        unknown = cursor.fetchone()
        if unknown is not None:
            sentence = _("Group %(code)s lies within %(within)s, which is not known.")
            values = {"code": unknown[0], "within": unknown[1]}
            raise UnknownGround(sentence % values, code="units.unknown_ground")
        cursor.execute(_ESTABLISH)
        made = cursor.fetchone()[0]
        cursor.execute("drop table groups")
    if made:
        rls.analyze("units_place", "units_tenure")
    return int(made)


_UNKNOWN = """
    select g.code, g.within from groups g
    left join units_place p on p.code = g.within and p.kind = 'commune'
    where p.id is null order by g.code limit 1
"""

_ESTABLISH = """
    with made as (
        insert into units_place (code, name, folded, kind, within_id, lat, lon)
        select distinct on (g.code) g.code, g.name, g.folded, g.kind, p.id, g.lat, g.lon
        from groups g join units_place p on p.code = g.within
        order by g.code
        on conflict (code) do nothing
        returning id, within_id
    ), held as (
        insert into units_tenure
            (place_id, unit_id, valid_from, valid_to, opened_by_id, closed_by_id, provisional)
        select made.id, t.unit_id, t.valid_from, t.valid_to, t.opened_by_id, t.closed_by_id,
               t.provisional
        from made join units_tenure t on t.place_id = made.within_id
    )
    select count(*) from made
"""
