"""Headers that every answer of the house carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.kernel.errors import Refused
from muster.shell import back

# Everything comes from this server; the sign-in code is a data picture.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class ContentSecurityPolicyMiddleware:
    """No script, style or picture from elsewhere, and none inside the page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        return response


class RefusalMiddleware:
    """A refusal becomes a page with its one sentence, never a broken one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show what was refused and how to mend it; other exceptions go their way."""
        if not isinstance(exception, Refused):
            return None
        context = {"sentence": str(exception), "back": _back(request)}
        return render(request, "refused.html", context, status=422)


def _back(request: HttpRequest) -> str:
    """Where the user came from, if that was a page of this house."""
    came = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    return back.inside(request, came)
