"""A man who did not come: his reason is heard, and the commune minutes it."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from muster.domains.recruitment import actions, queries, rules
from muster.domains.recruitment.forms import AbsenceForm
from muster.domains.recruitment.views.season import REQUEST, case_of
from muster.foundation.register.queries.entry import place_name
from muster.kernel.errors import Refused
from muster.shell.guards import requires


@require_http_methods(["GET", "POST"])
@requires(REQUEST)
def absence(request: HttpRequest, uid: UUID, person: UUID) -> HttpResponse:
    """Hear why he did not come; without a good reason he is absent."""
    case, today = case_of(uid, person), timezone.localdate()
    if actions.missed(case, today) is None:
        raise Http404
    form = AbsenceForm(
        request.POST or None,
        reasons=rules.LAW.value("absence_reasons", today),
        initial={"heard_on": today, "signed_on": today},
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.record_absence(
                case=case,
                heard_on=given["heard_on"],
                reason=given["reason"],
                on=given["signed_on"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The minutes are signed and numbered."))
            return redirect("recruitment:case", uid, person)
    context = {
        "case": case,
        "place": place_name(case.place),
        "form": form,
        "late": bool(queries.not_served(case.season, [case.pk])),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "recruitment/absence.html", context, status=status)
