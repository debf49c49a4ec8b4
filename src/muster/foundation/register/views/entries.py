"""Searching the register and reading one entry."""

from datetime import date
from typing import cast
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from muster.foundation.register import actions, queries, tables
from muster.foundation.register.forms import SearchForm
from muster.foundation.register.models import numbers
from muster.foundation.register.models.labels import FIELDS
from muster.foundation.register.queries import papers
from muster.kernel.manifest import Label
from muster.shell.components import as_facts
from muster.shell.discovery import manifests
from muster.shell.guards import requires


@require_http_methods(["GET", "POST"])
@requires("register.read")
def people(request: HttpRequest) -> HttpResponse:
    """The list, narrowed by a search whose words stand sealed in the address."""
    if request.method == "POST":
        return HttpResponseRedirect(_sealed_address(request))
    text, parent, home = (_opened(request, name) for name in ("find", "parent", "home"))
    where = request.GET.get("where", "")
    ground = queries.ground_named(where) if where else None
    found = queries.found(text, place_ids=ground)
    if parent:
        found = queries.household(found, parent, narrowed=bool(text or where))
    if home:
        found = queries.living_at(found, home, narrowed=bool(text))
    listing = tables.people(found, request.GET)
    form = SearchForm(initial={"find": text, "parent": parent, "where": where or home})
    context = {
        "listing": listing,
        "form": form,
        "searched": text or parent or where or home,
        "may_write": request.user.has_perm("register.write"),
        "see_lists": request.user.has_perm("register.export_see"),
        "take_along": "" if parent or home else _export_address(request),
    }
    return render(request, "register/people.html", context)


def _export_address(request: HttpRequest) -> str:
    """Where the list that is shown may be asked for, its search sealed as it is here."""
    if not request.user.has_perm("register.export"):
        return ""
    wish = {name: request.GET[name] for name in ("find", "where") if request.GET.get(name)}
    return reverse("register:ask_export") + ("?" + urlencode(wish) if wish else "")


def _opened(request: HttpRequest, name: str) -> str:
    return numbers.keys().open_text(request.GET.get(name, ""))


def _sealed_address(request: HttpRequest) -> str:
    """Where the search leads; what tells of a person, as a street does, stands in it sealed."""
    form = SearchForm(request.POST)
    wish = form.cleaned_data if form.is_valid() else {}
    where = wish.get("where", "")
    if where and not queries.ground_named(where):
        wish, where = wish | {"home": where}, ""
    sealed = {
        name: numbers.keys().seal_text(wish[name])
        for name in ("find", "parent", "home")
        if wish.get(name)
    }
    told = sealed | ({"where": where} if where else {})
    return reverse("register:people") + ("?" + urlencode(told) if told else "")


@require_GET
@requires("register.read")
def person(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One entry as of a day, with its timeline; the reading is logged."""
    on = _day(request)
    masked = not (
        request.GET.get("numbers") == "full" and request.user.has_perm("register.numbers")
    )
    entry = queries.entry(uid, on, masked=masked)
    actions.note_reading(
        person_id=entry.id,
        place_id=entry.place_id,
        user_id=cast("int", request.user.pk),
        page="person" if masked else "person, numbers in full",
    )
    writes = request.user.has_perm("register.write")
    context = {
        "entry": entry,
        "on": on,
        "facts": as_facts(
            [
                (label, getattr(entry, name))
                for name, label in FIELDS.items()
                if name != "birth_date"
            ]
        ),
        "timeline": queries.timeline(entry.id, on),
        "masked": masked,
        "may_write": writes and entry.closed_on is None,
        "papers": papers.ready(entry.id, timezone.localdate()) if writes else (),
        "may_reopen": writes and entry.closed_on is not None,
        "may_unmask": masked and request.user.has_perm("register.numbers"),
        "pages": _pages_about(request, entry.uid),
    }
    return render(request, "register/person.html", context)


def _pages_about(request: HttpRequest, uid: UUID) -> list[tuple[Label, str]]:
    """What the slices above have about him, as far as the reader may open it."""
    found = (page for manifest in manifests() for page in manifest.person_pages)
    return [
        (page.label, reverse(page.url_name, args=[uid]))
        for page in sorted(found, key=lambda page: page.order)
        if not page.permission or request.user.has_perm(page.permission)
    ]


def _day(request: HttpRequest) -> date:
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()
