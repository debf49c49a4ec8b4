"""Where an address leads: only into this house, and through which door."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme


def inside(request: HttpRequest, wanted: str) -> str:
    """The wanted address if it is a page of this house, else the first page."""
    here = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, here, require_https=request.is_secure())
    return wanted if safe else "/"


def permission_of(address: str) -> str | None:
    """The permission that the page at an address asks for: "" for none, None without a page."""
    try:
        view = resolve(urlsplit(address).path).func
    except Resolver404:
        return None
    return str(getattr(view, "permission", ""))
