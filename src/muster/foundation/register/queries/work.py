"""What the register puts into *my work*, counted in two statements."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts import queries as accounts
from muster.foundation.register.queries import duties
from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.register.queries.waiting import WAITING
from muster.foundation.register.rules import clocks
from muster.kernel.manifest import WorkItem


@dataclass(frozen=True, slots=True)
class Pile:
    """Work of one kind: how many wait, how many of them are late, and since or until when."""

    count: int = 0
    late: int = 0
    due: date | None = None


# kind, how many, how many late, the first day; the places are said aloud for the planner.
_PILES = f"""
select 'receive', count(*), count(*) filter (where due_on < %(on)s), min(due_on)
from register_transfer
where state = 'open' and (%(places)s::int[] is null or to_place_id = any(%(places)s::int[]))
union all
select 'back', count(*), 0, null
from register_transfer t
where state = 'returned' and answered_on > %(shown_since)s
  and (%(places)s::int[] is null or from_place_id = any(%(places)s::int[]))
  and not exists (select from register_transfer n where n.person_id = t.person_id and n.id > t.id)
union all
select 'group', count(*), 0, null from ({WAITING}) w
union all
select 'pair', count(*), 0, null
from register_pair c
join register_person l on l.id = c.left_id and l.closed_on is null
join register_person r on r.id = c.right_id and r.closed_on is null
where c.state in ('open', 'asked')
union all
select 'notice', count(*), 0, min(due_since) from register_notice where served_on is null
union all
select 'wish', count(*), count(*) filter (where due_on < %(on)s), min(due_on)
from register_request where state = 'open'
union all
select 'export', count(*), 0, min("on")
from register_export e
where needs_second and asked_by_id <> %(user)s and not exists (
    select from register_exportstep s where s.export_id = e.id and s.kind in ('approved', 'refused'))
"""


def piles(user_id: int, on: date, places: frozenset[int] | None) -> Mapping[str, Pile]:
    """What waits within the asker's scope, whose places are given, by kind of work.

    To receive and come `back`: letters of transfer; `group`: people of divided communes;
    `pair` and `notice`: double entries and the letters about them; `wish`: corrections that
    citizens ask for; `export`: lists that wait for the user's word.
    """
    values: dict[str, Any] = {
        "on": on,
        "user": user_id,
        "places": None if places is None else list(places),
        "shown_since": on - timedelta(days=clocks.LAW.integer("returned_shown_days", on)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_PILES, values)
        return {kind: Pile(*counts) for kind, *counts in cursor.fetchall()}


# Of each kind what it is called, where it is done, and which permission that takes, if any.
_WORK = {
    "receive": (_("Citizens sent to you by letter of transfer"), "register:transfers", ""),
    "back": (_("Letters of transfer that came back"), "register:transfers", ""),
    "group": (
        _("People of divided communes who wait for their residential group"),
        "register:waiting",
        "",
    ),
    "pair": (_("Double entries to decide"), "register:doubles", ""),
    "notice": (_("Letters about double entries to hand over"), "register:letters", ""),
    "export": (
        _("Lists that wait for a second person"),
        "register:exports",
        "register.export_answer",
    ),
    "wish": (_("Corrections that citizens ask for"), "register:requests", "register.write"),
}


def work(user: Any, today: date) -> Iterator[WorkItem]:
    """Letters, people without a group, double entries, lists, corrections and duties."""
    places, roles = places_in_scope(), accounts.roles_on(user, today)
    found = piles(user.pk, today, places)
    for kind, (title, page, right) in _WORK.items():
        pile = found[kind]
        if pile.count and (not right or accounts.may(roles, right)):
            yield WorkItem(
                title,
                due=pile.due,
                url=reverse(page),
                count=pile.count,
                urgency="returned" if kind == "back" else "late" if pile.late else "normal",
            )
    if accounts.may(roles, "register.write") or accounts.may(roles, "register.confirm"):
        yield from _owed(today, places)


def _owed(today: date, places: frozenset[int] | None) -> Iterator[WorkItem]:
    """Duties of each kind that are due, and those that are overdue."""
    here = reverse("register:duties")
    for each in duties.counted(today, places):
        if each.overdue:
            yield WorkItem(
                each.label, url=f"{here}?list=overdue", count=each.overdue, urgency="late"
            )
        if each.due:
            yield WorkItem(each.label, url=here, count=each.due)
