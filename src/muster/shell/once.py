"""On a weak line an answer may be lost though the work was done: sending again repeats nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

HEADER = "Once"
REMEMBERED = 20


class OnceMiddleware:
    """Answers a form that was already accepted with the same way on, without the view.

    A kept form (`{% keep %}`) carries a token of its own in the header `Once`. What counts
    as accepted is an answer that leads on; a form with faults may be sent as often as needed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request.headers.get(HEADER, "")
        if request.method != "POST" or not token:
            return self.get_response(request)
        accepted: dict[str, str] = request.session.get("accepted", {})
        if token in accepted:
            return HttpResponseRedirect(accepted[token])
        response = self.get_response(request)
        if leads_on := response.headers.get("Location"):
            latest = [*accepted.items(), (token, leads_on)][-REMEMBERED:]
            request.session["accepted"] = dict(latest)
        return response
