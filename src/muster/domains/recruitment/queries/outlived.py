"""Deferrals of the unfit that outlived their ground: an assessment has since found the man fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from muster.domains.recruitment.queries.requests import unit_of
from muster.foundation.decisions import rules as deciding
from muster.foundation.decisions.models import Line

_OUTLIVED = """
    select l.id
    from decisions_decision e
    join decisions_line a on a.decision_id = e.id
    join decisions_line l on l.person_id = a.person_id
    join decisions_decision d on d.id = l.decision_id
    where e.kind = 'assessment_conclusion' and a.outcome = 'examined' and a.way = 'corrected'
      and d.kind = 'deferral' and l.ground = 'not_fit' and l.outcome = 'deferred'
      and d.season = e.season and l.id < a.id
      and not exists (select from decisions_line n where n.replaces_id in (a.id, l.id))
"""


@dataclass(frozen=True, slots=True)
class Outlived:
    """A deferral that nothing holds up any more, and the unit whose office sets it aside."""

    line: Line
    unit_id: int


def outlived(unit_ids: Sequence[int], on: date) -> list[Outlived]:
    """Those in sight that the offices of these units set aside on a day, by name."""
    levels = {office.level for office in deciding.act("deferral", on).offices}
    with connection.cursor() as cursor:
        cursor.execute(_OUTLIVED)
        found = [row[0] for row in cursor.fetchall()]
    lines = Line.objects.filter(pk__in=found).select_related("person", "decision")
    placed = (
        Outlived(line, unit)
        for line in lines.order_by("person__sort_key", "pk")
        for unit in {unit_of(line.place_id, level, on) for level in levels}
    )
    return [each for each in placed if each.unit_id in unit_ids]
