"""Long lists that no key orders, page by page: how far on, and the way to either side."""

from django.http import QueryDict

_DIGITS = 9


def beyond(query: QueryDict, name: str = "beyond") -> int:
    """How many rows stand on the pages before; an address that says no number shows the first."""
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0


def moves(
    query: QueryDict, size: int, *, here: int, more: bool, name: str = "beyond"
) -> dict[str, str]:
    """The addresses of the page before the one that begins `here`, and of the page after."""
    steps = {"previous_href": max(here - size, 0)} if here else {}
    if more:
        steps["next_href"] = here + size
    return {step: _turned(query, name, start) for step, start in steps.items()}


def _turned(query: QueryDict, name: str, start: int) -> str:
    kept = query.copy()
    kept[name] = str(start)
    return f"?{kept.urlencode()}"
