"""My work, and how a user wants to see the house."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from muster.foundation.accounts import queries, tables
from muster.foundation.accounts.context import THEMES
from muster.foundation.accounts.guards import requires
from muster.foundation.accounts.models import User
from muster.kernel.manifest import Label, WorkItem
from muster.shell import back
from muster.shell.components import Tone
from muster.shell.discovery import manifests

YEAR = 365 * 24 * 3600

language = login_not_required(set_language)


@dataclass(frozen=True)
class Pile:
    """Work of one urgency, with the sign and word that show it."""

    title: Label
    tone: Tone
    word: Label
    items: tuple[WorkItem, ...]


@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for the user, from every slice, the late first."""
    today = timezone.localdate()
    if home := queries.home_of(queries.roles_on(cast("User", request.user), today)):
        return redirect(home)
    items = _gathered(request, today)
    return render(request, "accounts/my_work.html", {"piles": _piles(items)})


def _gathered(request: HttpRequest, today: date) -> list[WorkItem]:
    hooks = (manifest.work for manifest in manifests())
    items = (item for hook in hooks if hook for item in hook(request.user, today))
    return sorted(items, key=lambda item: (item.due or date.max, str(item.title)))


def _piles(items: Iterable[WorkItem]) -> list[Pile]:
    words: dict[str, tuple[Label, Tone, Label]] = {
        "late": (_("Late"), "bad", _("late")),
        "returned": (_("Came back"), "warn", _("came back")),
        "soon": (_("Due soon"), "warn", _("due soon")),
        "normal": (_("To do"), "info", _("to do")),
    }
    found = list(items)
    piles = (
        Pile(*words[urgency], tuple(item for item in found if item.urgency == urgency))
        for urgency in words
    )
    return [pile for pile in piles if pile.items]


@require_GET
@requires("accounts.refusals")
def refusals(request: HttpRequest) -> HttpResponse:
    """What was tried against the rules and refused, the newest first."""
    rows = queries.refused(cast("User", request.user), timezone.localdate())
    return render(
        request, "accounts/refusals.html", {"listing": tables.refusals(rows, request.GET)}
    )


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the wish for a light or a dark page; asking for it again takes it back."""
    wish = request.POST.get("theme", "")
    answer = HttpResponseRedirect(back.inside(request, request.POST.get("next", "")))
    if wish not in THEMES or request.COOKIES.get("theme") == wish:
        answer.delete_cookie("theme")
    else:
        answer.set_cookie("theme", wish, max_age=YEAR, samesite="Lax", httponly=True)
    return answer
