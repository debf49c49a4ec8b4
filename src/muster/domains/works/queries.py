"""Which units finished their part of a programme."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext

from muster.domains.works import rules
from muster.domains.works.models import Acceptance, Programme, Work
from muster.foundation.units import queries as units
from muster.kernel.manifest import Result, Row, Scope
from muster.kernel.names import sort_key
from muster.kernel.periods import Period, parse


@dataclass(frozen=True, slots=True)
class Part:
    """One unit's part of a programme on a day."""

    unit: str
    works: int
    accepted: int
    complete: bool
    last_on: date | None


def units_complete(scope: Scope) -> Result | None:
    """Units with all works accepted by the end of the period, over units with works.

    A programme tells nothing before its first acceptance.
    """
    programme = _programme(scope)
    found = parts(programme, scope.period.last_day) if programme else []
    if programme is None or not any(part.accepted for part in found):
        return None
    done = sum(part.complete for part in found)
    return Result.share(done, len(found), source=_source(programme))


def unit_rows(scope: Scope) -> Iterator[Row]:
    """Each unit of the programme, those still open first."""
    programme = _programme(scope)
    if programme is None:
        return
    url = address(programme)
    for part in parts(programme, scope.period.last_day):
        detail = words(part)
        yield Row(
            label=part.unit, detail=detail, on=part.last_on if part.complete else None, url=url
        )


def parts(programme: Programme, on: date) -> list[Part]:
    """How far each unit was on a day, those still open first, then by name."""
    accepted: dict[int, list[date | None]] = defaultdict(list)
    works = Work.objects.filter(programme=programme).order_by("unit_id", "reference")
    for unit_id, day in works.values_list("unit_id", "acceptance__accepted_on"):
        accepted[unit_id].append(day)
    names = _names(accepted, min(on, programme.ends_on - timedelta(days=1)))
    found = [_part(name, accepted[unit], on) for unit, name in names.items()]
    return sorted(found, key=lambda part: part.complete)


def _names(ids: Collection[int], on: date) -> dict[int, str]:
    """Units by name as of a day; those that no longer stood, under their last name, behind."""
    standing = {unit: str(named) for unit, named in units.named(ids, on).items()}
    ended = units.spells(unit for unit in ids if unit not in standing)
    last = {unit: told[-1].full_name for unit, told in ended.items()}
    return standing | dict(sorted(last.items(), key=lambda each: sort_key(each[1])))


def words(part: Part) -> str:
    """Whether a unit's part is complete or open, in a word."""
    return pgettext("of works", "complete") if part.complete else pgettext("of works", "open")


def _part(unit: str, days: list[date | None], on: date) -> Part:
    done = [day for day in days if day is not None and day <= on]
    return Part(unit, len(days), len(done), rules.complete(days, on), max(done, default=None))


def _programme(scope: Scope) -> Programme | None:
    """The programme under way in the period's last days."""
    last = scope.period.last_day
    running = Programme.objects.filter(unit_id=scope.unit_id, starts_on__lte=last, ends_on__gt=last)
    return running.order_by("-starts_on").first()


def known() -> Iterator[tuple[int, Period]]:
    """The half-years in which works were accepted, by the unit that leads the programme."""
    taken = Acceptance.objects.values_list("work__programme__unit_id", "accepted_on").distinct()
    for unit_id, day in taken.order_by("accepted_on", "work__programme__unit_id"):
        yield unit_id, parse(f"{day.year}H{1 if day.month <= 6 else 2}")  # noqa: PLR2004 - June


def programmes() -> QuerySet[Programme]:
    """Every programme, the latest first, with its unit."""
    return Programme.objects.select_related("unit").order_by("-ends_on", "title")


def programme(uid: UUID) -> Programme:
    """One programme; `Programme.DoesNotExist` where there is none."""
    return programmes().get(uid=uid)


def address(programme: Programme) -> str:
    """The page of a programme."""
    return reverse("works:programme", args=[programme.uid])


def _source(programme: Programme) -> str:
    return programme.works.order_by("pk").values_list("source", flat=True).first() or ""
