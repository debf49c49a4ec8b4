"""Which units finished their part of a programme."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from muster.domains.works import rules
from muster.domains.works.models import Programme, Work
from muster.foundation.units import queries as units
from muster.kernel.manifest import Result, Row, Scope


def units_complete(scope: Scope) -> Result | None:
    """Units with all works accepted by the end of the period, over units with works."""
    programme = _programme(scope)
    if programme is None:
        return None
    accepted = _accepted_by_unit(programme)
    done = sum(rules.complete(days, scope.period.last_day) for days in accepted.values())
    return Result.share(done, len(accepted), source=_source(programme))


def unit_rows(scope: Scope) -> Iterator[Row]:
    """Each unit of the programme, complete or open."""
    programme = _programme(scope)
    if programme is None:
        return
    accepted = _accepted_by_unit(programme)
    names = units.named(list(accepted), scope.period.last_day)
    for unit_id, days in accepted.items():
        done = rules.complete(days, scope.period.last_day)
        yield Row(
            label=str(names[unit_id]),
            detail=_("complete") if done else _("open"),
            on=max((day for day in days if day), default=None) if done else None,
        )


def _programme(scope: Scope) -> Programme | None:
    """The programme under way in the period's last days."""
    last = scope.period.last_day
    running = Programme.objects.filter(unit_id=scope.unit_id, starts_on__lte=last, ends_on__gt=last)
    return running.order_by("-starts_on").first()


def _accepted_by_unit(programme: Programme) -> dict[int, list[date | None]]:
    by_unit: dict[int, list[date | None]] = defaultdict(list)
    works = Work.objects.filter(programme=programme).order_by("unit_id", "reference")
    for unit_id, day in works.values_list("unit_id", "acceptance__accepted_on"):
        by_unit[unit_id].append(day)
    return dict(by_unit)


def _source(programme: Programme) -> str:
    return programme.works.order_by("pk").values_list("source", flat=True).first() or ""
