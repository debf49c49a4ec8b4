"""The lists of the work list: divided units, and their places."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from muster.foundation.units.models import Order, PlaceKind, Placement
from muster.foundation.units.queries import Suggestion, Waiting
from muster.foundation.units.queries.waiting import Divided
from muster.foundation.units.views import asked
from muster.foundation.units.views.listings import part
from muster.foundation.units.views.words import capital
from muster.shell import written
from muster.shell.components import Card, Fact, Status
from muster.shell.tables import Column, Listing, plain

DIVIDED = (
    Column(
        "old",
        _("Divided unit"),
        lambda each: capital(each.old.full_name),
        href=lambda each: reverse("units:divided", args=[each.order.pk, each.old.id]),
    ),
    Column("keeper", _("Keeper until settled"), lambda each: each.keeper.full_name),
    Column("parts", _("Parts"), lambda each: ", ".join(part.full_name for part in each.parts)),
    Column("order", _("Order"), "order.number"),
    Column("places", _("Places"), lambda each: len(each.places), kind="number"),
    Column("proposed", _("Proposed"), kind="number"),
    Column("people", _("People"), kind="number"),
)


def divided(found: Sequence[Divided], query: QueryDict, *, empty_ground: int) -> Listing:
    """The divided units with waiting places; `empty_ground` are those left out, for nobody lives there."""
    listing = part(_("Divided units"), DIVIDED, found, query, "divided")
    if not empty_ground:
        text = _("Every place of your communes has its unit.")
        return replace(listing, empty_title=_("Nobody waits"), empty_text=text)
    return replace(
        listing,
        empty_title=_("Nobody waits"),
        empty_text=_("Only ground on which nobody is registered still waits."),
        empty_href=asked.href("waiting", ground="all"),
        empty_action=_("Show this ground"),
    )


def waiting_sums(found: Sequence[Divided]) -> list[Card]:
    """The work list in a few numbers."""
    return [
        Card(_("Divided units"), len(found)),
        Card(_("Places that wait"), sum(len(each.places) for each in found)),
        Card(_("People who wait for a part"), sum(each.people for each in found)),
    ]


def waiting(
    order: Order,
    places: Sequence[Waiting],
    suggested: Mapping[int, Suggestion],
    proposed: Mapping[int, Placement],
) -> Listing:
    """The waiting places of one divided unit."""

    def suggestion(each: Waiting) -> str:
        found = suggested.get(each.place_id)
        return f"{found.unit.full_name}: {found.reason}" if found else ""

    columns = (
        Column(
            "name",
            _("Place"),
            place_name,
            href=lambda each: reverse("units:place", args=[order.pk, each.place_id]),
        ),
        Column("people", _("People"), kind="number"),
        Column("suggestion", _("Suggestion"), suggestion),
        Column(
            "state", _("State"), lambda each: step_of(proposed.get(each.place_id)), kind="status"
        ),
    )
    return plain(_("Places that wait"), columns, places)


def place_name(each: Waiting) -> str:
    """A group by its name; the rest of a former commune by what it stands for."""
    if each.kind != PlaceKind.COMMUNE:
        return each.name
    return gettext("%(name)s, residential group unknown") % {"name": each.name}


def step_of(proposal: Placement | None) -> Status:
    """How far a waiting place has come."""
    if proposal is None:
        return Status(_("Waits"), "warn")
    if proposal.accepted_on is None:
        return Status(_("Proposed"), "info")
    return Status(pgettext("of a place", "Accepted"), "good")


def waiting_facts(each: Waiting) -> tuple[Fact, ...]:
    """What is known of a waiting place."""
    return (
        Fact(_("Place"), place_name(each)),
        Fact(_("Code"), each.code),
        Fact(_("Of the divided unit"), each.old.full_name),
        Fact(_("Keeper until settled"), each.keeper.full_name),
        Fact(_("People"), written.number(each.people)),
    )
