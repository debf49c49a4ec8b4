"""Schools, agencies and enterprises that register: which there are, and a new one."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from muster.foundation.register.actions.offices import KnownAlready, establish_office
from muster.foundation.register.forms.transfers import OfficeForm
from muster.foundation.register.queries import offices as reads
from muster.foundation.register.queries.entry import place_name
from muster.foundation.units.models import Place
from muster.shell.guards import requires
from muster.shell.tables import Column, plain


def _roll(office: Place) -> str:
    """Who is on its roll."""
    return reverse("register:people") + "?" + urlencode({"where": place_name(office)})


_OFFICES = (
    Column("name", lazy("School, agency or enterprise"), href=_roll),
    Column("ground", lazy("Former commune"), "within.name"),
)


@require_http_methods(["GET", "POST"])
@requires("register.write")
def offices(request: HttpRequest) -> HttpResponse:
    """Those on the ground of this office, and the form that enters another."""
    form = OfficeForm(request.POST or None, grounds=reads.grounds())
    if request.method == "POST" and form.is_valid():
        try:
            establish_office(**form.cleaned_data)
        except KnownAlready as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Letters of transfer may lead to it now."))
            return redirect("register:offices")
    listing = plain(
        _("Schools, agencies, enterprises"), _OFFICES, reads.offices().order_by("code"),
        empty_title=_("None registers here yet"),
        empty_text=_("Enter it below; its people then come by letter of transfer, and go back by one."),
    )  # fmt: skip
    return render(request, "register/offices.html", {"listing": listing, "form": form})
