"""Opening a season and moving its quota."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from muster.domains.recruitment.models import Milestone, Quota, Season, Step
from muster.foundation.ledger import actions as ledger
from muster.foundation.units.models import Unit
from muster.kernel.errors import Refused


class SeasonExists(Refused):
    """A second season of one year in one province needs the Prime Minister (art. 33)."""


class SeasonClosed(Refused):
    """A season that takes no further steps."""


@transaction.atomic
def open_season(
    *,
    year: int,
    unit: Unit,
    hand_over_on: date,
    hand_over_confirmed: bool = True,
    milestones: Mapping[Step, date],
    opened_on: date,
    scale: Decimal = Decimal(1),
) -> Season:
    """Open the recruitment of a province for a year with its steps and their days.

    `scale` below 1 says that the season is played on a part of the people; every
    figure of it is then marked as scaled.
    """
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
def set_quota(
    *,
    season: Season,
    seats: Mapping[int, int],
    decided_on: date,
    source: str,
    confirmed: bool,
) -> int:
    """Give units (ids) their seats from a day on; a later version replaces an earlier one."""
    if season.closed_on:
        raise SeasonClosed(f"Season {season.year} was closed on {season.closed_on}.")
    quotas = Quota.objects.bulk_create(
        Quota(
            season=season,
            unit_id=unit_id,
            seats=count,
            decided_on=decided_on,
            source=source,
            confirmed=confirmed,
        )
        for unit_id, count in seats.items()
    )
    ledger.record(kind="recruitment.quota", ids=[quota.pk for quota in quotas])
    return len(quotas)


@transaction.atomic
def finish_step(*, season: Season, step: Step, done_on: date) -> None:
    """Note the day on which a step of the season was finished."""
    Milestone.objects.filter(season=season, step=step).update(done_on=done_on)
