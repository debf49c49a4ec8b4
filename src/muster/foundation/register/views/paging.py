"""Lists found by a statement of their own, page by page: how far on, and the way to either side."""

from urllib.parse import urlencode

from django.http import QueryDict

_DIGITS = 9


def beyond(query: QueryDict) -> int:
    """How many rows stand on the pages before; an address that says no number shows the first."""
    text = query.get("beyond", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0


def moves(query: QueryDict, size: int, *, more: bool) -> dict[str, str]:
    """The addresses of the page before and of the page after, where there are such."""
    here = beyond(query)
    steps = {"previous_href": max(here - size, 0)} if here else {}
    if more:
        steps["next_href"] = here + size
    kept = {name: value for name, value in query.items() if name != "beyond"}
    return {name: f"?{urlencode({**kept, 'beyond': at})}" for name, at in steps.items()}
