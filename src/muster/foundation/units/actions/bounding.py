"""Official boundaries are taken over from a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from muster.foundation.units.models import Boundary, Tree, Unit
from muster.foundation.units.rules.outlines import BadOutlines, Outline

LENGTHS = (5, 3, 2)
"""Digits of the codes of communes, districts and provinces; files lose leading zeros."""


class Bounded(NamedTuple):
    """How many units got their boundary, and the codes that meant none on the day."""

    units: int
    unknown: tuple[str, ...]


@transaction.atomic
def load_boundaries(
    *, outlines: Sequence[Outline], map_day: date, source: str, by: str, on: date
) -> Bounded:
    """Keep the outlines of the units that their codes meant on `map_day`, over older ones.

    Codes of other days are named and left out; `BadOutlines` when no code means anything.
    """
    standing = Unit.objects.filter(tree=Tree.GOVERNMENT, opened_on__lte=map_day)
    standing = standing.exclude(closed_on__lte=map_day)
    opened = dict(standing.values_list("code", "opened_on"))
    found = {code: each for each in outlines if (code := _known(each.code, opened))}
    if not found:
        sentence = _("No code of the file meant a unit on %(day)s.") % {"day": map_day}
        raise BadOutlines(sentence, code="units.no_outline")
    Boundary.objects.bulk_create(
        [
            Boundary(
                tree=Tree.GOVERNMENT, code=code, opened_on=opened[code], rings=each.rings,
                source=source, loaded_on=on, loaded_by=by,
            )
            for code, each in found.items()
        ],
        update_conflicts=True,
        unique_fields=["tree", "code", "opened_on"],
        update_fields=["rings", "source", "loaded_on", "loaded_by"],
    )  # fmt: skip
    return Bounded(len(found), tuple(e.code for e in outlines if not _known(e.code, opened)))


def _known(code: str, opened: dict[str, date]) -> str:
    forms = (code, *(code.zfill(length) for length in LENGTHS))
    return next((form for form in forms if form in opened), "")
