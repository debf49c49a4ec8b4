"""The work list of divided units: who waits, what is proposed, and how a place is settled."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from muster.foundation.units import actions, queries, tables
from muster.foundation.units.actions import NotWaiting
from muster.foundation.units.forms import GroupTableForm, SettleForm, WaitingFilter
from muster.foundation.units.models import Order, Place
from muster.foundation.units.queries import Waiting
from muster.foundation.units.queries import waiting as work
from muster.foundation.units.views import asked, folder, queue
from muster.foundation.units.views.settling import Desk
from muster.foundation.units.views.signing import signature
from muster.foundation.units.views.voices import voice
from muster.foundation.units.views.words import capital
from muster.shell.components import Crumb
from muster.shell.guards import requires


@require_GET
@requires("units.view")
def overview(request: HttpRequest) -> HttpResponse:
    """The divided units whose places wait, as far as they concern the user's communes."""
    found, held = work.divided(timezone.localdate()), work.reach()
    filters = WaitingFilter(request.GET, orders={each.order.pk: each.order for each in found})
    chosen = filters.chosen()
    mine = [each for each in found if held is None or not held.isdisjoint(each.concerned)]
    shown = [each for each in mine if filters.takes(each)]
    decides = held is None and request.user.has_perm("units.apply")
    context = {
        "tabs": asked.tabs("waiting", timezone.localdate()),
        "filters": filters,
        "table": queue.divided(shown, request.GET, empty_ground=len(mine) - len(shown)),
        "cards": queue.waiting_sums(shown),
        "import_href": reverse("units:import", args=[chosen]) if chosen and decides else "",
    }
    return render(request, "units/waiting.html", context)


@require_GET
@requires("units.view")
def of_unit(request: HttpRequest, pk: int, unit: int) -> HttpResponse:
    """The waiting places of one divided unit, each with a suggestion and what is proposed."""
    order = folder.found(pk)
    places = [each for each in queries.work_list(order) if each.old.id == unit]
    if not places:
        raise Http404
    context = {
        "order": order,
        "crumbs": way(),
        "one": places[0],
        "title": capital(places[0].old.full_name),
        "table": queue.waiting(
            order,
            places,
            queries.suggestions(order, places, timezone.localdate()),
            work.proposals(order, [each.place_id for each in places]),
        ),
    }
    return render(request, "units/divided.html", context)


@require_http_methods(["GET", "POST"])
@requires("units.view")
def place(request: HttpRequest, pk: int, place: int) -> HttpResponseBase:
    """One waiting place: what speaks for which part, and the step that the user may take."""
    order = folder.found(pk)
    waiting = next((each for each in queries.work_list(order) if each.place_id == place), None)
    if waiting is None:
        raise Http404
    suggestion = queries.suggestions(order, [waiting], timezone.localdate()).get(place)
    proposal = work.proposals(order, [place]).get(place)
    desk = Desk(
        order, get_object_or_404(Place, pk=place), proposal, voice(request, waiting),
        signature(request), timezone.localdate(),
    )  # fmt: skip
    first = proposal.unit_id if proposal else suggestion and suggestion.unit.id
    form = SettleForm(request.POST or None, parts=waiting.parts, initial={"unit": first})
    if request.method == "POST" and (done := desk.take(request.POST.get("step", ""), form)):
        messages.success(request, done)
        return HttpResponseRedirect(_after(order, waiting))
    context = {
        "order": order,
        "crumbs": (*way(), Crumb(capital(waiting.old.full_name), _unit_href(order, waiting))),
        "waiting": waiting,
        "facts": queue.waiting_facts(waiting),
        "suggestion": suggestion,
        "proposal": proposal,
        "proposed": proposal and next(p for p in waiting.parts if p.id == proposal.unit_id),
        "says": desk.says,
        "may_accept": proposal and desk.says.may_accept(proposal, desk.mark),
        "may_withdraw": proposal and desk.says.may_withdraw(proposal),
        "form": form,
    }
    return render(request, "units/place.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@requires("units.apply")
def table(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A table of residential groups and their new communes settles them in one go."""
    order = folder.found(pk)
    form = GroupTableForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            settled = _import(request, order, form)
        except (NotWaiting, tables.BadTable) as refusal:
            faults = getattr(refusal, "faults", [str(refusal)])
        else:
            said = ngettext("%(n)s place settled.", "%(n)s places settled.", settled)
            messages.success(request, said % {"n": settled})
            return HttpResponseRedirect(asked.href("waiting", order=pk))
    context = {
        "order": order,
        "crumbs": way(),
        "form": form,
        "faults": faults[:MOST],
        "more": len(faults[MOST:]),
    }
    return render(request, "units/import.html", context, status=422 if faults else 200)


MOST = 30
"""So many faulty rows are shown; who has more, mends the table and tries again."""


def _import(request: HttpRequest, order: Order, form: GroupTableForm) -> int:
    with form.as_file() as file:
        rows = tables.read_groups(file)
    return actions.place_groups(
        order=order, table=rows, by=signature(request), on=timezone.localdate(),
        reason=form.cleaned_data["reason"],
    )  # fmt: skip


def way() -> tuple[Crumb, ...]:
    """The way to the work list."""
    return Crumb(_("Units"), asked.href("tree")), Crumb(_("Work list"), reverse("units:waiting"))


def _unit_href(order: Order, waiting: Waiting) -> str:
    return reverse("units:divided", args=[order.pk, waiting.old.id])


def _after(order: Order, waiting: Waiting) -> str:
    """Back to the divided unit while anything of it waits, else to the whole list."""
    waits = any(each.old.id == waiting.old.id for each in queries.work_list(order))
    return _unit_href(order, waiting) if waits else reverse("units:waiting")
