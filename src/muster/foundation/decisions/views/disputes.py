"""Marks "disputed": set at once by the man or a clerk for him, lifted by somebody else."""

from collections.abc import Iterable
from dataclasses import replace
from http import HTTPStatus
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from muster.foundation.decisions import actions, papers, queries
from muster.foundation.decisions.forms import LiftForm, MarkForm
from muster.foundation.decisions.models import Dispute
from muster.foundation.decisions.views.mine import offices
from muster.foundation.register import actions as register
from muster.foundation.register.models import Person
from muster.foundation.register.queries.own import own_person
from muster.kernel.errors import Refused
from muster.shell.components import Fact, Status
from muster.shell.guards import requires
from muster.shell.tables import Column, Listing, plain

AT_ONCE = 200


@require_GET
@requires("decisions.lift")
def disputes(request: HttpRequest) -> HttpResponse:
    """The open marks in sight, those due first before the others."""
    listing = _listed(queries.marks_to_look_at()[:AT_ONCE], named=True, opens=True)
    return render(request, "decisions/disputes.html", {"listing": listing})


@require_GET
@requires("decisions.mark")
def wrong(request: HttpRequest) -> HttpResponse:
    """Entries found wrong that still say what they said: a clerk corrects each."""
    listing = _listed(queries.to_be_corrected()[:AT_ONCE], named=True, opens=False)
    listing = replace(
        listing,
        caption=_("Entries found wrong"),
        empty_title=_("No entry waits to be corrected"),
        empty_text=_("An entry found wrong stays here until an act or a later decision mends it."),
    )
    return render(request, "decisions/wrong.html", {"listing": listing})


@require_http_methods(["GET", "POST"])
@requires("decisions.mark")
def marks(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Mark an entry about a man disputed, for him."""
    person = get_object_or_404(Person, uid=uid)
    register.note_reading(
        person_id=person.pk, place_id=person.place_id, user_id=_me(request), page="marks"
    )
    return _marking(request, person)


@require_http_methods(["GET", "POST"])
@requires("decisions.mark_own")
def mine(request: HttpRequest) -> HttpResponse:
    """Mark an entry about oneself disputed, at once."""
    return _marking(request, own_person(_me(request)))


def _marking(request: HttpRequest, person: Person) -> HttpResponse:
    form = MarkForm(request.POST or None, markable=queries.markable(person))
    if request.method == "POST" and form.is_valid():
        about = form.cleaned_data["about"]
        mark = actions.mark_disputed(
            person_id=person.pk,
            place_id=person.place_id,
            about=about,
            line=queries.line_behind(about, person),
            on=timezone.localdate(),
            by=_me(request),
        )
        words = _("Marked disputed; somebody else looks at it by %(day)s.")
        messages.success(request, words % {"day": papers.written_day(mark.look_by)})
        return redirect(request.path)
    context = {
        "person": person,
        "own": not request.user.has_perm("decisions.mark"),
        "form": form,
        "listing": _listed(queries.marks_of(person), named=False, opens=False),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "decisions/marks.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires("decisions.lift")
def lift(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One mark: what is disputed, since when; the office decides who was right."""
    mark = get_object_or_404(queries.marks_to_look_at(), uid=uid)
    today = timezone.localdate()
    form = LiftForm(
        request.POST or None,
        offices=offices(request),
        corrections=queries.correctable_to(mark, today),
        initial={"signed_on": today},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.lift_dispute(
                dispute=mark,
                unit_id=given["unit"],
                signed_on=given["signed_on"],
                upheld=given["upheld"],
                correction=given.get("correction", ""),
                by=_me(request),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The mark is lifted by a decision."))
            return redirect("decisions:disputes")
    context = {"mark": mark, "what": queries.what(mark), "facts": _facts(mark), "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "decisions/lift.html", context, status=status)


def _facts(mark: Dispute) -> list[Fact]:
    by = mark.marked_by.get_full_name() if mark.marked_by else "–"
    person = reverse("register:person", args=[mark.person.uid])
    return [
        Fact(_("Whose entry"), mark.person.full_name, href=person),
        Fact(_("Marked on"), mark.marked_on),
        Fact(_("Marked by"), by),
        Fact(_("To be looked at by"), mark.look_by),
    ]


def _listed(rows: Iterable[Dispute], *, named: bool, opens: bool) -> Listing:
    today = timezone.localdate()
    person = Column("person", gettext_lazy("Whose entry"), "person.full_name", href=_person_href)
    whose = (person,) if named else ()
    columns = (
        Column(
            "what", gettext_lazy("What is disputed"), queries.what, href=_href if opens else None
        ),
        *whose,
        Column("marked_on", gettext_lazy("Marked on"), "marked_on", kind="date"),
        Column("look_by", gettext_lazy("To be looked at by"), "look_by", kind="date"),
        Column(
            "state",
            gettext_lazy("State"),
            lambda mark: _state(mark, late=mark.look_by < today),
            kind="status",
        ),
    )
    return plain(
        gettext_lazy("Entries marked disputed"),
        columns,
        rows,
        empty_title=gettext_lazy("Nothing is marked disputed"),
        empty_text=gettext_lazy("A mark stands at once and is looked at within two working days."),
    )


def _person_href(mark: Dispute) -> str:
    return reverse("register:person", args=[mark.person.uid])


def _href(mark: Dispute) -> str:
    return reverse("decisions:lift", args=[mark.uid])


def _state(mark: Dispute, *, late: bool) -> Status:
    if mark.answer is not None:
        right = mark.answer.outcome != "rejected"
        return Status(_("lifted: he was right") if right else _("lifted: rejected"), "info")
    return Status(_("overdue"), "bad") if late else Status(_("disputed"), "warn")


def _me(request: HttpRequest) -> int:
    return cast("int", request.user.pk)
