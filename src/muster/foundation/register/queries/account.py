"""The account of heads: opening + entered − left = closing, for any unit and any two days.

A head is counted while he stands on the roll of a place and the place lies in the unit; a
day's heads are those of its evening. So a reorganisation enters the account like any other
movement, as heads received or handed over by order, and moves within the unit cancel out.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models import Close, Enter
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused
from muster.kernel.manifest import Label
from muster.kernel.periods import Period
from muster.shell.rls import WIDE

BY_ORDER = "order"
ENTERED: Mapping[str, Label] = {**dict(Enter.choices), BY_ORDER: _("Received by order")}
LEFT: Mapping[str, Label] = {**dict(Close.choices), BY_ORDER: _("Handed over by order")}


class BackwardAccount(Refused):
    """An account that would close before it opens."""


@dataclass(frozen=True, slots=True)
class Account:
    """Heads on the eve of `since`, what changed until the evening of `until`, and the rest."""

    since: date
    until: date
    opening: int
    entered: Mapping[str, int]
    left: Mapping[str, int]
    closing: int

    @property
    def balanced(self) -> bool:
        """Whether nobody was lost on the way."""
        moved = sum(self.entered.values()) - sum(self.left.values())
        return self.opening + moved == self.closing


@dataclass(frozen=True, slots=True)
class Movement:
    """One head that came or went; the name is empty where he left the asker's scope."""

    on: date
    name: str
    uid: str
    place: str


def account(unit_id: int, since: date, until: date) -> Account:
    """The account of one unit of the government tree, of any level, living or closed."""
    return accounts([unit_id], since, until)[unit_id]


def accounts_of(
    code: str, since: date, until: date, *, each: bool = False
) -> list[tuple[units.Named, Account]]:
    """The account of every unit that bore the code on either day, or of all communes under it."""
    _refuse_backward(since, until)
    bearers = units.ambiguity(code, Period(since, until + timedelta(days=1), ""))
    if not bearers:
        units.resolve(code, until)  # says when the code meant something
    named = {unit.id: unit for unit in bearers}
    if each:
        named = {
            leaf: unit
            for day in (since, until)
            for bearer in bearers
            for leaf, unit in units.named(units.leaf_ids(bearer.id, day), day).items()
        }
    found = accounts(list(named), since, until)
    return [(unit, found[each_id]) for each_id, unit in named.items()]


class OutOfSight(Refused):
    """An account of ground that the asker does not see whole, and so would see wrong."""


def require_sight(code: str, since: date, until: date) -> None:
    """Refuse an account of a unit that lies outside the asker's units in part."""
    bearers = [
        unit.id for unit in units.ambiguity(code, Period(since, until + timedelta(days=1), ""))
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            {_GROUND} select exists (
                select from ground where %(wide)s <> current_setting('role')
                and not place_id = any(coalesce(muster_places(), '{{}}'))
            )
            """,
            {"units": bearers, "wide": WIDE},
        )
        hidden = cursor.fetchone()[0]
    if hidden:
        raise OutOfSight(_("This unit lies outside the units that you answer for."))


def accounts(unit_ids: Sequence[int], since: date, until: date) -> dict[int, Account]:
    """The accounts of several units in one reading."""
    _refuse_backward(since, until)
    found: dict[int, dict[tuple[str, str], int]] = {unit: {} for unit in unit_ids}
    values: dict[str, Any] = {"units": list(unit_ids), "since": since, "until": until}
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNT, values)
        for unit, side, why, heads in cursor.fetchall():
            found[unit][side, why] = heads
    return {unit: _account(since, until, heads) for unit, heads in found.items()}


def _refuse_backward(since: date, until: date) -> None:
    if until < since:
        raise BackwardAccount(
            "the account would close on %(until)s, before it opens on %(since)s.",
            until=until,
            since=since,
        )


def _account(since: date, until: date, heads: Mapping[tuple[str, str], int]) -> Account:
    return Account(
        since,
        until,
        heads.get(("opening", ""), 0),
        {why: heads.get(("entered", why), 0) for why in ENTERED},
        {why: heads.get(("left", why), 0) for why in LEFT},
        heads.get(("closing", ""), 0),
    )


def movements(
    unit_id: int,
    since: date,
    until: date,
    side: str,
    why: str,
    *,
    limit: int = 500,
    beyond: int = 0,
) -> Iterator[Movement]:
    """The heads behind one term, `beyond` the first: `side` is opening, entered, left or closing."""
    values: dict[str, Any] = {
        "units": [unit_id], "since": since, "until": until, "side": side, "why": why, "limit": limit,
        "beyond": beyond,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_MOVEMENTS, values)
        for on, name, uid, place in cursor.fetchall():
            yield Movement(on, name or "", str(uid or ""), place)


# When each place lay under each unit, itself a leaf or above the leaves.
_GROUND = """
with recursive below (unit, leaf, since, until) as (
    select id, id, '-infinity'::date, 'infinity'::date from units_unit where id = any(%(units)s)
    union all
    select b.unit, p.unit_id, greatest(b.since, p.valid_from),
           least(b.until, coalesce(p.valid_to, 'infinity'))
    from below b join units_unitparent p on p.parent_id = b.leaf
    where p.valid_from < b.until and coalesce(p.valid_to, 'infinity') > b.since
      and p.valid_from is distinct from p.valid_to
), ground as (
    select b.unit, t.place_id, greatest(b.since, t.valid_from) as since,
           least(b.until, coalesce(t.valid_to, 'infinity')) as until
    from below b join units_tenure t on t.unit_id = b.leaf
    where t.valid_from < b.until and coalesce(t.valid_to, 'infinity') > b.since
      and t.valid_from is distinct from t.valid_to
)
"""
# One row per head and stretch of days in the unit; stretches that meet are one presence.
_PRESENCE = f"""
{_GROUND}, stretch as (
    select g.unit, r.person_id, r.place_id,
        greatest(r.valid_from, g.since) as since,
        least(coalesce(r.valid_to, 'infinity'), g.until) as until,
        case when r.valid_from >= g.since then r.entered else 'order' end as entered,
        case when coalesce(r.valid_to, 'infinity') <= g.until then r.closed else 'order' end as closed
    from register_registration r join ground g using (place_id)
    where r.valid_from < g.until and coalesce(r.valid_to, 'infinity') > g.since
      and r.valid_from is distinct from r.valid_to
      and r.valid_from <= %(until)s and coalesce(r.valid_to, 'infinity') >= %(since)s
), presence as (
    select s.*, lag(until) over turn is distinct from since as comes,
        lead(since) over turn is distinct from until as goes
    from stretch s window turn as (partition by unit, person_id order by since)
), term as (
    select unit, person_id, place_id, 'opening' as side, '' as why, since as "on"
    from presence where since < %(since)s and until >= %(since)s
    union all
    select unit, person_id, place_id, 'entered', entered, since
    from presence where comes and since between %(since)s and %(until)s
    union all
    select unit, person_id, place_id, 'left', closed, until
    from presence where goes and until between %(since)s and %(until)s
    union all
    select unit, person_id, place_id, 'closing', '', since
    from presence where since <= %(until)s and until > %(until)s
)
"""
_ACCOUNT = f"{_PRESENCE} select unit, side, why, count(*) from term group by unit, side, why"
_MOVEMENTS = f"""
{_PRESENCE}
select t."on", p.full_name, p.uid, place.name from term t
join units_place place on place.id = t.place_id
left join register_person p on p.id = t.person_id
where t.side = %(side)s and t.why = %(why)s
order by t."on", p.sort_key, t.person_id limit %(limit)s offset %(beyond)s
"""
