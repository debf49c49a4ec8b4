"""What reports declare about themselves."""

from django.utils.translation import gettext_lazy as _

from muster.kernel.manifest import Manifest, MenuItem, Permission

MANIFEST = Manifest(
    slug="reports",
    title=_("Reviews"),
    menu=(MenuItem(_("Half-year reviews"), "reports:overview", "reports.view", order=70),),
    permissions=(
        Permission(
            "reports.view",
            _("Read the reviews"),
            ("clerk", "commander", "council", "chairman", "inspector", "administrator"),
        ),
    ),
)
