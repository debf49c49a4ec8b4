"""The law that nobody has confirmed yet: one page for whoever answers for the installation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from muster.foundation.decisions import queries, tables
from muster.shell.guards import requires


@require_GET
@requires("decisions.law")
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """Every unconfirmed value of today, slice by slice, with its source and why."""
    found = queries.unconfirmed_law(timezone.localdate())
    listings = [tables.law(each.slug, each.title, values) for each, values in found]
    return render(request, "decisions/law.html", {"listings": listings})
