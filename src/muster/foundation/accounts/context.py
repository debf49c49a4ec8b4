"""What every page shows around its content: who acts, the menu, the head of the log."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts import queries
from muster.foundation.accounts.models import Post, Role, User
from muster.foundation.ledger import queries as ledger
from muster.foundation.units import queries as units
from muster.kernel.manifest import Label, MenuItem
from muster.shell.discovery import modules

THEMES = ("light", "dark")
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
    here: str = ""
    menu: tuple[Group, ...] = ()
    ledger: LedgerHead | None = None


def house(request: HttpRequest) -> dict[str, Any]:
    """The frame, built only when a page shows it."""
    return {"house": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> House:
    theme = request.COOKIES.get("theme", "")
    theme = theme if theme in THEMES else ""
    password = _password_to_try()
    demo = bool(password)
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return House(theme, demo, _to_try() if demo else (), password)
    posts = queries.held_on(user, timezone.localdate())
    menu = _menu(tuple(post.role for post in posts))
    first = posts[0] if posts else None
    return House(
        theme=theme,
        demo=demo,
        name=user.get_full_name() or user.get_username(),
        post=_post_label(first),
        unit=_unit_name(first),
        keeper=salted_hmac("muster.keeper", str(user.pk)).hexdigest()[:12],
        here=_here(menu, request.path),
        menu=menu,
        ledger=_ledger_head(),
    )


def _password_to_try() -> str:
    """The password of the accounts of a demonstration; empty on a database of its own work."""
    hooks = (module.MANIFEST.to_try for _each, module in modules("manifest"))
    return next((password for hook in hooks if hook and (password := hook())), "")


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


def _here(menu: tuple[Group, ...], path: str) -> str:
    """The entry that leads nearest to this page."""
    hrefs = [entry.href for group in menu for entry in group.items if path.startswith(entry.href)]
    return max(hrefs, key=len, default="")


def _ledger_head() -> LedgerHead | None:
    head = ledger.latest_head()
    return (
        LedgerHead(head.size, bytes(head.root).hex()[:12], reverse("ledger:index"))
        if head
        else None
    )
