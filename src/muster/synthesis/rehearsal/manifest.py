"""What a played demonstration says of itself."""

from django.utils.translation import gettext_lazy as _

from muster.kernel.manifest import Manifest
from muster.synthesis.rehearsal.actions.people import PASSWORD
from muster.synthesis.rehearsal.models import Done


def _to_try() -> str:
    """The password of the accounts, where something was played into this database."""
    return PASSWORD if Done.objects.exists() else ""


MANIFEST = Manifest(slug="rehearsal", title=_("Demonstration"), to_try=_to_try)
