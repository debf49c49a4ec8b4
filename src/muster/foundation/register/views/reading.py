"""Whose page was opened, for the log that its owner reads."""

from typing import cast

from django.http import HttpRequest

from muster.foundation.register import actions
from muster.foundation.register.models import Person


def note(request: HttpRequest, person: Person, page: str) -> None:
    """Log that the page was opened; what is then sent from it has an act of its own."""
    if request.method == "GET":
        actions.note_reading(
            person_id=person.pk, place_id=person.place_id, user_id=cast("int", request.user.pk),
            page=page,
        )  # fmt: skip
