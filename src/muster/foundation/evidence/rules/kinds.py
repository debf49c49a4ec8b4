"""The papers that the grounds of articles 13, 14 and 41 ask for, and how long each holds."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from muster.kernel.errors import Refused
from muster.kernel.parameters import load

LAW = load(Path(__file__).parents[1] / "parameters.toml")

#: What the entry of a course rests on; it is no circumstance of the register.
STUDY = "study"

#: Kind of paper → the claims that it shows: circumstances of the register, or `STUDY`.
KINDS: Mapping[str, tuple[str, ...]] = {
    "enrolment_certificate": (STUDY,),
    "commune_confirmation": ("sole_worker", "family_damaged"),
    "policy_file": ("child_sick_soldier_61_80",),
    "unit_certificate": ("sibling_serving",),
    "provincial_decision": ("resettled",),
    "assignment_decision": ("special_area_posting",),
    "selection_decision": ("permanent_militia",),
    "merit_file": (
        "child_martyr",
        "child_invalid_1",
        "brother_martyr",
        "child_invalid_2",
        "child_sick_soldier_81",
    ),
    "cipher_confirmation": ("cipher_staff",),
    "disability_certificate": ("disabled",),
    "medical_conclusion": ("mental_illness", "chronic_illness"),
    "prosecution_decision": ("prosecuted",),
    "sentence_decision": ("serving_sentence",),
    "judicial_record": ("record_not_expunged",),
    "commune_decision": ("commune_education",),
    "court_decision": ("compulsory_education", "compulsory_rehabilitation"),
    "judgment": ("rights_deprived",),
}

_KIND_OF = {claim: kind for kind, claims in KINDS.items() for claim in claims}


class UnknownClaim(Refused):
    """A claim that no kind of paper shows."""


def kind_of(claim: str) -> str:
    """The kind of paper that shows a claim; `UnknownClaim` for one that needs none.

    >>> kind_of("sole_worker")
    'commune_confirmation'
    """
    if claim not in _KIND_OF:
        raise UnknownClaim(f'no paper is known to show "{claim}".', code="evidence.claim")
    return _KIND_OF[claim]


def holds_until(kind: str, issued_on: date) -> date | None:
    """The first day on which a paper no longer shows its claim; None = it holds for ever.

    What the paper itself says goes before; this is for papers that name no day.

    >>> holds_until("merit_file", date(2026, 5, 4)) is None
    True
    """
    name = f"{kind}_days"
    if name not in LAW:
        return None
    return issued_on + timedelta(days=LAW.integer(name, issued_on))


def largest(on: date) -> int:
    """How many bytes a paper may have."""
    return LAW.integer("largest_bytes", on)
