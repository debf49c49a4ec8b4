"""The grounds of articles 13, 14 and 41 as a table, and the facts they read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw

from muster.domains.recruitment.rules import Terms

col = nw.col


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason not to be called: what it rests on and what proves it.

    `holds` is a narwhals expression over the facts. `evidence` names the paper;
    `re_proved` when it must be shown again. Of a family one man only may have a ground
    that is `one_per_family`; a volunteer `waives` a ground of article 41 (art. 41.3).
    `claim` is the circumstance that must be documented, "" where the entry itself shows it;
    `paper` names what its paper is kept under: the claim, or `study` for a course.
    """

    code: str
    article: str
    holds: Callable[[Terms], nw.Expr]
    because: str
    evidence: str
    re_proved: str
    claim: str = ""
    paper: str = ""
    one_per_family: bool = False

    @property
    def documented(self) -> str:
        """The fact that says whether its paper is shown, "" where none is asked."""
        return f"{self.paper}_documented" if self.paper else ""

    @property
    def outcome(self) -> str:
        """What the article orders: excluded, relieved, exempt, deferred or served."""
        return next(each for begins, each in _OUTCOMES.items() if self.article.startswith(begins))

    @property
    def waivable(self) -> bool:
        """Whether a volunteer may waive it: those of article 41 only."""
        return self.article.startswith("41.")


_OUTCOMES = {
    "13": "excluded",
    "14": "relieved",
    "41.1": "deferred",
    "41.2": "exempt",
    "": "served",
}


def _fact(kind: str) -> Callable[[Terms], nw.Expr]:
    return lambda _: col(kind)


def _begun_after(kind: str, cut: str) -> Callable[[Terms], nw.Expr]:
    return lambda terms: col(kind) & (col(f"{kind}_since") > getattr(terms, cut))


def _begun_by(kind: str, cut: str) -> Callable[[Terms], nw.Expr]:
    return lambda terms: col(kind) & (col(f"{kind}_since") <= getattr(terms, cut))


def _at_school(_: Terms) -> nw.Expr:
    return col("study_level") == "general"


def _studies(_: Terms) -> nw.Expr:
    """Full time, one course of one level: a degree held, or a second course, does not count."""
    level, first = col("study_level"), col("study_course_no") == 1
    tertiary = (level == "college") | (level == "university")
    return tertiary & (col("study_mode") == "full_time") & first & ~col("has_degree")


def _ground(
    article: str, kind: str, because: str, evidence: str, re_proved: str, **more: Any
) -> Ground:
    return Ground(
        code=more.pop("code", kind),
        article=article,
        holds=more.pop("holds", _fact(kind)),
        because=because,
        evidence=evidence,
        re_proved=re_proved,
        claim=kind,
        paper=kind,
        **more,
    )


_ENDS, _SEASON = "when the measure ends", "each season"
_ONCE, _NEVER = "once in a family", "never"
#: A course of study stands in the entry; its certificate, once brought, must still hold.
STUDY = "study"

#: In the order in which they are read: the first that holds is cited.
GROUNDS: tuple[Ground, ...] = (
    _ground("13.1.a", "prosecuted", "is being prosecuted", "decision to prosecute", _ENDS),
    _ground("13.1.a", "serving_sentence", "serves a sentence", "decision to execute the sentence", _ENDS),
    _ground("13.1.a", "record_not_expunged", "has a record that is not yet expunged", "judicial record", _ENDS),
    _ground("13.1.b", "commune_education", "is under education in the commune", "decision of the commune", _ENDS),
    _ground("13.1.b", "compulsory_education", "is in a compulsory education institution", "decision of the court", _ENDS),
    _ground("13.1.b", "compulsory_rehabilitation", "is in compulsory rehabilitation", "decision of the court", _ENDS),
    _ground("13.1.c", "rights_deprived", "is deprived of the right to serve", "judgment", _ENDS),
    _ground("14", "disabled", "is disabled", "certificate of the degree of disability", _NEVER),
    _ground("14", "mental_illness", "has a mental illness", "conclusion of a medical institution", _NEVER),
    _ground("14", "chronic_illness", "has a serious or chronic illness of the list", "conclusion of a medical institution", _NEVER),
    _ground("41.2.a", "child_martyr", "is a child of a martyr", "file of people with merit", _NEVER),
    _ground("41.2.a", "child_invalid_1", "is a child of an invalid of the first grade", "file of people with merit", _NEVER),
    _ground("41.2.b", "brother_martyr", "is the one brother of a martyr", "file of people with merit", _ONCE, one_per_family=True),
    _ground("41.2.c", "child_invalid_2", "is the one child of an invalid of the second grade", "file of people with merit", _ONCE, one_per_family=True),
    _ground("41.2.c", "child_sick_soldier_81", "is the one child of a sick soldier or Agent Orange victim, loss of 81 per cent or more", "file of people with merit", _ONCE, one_per_family=True),
    _ground("41.2.d", "cipher_staff", "works in cipher service without being a soldier", "confirmation of the cipher office", _SEASON),
    _ground("41.2.đ", "special_area_posting", "was sent to a specially difficult area and stayed the full term", "decision of assignment", _SEASON, code="special_area_completed", holds=_begun_by("special_area_posting", "posted_by")),
    _ground("41.1.b", "sole_worker", "is the sole worker who directly supports kin unable to work", "confirmation of the commune People's Committee", _SEASON),
    _ground("41.1.b", "family_damaged", "has a family heavily damaged by accident, disaster or epidemic", "confirmation of the commune People's Committee", _SEASON),
    _ground("41.1.c", "child_sick_soldier_61_80", "is the one child of a sick soldier or Agent Orange victim, loss of 61 to 80 per cent", "policy file", _ONCE, one_per_family=True),
    _ground("41.1.d", "sibling_serving", "has a brother or sister who serves as a soldier", "certificate of the unit or police", "at the sibling's discharge"),
    _ground("41.1.đ", "resettled", "was resettled, first three years", "provincial decision", "when the three years end", holds=_begun_after("resettled", "resettled_by")),
    _ground("41.1.e", "special_area_posting", "is sent to a specially difficult area", "decision of assignment", "at the end of the term, then it exempts", holds=_begun_after("special_area_posting", "posted_by")),
    Ground("school", "41.1.g", _at_school, "attends general school", "enrolment certificate", "every intake", paper=STUDY),
    Ground("study", "41.1.g", _studies, "attends the one full-time course of college or university", "enrolment certificate", "every intake", paper=STUDY),
    _ground("41.1.h", "permanent_militia", "serves in the permanent militia", "decision of selection", "at the end of the term"),
)  # fmt: skip

#: Who has served is not called again in peace.
SERVED: tuple[Ground, ...] = (
    Ground("served", "21", _fact("served"), "has done active service", "", _NEVER),
    Ground("active_service", "21", _fact("active_service"), "is in active service", "", _NEVER),
    Ground("police_service", "4.4", _fact("police_service"), "serves in the People's Police", "", _NEVER),
    Ground("militia_completed", "4.4", _begun_by("permanent_militia", "militia_by"), "has served the full term in the permanent militia", "", _NEVER),
)  # fmt: skip

#: The circumstances that must be shown by a paper.
KINDS = tuple(dict.fromkeys(ground.claim for ground in GROUNDS if ground.claim))
ONE_PER_FAMILY = tuple(ground for ground in GROUNDS if ground.one_per_family)

#: The facts read, by column, with their type. A frame may leave columns out: what it
#: does not have is not the case, and a circumstance without `_documented` counts as shown.
FACTS: Mapping[str, type] = {
    "person_id": int, "birth_date": date, "birth_precision": str, "education_grade": int,
    "has_degree": bool, "study_level": str, "study_mode": str, "study_course_no": int,
    "family_id": int, "deferred_for_study": bool, "served": bool, "active_service": bool,
    "police_service": bool, "volunteer": bool,
    **dict.fromkeys(KINDS, bool),
    **{f"{kind}_documented": bool for kind in (*KINDS, STUDY)},
    **{f"{kind}_since": date for kind in ("resettled", "special_area_posting", "permanent_militia")},
}  # fmt: skip
TYPES: Mapping[type, Any] = {int: nw.Int64, str: nw.String, bool: nw.Boolean, date: nw.Date}
