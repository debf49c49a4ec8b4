"""For whom the user may speak when a waiting place gets its part."""

from dataclasses import dataclass

from django.http import HttpRequest

from muster.foundation.units.models import Placement
from muster.foundation.units.queries import Waiting
from muster.foundation.units.queries.waiting import reach


@dataclass(frozen=True, slots=True)
class Voice:
    """The communes concerned for which the user speaks, and whether he decides for the province."""

    units: frozenset[int]
    province: bool

    @property
    def may_propose(self) -> bool:
        """One of the communes concerned proposes."""
        return bool(self.units)

    def may_accept(self, proposal: Placement, mark: str) -> bool:
        """The keeper and the proposed unit agree; nobody accepts what he proposed himself."""
        concerned = proposal.unit_id in self.units or proposal.keeper_id in self.units
        return concerned and proposal.accepted_on is None and proposal.proposed_by != mark

    def may_withdraw(self, proposal: Placement) -> bool:
        """Each side takes back or declines; the province may too."""
        return self.province or not self.units.isdisjoint({proposal.unit_id, proposal.keeper_id})


def voice(request: HttpRequest, waiting: Waiting) -> Voice:
    """What the user may say about one waiting place."""
    concerned = frozenset({waiting.keeper.id, *(part.id for part in waiting.parts)})
    held = reach()
    units = concerned if held is None else concerned & held
    return Voice(
        units if request.user.has_perm("units.settle") else frozenset(),
        units == concerned and request.user.has_perm("units.apply"),
    )
