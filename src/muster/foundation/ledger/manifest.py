"""What the log declares about itself."""

from django.utils.translation import gettext_lazy as _

from muster.foundation.ledger import queries
from muster.foundation.ledger.commands import commands
from muster.kernel.manifest import LedgerKind, Manifest, MenuItem

MANIFEST = Manifest(
    slug="ledger",
    title=_("Log of decisions"),
    menu=(MenuItem(_("Public log"), "ledger:index", order=90),),
    commands=commands,
    ledger=(
        LedgerKind(
            queries.ERASURE,
            _("Values destroyed when their time was up"),
            queries.ERASURE_CANONICAL,
        ),
    ),
)
