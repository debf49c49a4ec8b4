"""Each signed-in request runs inside the user's own scope of the database, once he alone knows his password."""

from collections.abc import Callable
from http import HTTPStatus

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from muster.foundation.accounts import queries
from muster.foundation.accounts.actions import acting_as

_CHOSEN = "password_chosen"
# What stays open to a user until he has a password of his own.
_BEFORE = frozenset(
    {
        "account_change_password",
        "account_reset_password",
        "account_logout",
        "accounts:language",
        "accounts:theme",
    }
)


class OwnPasswordMiddleware:
    """Whoever signs in with a password that somebody gave him chooses his own before all else.

    Asked of the database until it is so, then remembered as long as he stays signed in: a
    password given anew ends that.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated and not request.session.get(_CHOSEN):
            request.session[_CHOSEN] = not queries.must_choose_password(user)
            if not request.session[_CHOSEN] and _name(request) not in _BEFORE:
                return redirect("account_change_password")
        return self.get_response(request)


def _name(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""


class ActingMiddleware:
    """Opens `acting_as(user)` around the view, so that a forgotten check shows nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        with acting_as(request.user):
            response = self.get_response(request)
            if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                transaction.set_rollback(True)
        return response
