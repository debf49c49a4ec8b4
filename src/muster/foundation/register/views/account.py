"""The account of heads as a page, each term opening to its heads."""

from collections.abc import Iterator
from datetime import date
from typing import cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET

from muster.foundation.accounts.models import User
from muster.foundation.accounts.queries import held_on
from muster.foundation.register import queries
from muster.foundation.register.forms import AccountForm
from muster.foundation.register.queries import ENTERED, LEFT, Account
from muster.foundation.units.queries import Named
from muster.kernel.manifest import Label
from muster.shell import paging
from muster.shell.guards import requires
from muster.shell.tables import Column, Listing, plain

_SHOWN, _ALL = 200, "all"


@require_GET
@requires("register.read")
def account(request: HttpRequest) -> HttpResponse:
    """Opening, what came, what went, closing, for the units that bore the code."""
    today = timezone.localdate()
    usual = {"unit": _own_code(request), "since": date(today.year, 1, 1), "until": today}
    form = AccountForm(request.GET if "unit" in request.GET else None, initial=usual)
    tables: list[Listing] = []
    if form.is_valid():
        wish = form.cleaned_data
        queries.require_sight(wish["unit"], wish["since"], wish["until"])
        found = queries.accounts_of(wish["unit"], wish["since"], wish["until"])
        tables = [_table(unit, each) for unit, each in found]
    return render(
        request,
        "register/account.html",
        {"form": form, "tables": tables, "may_write": request.user.has_perm("register.write")},
    )


def _own_code(request: HttpRequest) -> str:
    """The code of the unit of whoever asks, where he has one."""
    posts = held_on(cast("User", request.user), timezone.localdate())
    return next((post.unit.code for post in posts if post.unit is not None), "")


@require_GET
@requires("register.read")
def heads(request: HttpRequest, unit: int, side: str, why: str) -> HttpResponse:
    """The heads behind one term of an account."""
    form = AccountForm({**request.GET.dict(), "unit": str(unit)})
    here = paging.beyond(request.GET)
    rows: list[queries.Movement] = []
    if form.is_valid():
        wish = form.cleaned_data
        term = (unit, wish["since"], wish["until"], side, "" if why == _ALL else why)
        rows = list(queries.movements(*term, limit=_SHOWN + 1, beyond=here))
    title = {**ENTERED, **LEFT}.get(why, _("Heads"))
    moves = paging.moves(request.GET, _SHOWN, here=here, more=len(rows) > _SHOWN)
    table = plain(str(title), _HEADS, rows[:_SHOWN], **moves)
    return render(request, "register/heads.html", {"table": table, "title": title})


_HEADS = (
    Column(
        "name",
        lazy("Full name"),
        lambda head: head.name or _("no longer in your units"),
        href=lambda head: reverse("register:person", args=[head.uid]) if head.uid else "",
    ),
    Column("on", lazy("Day"), kind="date"),
    Column("place", lazy("Place")),
)
_TERMS = (
    Column("term", lazy("Heads"), href=lambda row: row["href"]),
    Column("heads", lazy("Number"), kind="number"),
)


def _table(unit: Named, found: Account) -> Listing:
    days = urlencode({"since": found.since.isoformat(), "until": found.until.isoformat()})
    rows = [
        {
            "term": term,
            "heads": heads,
            "href": f"{_address(unit, side, why)}?{days}" if heads else "",
        }
        for side, why, term, heads in _terms(found)
    ]
    verdict = _("balances") if found.balanced else _("DOES NOT BALANCE")
    return plain(f"{unit.full_name} ({unit.code})", _TERMS, rows, note=verdict, name=f"u{unit.id}")


def _terms(found: Account) -> Iterator[tuple[str, str, Label, int]]:
    """(side, why, label, heads) of every term that is not empty, opening and closing always."""
    yield "opening", _ALL, _("Opening"), found.opening
    for why, heads in found.entered.items():
        if heads:
            yield "entered", why, f"+ {ENTERED[why]}", heads
    for why, heads in found.left.items():
        if heads:
            yield "left", why, f"− {LEFT[why]}", heads
    yield "closing", _ALL, _("Closing"), found.closing


def _address(unit: Named, side: str, why: str) -> str:
    return reverse("register:heads", args=[unit.id, side, why])
