"""Setting aside deferrals of the unfit whose bearers were found fit since."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from muster.domains.recruitment import queries
from muster.foundation.decisions import actions as decisions
from muster.foundation.decisions import rules
from muster.foundation.decisions.models import Line, Way
from muster.kernel.errors import Refused


class StillGround(Refused):
    """A deferral to be set aside whose ground nobody has found gone."""


@transaction.atomic
def set_aside_outlived(*, line_ids: Collection[int], unit_id: int, signed_on: date) -> int:
    """Set aside deferrals of the unfit (art. 41.1.a), one decision a season; returns how many.

    The Medical Assessment Council has concluded that these men are fit, so the councils of
    military service do not vote again; the office that defers signs. `StillGround` where
    a line is not one that the unit may so set aside.
    """
    found = [each.line for each in queries.outlived([unit_id], signed_on)]
    lines = [line for line in found if line.pk in line_ids]
    if not lines or len(lines) != len(set(line_ids)):
        raise StillGround(
            _("Only a deferral of the unfit is set aside here, where he was found fit since."),
            code="deferral.still_ground",
        )
    for season in sorted({line.decision.season for line in lines}):
        decisions.decide(
            kind=replace(rules.act("deferral", signed_on), steps=()),
            unit_id=unit_id,
            signed_on=signed_on,
            season=season,
            channels=(),
            lines=[_undoing(line) for line in lines if line.decision.season == season],
        )
    return len(lines)


def _undoing(line: Line) -> decisions.Draft:
    return decisions.Draft(
        person_id=line.person_id,
        place_id=line.place_id,
        outcome="set_aside",
        article=line.article,
        replaces_id=line.pk,
        way=Way.SET_ASIDE,
    )
