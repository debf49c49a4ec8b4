"""The desk's own hand: what a clerk enters of a citizen, each time with its paper."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from muster.foundation.register import actions
from muster.foundation.register.actions import duties, families
from muster.foundation.register.forms.duties import BasisForm
from muster.foundation.register.forms.entering import (
    SPELL_FORMS,
    CloseForm,
    CorrectForm,
    EndForm,
    EnlistForm,
    KinForm,
    offer_relatives,
)
from muster.foundation.register.models import (
    Act,
    Circumstance,
    Employment,
    Errand,
    Person,
    Residence,
    Schooling,
)
from muster.foundation.register.queries import kin, searching
from muster.foundation.register.queries.scope import places_in_scope
from muster.foundation.register.views import reading
from muster.kernel.errors import Refused
from muster.kernel.manifest import Label
from muster.shell.guards import requires

SPELLS: dict[str, tuple[Any, Label]] = {
    "schooling": (Schooling, lazy("Schooling")),
    "employment": (Employment, lazy("Work")),
    "residence": (Residence, lazy("Residence")),
    "circumstance": (Circumstance, lazy("Circumstances")),
}


class NoGroundHere(Refused):
    """A first entry asked of an office without ground of its own."""


@require_http_methods(["GET", "POST"])
@requires("register.write")
def correct(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct who somebody is, against the paper that shows it."""
    person = get_object_or_404(Person, uid=uid, closed_on=None)
    form = CorrectForm(request.POST or None, person=person)
    reading.note(request, person, "correct")

    def act(told: dict[str, Any]) -> Act:
        return actions.correct(
            person=person, changes=form.changes(), on=timezone.localdate(), basis=told["basis"]
        )

    return _entered(request, person, form, _("Correct the entry"), act)


@require_http_methods(["GET", "POST"])
@requires("register.write")
def begin(request: HttpRequest, uid: UUID, kind: str) -> HttpResponse:
    """Enter a course, work, a residence, a circumstance."""
    person = get_object_or_404(Person, uid=uid, closed_on=None)
    model, title = _spell(kind)
    form = SPELL_FORMS[model](request.POST or None)
    offer_relatives(form, kin.members(person))

    def act(told: dict[str, Any]) -> Act:
        return actions.begin_spell(person=person, spell=model, on=timezone.localdate(), **told)

    return _entered(request, person, form, title, act)


@require_http_methods(["GET", "POST"])
@requires("register.write")
def end(request: HttpRequest, uid: UUID, kind: str, row: int) -> HttpResponse:
    """Enter that something is no longer true."""
    person = get_object_or_404(Person, uid=uid, closed_on=None)
    model, title = _spell(kind)
    spell = get_object_or_404(model, pk=row, person=person)
    form = EndForm(request.POST or None)

    def act(told: dict[str, Any]) -> Act:
        return actions.end_spell(
            person=person, spell=spell, valid_to=told["valid_to"], on=timezone.localdate(),
            document=told["basis"],
        )  # fmt: skip

    return _entered(request, person, form, _("%(what)s: no longer true") % {"what": title}, act)


@require_http_methods(["GET", "POST"])
@requires("register.write")
def close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take an entry off the roll; it stays readable, and can be opened again."""
    person = get_object_or_404(Person, uid=uid, closed_on=None)
    form = CloseForm(request.POST or None)

    def act(told: dict[str, Any]) -> Act:
        return actions.close(person=person, why=told["why"], on=told["on"], basis=told["basis"])

    return _entered(request, person, form, _("Close the entry"), act)


@require_http_methods(["GET", "POST"])
@requires("register.write")
def reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Put a closed entry back on the roll."""
    person = get_object_or_404(Person, uid=uid, closed_on__isnull=False, merged_into=None)
    form = BasisForm(request.POST or None)

    def act(told: dict[str, Any]) -> Act:
        return actions.reopen(person=person, on=timezone.localdate(), basis=told["basis"])

    return _entered(request, person, form, _("Open the entry again"), act)


@require_http_methods(["GET", "POST"])
@requires("register.write")
def enlist(request: HttpRequest) -> HttpResponse:
    """Enter somebody who stands on no roll yet."""
    places = places_in_scope()
    if places is None:
        raise NoGroundHere(_("A commune's office registers citizens; sign in there."))
    form = EnlistForm(request.POST or None, places=sorted(places))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        if not searching.number_taken(told["citizen_number"], told["old_number"]):
            person = actions.register(
                identity=form.identity(), place_id=told["place"].pk, on=timezone.localdate(),
                basis=told["basis"], entered=told["entered"],
            )  # fmt: skip
            messages.success(request, _("Entered, with its line in the log."))
            return redirect("register:person", person.uid)
        form.add_error(
            "citizen_number" if told["citizen_number"] else "old_number",
            _(
                "A citizen with this number is registered already; open his entry, "
                "or ask his office for a transfer."
            ),
        )
    return render(request, "register/enlist.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires("register.write")
def family(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who is of one family with a citizen: those who may be, found by parents or by name."""
    person = get_object_or_404(Person, uid=uid, closed_on=None)
    find, today = request.POST.get("find", ""), timezone.localdate()
    form = BasisForm(request.POST if "kin" in request.POST or "leave" in request.POST else None)
    if form.is_bound and form.is_valid():
        paper = form.cleaned_data["basis"]
        if "leave" in request.POST:
            families.leave_family(person=person, on=today, basis=paper)
        else:
            chosen = KinForm(request.POST)
            if not chosen.is_valid():
                raise Http404
            other = get_object_or_404(Person, uid=chosen.cleaned_data["kin"])
            families.join_family(person=person, kin=other, on=today, basis=paper)
        messages.success(request, _("Entered, with its line in the log."))
        return redirect("register:family", uid)
    reading.note(request, person, "family")
    context = {
        "person": person,
        "form": form,
        "find": find,
        "members": kin.members(person),
        "candidates": kin.candidates(person, find),
    }
    return render(request, "register/family.html", context)


def _spell(kind: str) -> tuple[Any, Label]:
    if kind not in SPELLS:
        raise Http404
    return SPELLS[kind]


def _entered(
    request: HttpRequest,
    person: Person,
    form: forms.BaseForm,
    title: Label,
    act: Callable[[dict[str, Any]], Act],
) -> HttpResponse:
    """The form of one act; what was told to the office before is settled by it."""
    errand = _errand(request, person)
    if request.method == "POST" and form.is_valid():
        duties.settle_by(errand=errand, act=act(form.cleaned_data))
        messages.success(request, _("Entered, with its line in the log."))
        return redirect("register:person", person.uid)
    context = {"person": person, "form": form, "title": title, "errand": errand}
    return render(request, "register/entering.html", context)


def _errand(request: HttpRequest, person: Person) -> Errand | None:
    asked = request.GET.get("errand")
    if not asked:
        return None
    try:
        return Errand.objects.filter(uid=UUID(asked), person=person, settled_on=None).first()
    except ValueError as error:
        raise Http404 from error
