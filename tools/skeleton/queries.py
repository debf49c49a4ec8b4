"""Reads; whoever asks sees the rows of his places only."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from muster.domains.skeleton import rules
from muster.domains.skeleton.models import Case
from muster.kernel.manifest import Result, Row, Scope, Touched, WorkItem


def cases() -> QuerySet[Case]:
    """Every case in sight, places included."""
    return Case.objects.select_related("place").order_by("opened_on", "pk")


def case(uid: UUID) -> Case:
    """One case; `Case.DoesNotExist` also where it is out of sight."""
    return cases().get(uid=uid)


def _closed(scope: Scope) -> QuerySet[Case]:
    span = (scope.period.start, scope.period.end_exclusive - timedelta(days=1))
    return cases().filter(place_id__in=scope.place_ids, closed_on__range=span)


def count_closed(scope: Scope) -> Result:
    """How many cases were closed in the period."""
    return Result.count(_closed(scope).count())


def closed_rows(scope: Scope) -> Iterator[Row]:
    """The cases behind the figure."""
    return (
        Row(label=each.subject, on=each.closed_on, place=each.place.name, url=address(each))
        for each in _closed(scope)
    )


def work(_user: object, today: date) -> Iterator[WorkItem]:
    """The open cases whose term is over, as one line."""
    opened = Case.objects.filter(closed_on=None).values_list("opened_on", flat=True)
    late = [day for day in opened if rules.is_late(opened_on=day, closed_on=None, today=today)]
    if late:
        yield WorkItem(
            title=_("Close cases of Skeleton"),
            due=rules.due_on(min(late)),
            url=reverse("skeleton:index"),
            count=len(late),
            urgency="late",
        )


def touched_by(place_ids: Iterable[int], _on: date) -> Iterator[Touched]:
    """The open cases that a reorganisation of these places would take along."""
    count = Case.objects.filter(place_id__in=place_ids, closed_on=None).count()
    if count:
        yield Touched(label=_("Open cases of Skeleton"), count=count)


def address(case: Case) -> str:
    """The page of a case."""
    return reverse("skeleton:case", args=[case.uid])
