"""The page that a man of the January list opens from his call, without a sign-in.

It shows nothing of him: whoever holds the call may send a form, and the office believes his card.
"""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.register.actions.online import NotCalled, send_first_form
from muster.foundation.register.forms.duties import OnlineForm
from muster.foundation.register.queries import online
from muster.foundation.register.rules import clocks
from muster.shell import pace


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, uid: UUID) -> HttpResponse:
    """First registration in April, online: the form, and when it arrived."""
    today = timezone.localdate()
    if pace.too_fast(request, "first_form", clocks.LAW.value("first_form_pages", today)):
        return render(request, "register/slower.html", status=HTTPStatus.TOO_MANY_REQUESTS)
    with acting_as_system():
        errand = online.called(uid)
    if errand is None:
        raise Http404
    form = OnlineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with acting_as_system():
                send_first_form(call=uid, answers=form.cleaned_data, on=today)
        except NotCalled as refusal:
            form.add_error("birth_date", str(refusal))
        else:
            messages.success(request, _("Your form has arrived."))
            return redirect("register:first", uid)
    return render(request, "register/first.html", {"errand": errand, "form": form})
