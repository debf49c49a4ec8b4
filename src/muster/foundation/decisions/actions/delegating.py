"""Who may sign for the head of an office, from when to when."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from muster.foundation.decisions import rules
from muster.foundation.decisions.models import Decision, Delegation
from muster.foundation.ledger import actions as ledger
from muster.kernel.errors import Refused


class DelegationDay(Refused):
    """A delegation that would end before it began, or before it was last signed under."""


@transaction.atomic
def delegate(
    *,
    unit_id: int,
    role: str,
    form: str,
    title: str,
    document: str,
    valid_from: date,
    valid_to: date | None = None,
    holder: str = "",
) -> Delegation:
    """Record who may sign for the head of an office (KT, TL, TUQ), under which paper, how long."""
    if form not in rules.SIGNING_FORMS:
        raise Refused(f'"{form}" is no form of signing; choose {", ".join(rules.SIGNING_FORMS)}.')
    if valid_to is not None:
        _check_end(valid_from, valid_to)
    given = Delegation.objects.create(
        unit_id=unit_id,
        role=role,
        form=form,
        title=title,
        holder=holder,
        document=document,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    ledger.record(kind="decisions.delegation", ids=[given.pk])
    return given


@transaction.atomic
def end_delegation(*, delegation: Delegation, on: date) -> None:
    """End a delegation: `on` is the first day on which nobody signs under it any more."""
    signed = Decision.objects.filter(delegation=delegation).aggregate(last=Max("signed_on"))
    _check_end(max(delegation.valid_from, signed["last"] or delegation.valid_from), on)
    delegation.valid_to = on
    delegation.save(update_fields=["valid_to"])


def _check_end(used: date, on: date) -> None:
    if on <= used:
        raise DelegationDay(
            "the delegation began, or was last signed under, on %(used)s; choose a later day.",
            code="delegation.span",
            used=used,
        )
