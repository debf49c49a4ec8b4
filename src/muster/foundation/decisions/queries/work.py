"""What decisions put into *my work*."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from django.urls import reverse
from django.utils.translation import gettext as _

from muster.foundation.accounts import queries as accounts
from muster.foundation.decisions.queries import chain, desk
from muster.foundation.decisions.queries.marks import correction_work, mark_work
from muster.foundation.units import queries as units
from muster.kernel.manifest import WorkItem
from muster.shell import written


def work(user: Any, on: date) -> Iterator[WorkItem]:
    """Votes, signatures, papers to serve and complaints that wait for the user's posts."""
    roles = accounts.roles_on(user, on)
    if accounts.may(roles, "decisions.vote"):
        yield from _votes(user, on)
    if accounts.may(roles, "decisions.sign"):
        yield from _signatures(user, on)
    if accounts.may(roles, "decisions.serve"):
        yield from _rounds(on)
    if accounts.may(roles, "decisions.answer"):
        yield from _complaints(on)
    yield from mark_work(user, on)
    yield from correction_work(user, on)


def _votes(user: Any, on: date) -> Iterator[WorkItem]:
    mine, url = desk.my_units(user, on), reverse("decisions:sittings")
    if waiting := sum(pile.names for pile in desk.piles(mine, on)):
        yield WorkItem(_("Names before the council"), url=url, count=waiting)
    if astray := sum(each.names for each in chain.astray(mine, on)):
        yield WorkItem(_("Names to lay before the next council"), url=url, count=astray)


def _signatures(user: Any, on: date) -> Iterator[WorkItem]:
    mine = units.named(desk.my_units(user, on), on)
    for each in chain.to_sign(list(mine), [unit.level for unit in mine.values()], on):
        yield WorkItem(
            _("To sign: %(what)s") % {"what": each.title},
            url=reverse("decisions:signing"),
            count=each.names,
        )


def _rounds(on: date) -> Iterator[WorkItem]:
    for each in desk.rounds(on):
        yield WorkItem(
            _("To serve: %(what)s, No. %(number)s")
            % {"what": each.title, "number": each.full_number},
            due=each.serve_by,
            url=reverse("decisions:round", args=[each.decision_uid]),
            count=each.waiting,
            detail=_reminder(each, on),
            urgency=each.urgency(on),
        )


def _reminder(each: desk.Round, on: date) -> str:
    """The day of the next reminder, while one is still to come."""
    ahead = [day for day in each.reminders if day > on]
    return _("Next reminder: %(day)s") % {"day": written.day(min(ahead))} if ahead else ""


def _complaints(on: date) -> Iterator[WorkItem]:
    for complaint in desk.open_complaints()[:50]:
        due = complaint.answer_by or complaint.accept_by
        yield WorkItem(
            _("Complaint to answer") if complaint.accepted_on else _("Complaint to accept"),
            detail=complaint.line.decision.full_number,
            due=due,
            url=reverse("decisions:complaint", args=[complaint.uid]),
            urgency=_urgency(due, on),
        )


def _urgency(due: date, on: date) -> Literal["late", "soon", "normal"]:
    if due < on:
        return "late"
    return "soon" if due <= desk.soon(on) else "normal"
