"""What the address asks for: a day, a tree."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from muster.foundation.units import queries
from muster.foundation.units.models import Tree
from muster.foundation.units.queries import Named
from muster.foundation.units.views.words import capital
from muster.kernel.errors import Refused
from muster.shell.components import Crumb, Tab


class BadDay(Refused):
    """The address names a day that is none."""


def day(request: HttpRequest, name: str = "on") -> date:
    """The day whose map is asked for, by default today; one before the map is refused."""
    written = request.GET.get(name, "")
    try:
        on = date.fromisoformat(written) if written else timezone.localdate()
    except ValueError:
        sentence = _("“%(day)s” is not a day; write it as 2025-07-01.")
        raise BadDay(sentence % {"day": written[:20]}, code="units.day") from None
    queries.require_known_day(on)
    return on


def tree(request: HttpRequest) -> str:
    """Which of the two trees is asked for, by default that of local government."""
    wish = request.GET.get("tree", "")
    return wish if wish in Tree.values else Tree.GOVERNMENT.value


def unit_href(unit: Named | int, on: date) -> str:
    """The address of a unit's page on a day."""
    pk = unit if isinstance(unit, int) else unit.id
    return f"{reverse('units:unit', args=[pk])}?on={on:%Y-%m-%d}"


def href(name: str, *args: object, **query: object) -> str:
    """The address of a page of units with its choices."""
    return f"{reverse(f'units:{name}', args=args)}?{urlencode(query)}"


def crumbs(which: str, above: Iterable[Named], on: date) -> tuple[Crumb, ...]:
    """The way from a tree down to a unit, `above` from the top."""
    root = Crumb(_("Units"), href("tree", tree=which, on=on))
    return (root, *(crumb(each, on) for each in above))


def crumb(unit: Named, on: date) -> Crumb:
    """A unit as a step of the way."""
    return Crumb(capital(unit.full_name), unit_href(unit, on))


def tabs(current: str, on: date) -> list[Tab]:
    """The subject's few views: its trees, its orders, its work list."""
    trees = [
        Tab(label, href("tree", tree=value, on=on), current=value == current)
        for value, label in Tree.choices
    ]
    return [
        *trees,
        Tab(_("Orders"), reverse("units:orders"), current=current == "orders"),
        Tab(_("Work list"), reverse("units:waiting"), current=current == "waiting"),
    ]
