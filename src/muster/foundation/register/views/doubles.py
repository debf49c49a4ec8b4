"""The queue of double entries: one pair after the other, side by side, and the letters due."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from muster.foundation.register import actions
from muster.foundation.register.actions import pairs as deciding
from muster.foundation.register.forms.pairs import DecisionForm, PartForm
from muster.foundation.register.models.evidence import BECAUSE
from muster.foundation.register.models.pairs import Notice, Pair
from muster.foundation.register.queries import queue
from muster.foundation.register.views.columns import compared, waiting
from muster.kernel.errors import Refused
from muster.shell.guards import requires

_LAST_BASIS = "register.basis"  # the same plan or letter often stands behind many decisions
_NEVER_SURE = 99.9


@require_GET
@requires("register.merge")
def doubles(request: HttpRequest) -> HttpResponse:
    """Everything that waits, the surest first, with the way to the first."""
    first = queue.next_pair()
    context = {
        "listing": waiting(queue.waiting_pairs(), request.GET),
        "first": first and reverse("register:double", args=[first.uid]),
        "letters": queue.due_notices().count(),
    }
    return render(request, "register/doubles.html", context)


@require_http_methods(["GET", "POST"])
@requires("register.merge")
def double(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Two entries side by side with what speaks for and against; deciding leads to the next."""
    pair = queue.pair(uid)
    known = {"keep": _fuller(pair), "note": request.session.get(_LAST_BASIS, "")}
    form = DecisionForm(request.POST or None, initial=known)
    if form.is_bound and form.is_valid():
        try:
            deciding.decide_pair(pair=pair, on=timezone.localdate(), **form.decision())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            request.session[_LAST_BASIS] = form.cleaned_data["note"]
            following = queue.next_pair(after=pair)
            to = [following.uid] if following else []
            return redirect("register:double" if to else "register:doubles", *to)
    _log_reading(request, pair)
    context = {
        "pair": pair,
        "because": BECAUSE[pair.because],
        "percent": min(100 * pair.probability, _NEVER_SURE),
        "facts": compared(queue.side_by_side(pair)),
        "form": form,
        "part_form": PartForm(),
        "decisions": pair.decisions.select_related("by").order_by("-pk"),
    }
    return render(request, "register/double.html", context)


def _fuller(pair: Pair) -> str:
    """The entry that has the citizen number is proposed to be kept, else the older one."""
    bare = not pair.left.citizen_number_sealed and pair.right.citizen_number_sealed
    return "right" if bare else "left"


def _log_reading(request: HttpRequest, pair: Pair) -> None:
    for person in (pair.left, pair.right):
        actions.note_reading(
            person_id=person.pk,
            place_id=person.place_id,
            user_id=cast("int", request.user.pk),
            page="pair",
        )


@require_POST
@requires("register.merge")
def part(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Part what was merged by mistake."""
    form = PartForm(request.POST)
    if not form.is_valid():
        raise Refused(_("Say on which paper or answer the parting rests."))
    note = form.cleaned_data["note"]
    deciding.undo_merge(pair=queue.pair(uid), on=timezone.localdate(), note=note)
    return redirect("register:double", uid)


@require_http_methods(["GET", "POST"])
@requires("register.merge")
def letters(request: HttpRequest) -> HttpResponse:
    """Letters that tell people of a merge or a parting, until each was handed over."""
    if request.method == "POST":
        notice = get_object_or_404(Notice, uid=request.POST.get("notice"), served_on=None)
        deciding.note_served(notice=notice, on=timezone.localdate())
        return redirect("register:letters")
    due = queue.due_notices().order_by("due_since", "uid")[:100]
    return render(request, "register/letters.html", {"letters": due})
