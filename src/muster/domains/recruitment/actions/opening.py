"""Opening a season, moving its quota, sharing it out, and noting finished steps."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from muster.domains.recruitment import queries, rules
from muster.domains.recruitment.actions.moving import lock_open
from muster.domains.recruitment.models import Milestone, Quota, Season, State, Step
from muster.foundation.ledger import actions as ledger
from muster.foundation.units.models import Unit
from muster.kernel.errors import Refused


class SeasonExists(Refused):
    """A second season of one year in one province needs the Prime Minister (art. 33)."""


class BadCalendar(Refused):
    """Days of a season that run backwards, or lie outside the months of the law."""


class NoQuota(Refused):
    """A step that asks how many, before anybody said it."""


@transaction.atomic
def open_season(
    *,
    year: int,
    unit: Unit,
    hand_over_on: date,
    hand_over_confirmed: bool = True,
    milestones: Mapping[Step, date],
    opened_on: date,
    adjusted: bool = False,
    scale: Decimal = Decimal(1),
) -> Season:
    """Open the recruitment of a province for a year with its steps and their days.

    The hand-over lies in the months of art. 33, unless a disaster or an epidemic moved it
    (`adjusted`). `scale` below 1 says that the season is played on a part of the people;
    every figure of it is then marked as scaled.
    """
    _check_calendar(year, hand_over_on, milestones, adjusted=adjusted)
    if Season.objects.filter(year=year, unit=unit).exists():
        raise SeasonExists(f"Season {year} of this unit is open already; go on with that one.")
    season = Season.objects.create(
        year=year,
        unit=unit,
        hand_over_on=hand_over_on,
        hand_over_confirmed=hand_over_confirmed,
        opened_on=opened_on,
        scale=scale,
    )
    Milestone.objects.bulk_create(
        Milestone(season=season, step=step, due_on=due_on) for step, due_on in milestones.items()
    )
    ledger.record(kind="recruitment.season", ids=[season.pk])
    return season


@transaction.atomic
def announce_season(
    *, unit: Unit, seats: int, source: str, confirmed: bool, opened_on: date, **season: Any
) -> Season:
    """Open a season together with the seats that the province was given under a paper."""
    opened = open_season(unit=unit, opened_on=opened_on, **season)
    set_quota(
        season=opened,
        seats={unit.pk: seats},
        decided_on=opened_on,
        source=source,
        confirmed=confirmed,
    )
    return opened


def _check_calendar(
    year: int, hand_over_on: date, milestones: Mapping[Step, date], *, adjusted: bool
) -> None:
    if hand_over_on.year != year or not (adjusted or _lawful("hand_over_months", hand_over_on)):
        raise BadCalendar(
            "the hand-over of season %(year)s does not lie on %(day)s; the law names February or "
            "March of that year, unless a disaster or an epidemic moves it (art. 33).",
            year=year,
            day=hand_over_on,
        )
    exam = milestones.get(Step.EXAM)
    if exam and not _lawful("exam_months", exam):
        raise BadCalendar(
            "the health examination does not lie on %(day)s; the law names November and "
            "December (art. 40.4).",
            day=exam,
        )
    days = [milestones[step] for step in Step if step in milestones]
    if days != sorted(days) or milestones.get(Step.HAND_OVER, hand_over_on) != hand_over_on:
        raise BadCalendar("a step of the season comes before the one ahead of it; order the days.")


def _lawful(months: str, day: date) -> bool:
    return day.month in rules.LAW.value(months, day)


@transaction.atomic
def set_quota(
    *,
    season: Season,
    seats: Mapping[int, int],
    decided_on: date,
    source: str,
    confirmed: bool,
    weights: Mapping[int, int] | None = None,
) -> int:
    """Give units (ids) their seats from a day on; a later version replaces an earlier one.

    `weights` are the men by whom communes' seats were shared out.
    """
    lock_open(season)
    quotas = Quota.objects.bulk_create(
        Quota(
            season=season,
            unit_id=unit_id,
            seats=count,
            weight=weights.get(unit_id) if weights else None,
            decided_on=decided_on,
            source=source,
            confirmed=confirmed,
        )
        for unit_id, count in seats.items()
    )
    ledger.record(kind="recruitment.quota", ids=[quota.pk for quota in quotas])
    return len(quotas)


@transaction.atomic
def share_quota(*, season: Season, on: date) -> dict[int, int]:
    """Share the province's seats out over its communes by their callable men; seats by unit id.

    Largest remainders; every commune that has a callable man sends one, none more than
    it has. Do it after the review of grounds, and again when the quota moves.
    """
    quota = announced(season, on)
    men = queries.men_by_commune(season, on, State.CALLABLE)
    shared = queries.share_out(min(quota.seats, sum(men.values())), men)
    seats = {int(unit): count for unit, count in shared.seats.items()}
    set_quota(
        season=season,
        seats=seats,
        decided_on=on,
        source=quota.source,
        confirmed=quota.confirmed,
        weights=men,
    )
    return seats


def announced(season: Season, on: date) -> Quota:
    """The province's seats as they stand on the day; `NoQuota` before any was announced."""
    quota = queries.quota(season, on)
    if quota is None:
        raise NoQuota(
            f"Season {season.year} has no quota on {on}; set it first.", code="recruitment.no_quota"
        )
    return quota


@transaction.atomic
def finish_step(*, season: Season, step: Step, done_on: date) -> None:
    """Note the day on which a step of the season was finished."""
    steps = Milestone.objects.filter(season=season, step=step, done_on=None)
    done = list(steps.values_list("pk", flat=True))
    steps.update(done_on=done_on)
    ledger.record(kind="recruitment.step", ids=done)
