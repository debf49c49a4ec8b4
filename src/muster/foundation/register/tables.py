"""The list of people: names in full, numbers masked."""

from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models import Person
from muster.foundation.register.queries import masked_number
from muster.foundation.register.queries.entry import birth_text, place_name
from muster.shell.components import Status
from muster.shell.tables import Column, Listing, page


def _status(person: Person) -> Status:
    if person.closed_on is None:
        return Status(_("On the register"), "good")
    return Status(_("Closed"), "neutral")


PEOPLE = (
    Column(
        "name",
        _("Full name"),
        "full_name",
        order="sort_key",
        href=lambda person: reverse("register:person", args=[person.uid]),
    ),
    Column("birth", _("Date of birth"), lambda p: birth_text(p.birth_date, p.birth_precision)),
    Column("number", _("Number"), masked_number, kind="masked"),
    Column("place", _("Registered at"), lambda person: place_name(person.place)),
    Column("state", _("State"), _status, kind="status"),
)


def people(rows: QuerySet[Person], query: QueryDict, **more: Any) -> Listing:
    """One page of people by name."""
    return page(
        rows, query, PEOPLE, caption=_("People on the register"), default="name", key="uid", **more
    )
