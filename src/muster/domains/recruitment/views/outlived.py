"""The Chairman's list of deferrals whose bearers were found fit since, to be set aside."""

from http import HTTPStatus
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from muster.domains.recruitment import actions, queries
from muster.domains.recruitment.forms import OutlivedForm
from muster.foundation.accounts.models import User
from muster.foundation.decisions import queries as decisions
from muster.foundation.units import queries as units
from muster.kernel.errors import Refused
from muster.shell.guards import requires


@require_http_methods(["GET", "POST"])
@requires("decisions.sign")
def outlived(request: HttpRequest) -> HttpResponse:
    """Deferrals of men found fit since: one signature over those that are ticked."""
    today = timezone.localdate()
    mine = decisions.my_units(cast("User", request.user), today)
    found = queries.outlived(mine, today)
    form = OutlivedForm(
        request.POST or None,
        found=found,
        offices=units.named({each.unit_id for each in found}, today),
        initial={"signed_on": today},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            done = actions.set_aside_outlived(
                line_ids=given["lines"], unit_id=given["unit"], signed_on=given["signed_on"]
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = ngettext(
                "%(count)d deferral is set aside.", "%(count)d deferrals are set aside.", done
            )
            messages.success(request, words % {"count": done})
            return redirect("recruitment:outlived")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    context = {"form": form, "found": found}
    return render(request, "recruitment/outlived.html", context, status=status)
