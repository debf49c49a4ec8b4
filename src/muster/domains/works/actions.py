"""Listing works and accepting them."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from muster.domains.works.models import Acceptance, Programme, Work
from muster.foundation.ledger import actions as ledger
from muster.foundation.units.models import Unit
from muster.kernel.errors import Refused


class NotListed(Refused):
    """A work that the programme does not have."""


class AlreadyAccepted(Refused):
    """A work that was taken over before."""


class TooEarly(Refused):
    """An acceptance before the programme began."""


@transaction.atomic
def open_programme(
    *,
    title: str,
    unit: Unit,
    starts_on: date,
    ends_on: date,
    works: Iterable[tuple[int, str]],
    source: str,
) -> Programme:
    """Open a programme with its works: `(unit id, opaque reference)` each.

    It runs from `starts_on` until before `ends_on`. A reference says nothing of where
    or what the work is.
    """
    programme = Programme.objects.create(
        title=title, unit=unit, starts_on=starts_on, ends_on=ends_on
    )
    listed = Work.objects.bulk_create(
        Work(programme=programme, unit_id=unit_id, reference=reference, source=source)
        for unit_id, reference in works
    )
    ledger.record(kind="works.work", ids=[work.pk for work in listed])
    return programme


@transaction.atomic
def accept(*, programme: Programme, references: Iterable[str], on: date, source: str) -> int:
    """Record that works were taken over on a day, by the paper named as source.

    Returns how many; all of them or none.
    """
    wanted = set(references)
    works = programme.works.filter(reference__in=wanted).select_related("acceptance")
    found = {work.reference: work for work in works}
    if missing := sorted(wanted - found.keys()):
        raise NotListed(f"{programme.title} has no work {missing[0]}; check the reference.")
    if on < programme.starts_on:
        raise TooEarly(f"{programme.title} begins on {programme.starts_on}, after {on}.")
    if done := sorted(each.reference for each in found.values() if hasattr(each, "acceptance")):
        raise AlreadyAccepted(f"{done[0]} of {programme.title} was accepted before; leave it out.")
    accepted = Acceptance.objects.bulk_create(
        Acceptance(work=work, accepted_on=on, source=source) for work in found.values()
    )
    return ledger.record(kind="works.acceptance", ids=[each.pk for each in accepted])
