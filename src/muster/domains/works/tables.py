"""A programme's units, complete and open."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.domains.works.queries import Part, words
from muster.shell.components import Status
from muster.shell.tables import Column


def _state(part: Part) -> Status:
    return Status(words(part), "good" if part.complete else "warn")


PARTS = (
    Column("unit", _("Unit"), "unit"),
    Column("state", _("State"), _state, kind="status"),
    Column("works", _("Works"), "works", kind="number"),
    Column("accepted", pgettext_lazy("of works", "Accepted"), "accepted", kind="number"),
    Column("last", _("Last accepted on"), "last_on", kind="date"),
)
