"""A rule's answer, with everything that a citizen or an inspector may ask of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule concludes from the facts it was given; it proposes, a body decides.

    `outcome`       the rule's own word, such as "deferred" or "callable"
    `article`       the provision it rests on, such as "41.1.g"; empty when none applies
    `reasons`       the facts used, each a sentence
    `missing`       the facts that are not known and could matter
    `would_change`  the evidence that would lead to another outcome
    `confirmed`     false when a legal value it rests on has not been checked

    >>> studies = Verdict("deferred", "41.1.g", ("in the first course of a university",))
    >>> studies.is_complete, studies.confirmed
    (True, True)
    """

    outcome: str
    article: str = ""
    reasons: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    would_change: tuple[str, ...] = ()
    confirmed: bool = True

    @property
    def is_complete(self) -> bool:
        """Whether no fact was missing, so that the outcome can be put to the vote."""
        return not self.missing

    @property
    def is_firm(self) -> bool:
        """Whether the outcome is complete and its legal values are checked."""
        return self.is_complete and self.confirmed
