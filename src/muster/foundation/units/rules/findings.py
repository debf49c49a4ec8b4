"""Faults of an order as sentences with their place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from muster.kernel.errors import Refused
from muster.kernel.lineage import Fault, Reason

SENTENCES = {
    Reason.UNKNOWN: "no unit had the code %(code)s on the day before the order takes effect.",
    Reason.CLOSED: "the unit %(code)s is closed since %(day)s by order %(other)s.",
    Reason.OPENED_TODAY: (
        "the unit %(code)s opens on the very day of this order; correct that order instead, "
        "or let this one take effect later."
    ),
    Reason.OVERLAP: "the unit %(code)s is already closed by %(other)s of the same order.",
    Reason.CODE_TAKEN: "the code %(code)s belongs to another unit since %(day)s.",
    Reason.LEVEL: "the unit %(code)s cannot stand under or at %(other)s; its level is not lower.",
    Reason.NO_PARENT: "the unit %(code)s would have no parent; name one.",
    Reason.NO_PARTS: "%(code)s names no units to take from or to give to; a divide needs two.",
    Reason.KEEPER: "the keeper %(other)s of %(code)s is not one of its parts.",
    Reason.NO_SUCCESSOR: "%(code)s holds ground; name the successors that take it.",
    Reason.CONTRADICTS: (
        "order %(other)s of %(day)s already changes the unit %(code)s; undo it first, "
        "then apply both in the order of their days."
    ),
    Reason.UNKNOWN_PLACE: "no place has the code %(code)s.",
    Reason.OTHER_DAY: "order %(code)s takes effect on another day than those applied with it.",
}
"""One English sentence for each reason; pages translate them by these texts."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the line in the file (`None` for a form), the act, and the sentence's parts."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None
    act: int | None = None

    @property
    def sentence(self) -> str:
        return self.template % self.values

    def __str__(self) -> str:
        where = f"line {self.line}: " if self.line else ""
        return where + self.sentence


class BadOrder(Refused):
    """An order with faults; nothing of it is applied. `findings` holds every one."""

    def __init__(self, findings: Iterable[Finding], *, where: str = "") -> None:
        self.findings = tuple(findings)
        more = len(self.findings) - 1
        rest = f" ({more} more; see `muster units order check`)" if more else ""
        super().__init__(f"{self.findings[0]}{rest}", code="units.order", where=where)


def findings_of(
    faults: Iterable[Fault], line_of: Callable[[int, str], int | None]
) -> list[Finding]:
    """The kernel's faults as sentences; `line_of(act, code)` knows where a code is written."""
    return [
        Finding(
            SENTENCES[fault.reason],
            {"code": fault.code, "other": fault.other, "day": fault.day},
            line_of(fault.act, fault.code) or line_of(fault.act, fault.other),
            fault.act,
        )
        for fault in faults
    ]
