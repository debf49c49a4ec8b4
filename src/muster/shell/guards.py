"""Closed unless opened: a page names the permission that opens it.

Whether a user holds it is asked as Django asks (`user.has_perm`); his posts answer
(`muster.foundation.accounts.backend`).
"""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def requires(permission: str) -> Callable[[View], View]:
    """Open the page to users who hold the permission today; others are refused, not sent to sign in."""

    def opened(view: View) -> View:
        guarded: Any = permission_required(permission, raise_exception=True)(view)
        guarded.permission = permission
        return guarded  # type: ignore[no-any-return]

    return opened


def door(request: HttpRequest, address: str) -> str:
    """The address, if its page would open to the user; else "", so that nobody is led in vain."""
    try:
        view = resolve(urlsplit(address).path).func
    except Resolver404:
        return ""
    wanted = getattr(view, "permission", "")
    return address if not wanted or request.user.has_perm(wanted) else ""
