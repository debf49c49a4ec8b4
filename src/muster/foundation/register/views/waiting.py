"""The work list of people on divided ground, and how each gets his residential group."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods

from muster.foundation.register import actions, queries
from muster.foundation.register.forms.entering import GroupForm
from muster.foundation.register.models import Person
from muster.foundation.register.tables import BIRTH, NAME, PLACE
from muster.foundation.register.views import reading
from muster.shell import tables
from muster.shell.components import as_facts
from muster.shell.guards import requires
from muster.shell.tables import Column


def _address(person: Person) -> str:
    """What he gave as his address, the latest first."""
    homes = sorted(person.residences.all(), key=lambda home: home.valid_from, reverse=True)
    return next((home.address for home in homes if home.address), "")


def _href(person: Person) -> str:
    """Where his group is entered, or where the commune of his group is settled."""
    if person.place.within_id:
        return reverse("units:waiting")
    return reverse("register:settle", args=[person.uid])


_WAITING = (
    replace(NAME, href=_href),
    BIRTH,
    PLACE,
    Column("address", lazy("Address"), _address),
)


@require_GET
@requires("register.write")
def waiting(request: HttpRequest) -> HttpResponse:
    """Who lives on ground that an order divided and waits for his part."""
    listing = tables.page(
        queries.people_waiting(timezone.localdate()),
        request.GET,
        _WAITING,
        caption=_("People who wait for their residential group"),
        default="name",
        key="uid",
        empty_title=_("Nobody waits"),
        empty_text=_("After an order divides a commune, whoever has no group stands here."),
    )
    return render(request, "register/waiting.html", {"listing": listing})


@require_http_methods(["GET", "POST"])
@requires("register.write")
def settle(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Enter in which group he lives; his roll is then that of the group's commune."""
    people = queries.people_waiting(timezone.localdate())
    person = get_object_or_404(people, uid=uid, place__within=None)
    form = GroupForm(request.POST or None, ground=person.place)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.settle_place(
            person=person, group_place_id=told["group"].pk, on=timezone.localdate(),
            basis=told["basis"],
        )  # fmt: skip
        messages.success(request, _("Entered, with its line in the log."))
        return redirect("register:waiting")
    reading.note(request, person, "settle")
    facts = as_facts(
        [
            (_("Address"), _address(person)),
            (_("Father"), person.father_name),
            (_("Mother"), person.mother_name),
        ]
    )
    return render(request, "register/settle.html", {"person": person, "form": form, "facts": facts})
