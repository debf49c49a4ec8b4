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


def work(user: Any, today: date) -> Iterator[WorkItem]:
    """Letters, people without a group, double entries, lists, corrections and duties."""
    places, roles = places_in_scope(), accounts.roles_on(user, today)
    found = piles(user.pk, today, places)
    yield from _letters(found)
    if waiting := found["group"].count:
        yield WorkItem(
            title=_("People of divided communes who wait for their residential group"),
            url=reverse("register:waiting"),
            count=waiting,
        )
    yield from _doubles(found)
    if accounts.may(roles, "register.export_answer"):
        yield from _exports(found["export"])
    if accounts.may(roles, "register.write"):
        yield from _wishes(found["wish"])
    if accounts.may(roles, "register.write") or accounts.may(roles, "register.confirm"):
        yield from _owed(today, places)


def _letters(found: Mapping[str, Pile]) -> Iterator[WorkItem]:
    """Transfers to receive, by the law's clock, and those that came back."""
    sent, back, here = found["receive"], found["back"], reverse("register:transfers")
    if sent.count:
        yield WorkItem(
            title=_("Citizens sent to you by letter of transfer"),
            url=here,
            count=sent.count,
            due=sent.due,
            urgency="late" if sent.late else "normal",
        )
    if back.count:
        yield WorkItem(
            title=_("Letters of transfer that came back"),
            url=here,
            count=back.count,
            urgency="returned",
        )


def _doubles(found: Mapping[str, Pile]) -> Iterator[WorkItem]:
    if pairs := found["pair"].count:
        yield WorkItem(_("Double entries to decide"), url=reverse("register:doubles"), count=pairs)
    letters = found["notice"]
    if letters.count:
        yield WorkItem(
            _("Letters about double entries to hand over"),
            due=letters.due,
            url=reverse("register:letters"),
            count=letters.count,
        )


def _exports(lists: Pile) -> Iterator[WorkItem]:
    """Lists that wait for the user's word as the second person."""
    if lists.count:
        yield WorkItem(
            _("Lists that wait for a second person"),
            due=lists.due,
            url=reverse("register:exports"),
            count=lists.count,
        )


def _wishes(wishes: Pile) -> Iterator[WorkItem]:
    """What citizens ask to be corrected, by the law's clock."""
    if wishes.count:
        yield WorkItem(
            _("Corrections that citizens ask for"),
            due=wishes.due,
            url=reverse("register:requests"),
            count=wishes.count,
            urgency="late" if wishes.late else "normal",
        )


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
