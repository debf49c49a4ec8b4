"""Counting and listing violations; whoever asks sees the cases of his places only."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from muster.domains.violations import rules
from muster.domains.violations.models import IN_STATE, Case, Offence, State
from muster.foundation.units import queries as units
from muster.kernel.manifest import Result, Row, Scope, Touched, WorkItem
from muster.kernel.periods import Period, half_year_of, parse
from muster.shell import written

SOON = timedelta(days=60)  # how long before the limitation a case is called urgent


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
            select p.full_name, c.offence, l.amount, d.signed_on, concat_ws(', ', place.name, old.name), c.uid,
                   lpad(d.number::text, greatest(2, length(d.number::text)), '0') || '/' || d.symbol
            from violations_case c
            join decisions_line l on l.id = c.sanction_id
            join decisions_decision d on d.id = l.decision_id
            join register_person p on p.id = c.person_id
            join units_place place on place.id = c.place_id
            left join units_place old on old.id = place.within_id
            where c.place_id = any(%s) and c.detected_on >= %s and c.detected_on < %s
              and c.dismissed_on is null and d.signed_on >= %s and d.signed_on < %s
            order by d.signed_on, p.sort_key collate "C", p.id
            """,
            [list(scope.place_ids), *[scope.period.start, scope.period.end_exclusive] * 2],
        )
        for name, offence, amount, signed_on, place, uid, number in cursor.fetchall():
            yield Row(
                label=name,
                detail=f"{number}: {Offence(offence).label}, {fine(amount)}",
                on=signed_on,
                place=place,
                url=reverse("violations:case", args=[uid]),
            )


def _detected(scope: Scope) -> QuerySet[Case]:
    inside = (scope.period.start, scope.period.last_day)
    return Case.objects.filter(
        place_id__in=scope.place_ids, detected_on__range=inside, dismissed_on=None
    )


def fine(amount: int | None) -> str:
    """A fine as it is read: 11.000.000 đồng, or a warning."""
    if amount is None:
        return written.MISSING
    return _("%(amount)s đồng") % {"amount": written.number(amount)} if amount else _("warning")


def cases(*, state: str = "", year: int | None = None) -> QuerySet[Case]:
    """The cases in sight, of one state and of one year of detection where asked."""
    found = Case.objects.select_related("person", "place__within", "sanction__decision")
    if state:
        found = found.filter(IN_STATE[State(state)])
    if year:
        found = found.filter(detected_on__range=(date(year, 1, 1), date(year, 12, 31)))
    return found.order_by("-detected_on", "-uid")


def case(uid: UUID) -> Case:
    """One case; `Case.DoesNotExist` also where it is out of sight."""
    return cases().select_related("call__decision__unit", "sanction__decision__unit").get(uid=uid)


def years() -> list[int]:
    """The years in which cases in sight were detected, the latest first."""
    return [day.year for day in Case.objects.dates("detected_on", "year", order="DESC")]


def known() -> Iterator[tuple[int, Period]]:
    """The half-years in which violations came to light, by the province in which they did."""
    seen = Case.objects.dates("detected_on", "month")
    for period in sorted({half_year_of(day) for day in seen}, key=str):
        inside = Case.objects.filter(detected_on__range=(period.start, period.last_day))
        places = inside.order_by().values_list("place_id", flat=True).distinct()
        yield from ((unit, period) for unit in _provinces(places, period.last_day))


def _provinces(places: Iterable[int], on: date) -> Iterator[int]:
    """The provinces in which places lie on a day, found by one place of each."""
    left = set(places)
    while left:
        place = left.pop()
        commune = units.unit_at(place, on)
        above = units.ancestors(commune.id, on) if commune else []
        for unit in above:
            if unit.level == "province":
                left -= set(units.place_ids(unit.id, on))
                yield unit.id


def signing_unit(case: Case, on: date) -> units.Named | None:
    """The unit whose office may punish the case on a day: the commune, or what stands above."""
    level = rules.authority(case.offence, on).level
    commune = units.unit_at(case.place_id, on)
    chain = [commune, *units.ancestors(commune.id, on)] if commune else []
    return next((unit for unit in chain if unit.level == level), None)


def work(_user: object, today: date) -> Iterator[WorkItem]:
    """Cases that wait for minutes or a sanction, and those whose time runs out."""
    found = Case.objects.filter(IN_STATE[State.DETECTED] | IN_STATE[State.MINUTED])
    ends = sorted(
        (rules.punishable_until(detected), State.MINUTED if minuted else State.DETECTED)
        for detected, minuted in found.values_list("detected_on", "minuted_on")
    )
    titles = (
        (State.DETECTED, gettext_lazy("Violations to be minuted")),
        (State.MINUTED, gettext_lazy("Violations minuted and not decided")),
    )
    for state, title in titles:
        running = [end for end, stands in ends if stands == state and end >= today]
        if running:
            pressing = sum(end - today <= SOON for end in running)
            yield WorkItem(
                title=title,
                detail=_pressing(pressing),
                due=running[0],
                url=f"{reverse('violations:index')}?state={state}",
                count=len(running),
                urgency="soon" if pressing else "normal",
            )
    yield from _lapsed([end for end, _state in ends if end < today])


def _pressing(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(number)d can be punished for %(days)d days only",
        "%(number)d can be punished for %(days)d days only",
        number,
    ) % {"number": number, "days": SOON.days}


def _lapsed(lapsed: Sequence[date]) -> Iterator[WorkItem]:
    if lapsed:
        yield WorkItem(
            title=gettext_lazy("Violations that can no longer be punished"),
            detail=gettext_lazy("Close them with their reason."),
            due=lapsed[0],
            url=f"{reverse('violations:index')}?state={State.MINUTED}",
            count=len(lapsed),
            urgency="late",
        )


def touched_by(place_ids: Iterable[int], _on: date) -> Iterator[Touched]:
    """The open cases that a reorganisation of these places would take along."""
    unsettled = IN_STATE[State.DETECTED] | IN_STATE[State.MINUTED] | IN_STATE[State.PUNISHED]
    count = Case.objects.filter(unsettled, place_id__in=list(place_ids)).count()
    if count:
        yield Touched(gettext_lazy("Open violations"), count, reverse("violations:index"))


def address(case: Case) -> str:
    """The page of a case."""
    return reverse("violations:case", args=[case.uid])
