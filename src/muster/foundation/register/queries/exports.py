"""Lists that were asked for: what they hold, who may answer, what became of them."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from muster.foundation.register.models import Export, ExportStep, Person
from muster.foundation.register.models.numbers import keys
from muster.foundation.register.queries.addresses import ground_named
from muster.foundation.register.queries.searching import found
from muster.foundation.register.rules.exports import Asked
from muster.kernel.errors import Refused

CANONICAL = """
select id, json_build_array(id, uid, unit_id, asked_by_id, "on", purpose, find, "where", columns,
                            full_numbers, rows, needs_second)::text as canonical
from register_export
"""
STEP_CANONICAL = """
select id, json_build_array(id, export_id, kind, by_id, "on", why, form, rows)::text as canonical
from register_exportstep
"""
_ANSWERS = (ExportStep.Kind.APPROVED, ExportStep.Kind.REFUSED)


class NoSuchExport(Refused):
    """No list of that address was asked for within the asker's scope."""


def export(uid: UUID) -> Export:
    """A list that was asked for, with its steps."""
    row = Export.objects.select_related("asked_by", "unit").filter(uid=uid).first()
    if row is None:
        raise NoSuchExport(_("No list of this address was asked for within your unit."))
    return row


def people_of(export: Export) -> QuerySet[Person]:
    """The people whom the list means, as the scope of whoever takes it shows them."""
    return meant(export.find, export.where)


def meant(find: str, where: str) -> QuerySet[Person]:
    """The people whom a search means whose words stand sealed in an address."""
    ground = ground_named(where) if where else None
    return found(keys().open_text(find), place_ids=ground)


def words_of(export: Export) -> str:
    """What was searched, as it was typed."""
    return ", ".join(filter(None, (keys().open_text(export.find), export.where)))


def judged(export: Export) -> Asked:
    """The list as the rules of taking it see it."""
    kinds = set(export.steps.values_list("kind", flat=True))
    return Asked(
        asked_by=export.asked_by_id,
        on=export.on,
        full_numbers=export.full_numbers,
        approved=ExportStep.Kind.APPROVED in kinds,
        refused=ExportStep.Kind.REFUSED in kinds,
    )


def unanswered(user_id: int) -> QuerySet[Export]:
    """Lists that wait for a second person, other than those the user asked for."""
    waiting = Export.objects.filter(needs_second=True).exclude(steps__kind__in=_ANSWERS)
    return waiting.exclude(asked_by_id=user_id).order_by("on", "pk")


def latest_exports(*, limit: int = 100) -> Sequence[Export]:
    """The latest lists within scope."""
    rows = Export.objects.select_related("asked_by").prefetch_related("steps")
    return list(rows.order_by("-pk")[:limit])
