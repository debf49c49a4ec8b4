"""What a citizen may ask of his own entry, over plain values."""

from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from muster.foundation.register.rules.clocks import LAW
from muster.kernel.errors import Refused

#: What he may ask to be corrected from home; numbers are corrected at the desk, against the card.
CORRECTABLE = (
    "full_name", "birth_date", "ethnicity", "father_name", "mother_name", "occupation",
    "education_grade",
)  # fmt: skip
#: What he tells in his own words; the desk enters it from the paper, then answers.
TOLD = ("sex", "residence", "schooling", "employment", "circumstance", "family")
_HIGHEST_GRADE = 12


class NotCorrectable(Refused):
    """A wish that the entry cannot take, or that it fulfils already."""


def answer_due(asked_on: date) -> date:
    """Until when the office answers: the days of a supplementary change."""
    return asked_on + timedelta(days=LAW.integer("correction_days", asked_on))


def wanted_value(field: str, text: str) -> Any:
    """What is to stand in the entry, read from what was typed; `NotCorrectable` if it cannot.

    >>> wanted_value("birth_date", "2005-05-19"), wanted_value("education_grade", "12")
    (datetime.date(2005, 5, 19), 12)
    """
    bare = " ".join(text.split())
    if field not in (*CORRECTABLE, *TOLD) or not bare:
        raise NotCorrectable("name the fact and what should stand there.", code="own.field")
    try:
        if field == "birth_date":
            return date.fromisoformat(bare)
        if field == "education_grade":
            grade = int(bare)
            return grade if 0 <= grade <= _HIGHEST_GRADE else _refuse(text)
    except ValueError:
        _refuse(text)
    return bare


def _refuse(text: str) -> Any:
    raise NotCorrectable(
        "“%(text)s” cannot stand there; write a day as 2005-05-19, a grade as 12.",
        code="own.value",
        text=text,
    )


def signatory(kind: str, on: date) -> str:
    """Which office signs a paper of the kind on a day; none signs a citizen's own extract."""
    return LAW.text(f"{kind}_signatory", on) if kind != "extract" else ""


def digest(uid: UUID, facts: Mapping[str, str]) -> bytes:
    """SHA-256 of a paper's number and its facts, in the order in which they stand on it.

    The number is random, so that nobody finds the facts by trying.
    """
    text = "\n".join([str(uid), *(f"{name}: {value}" for name, value in facts.items())])
    return sha256(text.encode()).digest()
