"""Closed unless opened: a page names the permission that opens it."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from muster.foundation.accounts import queries

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

        return guarded

    return opened


def allowed(request: HttpRequest, permission: str) -> bool:
    """Whether the signed-in user holds the permission today."""
    if not request.user.is_authenticated:
        return False
    return queries.may(queries.roles_on(request.user, timezone.localdate()), permission)
