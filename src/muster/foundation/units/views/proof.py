"""The proof that an order lost nobody, as page, paper and data, and its entry in the log."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from muster.foundation.units import actions, papers, queries
from muster.foundation.units.models import Verb
from muster.foundation.units.queries import Matrix
from muster.foundation.units.views import folder, sides
from muster.foundation.units.views.signing import signature
from muster.shell.guards import requires


@require_GET
@requires("units.view")
def reconciliation(request: HttpRequest, pk: int) -> HttpResponse:
    """Old × new of one applied order, with sums, and the equation."""
    order = folder.found(pk)
    matrix = queries.matrix(order)
    context = folder.around(request, order, "reconciliation") | {
        "matrix": matrix,
        "square": sides.square(matrix),
        "olds": sides.olds(matrix, request.GET),
        "news": sides.news(matrix, request.GET),
        "logged": order.steps.filter(verb=Verb.RECONCILED).order_by("-pk").first(),
    }
    return render(request, "units/reconciliation.html", context)


@require_GET
@requires("units.view")
def paper(_request: HttpRequest, pk: int) -> HttpResponse:
    """The proof as a PDF to be signed."""
    name = f"order-{pk}-reconciliation.pdf"
    return HttpResponse(
        papers.reconciliation(_matrix(pk)),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@require_GET
@requires("units.view")
def data(_request: HttpRequest, pk: int) -> JsonResponse:
    """The proof as data."""
    return JsonResponse(papers.as_data(_matrix(pk)), json_dumps_params={"ensure_ascii": False})


@require_POST
@requires("units.apply")
def log(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Enter the equation in the log under the user's mark."""
    step = actions.log_reconciliation(
        matrix=_matrix(pk), by=signature(request), on=timezone.localdate()
    )
    if step is None:
        messages.info(request, _("The log already says so; nothing has changed since."))
    else:
        messages.success(request, _("The equation stands in the log."))
    return HttpResponseRedirect(reverse("units:reconciliation", args=[pk]))


def _matrix(pk: int) -> Matrix:
    return queries.matrix(folder.found(pk))
