"""Who read a person's entry: written beside the page, never inside it."""

from functools import partial

from django.db import transaction

from muster.foundation.register.models import Reading
from muster.shell import rls


def note_reading(*, person_id: int, place_id: int, user_id: int, page: str) -> None:
    """Log that the user opened a person's page, once the page's own transaction is over.

    Pages read in a transaction of their own; the log is written after it, so a page can
    stay read-only, and a page whose reading cannot be logged is not shown.
    """
    write = partial(_write, person_id=person_id, place_id=place_id, by_id=user_id, page=page)
    transaction.on_commit(write)


def _write(**reading: int | str) -> None:
    with rls.scoped(role=rls.WIDE, user_id=int(reading["by_id"])):
        Reading.objects.create(**reading)
