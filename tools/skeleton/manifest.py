"""What the slice declares about itself."""

from django.utils.translation import gettext_lazy as _

from muster.domains.skeleton import queries, rules
from muster.kernel.manifest import Indicator, LedgerKind, Manifest, MenuItem, Permission

_OPENED = "json_build_array(id, uid, place_id, subject, opened_on)"
_CLOSED = "json_build_array(id, uid, closed_on, outcome)"

MANIFEST = Manifest(
    slug="skeleton",
    title=_("Skeleton"),
    parameters=rules.LAW,
    menu=(MenuItem(_("Skeleton"), "skeleton:index", "skeleton.read"),),
    permissions=(
        Permission("skeleton.read", _("Read cases"), ("clerk", "commander", "inspector")),
        Permission("skeleton.write", _("Open and close cases"), ("clerk",)),
    ),
    indicators=(
        Indicator(
            "skeleton.closed",
            _("Cases closed"),
            "count",
            compute=queries.count_closed,
            rows=queries.closed_rows,
        ),
    ),
    ledger=(
        LedgerKind(
            "skeleton.opened",
            _("Case opened"),
            f"select id, {_OPENED}::text as canonical from skeleton_case",
        ),
        LedgerKind(
            "skeleton.closed",
            _("Case closed"),
            f"select id, {_CLOSED}::text as canonical from skeleton_case"
            " where closed_on is not null",
        ),
    ),
    work=queries.work,
    touched_by=queries.touched_by,
)
