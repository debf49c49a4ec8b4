"""Who is past the age of the reserve and still on a roll, taken off it in one go."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from muster.foundation.register.actions.past import close_past_age
from muster.foundation.register.forms.duties import BasisForm
from muster.foundation.register.queries.past import past_age
from muster.foundation.register.tables import BIRTH, NAME, PLACE
from muster.shell.guards import requires
from muster.shell.tables import plain

_AT_ONCE = 100


@require_http_methods(["GET", "POST"])
@requires("register.write")
def past(request: HttpRequest) -> HttpResponse:
    """The oldest of them, whose entries one paper closes."""
    today = timezone.localdate()
    form = BasisForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        basis = form.cleaned_data["basis"]
        closed = close_past_age(on=today, basis=basis, at_most=_AT_ONCE)
        said = ngettext("%(n)s entry closed.", "%(n)s entries closed.", closed)
        messages.success(request, said % {"n": closed})
        return redirect("register:past")
    people = list(past_age(today).order_by("birth_date", "pk")[:_AT_ONCE])
    listing = plain(
        _("Past the age"), (NAME, BIRTH, PLACE), people, empty_title=_("Nobody on the roll is past the age"),
        empty_text=_("Whoever passes the age of the reserve appears here."),
    )  # fmt: skip
    context = {"listing": listing, "form": form if people else None}
    return render(request, "register/past.html", context)
