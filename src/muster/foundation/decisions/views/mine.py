"""The units whose offices the signed-in user serves today."""

from django.http import HttpRequest
from django.utils import timezone

from muster.foundation.accounts.models import User
from muster.foundation.decisions import queries
from muster.foundation.units import queries as units


def mine(request: HttpRequest) -> dict[int, units.Named]:
    """His units, by id; none for a visitor."""
    if not isinstance(request.user, User):
        return {}
    today = timezone.localdate()
    return units.named(queries.my_units(request.user, today), today)


def offices(request: HttpRequest) -> dict[int, str]:
    """What each of them is called, for a form to choose who signs."""
    return {unit.id: unit.full_name for unit in mine(request).values()}
