"""Counting and listing violations."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from muster.domains.violations.models import Case, Offence
from muster.kernel.manifest import Result, Row, Scope
from muster.kernel.periods import Period, parse


def whole_year_before(period: Period) -> Period:
    """The review holds the months since January against the whole of the year before."""
    return parse(str(period.start.year - 1))


def punished(scope: Scope) -> Result | None:
    """Cases with a sanction decision signed in the period, over cases detected in it."""
    detected = _detected(scope)
    total = detected.count()
    if not total:
        return None
    inside = (scope.period.start, scope.period.last_day)
    done = detected.filter(sanction__decision__signed_on__range=inside).count()
    return Result.share(done, total, scaled=detected.filter(scaled=True).exists())


def punished_rows(scope: Scope) -> Iterator[Row]:
    """Every sanction decision of the period."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select p.full_name, c.offence, l.amount, d.signed_on, place.name, p.uid,
                   d.number || '/' || d.symbol
            from violations_case c
            join decisions_line l on l.id = c.sanction_id
            join decisions_decision d on d.id = l.decision_id
            join register_person p on p.id = c.person_id
            join units_place place on place.id = c.place_id
            where c.place_id = any(%s) and c.detected_on >= %s and c.detected_on < %s
              and d.signed_on >= %s and d.signed_on < %s
            order by d.signed_on, p.sort_key collate "C", p.id
            """,
            [list(scope.place_ids), *[scope.period.start, scope.period.end_exclusive] * 2],
        )
        for name, offence, amount, signed_on, place, uid, number in cursor.fetchall():
            yield Row(
                label=name,
                detail=f"{number}: {Offence(offence).label}, {amount:,} đ",
                on=signed_on,
                place=place,
                url=reverse("register:person", args=[uid]),
            )


def _detected(scope: Scope) -> QuerySet[Case]:
    inside = (scope.period.start, scope.period.last_day)
    return Case.objects.filter(
        place_id__in=scope.place_ids, detected_on__range=inside, dismissed_on=None
    )
