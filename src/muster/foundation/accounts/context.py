"""What every page shows around its content: who acts, the menu, the head of the log."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from time import monotonic
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts import queries
from muster.foundation.accounts.models import Post, Role, User
from muster.foundation.ledger import queries as ledger
from muster.foundation.units import queries as units
from muster.kernel.manifest import Label, MenuItem
from muster.shell.discovery import modules

THEMES = ("light", "dark")
_MINUTE = 60
_STOREYS = {
    "foundation": _("Units and people"),
    "domains": _("Case work"),
    "synthesis": _("Review and reports"),
}


@dataclass(frozen=True)
class Entry:
    """A line of the menu."""

    label: Label
    href: str


@dataclass(frozen=True)
class Group:
    """The entries of one storey of the house."""

    title: Label
    items: tuple[Entry, ...]


@dataclass(frozen=True)
class LedgerHead:
    """The newest signed head of the log, short enough for a footer."""

    size: int
    hash: str
    href: str


@dataclass(frozen=True)
class House:
    """The frame of a page for one user; a visitor has neither menu nor post."""

    theme: str = ""
    demo: bool = False
    accounts: tuple[User, ...] = ()
    password: str = ""
    name: str = ""
    post: Label = ""
    unit: Label = ""
    keeper: str = ""
    menu: str = ""
    ledger: LedgerHead | None = None


def house(request: HttpRequest) -> dict[str, Any]:
    """The frame, built only when a page shows it."""
    return {"house": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> House:
    theme = request.COOKIES.get("theme", "")
    theme = theme if theme in THEMES else ""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        password = _password_to_try()
        return House(theme, bool(password), _to_try() if password else (), password)
    posts = queries.held_on(user, timezone.localdate())
    first = posts[0] if posts else None
    return House(
        theme=theme,
        demo=_demonstration(int(monotonic() / _MINUTE)),
        name=user.get_full_name() or user.get_username(),
        post=_post_label(first),
        unit=_unit_name(first),
        keeper=salted_hmac("muster.keeper", str(user.pk)).hexdigest()[:12],
        menu=_menu_at(request.path, tuple(post.role for post in posts)),
        ledger=_ledger_head(),
    )


def _password_to_try() -> str:
    """The password of the accounts of a demonstration; empty on a database of its own work."""
    hooks = (module.MANIFEST.to_try for _each, module in modules("manifest"))
    return next((password for hook in hooks if hook and (password := hook())), "")


@lru_cache(maxsize=1)
def _demonstration(_minute: int) -> bool:
    """Whether the people are made up: asked once a minute, since every page says so."""
    return bool(_password_to_try())


def _to_try() -> tuple[User, ...]:
    """The accounts of a demonstration, for its sign-in page."""
    return tuple(User.objects.filter(is_active=True).order_by("pk")[:12])


def _post_label(post: Post | None) -> Label:
    return Role(post.role).label if post else _("no post today")


def _unit_name(post: Post | None) -> str:
    """The unit of the post, or the one in which it goes on, under its name of today."""
    today = timezone.localdate()
    named = units.named(queries.units_of(post, today), today) if post else {}
    return ", ".join(unit.full_name for unit in named.values())


def _menu_at(path: str, roles: tuple[str, ...]) -> str:
    """The menu of those roles, with the entry marked that leads nearest to the page."""
    hrefs = [entry.href for group in _menu(roles) for entry in group.items]
    here = max(filter(path.startswith, hrefs), key=len, default="/" if path == "/" else "")
    return _menu_shown(roles, here, get_language())


@lru_cache(maxsize=1000)
def _menu_shown(roles: tuple[str, ...], here: str, _language: str) -> str:
    """The menu written out: it depends on nothing but the manifests and these."""
    return render_to_string("shell/menu.html", {"groups": _menu(roles), "here": here})


@cache
def _menu(roles: tuple[str, ...]) -> tuple[Group, ...]:
    found: dict[str, list[MenuItem]] = {storey: [] for storey in _STOREYS}
    for each, module in modules("manifest"):
        found[each.storey] += _permitted(module.MANIFEST.menu, roles)
    return tuple(
        Group(_STOREYS[storey], tuple(Entry(i.label, reverse(i.url_name)) for i in ordered))
        for storey, items in found.items()
        if (ordered := sorted(items, key=lambda item: item.order))
    )


def _permitted(items: tuple[MenuItem, ...], roles: tuple[str, ...]) -> Iterator[MenuItem]:
    return (i for i in items if not i.permission or queries.may(roles, i.permission))


def _ledger_head() -> LedgerHead | None:
    if head := ledger.head_in_short():
        size, root = head
        return LedgerHead(size, root.hex()[:12], reverse("ledger:index"))
    return None
