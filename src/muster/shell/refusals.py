"""A refusal of a rule or an action is an answer: one sentence on a page, and the way back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from muster.kernel.errors import Refused

UNPROCESSABLE = 422


class RefusalMiddleware:
    """Shows what was refused and why, where a view let the refusal pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; any other fault goes its way."""
        if not isinstance(exception, Refused):
            return None
        values = {"sentence": str(exception), "back": _back(request)}
        return render(request, "refused.html", values, status=UNPROCESSABLE)


def _back(request: HttpRequest) -> str:
    came_from = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or ""
    safe = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    return came_from if safe else "/"
