"""What reports declare about themselves."""

from django.utils.translation import gettext_lazy as _

from muster.kernel.manifest import Manifest, MenuItem, Permission
from muster.synthesis.reports.commands import report

MANIFEST = Manifest(
    slug="reports",
    title=_("Reviews"),
    commands=report,
    menu=(MenuItem(_("Half-year reviews"), "reports:overview", "reports.view", order=70),),
    permissions=(
        Permission(
            "reports.view",
            _("Read the reviews"),
            ("clerk", "commander", "council", "chairman", "inspector", "administrator"),
        ),
    ),
)
