"""The acts of an order as lines that can be read: what, from which units, to which."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from muster.foundation.units.forms import VERBS
from muster.foundation.units.models import Order
from muster.foundation.units.queries import portrait
from muster.kernel.manifest import Label

SIDES: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "merge": (("from",), ("into",)),
    "establish": ((), ("unit",)),
    "divide": (("unit",), ("into",)),
    "rename": (("unit",), ("name",)),
    "change_kind": (("unit",), ("kind",)),
    "reparent": (("unit",), ("parent",)),
    "move": (("places",), ("to",)),
    "dissolve": (("unit", "level"), ("successors",)),
    "guide": (("regional",), ("communes",)),
}
"""Which words of an act stand on its left, and which on its right."""

PLAIN = {"name", "kind", "level"}
"""Words that are no codes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One act: its verb, what it takes and what it gives, and what it notes."""

    number: int
    verb: Label
    left: str
    right: str
    note: Label = ""


def lines(order: Order) -> list[Line]:
    """The acts of a stored order under the names of its eve."""
    bodies = [act.body for act in order.acts.order_by("position")]
    day = order.effective_on or order.signed_on
    codes = {code for body in bodies for code in _codes(body)}
    names = portrait.names_of_codes(order.tree, codes, day - timedelta(days=1))
    names |= {unit["code"]: f"{unit['kind']} {unit['name']}" for unit in _foundings(bodies)} | names
    return [_line(number, body, names) for number, body in enumerate(bodies, 1)]


def _line(number: int, body: Mapping[str, Any], names: Mapping[str, str]) -> Line:
    verb = body["act"]
    left, right = (", ".join(_words(body, side, names)) for side in SIDES[verb])
    keeper = body.get("keeper")
    note = (
        _("Keeper: %(unit)s") % {"unit": _called(keeper, names)} if keeper else body.get("note", "")
    )
    return Line(number, VERBS[verb], left, right, note)


def _words(body: Mapping[str, Any], side: Sequence[str], names: Mapping[str, str]) -> Iterator[str]:
    for word in side:
        value = body.get(word)
        if value is None:
            continue
        if isinstance(value, Mapping):
            yield f"{value['kind']} {value['name']} ({value['code']})"
        elif word in PLAIN:
            yield str(value)
        else:
            for code in [value] if isinstance(value, str) else value:
                yield _called(code, names)


def _called(code: str, names: Mapping[str, str]) -> str:
    return f"{names[code]} ({code})" if code in names else code


def _codes(body: Mapping[str, Any]) -> Iterator[str]:
    for value in body.values():
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (each for each in value if isinstance(each, str))


def _foundings(bodies: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for body in bodies:
        yield from (value for value in body.values() if isinstance(value, Mapping))
