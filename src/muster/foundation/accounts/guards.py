"""Closed unless opened: a page names the permission that opens it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from muster.foundation.accounts import queries
from muster.foundation.accounts.models import User
from muster.shell.back import permission_of

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)
View = Callable[Concatenate[HttpRequest, P], R]


def requires(permission: str) -> Callable[[View[P, R]], View[P, R]]:
    """Open the page to users one of whose posts carries the permission today."""

    def opened(view: View[P, R]) -> View[P, R]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not allowed(request, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        vars(guarded)["permission"] = permission
        return guarded

    return opened


def allowed(request: HttpRequest, permission: str) -> bool:
    """Whether the signed-in user holds the permission today."""
    if not request.user.is_authenticated:
        return False
    return queries.may(queries.roles_on(request.user, timezone.localdate()), permission)


def doors(request: HttpRequest) -> Callable[[str], bool]:
    """Tells of any address of this house whether its page would open to the user.

    Asked before links are shown, so that nobody is led to a closed door; the user's
    roles are read once.
    """
    roles = queries.roles_on(cast("User", request.user), timezone.localdate())

    def open_to_him(address: str) -> bool:
        wanted = permission_of(address)
        return wanted is not None and (not wanted or queries.may(roles, wanted))

    return open_to_him
