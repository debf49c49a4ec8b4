"""How a council votes: more than half of all its members."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from muster.foundation.decisions.rules.law import LAW
from muster.kernel.errors import Refused


class ImpossibleVote(Refused):
    """Counts of a vote that contradict each other."""


@dataclass(frozen=True, slots=True)
class Count:
    """A vote as it was counted, so that a page can say how."""

    members: int
    present: int
    ayes: int
    noes: int
    recused: int
    needed: int

    @property
    def passed(self) -> bool:
        """Whether the ayes reach what is needed of all members."""
        return self.ayes >= self.needed


def council_titles(members: int) -> tuple[str, ...]:
    """The seats of a council of that size: the three that art. 36.1 names, then members.

    The titles are the official Vietnamese ones, since they are printed on papers.
    """
    named = (
        "Chủ tịch Hội đồng: Chủ tịch Ủy ban nhân dân",
        "Phó Chủ tịch Thường trực: Chỉ huy trưởng quân sự",
        "Phó Chủ tịch: Trưởng Công an",
    )
    return (*named, *(f"Ủy viên {number}" for number in range(1, members - len(named) + 1)))[
        :members
    ]


def doctors_titles(members: int) -> tuple[str, ...]:
    """The seats of a council of doctors of that size: its chair, then members."""
    return ("Chủ tịch Hội đồng", *(f"Ủy viên {number}" for number in range(1, members)))


def votes_needed(members: int, on: date) -> int:
    """Ayes that carry a resolution: more than half of *all* members (art. 36.3).

    >>> votes_needed(16, date(2025, 8, 20)), votes_needed(15, date(2025, 8, 20))
    (9, 8)
    """
    return int(members * Fraction(LAW.text("majority", on))) + 1


def passes(ayes: int, members: int, on: date) -> bool:
    """Whether the ayes carry a resolution, whoever was present or recused (art. 36.3).

    >>> passes(9, 16, date(2025, 8, 20)), passes(8, 16, date(2025, 8, 20))
    (True, False)
    """
    return ayes >= votes_needed(members, on)


def count(
    *, on: date, members: int, present: int, ayes: int, noes: int = 0, recused: int = 0
) -> Count:
    """The count of a vote; `ImpossibleVote` when more voted than came, or came than sit.

    A recusal takes nobody off the members: the number needed stays (art. 36.3).
    """
    if min(members, present, ayes, noes, recused) < 0 or members == 0:
        raise ImpossibleVote("a vote is counted in whole heads of a council that has members.")
    if present > members or ayes + noes + recused > present:
        raise ImpossibleVote(
            f"{ayes} for, {noes} against and {recused} recused cannot come from "
            f"{present} present of {members} members; count again.",
            code="vote.impossible",
        )
    return Count(members, present, ayes, noes, recused, votes_needed(members, on))
