"""What the register declares about itself."""

from django.utils.translation import gettext_lazy as _

from muster.foundation.register.queries import state
from muster.kernel.manifest import LedgerCheck, LedgerKind, Manifest

MANIFEST = Manifest(
    slug="register",
    title=_("Register of citizens"),
    ledger=(LedgerKind("register.act", _("Act upon an entry"), state.ACT_CANONICAL),),
    checks=(
        LedgerCheck(
            "register.entry",
            _("Entries are as the last act upon them left them"),
            state.CHANGED_BEHIND,
        ),
    ),
)
