"""How a unit came and went: flows of ground, and a timeline of orders."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from muster.foundation.units import queries
from muster.foundation.units.models import Order, Unit
from muster.foundation.units.queries import Named, portrait
from muster.foundation.units.queries.naming import BASELINE
from muster.foundation.units.queries.portrait import Passage, Turn
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


def events(row: Unit, turns: Iterable[Turn]) -> list[Event]:
    """What happened to a unit, the latest first."""
    told = [
        *_names(row, {turn.order.number: turn for turn in turns}),
        *_ends(row, turns),
        *_raised(row),
    ]
    return sorted(told, key=lambda each: each.on, reverse=True)


def _names(row: Unit, turns: Mapping[str, Turn]) -> Iterator[Event]:
    """Its names, the first with the units that it was formed from."""
    named = [each for each in queries.history(row) if each.verb == "named"]
    orders = Order.objects.in_bulk([each.order for each in named], field_name="number")
    for n, each in enumerate(named):
        came = (
            [p for p in turns[each.order].passages if p.new.id == row.pk]
            if each.order in turns
            else []
        )
        title = _("Renamed: %(name)s") if n else _("Stands as %(name)s")
        detail: Label = (
            _("Formed from %(units)s") % {"units": _listed(came, old=True)} if came else ""
        )
        if each.order == BASELINE:
            yield Event(each.on, title % {"name": each.text}, _("On the map when it begins"))
        else:
            yield _by(orders[each.order], each.on, title % {"name": each.text}, detail)


def _ends(row: Unit, turns: Iterable[Turn]) -> Iterator[Event]:
    """What it went over to."""
    for turn in turns:
        went = [each for each in turn.passages if each.old.id == row.pk]
        if went:
            title = _("Went over to %(units)s") % {"units": _listed(went, old=False)}
            yield _by(turn.order, turn.on, title, turn.order.title)


def _listed(passages: Iterable[Passage], *, old: bool) -> str:
    """The other units of passages, those that went or came in part marked so."""
    in_part = _("%(unit)s (part)")
    return ", ".join(
        name if each.whole else in_part % {"unit": name}
        for each in passages
        for name in [(each.old if old else each.new).full_name]
    )


def _raised(row: Unit) -> Iterator[Event]:
    """Changes of the unit above; the first one came with the unit itself."""
    for span in portrait.superiors(row)[1:]:
        above = queries.named([span.parent_id], span.valid_from).get(span.parent_id)
        title = _("Placed under %(unit)s") % {
            "unit": above.full_name if above else span.parent.code
        }
        yield _by(span.opened_by, span.valid_from, title, span.opened_by.title)


def _by(order: Order, on: date, title: Label, detail: Label) -> Event:
    href = reverse("units:order", args=[order.pk])
    return Event(on, title, detail, number=order.number, href=href, kind="major")
