"""What the register declares about itself."""

from django.utils.translation import gettext_lazy as _

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
    work,
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
)

_OFFICE = ("clerk", "commander", "chairman", "inspector")


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
    work=work.work,
    timeline=own_acts,
    touched_by=queries.touched_by,
    count_by_place=queries.count_by_place,
    addresses_at=queries.addresses_at,
)
