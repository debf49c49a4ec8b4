"""Where an address leads: only into this house."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def inside(request: HttpRequest, wanted: str) -> str:
    """The wanted address if it is a page of this house, else the first page."""
    here = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, here, require_https=request.is_secure())
    return wanted if safe else "/"
