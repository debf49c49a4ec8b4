"""Declaring a figure that no slice derives."""

from decimal import Decimal

from django.db import transaction

from muster.foundation.accounts.models import User
from muster.foundation.ledger import actions as ledger
from muster.kernel.errors import Refused
from muster.kernel.periods import Period
from muster.synthesis.indicators import queries
from muster.synthesis.indicators.models import DeclaredFigure


class NotDeclarable(Refused):
    """A figure that the house derives itself, or one without its document or its parts."""


@transaction.atomic
def declare(
    *,
    code: str,
    unit_id: int,
    period: Period,
    numerator: Decimal,
    denominator: Decimal | None = None,
    source: str,
    by: User | None = None,
) -> DeclaredFigure:
    """Write down what a document states; the document is named, the figure is marked.

    A later declaration for the same unit and period replaces this one in every
    report, and both stay in the log. Refused where a slice derives the figure
    from cases: figures are derived, never typed. A share is declared by its
    numerator and denominator, so that its percentage is computed.
    """
    _check(code, numerator, denominator, source)
    declared = DeclaredFigure.objects.create(
        indicator=code,
        unit_id=unit_id,
        period=period.code,
        numerator=numerator,
        denominator=denominator,
        source=source.strip(),
        by=by,
    )
    ledger.record(kind="indicators.declared", ids=[declared.pk])
    return declared


def _check(code: str, numerator: Decimal, denominator: Decimal | None, source: str) -> None:
    wanted = queries.indicator(code)
    if wanted.compute is not None:
        raise NotDeclarable(f"“{code}” is derived from cases; correct the cases, not the figure.")
    if not source.strip():
        raise NotDeclarable(f"“{code}” needs the document that states it; name it.")
    if (wanted.unit == "count") != (denominator is None):
        shape = "a count alone" if wanted.unit == "count" else "a count of how many"
        raise NotDeclarable(f"“{code}” is declared as {shape}; correct the numbers.")
    if numerator < 0 or (denominator is not None and denominator < numerator):
        raise NotDeclarable(f"“{code}” cannot be {numerator} of {denominator or 'anything'}.")
