"""The only writers: check the rule, save, one entry in the log, one transaction."""

from datetime import date

from django.db import transaction

from muster.domains.skeleton import rules
from muster.domains.skeleton.models import Case
from muster.foundation.ledger import actions as ledger
from muster.kernel.errors import Refused


class AlreadyClosed(Refused):
    """What was closed stays closed."""


@transaction.atomic
def open_case(*, place_id: int, subject: str, opened_on: date) -> Case:
    """Open a case at a place; logged as `skeleton.opened`."""
    case = Case.objects.create(place_id=place_id, subject=subject, opened_on=opened_on)
    ledger.record(kind="skeleton.opened", ids=[case.pk])
    return case


@transaction.atomic
def close_case(*, case: Case, outcome: str, closed_on: date) -> Case:
    """Close an open case with an outcome; logged as `skeleton.closed`.

    Refuses with `AlreadyClosed` or `rules.ClosedTooEarly`.
    """
    held = Case.objects.select_for_update().get(pk=case.pk)
    if held.closed_on:
        raise AlreadyClosed(f"The case was closed on {held.closed_on}; open a new one instead.")
    rules.check_closing(opened_on=held.opened_on, closed_on=closed_on)
    held.closed_on, held.outcome = closed_on, outcome
    held.save(update_fields=["closed_on", "outcome"])
    ledger.record(kind="skeleton.closed", ids=[held.pk])
    return held
