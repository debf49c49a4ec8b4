"""How a unit came and went: flows of ground, and a timeline of orders."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from muster.foundation.units import queries
from muster.foundation.units.models import Order, Unit
from muster.foundation.units.queries import Chapter, Named, portrait
from muster.foundation.units.queries.naming import BASELINE
from muster.foundation.units.queries.portrait import Turn
from muster.foundation.units.views import asked
from muster.kernel.manifest import Label
from muster.shell import written
from muster.shell.charts import Chart
from muster.shell.components import Event, Stream
from muster.shell.flow import flow_chart

RIGHT = "\N{WORD JOINER}"
"""Unseen, behind names on the right of a flow: they open another unit than on the left."""


def life(opened_on: date, closed_on: date | None) -> str:
    """The days from which and until which something stood."""
    first = written.day(opened_on)
    if closed_on is None:
        return _("since %(day)s") % {"day": first}
    last = written.day(closed_on - timedelta(days=1))
    return _("%(first)s to %(last)s") % {"first": first, "last": last}


def flow(turn: Turn, here: Named) -> Chart:
    """The ground that an order moved between this unit and its kin, as ribbons."""
    eve = turn.on - timedelta(days=1)
    left = _labels(each.old for each in turn.passages)
    right = {pk: label + RIGHT for pk, label in _labels(each.new for each in turn.passages).items()}
    streams = [
        Stream(left[each.old.id], right[each.new.id], max(len(each.places), 1), not each.whole)
        for each in turn.passages
    ]
    hrefs = {left[each.old.id]: asked.unit_href(each.old, eve) for each in turn.passages}
    hrefs |= {right[each.new.id]: asked.unit_href(each.new, turn.on) for each in turn.passages}
    hrefs = {
        label: href
        for label, href in hrefs.items()
        if label not in {left.get(here.id), right.get(here.id)}
    }
    title = _("%(day)s, order %(number)s") % {
        "day": written.day(turn.on), "number": turn.order.number,
    }  # fmt: skip
    note = _("Ribbons are as wide as the places that went over; lighter ones carry a part.")
    return flow_chart(streams, title=title, note=note, hrefs=hrefs)


def _labels(units: Iterable[Named]) -> dict[int, str]:
    """Full names, with the code where two of one side bear the same."""
    by_id = {each.id: each for each in units}
    names = Counter(each.full_name for each in by_id.values())
    return {
        pk: each.full_name if names[each.full_name] == 1 else f"{each.full_name} ({each.code})"
        for pk, each in by_id.items()
    }


def events(row: Unit) -> list[Event]:
    """What happened to a unit, the latest first."""
    chapters = queries.history(row)
    pages = dict(
        Order.objects.filter(number__in={c.order for c in chapters}).values_list("number", "pk")
    )
    told = [*_told(chapters, pages), *_raised(row)]
    return sorted(told, key=lambda each: each.on, reverse=True)


def _told(chapters: Iterable[Chapter], pages: dict[str, int]) -> Iterator[Event]:
    first = True
    for each in chapters:
        title: Label = {
            "named": _("Renamed: %(name)s"), "from": _("Formed from %(units)s"),
            "to": _("Went over to %(units)s"),
        }[each.verb]  # fmt: skip
        if each.verb == "named" and first:
            title, first = _("Stands as %(name)s"), False
        units = _listed(each.others)
        shipped = each.order == BASELINE
        yield Event(
            each.on,
            title % {"name": each.text, "units": units},
            _("On the map when it begins") if shipped else _detail(each),
            number="" if shipped else each.order,
            href="" if shipped else reverse("units:order", args=[pages[each.order]]),
            kind="" if shipped else "major",
        )


def _detail(chapter: Chapter) -> str:
    return "" if chapter.verb == "named" else chapter.text


def _listed(units: Iterable[Named]) -> str:
    return ", ".join(each.full_name for each in units)


def _raised(row: Unit) -> Iterator[Event]:
    """Changes of the unit above; the first one came with the unit itself."""
    for span in portrait.superiors(row)[1:]:
        above = queries.named([span.parent_id], span.valid_from).get(span.parent_id)
        yield Event(
            span.valid_from,
            _("Placed under %(unit)s") % {"unit": above.full_name if above else span.parent.code},
            span.opened_by.title,
            number=span.opened_by.number,
            href=reverse("units:order", args=[span.opened_by_id]),
            kind="major",
        )
