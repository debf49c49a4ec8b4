"""What the register declares about itself."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts import queries as accounts
from muster.foundation.register import queries
from muster.foundation.register.actions import uploads
from muster.foundation.register.commands import commands
from muster.foundation.register.queries import (
    duties,
    exports,
    own,
    queue,
    retention,
    state,
    transfers,
)
from muster.foundation.register.queries.entry import own_acts
from muster.foundation.register.rules import clocks
from muster.kernel.manifest import (
    Indicator,
    LedgerCheck,
    LedgerKind,
    Manifest,
    MenuItem,
    Permission,
    Result,
    Retention,
    Scope,
    WorkItem,
)

_OFFICE = ("clerk", "commander", "chairman", "inspector")


def _work(user: Any, today: date) -> Iterator[WorkItem]:
    yield from _letters(today)
    waiting = queries.waiting(today)
    if waiting:
        yield WorkItem(
            title=_("People of divided communes who wait for their residential group"),
            url=reverse("register:people"),
            count=waiting,
        )
    yield from _doubles()
    if _may(user, today, "register.export_answer"):
        yield from _exports(user)
    if _may(user, today, "register.write"):
        yield from _wishes(today)
    yield from _owed(user, today)


def _may(user: Any, today: date, permission: str) -> bool:
    return accounts.may(accounts.roles_on(user, today), permission)


def _wishes(today: date) -> Iterator[WorkItem]:
    """What citizens ask to be corrected, by the law's clock."""
    waiting = own.open_requests()
    if first := waiting.first():
        yield WorkItem(
            _("Corrections that citizens ask for"),
            due=first.due_on,
            url=reverse("register:requests"),
            count=waiting.count(),
            urgency="late" if first.due_on < today else "normal",
        )


def _owed(user: Any, today: date) -> Iterator[WorkItem]:
    """Duties of each kind that are due, and those that are overdue."""
    roles = accounts.roles_on(user, today)
    if not (accounts.may(roles, "register.write") or accounts.may(roles, "register.confirm")):
        return
    here = reverse("register:duties")
    for each in duties.counted(today):
        if each.overdue:
            yield WorkItem(
                each.label, url=f"{here}?list=overdue", count=each.overdue, urgency="late"
            )
        if each.due:
            yield WorkItem(each.label, url=here, count=each.due)


def _exports(user: Any) -> Iterator[WorkItem]:
    """Lists that wait for the user's word as the second person."""
    count, since = exports.waiting_exports(user.pk)
    if count:
        yield WorkItem(
            _("Lists that wait for a second person"),
            due=since,
            url=reverse("register:exports"),
            count=count,
        )


def _doubles() -> Iterator[WorkItem]:
    if pairs := queue.pairs_to_decide():
        yield WorkItem(_("Double entries to decide"), url=reverse("register:doubles"), count=pairs)
    if letters := queue.due_notices().count():
        yield WorkItem(
            _("Letters about double entries to hand over"),
            due=queue.oldest_due_notice(),
            url=reverse("register:letters"),
            count=letters,
        )


def _letters(today: date) -> Iterator[WorkItem]:
    """Transfers to receive, by the law's clock."""
    count, late, due = queries.to_receive(today)
    if count:
        yield WorkItem(
            title=_("Citizens sent to you by letter of transfer"),
            url=reverse("register:transfers"),
            count=count,
            due=due,
            urgency="late" if late else "normal",
        )
    if back := queries.came_back(today):
        yield WorkItem(
            title=_("Letters of transfer that came back"),
            url=reverse("register:transfers"),
            count=back,
            urgency="returned",
        )


def _registered(scope: Scope) -> Result:
    return Result.count(queries.count(scope.place_ids, scope.period.last_day))


def _waiting(scope: Scope) -> Result:
    return Result.count(queries.waiting(scope.period.last_day, scope.place_ids))


MANIFEST = Manifest(
    slug="register",
    title=_("Register of citizens"),
    menu=(
        MenuItem(_("My entry"), "register:own", "register.own", order=10),
        MenuItem(_("Register of citizens"), "register:people", "register.read", order=20),
        MenuItem(_("Duties"), "register:duties", "register.read", order=20),
        MenuItem(_("Account of heads"), "register:account", "register.read", order=21),
        MenuItem(_("Transfers"), "register:transfers", "register.write", order=21),
        MenuItem(_("Import a list"), "register:uploads", "register.import", order=21),
        MenuItem(_("Corrections asked for"), "register:requests", "register.write", order=22),
        MenuItem(_("Double entries"), "register:doubles", "register.merge", order=22),
    ),
    permissions=(
        Permission("register.read", _("Read the register"), _OFFICE),
        Permission("register.numbers", _("See personal numbers in full"), ("clerk", "commander")),
        Permission("register.write", _("Act upon entries of the register"), ("clerk",)),
        Permission("register.export_see", _("See which lists left and why"), _OFFICE),
        Permission(
            "register.export", _("Ask for lists and take them along"), ("clerk", "commander")
        ),
        Permission(
            "register.export_answer",
            _("Agree to lists as the second person"),
            ("clerk", "commander", "chairman"),
        ),
        Permission("register.confirm", _("Confirm the January list"), ("commander", "chairman")),
        Permission("register.import", _("Take in lists"), ("clerk", "commander")),
        Permission("register.own", _("See one's own entry"), ("citizen",)),
        Permission("register.merge", _("Decide on double entries"), ("clerk", "commander")),
    ),
    indicators=(
        Indicator("register.people", _("Citizens on the register"), "count", compute=_registered),
        Indicator(
            "register.waiting", _("Citizens waiting for their group"), "count", compute=_waiting
        ),
    ),
    commands=commands,
    ledger=(
        LedgerKind("register.act", _("Act upon an entry"), state.ACT_CANONICAL),
        LedgerKind("register.filing", _("Paper of a period"), duties.CANONICAL_FILING),
        LedgerKind(
            "register.confirmation", _("January list confirmed"), duties.CANONICAL_CONFIRMATION
        ),
        LedgerKind("register.errand", _("Told to the office"), duties.CANONICAL_ERRAND),
        LedgerKind("register.transfer", _("Letter of transfer"), transfers.CANONICAL),
        LedgerKind("register.access", _("Sign-in given to a citizen"), own.ACCESS_CANONICAL),
        LedgerKind(
            "register.request",
            _("Correction asked for"),
            own.REQUEST_CANONICAL,
        ),
        LedgerKind(
            "register.request_answer",
            _("Correction answered"),
            own.ANSWER_CANONICAL,
            by_uid="select id from register_request where state <> 'open' and uid = %s",
        ),
        LedgerKind(
            "register.certificate",
            _("Paper about an entry"),
            own.CERTIFICATE_CANONICAL,
            by_uid="select id from register_certificate where uid = %s",
        ),
        LedgerKind("register.export", _("List asked for"), exports.CANONICAL),
        LedgerKind("register.export_step", _("List answered or taken"), exports.STEP_CANONICAL),
        LedgerKind("register.pair", _("Decision on a double entry"), queue.CANONICAL),
    ),
    checks=(
        LedgerCheck(
            "register.entry",
            _("Entries are as the last act upon them left them"),
            state.CHANGED_BEHIND,
        ),
    ),
    parameters=clocks.LAW,
    retention=(Retention("upload_days", retention.old_lists, uploads.destroy_lists),),
    work=_work,
    timeline=own_acts,
    touched_by=queries.touched_by,
    count_by_place=queries.count_by_place,
    addresses_at=queries.addresses_at,
)
