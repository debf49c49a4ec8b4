"""The lists of the slice: one man's papers, and those that lapse soon."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.foundation.evidence import queries
from muster.foundation.evidence.models import Paper, Showing
from muster.foundation.register.queries.entry import place_name
from muster.kernel.manifest import Label
from muster.shell.components import Status, Tone
from muster.shell.tables import Column, Listing, plain

STATES: dict[str, tuple[Label, Tone]] = {
    "holds": (_("holds"), "good"),
    "ends_soon": (_("lapses soon"), "warn"),
    "lapsed": (_("lapsed: shows nothing any more"), "bad"),
    "withdrawn": (pgettext_lazy("evidence", "withdrawn"), "bad"),
}


def state(paper: Paper, on: date) -> Status:
    """Whether a paper still shows its claim."""
    return Status(*STATES[queries.state_of(paper, on)])


def last_day(paper: Paper) -> date | None:
    """The last day on which a paper holds."""
    return paper.valid_to - timedelta(days=1) if paper.valid_to else None


def papers(rows: Iterable[Paper], on: date) -> Listing:
    """One man's papers, the newest first."""
    columns = (
        Column("kind", pgettext_lazy("evidence", "Paper"), "kind_label", href=paper_href),
        Column("claim", _("Shows"), lambda each: queries.claim_label(each.claim)),
        Column("reference", _("Number and issuer"), "reference"),
        Column("issued_on", _("Dated"), "issued_on", kind="date"),
        Column("last_day", _("Holds until"), last_day, kind="date"),
        Column("state", _("State"), lambda each: state(each, on), kind="status"),
    )
    return plain(
        pgettext_lazy("evidence", "Papers"),
        columns,
        rows,
        empty_title=_("No paper yet"),
        empty_text=_("Scan or photograph what he brought and take it in below."),
    )


def paper_href(paper: Paper) -> str:
    """Where a paper is shown."""
    return reverse("evidence:paper", args=[paper.uid])


ENDING = (
    Column(
        "person",
        _("Full name"),
        "person.full_name",
        href=lambda each: reverse("evidence:papers", args=[each.person.uid]),
    ),
    Column("place", _("Residence"), lambda each: place_name(each.person.place)),
    Column("kind", pgettext_lazy("evidence", "Paper"), "paper.kind_label"),
    Column("last_day", _("Holds until"), lambda each: last_day(each.paper), kind="date"),
)


def ending(rows: Iterable[Showing]) -> Listing:
    """Papers that lapse soon, the first to lapse first."""
    return plain(
        _("Papers that lapse soon"),
        ENDING,
        rows,
        empty_title=_("No paper lapses soon"),
        empty_text=_(
            "Papers that lapse within a month are listed here, so that new ones are asked."
        ),
    )
