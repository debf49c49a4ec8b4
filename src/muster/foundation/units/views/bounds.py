"""Official boundaries, loaded by an administrator."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from muster.foundation.units import actions
from muster.foundation.units.actions import Bounded
from muster.foundation.units.forms import BoundaryForm
from muster.foundation.units.queries import portrait
from muster.foundation.units.rules.outlines import BadOutlines, read_outlines
from muster.foundation.units.views import asked, listings
from muster.foundation.units.views.signing import signature
from muster.shell.components import Crumb
from muster.shell.guards import requires

MOST = 10


@require_http_methods(["GET", "POST"])
@requires("units.boundaries")
def boundaries(request: HttpRequest) -> HttpResponseBase:
    """What is loaded, and a form to load more."""
    form = BoundaryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _tell(request, _load(request, form))
        except BadOutlines as refusal:
            form.add_error("file", str(refusal))
        else:
            return HttpResponseRedirect(reverse("units:boundaries"))
    return _page(request, form)


def _page(request: HttpRequest, form: BoundaryForm) -> HttpResponse:
    context = {
        "form": form,
        "crumbs": [Crumb(_("Units"), asked.href("tree"))],
        "table": listings.boundaries(portrait.loaded_boundaries()),
    }
    return render(request, "units/boundaries.html", context, status=422 if form.errors else 200)


def _load(request: HttpRequest, form: BoundaryForm) -> Bounded:
    file = form.cleaned_data["file"]
    return actions.load_boundaries(
        outlines=read_outlines(file.read(), file.name),
        map_day=form.cleaned_data["map_day"],
        source=form.cleaned_data["source"],
        by=signature(request),
        on=timezone.localdate(),
    )


def _tell(request: HttpRequest, loaded: Bounded) -> None:
    said = ngettext("%(n)s boundary loaded.", "%(n)s boundaries loaded.", loaded.units)
    messages.success(request, said % {"n": loaded.units})
    if loaded.unknown:
        codes = ", ".join(loaded.unknown[:MOST]) + ("…" if len(loaded.unknown) > MOST else "")
        messages.warning(
            request, _("No unit had these codes on that day: %(codes)s.") % {"codes": codes}
        )
