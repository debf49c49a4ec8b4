"""An office takes back one line of its own decision."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from muster.foundation.accounts.models import User
from muster.foundation.decisions import actions, queries
from muster.foundation.decisions.forms import TakeBackForm
from muster.foundation.decisions.models import Line
from muster.kernel.errors import Refused
from muster.shell.guards import requires


def office_that_may(request: HttpRequest, line: Line) -> int | None:
    """The user's unit that may take the line back, the one that signed it first."""
    today = timezone.localdate()
    if not isinstance(request.user, User):
        return None
    mine = queries.my_units(request.user, today)
    mine.sort(key=lambda unit: unit != line.decision.unit_id)
    may = (unit for unit in mine if actions.may_be_taken_back(line, unit, today))
    return next(may, None)


@require_http_methods(["GET", "POST"])
@requires("decisions.sign")
def take_back(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Set the line aside or withdraw it; what the man gets instead is asked for and voted anew."""
    line = get_object_or_404(Line.objects.select_related("decision", "person"), uid=uid)
    unit = office_that_may(request, line)
    if unit is None:
        raise Http404
    form = TakeBackForm(request.POST or None, initial={"signed_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.take_back(line=line, unit_id=unit, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Signed and numbered; the paper is to be served."))
            return redirect("decisions:line", line.uid)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "decisions/take_back.html", {"form": form, "line": line}, status=status)
