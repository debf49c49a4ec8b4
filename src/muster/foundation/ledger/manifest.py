"""What the log declares about itself."""

from django.utils.translation import gettext_lazy as _

from muster.kernel.manifest import Manifest

MANIFEST = Manifest(slug="ledger", title=_("Log of decisions"))
