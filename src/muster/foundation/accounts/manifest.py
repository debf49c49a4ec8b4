"""What accounts declare about themselves."""

from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts import queries
from muster.kernel.manifest import LedgerKind, Manifest, MenuItem, Permission

MANIFEST = Manifest(
    slug="accounts",
    title=_("Accounts and posts"),
    touched_by=queries.touched_by,
    menu=(
        MenuItem(_("Refusals"), "accounts:refusals", "accounts.refusals", order=80),
        MenuItem(_("Accounts and posts"), "accounts:accounts", "accounts.manage", order=85),
    ),
    permissions=(
        Permission("accounts.refusals", _("See what was refused"), ("inspector", "administrator")),
        Permission("accounts.manage", _("Open accounts, give and end posts"), ("administrator",)),
    ),
    ledger=(
        LedgerKind(
            "accounts.post",
            _("Post given"),
            "select id, json_build_array(id, user_id, unit_id, role, valid_from)::text as canonical"
            " from accounts_post",
        ),
        LedgerKind(
            "accounts.act",
            _("Account administered"),
            "select id, json_build_array(id, what, user_id, post_id, ends_on, by_id)::text"
            " as canonical from accounts_act",
        ),
        LedgerKind(
            "accounts.refusal",
            _("Attempt refused"),
            "select id, json_build_array(id, code, user_id, unit_id, refused_at)::text as canonical"
            " from accounts_refusal",
        ),
    ),
)
