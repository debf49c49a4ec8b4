"""Which paper shows what, how long it holds, and which files are papers; plain values only."""

from muster.foundation.evidence.rules.contents import NotAPaper, media_of
from muster.foundation.evidence.rules.kinds import (
    KINDS,
    LAW,
    STUDY,
    UnknownClaim,
    holds_until,
    kind_of,
    largest,
)

__all__ = [
    "KINDS",
    "LAW",
    "STUDY",
    "NotAPaper",
    "UnknownClaim",
    "holds_until",
    "kind_of",
    "largest",
    "media_of",
]
