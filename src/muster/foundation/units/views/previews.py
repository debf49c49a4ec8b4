"""What an order would do, in a few numbers and three lists."""

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from muster.foundation.units.queries import Preview
from muster.foundation.units.views import asked
from muster.foundation.units.views.listings import part, tenth
from muster.foundation.units.views.words import capital
from muster.shell.components import Card
from muster.shell.tables import Column, Listing, plain

CLOSES = (
    Column(
        "unit",
        _("Closes"),
        lambda each: capital(each.unit.full_name),
        href=lambda each: asked.unit_href(each.unit, each.unit.opened_on),
    ),
    Column("code", _("Code"), "unit.code"),
    Column("successors", _("Successors"), lambda each: ", ".join(each.successors) or _("ends")),
    Column("keeper", _("Keeper until settled"), lambda each: "" if each.whole else each.keeper),
    Column("places", _("Places"), kind="number"),
    Column("people", _("People"), kind="number"),
)


def sums(shown: Preview) -> list[Card]:
    """A preview in a few numbers."""
    return [
        Card(_("Units that open"), len(shown.opens)),
        Card(_("Units that close"), len(shown.closes)),
        Card(_("Units renamed"), len(shown.renamed)),
        Card(_("Units placed under another"), len(shown.reparented)),
        Card(_("Places that move"), shown.places),
        Card(_("People who move with them"), shown.people),
        Card(_("Units divided"), len(shown.divided)),
        Card(_("People who wait for a part"), shown.waiting),
    ]


def closes(shown: Preview, query: QueryDict) -> Listing | None:
    """The units that an order closes."""
    return (
        part(_("Units that close"), CLOSES, shown.closes, query, "closes") if shown.closes else None
    )


def opens(shown: Preview, query: QueryDict) -> Listing | None:
    """The units that an order opens."""
    columns = (
        Column(
            "name",
            _("Opens"),
            lambda each: capital(f"{each[1].profile.kind} {each[1].profile.name}"),
        ),
        Column("code", _("Code"), lambda each: each[0].code),
        Column("parent", _("Under"), lambda each: each[1].parent.code if each[1].parent else ""),
        Column("area", _("Area, km²"), lambda each: tenth(each[1].profile.area_km2), kind="number"),
    )
    return part(_("Units that open"), columns, shown.opens, query, "opens") if shown.opens else None


def amends(shown: Preview) -> Listing | None:
    """The units that keep their life under another name or another parent."""
    columns = (
        Column("unit", _("Unit"), lambda each: capital(each[0].full_name)),
        Column("code", _("Code"), lambda each: each[0].code),
        Column("to", _("Becomes, or comes under"), lambda each: each[1]),
    )
    rows = (*shown.renamed, *shown.reparented)
    return plain(_("Units that change"), columns, rows) if rows else None
