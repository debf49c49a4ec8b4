"""One citizen explained, from the same expressions that decide millions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import narwhals as nw

from muster.domains.recruitment.grounds.reviewing import (
    YIELDS,
    Answer,
    answers,
    unknown_as,
    yielding,
    yields,
)
from muster.domains.recruitment.grounds.table import FACTS, GROUNDS, SERVED, TYPES, Ground
from muster.domains.recruitment.rules import Terms
from muster.kernel.verdicts import Verdict

Facts = Mapping[str, Any]

_BY_CODE = {(ground.outcome, ground.code): ground for ground in (*GROUNDS, *SERVED)}
_UNKNOWN = {
    "birth_date": "day and month of birth",
    "education_grade": "last grade completed",
}
_NOT_ASKED = ("out_of_age", "served")


def explain(facts: Facts, terms: Terms, *, family: Sequence[Facts] = ()) -> Verdict:
    """The outcome of one man with the article, the facts used and missing, and what would change it.

    `facts` holds columns of `FACTS`; `family` the same of others with his `family_id`,
    among whom a ground of one per family is given. Sentences are English; what stands
    behind their colon is a value.
    """
    him, *others = (_completed(each, -number) for number, each in enumerate((facts, *family)))
    gives_way = _yielded([him, *others], terms) if others else frozenset()
    him |= {name: name in gives_way for name in YIELDS}
    answer, held = _read(him, terms)
    found = _Found(him, answer, held, terms)
    return Verdict(
        outcome=answer.outcome,
        article=answer.article,
        reasons=tuple(dict.fromkeys(found.reasons())),
        missing=tuple(dict.fromkeys(found.missing())),
        would_change=tuple(dict.fromkeys(found.would_change())),
        confirmed=terms.confirmed,
    )


def _completed(facts: Facts, number: int) -> dict[str, Any]:
    """The facts with every column, and no unknown among the flags."""
    row: dict[str, Any] = {"person_id": number}
    for name in FACTS:
        value = facts.get(name)
        row[name] = unknown_as(name, given=name in facts) if value is None else value
    return row | ({"person_id": number} if row["person_id"] is None else {})


def _frame(
    rows: Sequence[Facts], names: Sequence[str], types: Mapping[str, Any]
) -> nw.DataFrame[Any]:
    return nw.from_dict({n: [row[n] for row in rows] for n in names}, types, backend="polars")


_SCHEMA = {name: TYPES[kind] for name, kind in FACTS.items()}


def _yielded(rows: Sequence[Facts], terms: Terms) -> frozenset[str]:
    """The flags of the grounds that the first of the rows yields to another of his family."""
    gives_way = yielding(_frame(rows, list(FACTS), _SCHEMA), terms).rows(named=True)
    mine = (row for row in gives_way if row["person_id"] == rows[0]["person_id"])
    return frozenset(name for row in mine for name in YIELDS if row[name])


@lru_cache(maxsize=32)
def _questions(terms: Terms) -> tuple[tuple[Ground, ...], tuple[nw.Expr, ...]]:
    """The grounds in force, and one column per answer, then per ground."""
    in_force = tuple(ground for ground in GROUNDS if ground.code in terms.grounds)
    asked = (*(each.when for each in _outcomes(terms)), *(each.holds(terms) for each in in_force))
    return in_force, tuple(each.alias(str(number)) for number, each in enumerate(asked))


@lru_cache(maxsize=32)
def _outcomes(terms: Terms) -> tuple[Answer, ...]:
    """The answers, without those that only say which paper a callable man lacks."""
    return tuple(each for each in answers(terms) if not each.missing.endswith("_documented"))


def _read(him: Facts, terms: Terms) -> tuple[Answer, tuple[Ground, ...]]:
    """The first answer that holds, and every ground that his facts come under."""
    in_force, questions = _questions(terms)
    types = _SCHEMA | dict.fromkeys(YIELDS, nw.Boolean())
    (told,) = _frame([him], list(types), types).select(*questions).rows()
    found = _outcomes(terms)
    first = next(answer for answer, holds in zip(found, told, strict=False) if holds)
    return first, tuple(g for g, holds in zip(in_force, told[len(found) :], strict=True) if holds)


def _said(label: str, value: object) -> str:
    return f"{label}: {value}"


@dataclass(frozen=True, slots=True)
class _Found:
    """A man's facts, the answer, and the grounds under which his facts come."""

    him: Facts
    answer: Answer
    held: tuple[Ground, ...]
    terms: Terms

    def reasons(self) -> Iterator[str]:
        """The facts used, those that decide first."""
        answer, terms = self.answer, self.terms
        if ground := _BY_CODE.get((answer.outcome, answer.ground)):
            yield ground.because
            if since := self.him.get(f"{ground.claim}_since"):
                yield _said("since", since)
        elif answer.ground == "schooling" or answer.outcome == "callable":
            yield _said("last grade completed", self._or_unknown("education_grade"))
            yield _said("grade asked", terms.education_from)
        yield _said("born on", self._or_unknown("birth_date"))
        yield _said("hand-over on", terms.hand_over)
        if answer.ground == "age" and not answer.missing:
            yield "the end of the age is read by the day and by the month, and they differ"
        for each in self.held:
            if self._waives(each):
                yield _said("volunteers and waives the ground of article", each.article)
            elif self._yields(each):
                yield _said("another of the family has the ground of article", each.article)
        yield from (_said("unconfirmed", note) for note in terms.notes)

    def missing(self) -> Iterator[str]:
        """The facts and papers that are not known and could change the outcome."""
        if self.answer.missing in _UNKNOWN:
            yield _UNKNOWN[self.answer.missing]
        yield from (each.evidence for each in self._unshown())

    def would_change(self) -> Iterator[str]:
        """What somebody could bring, or decide, so that the outcome is another."""
        answer = self.answer
        if answer.outcome == "disputed" and answer.ground == "age":
            by_paper = answer.missing == "birth_date"
            yield (
                "birth certificate with the full date"
                if by_paper
                else "decision on how the end of the age is read"
            )
        if answer.outcome == "below_standard":
            yield "approval of a lower grade for his commune"
        for each in self._unshown():
            yield _said(each.evidence, each.article)
        for each in self.held:
            if self._waives(each):
                yield "taking back the application to volunteer"
        if ground := _BY_CODE.get((answer.outcome, answer.ground)):
            yield _said("must be proved again", ground.re_proved)
            if ground.waivable:
                yield "application to volunteer (art. 41.3)"

    def _or_unknown(self, name: str) -> object:
        return "not known" if self.him[name] is None else self.him[name]

    def _waives(self, ground: Ground) -> bool:
        return ground.waivable and bool(self.him["volunteer"])

    def _yields(self, ground: Ground) -> bool:
        return bool(self.him.get(yields(ground)))

    def _unshown(self) -> Iterator[Ground]:
        if self.answer.outcome not in _NOT_ASKED:
            for each in self.held:
                shown = not each.paper or self.him[each.documented]
                if not shown and not self._waives(each):
                    yield each
