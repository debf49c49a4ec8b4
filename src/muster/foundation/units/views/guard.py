"""Who may open a page of units.

Accounts stand on units, so their guard is not imported: it is found by its folder, as all
that units ask from above.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache, wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from muster.kernel.manifest import Touched
from muster.shell.back import permission_of
from muster.shell.discovery import modules

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def requires(permission: str) -> Callable[[View[P]], View[P]]:
    """Open the page to users one of whose posts carries the permission today."""

    def opened(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not allowed(request, permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        vars(guarded)["permission"] = permission
        return guarded

    return opened


def allowed(request: HttpRequest, permission: str) -> bool:
    """Whether a guard of the house lets the user do it; without a guard nobody may."""
    return any(guard(request, permission) for guard in _guards())


def only_open(request: HttpRequest, found: Iterable[Touched]) -> list[Touched]:
    """The same, each without its link where the page behind it would stay closed to the user."""
    return [each if _opens(request, each.url) else replace(each, url="") for each in found]


def _opens(request: HttpRequest, address: str) -> bool:
    wanted = permission_of(address)
    return wanted is not None and (not wanted or allowed(request, wanted))


@cache
def _guards() -> tuple[Callable[[HttpRequest, str], bool], ...]:
    return tuple(module.allowed for _slice, module in modules("guards"))
