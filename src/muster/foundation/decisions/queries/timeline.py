"""A person's decisions as the timeline shows them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from muster.foundation.decisions.models import labels
from muster.foundation.decisions.queries.doubts import told
from muster.foundation.decisions.queries.lines import LineView, lines_of
from muster.foundation.decisions.queries.marks import mark_timeline
from muster.foundation.units import queries as units
from muster.kernel.manifest import TimelineItem


def timeline(person_id: Any) -> Iterable[TimelineItem]:
    """Every decision about a person with its office, number and receipt; every mark on them."""
    views = lines_of(int(person_id))
    offices = units.named_then({(view.unit_id, view.signed_on) for view in views}) if views else {}
    for view in views:
        yield TimelineItem(
            on=view.signed_on,
            title=f"{view.title}: {labels.label(labels.OUTCOMES, view.outcome)}",
            detail=_detail(view, offices.get((view.unit_id, view.signed_on))),
            article=view.article,
            decision_number=view.number,
            receipt_url=f"/decisions/line/{view.uid}/",
            doubt="" if view.confirmed else told(view.confirmed_note) or _("unconfirmed"),
        )
    yield from mark_timeline(int(person_id))


def _detail(view: LineView, unit: units.Named | None) -> str:
    """The office as it was called on the day, and what has become of the line since."""
    office = labels.office(view.role, str(unit or ""))
    states = [] if view.state == "in_force" else [labels.label(labels.STATES, view.state)]
    reasons = [str(labels.REASONS[view.ground])] if view.ground in labels.REASONS else []
    return "; ".join([office, *reasons, *states])
