"""What works declare about themselves."""

from django.utils.translation import gettext_lazy as _

from muster.domains.works import queries
from muster.kernel.manifest import Indicator, LedgerKind, Manifest, MenuItem, Permission

MANIFEST = Manifest(
    slug="works",
    title=_("Works"),
    menu=(MenuItem(_("Works"), "works:index", "works.view", order=60),),
    permissions=(
        Permission(
            "works.view",
            _("See the progress of works"),
            ("clerk", "commander", "chairman", "inspector", "administrator"),
        ),
    ),
    indicators=(
        Indicator(
            code="works.units_complete",
            label=_("Districts with all defence works complete"),
            unit="percent",
            compute=queries.units_complete,
            rows=queries.unit_rows,
            direction="up",
            places=1,
            known=queries.known,
        ),
    ),
    ledger=(
        LedgerKind(
            "works.work",
            _("Work listed"),
            "select id, json_build_array(id, programme_id, unit_id, reference, source)::text"
            " as canonical from works_work",
        ),
        LedgerKind(
            "works.acceptance",
            _("Work accepted"),
            "select id, json_build_array(id, work_id, accepted_on, source)::text as canonical"
            " from works_acceptance",
        ),
    ),
)
