"""Programmes of works, and how far each unit is."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from muster.domains.works import queries
from muster.domains.works.models import Programme
from muster.domains.works.tables import PARTS
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused
from muster.shell import tables
from muster.shell.guards import requires


@dataclass(frozen=True, slots=True)
class Sheet:
    """A programme as the list shows it."""

    title: str
    unit: str
    years: str
    done: int
    of: int
    href: str


@require_GET
@requires("works.view")
def index(request: HttpRequest) -> HttpResponse:
    """Every programme with how many units have finished."""
    today = timezone.localdate()
    sheets = [_sheet(each, today) for each in queries.programmes()]
    return render(request, "works/index.html", {"sheets": sheets})


def _sheet(programme: Programme, on: date) -> Sheet:
    parts = queries.parts(programme, on)
    return Sheet(
        title=programme.title,
        unit=_unit(programme),
        years=f"{programme.starts_on.year}–{programme.ends_on.year - 1}",
        done=sum(part.complete for part in parts),
        of=len(parts),
        href=queries.address(programme),
    )


@require_GET
@requires("works.view")
def programme(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Each unit's part of a programme on a day."""
    try:
        found = queries.programme(uid)
    except Programme.DoesNotExist:
        raise Http404 from None
    on = _day(request)
    parts = queries.parts(found, on)
    context = {
        "programme": found,
        "unit": _unit(found),
        "on": on,
        "done": sum(part.complete for part in parts),
        "of": len(parts),
        "table": tables.plain(_("Units"), PARTS, parts, total=len(parts)),
    }
    return render(request, "works/programme.html", context)


def _unit(programme: Programme) -> str:
    since = max(programme.starts_on, programme.unit.opened_on)
    named = units.named([programme.unit_id], since)
    return str(named.get(programme.unit_id, programme.unit.code))


def _day(request: HttpRequest) -> date:
    asked = request.GET.get("on", "")
    try:
        return date.fromisoformat(asked) if asked else timezone.localdate()
    except ValueError:
        raise Refused(_("“%s” is no day; write it as 2025-06-15.") % asked) from None
