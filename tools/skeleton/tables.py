"""The list of cases."""

from django.utils.translation import gettext_lazy as _

from muster.domains.skeleton import queries
from muster.domains.skeleton.models import Case
from muster.shell.components import Status
from muster.shell.tables import Column


def _state(case: Case) -> Status:
    return Status(_("Closed"), "good") if case.closed_on else Status(_("Open"), "info")


CASES = (
    Column("subject", _("Subject"), href=queries.address),
    Column("place", _("Place"), "place.name"),
    Column("opened", _("Opened on"), "opened_on", order="opened_on", kind="date"),
    Column("state", _("State"), _state, kind="status"),
)
