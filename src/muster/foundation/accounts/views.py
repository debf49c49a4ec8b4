"""My work, how a user wants to see the house, and what an administrator does to accounts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from muster.foundation.accounts import actions, queries, tables
from muster.foundation.accounts.context import THEMES
from muster.foundation.accounts.forms import AccountForm, EndForm, PostForm
from muster.foundation.accounts.models import User
from muster.foundation.units import queries as units
from muster.foundation.units.models import Unit
from muster.kernel.errors import Refused
from muster.kernel.manifest import Label, WorkItem
from muster.shell import back
from muster.shell.components import Tone
from muster.shell.discovery import manifests
from muster.shell.guards import requires

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


@require_GET
@requires("accounts.manage")
def accounts(request: HttpRequest) -> HttpResponse:
    """Every account, with the posts held today."""
    listing = tables.accounts(queries.accounts(), request.GET)
    return render(request, "accounts/accounts.html", {"listing": listing})


@require_http_methods(["GET", "POST"])
@requires("accounts.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Open an account; its first password is told once."""
    form = AccountForm(request.POST or None)
    if form.is_valid():
        by = cast("User", request.user)
        user = actions.open_account(**form.cleaned_data, password=None, by=by)
        _tell_password(request, user)
        return redirect("accounts:account", user.pk)
    return render(request, "accounts/new.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires("accounts.manage")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: its posts, what was done to it, and what may be done."""
    user = get_object_or_404(User, pk=pk)
    today = timezone.localdate()
    posts = list(user.posts.select_related("unit").order_by("-valid_from", "-pk"))
    names = queries.post_names(posts, today)
    step = request.POST.get("step", "")
    give = PostForm(request.POST if step == "give" else None, initial={"begins": today})
    unending = {post.pk: names[post.pk] for post in posts if post.valid_to is None}
    end = EndForm(unending, request.POST if step == "end" else None)
    forms: dict[str, PostForm | EndForm] = {"give": give, "end": end}
    if step and _take(request, user, step, forms.get(step)):
        return redirect("accounts:account", pk)
    context = {
        "account": user,
        "factor": queries.has_factor(user),
        "posts": tables.posts(posts, names, today),
        "acts": tables.acts(list(user.acts.select_related("by").order_by("-pk")[:20])),
        "give": give,
        "end": end if unending else None,
    }
    return render(request, "accounts/account.html", context)


def _take(request: HttpRequest, user: User, step: str, form: PostForm | EndForm | None) -> bool:
    """Do what the administrator asks; a faulty form comes back with its fault."""
    by = cast("User", request.user)
    if form is None:
        if step == "factor":
            actions.reset_factor(user=user, by=by)
        elif step == "password":
            _tell_password(request, user)
        return True
    if not form.is_valid():
        return False
    try:
        _change_posts(user, by, step, form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _change_posts(user: User, by: User, step: str, asked: dict[str, Any]) -> None:
    if step == "end":
        actions.end_post(post=user.posts.get(pk=asked["post"]), on=asked["ends"], by=by)
        return
    code = asked["unit"]
    unit = Unit.objects.get(pk=units.resolve(code, asked["begins"]).id) if code else None
    actions.give_post(
        user=user,
        role=asked["role"],
        unit=unit,
        valid_from=asked["begins"],
        valid_to=asked["ends"],
        by=by,
    )


def _tell_password(request: HttpRequest, user: User) -> None:
    password = actions.renew_password(user=user, by=cast("User", request.user))
    told = _("The password of %(name)s is %(password)s. It is shown this once; hand it over.")
    messages.success(request, told % {"name": user.username, "password": password})


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
