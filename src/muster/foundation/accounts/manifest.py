"""What accounts declare about themselves."""

from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts import queries
from muster.kernel.manifest import LedgerKind, Manifest

MANIFEST = Manifest(
    slug="accounts",
    title=_("Accounts and posts"),
    touched_by=queries.touched_by,
    ledger=(
        LedgerKind(
            "accounts.post",
            _("Post given"),
            "select id, json_build_array(id, user_id, unit_id, role, valid_from)::text as canonical"
            " from accounts_post",
        ),
    ),
)
