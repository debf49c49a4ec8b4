"""The list of what was refused."""

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts import queries
from muster.foundation.accounts.models import Refusal
from muster.foundation.units import queries as units
from muster.shell import written
from muster.shell.tables import Column, Listing, page


def _when(refusal: Refusal) -> str:
    return written.moment(refusal.refused_at)


def _who(refusal: Refusal) -> str:
    user = refusal.user
    return (user.get_full_name() or user.get_username()) if user else str(_("the house itself"))


def _unit(refusal: Refusal) -> str:
    if refusal.unit is None:
        return ""
    on = timezone.localdate(refusal.refused_at)
    found = units.named([refusal.unit.pk], on).get(refusal.unit.pk)
    return found.full_name if found else ""


COLUMNS = (
    Column("when", _("When"), _when, order="refused_at"),
    Column(
        "what", _("What was refused"), lambda each: queries.refusals().get(each.code, each.code)
    ),
    Column("who", _("Who tried"), _who),
    Column("unit", _("For which unit"), _unit),
)


def refusals(rows: "QuerySet[Refusal]", query: QueryDict) -> Listing:
    """One page of refusals, the newest first."""
    return page(
        rows,
        query,
        COLUMNS,
        caption=_("What was refused"),
        default="-when",
        empty_title=_("Nothing was refused"),
        empty_text=_("A vote without a seat or a signature by the wrong office would stand here."),
    )
