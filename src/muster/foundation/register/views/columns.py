"""The columns of the queue of double entries."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models.evidence import BECAUSE
from muster.foundation.register.models.pairs import Pair
from muster.foundation.register.queries.entry import birth_text, place_name
from muster.foundation.register.queries.queue import Compared
from muster.shell import tables
from muster.shell.components import Status
from muster.shell.tables import Column, Listing

_SPEAKS = {"for": (_("for one person"), "good"), "against": (_("against it"), "bad")}


def _speaks(fact: Compared) -> Status | str:
    if not fact.speaks:
        return ""
    words, tone = _SPEAKS[fact.speaks]
    return Status(f"{words} ({fact.bits:+.1f})", "good" if tone == "good" else "bad")


_WAITING = (
    Column(
        "older",
        _("The older entry"),
        "left.full_name",
        href=lambda pair: reverse("register:double", args=[pair.uid]),
    ),
    Column("newer", _("The newer entry"), "right.full_name"),
    Column(
        "birth",
        _("Date of birth"),
        lambda pair: birth_text(pair.left.birth_date, pair.left.birth_precision),
    ),
    Column("place", _("Registered at"), lambda pair: place_name(pair.left.place)),
    Column("because", _("Why"), lambda pair: BECAUSE[pair.because]),
    Column("weight", _("Bits"), lambda pair: f"{pair.bits:+.0f}", order="bits", kind="number"),
    Column(
        "state", _("State"), lambda pair: Status(pair.get_state_display(), "warn"), kind="status"
    ),
)
_COMPARED = (
    Column("label", _("Fact")),
    Column("left", _("The older entry")),
    Column("right", _("The newer entry")),
    Column("found", _("Found"), lambda fact: "; ".join(map(str, fact.findings))),
    Column("speaks", _("Speaks"), _speaks, kind="status"),
)


def waiting(rows: QuerySet[Pair], query: QueryDict) -> Listing:
    """One page of the queue, the surest first."""
    return tables.page(
        rows,
        query,
        _WAITING,
        caption=_("Double entries to decide"),
        default="-weight",
        key="uid",
        empty_title=_("No double entry waits"),
        empty_text=_("Pairs appear here when registers were compared."),
    )


def compared(facts: Sequence[Compared]) -> Listing:
    """Two entries side by side, with what each fact says."""
    return tables.plain(_("The two entries side by side"), _COMPARED, facts)
