"""Every man's outcome in bulk: age, what each ground comes to, the first that decides.

Dates are compared only with the cut-offs of `Terms`; a birth known by its year alone is
compared as the whole year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, TypeVar

import narwhals as nw

from muster.domains.recruitment.grounds.table import (
    FACTS,
    GROUNDS,
    ONE_PER_FAMILY,
    SERVED,
    TYPES,
    Ground,
)
from muster.domains.recruitment.rules import Terms, Upper

Frame = TypeVar("Frame", nw.DataFrame[Any], nw.LazyFrame[Any])
col = nw.col

#: What `review` adds to the facts.
DECIDED = ("outcome", "article", "ground", "missing", "volunteer")


# ---- age ---------------------------------------------------------------------------------


def _exact() -> nw.Expr:
    return col("birth_precision") == "day"


def _born_by(cut: date) -> nw.Expr:
    """Surely born on or before: a birth known by its year only may lie on its last day."""
    ended = date(cut.year - ((cut.month, cut.day) < (12, 31)), 12, 31)
    return (_exact() & (col("birth_date") <= cut)) | (~_exact() & (col("birth_date") <= ended))


def _born_from(cut: date) -> nw.Expr:
    """Surely born on or after: a birth known by its year only may lie on its first day."""
    begun = date(cut.year + ((cut.month, cut.day) > (1, 1)), 1, 1)
    return (_exact() & (col("birth_date") >= cut)) | (~_exact() & (col("birth_date") >= begun))


def _by_upper(terms: Terms, test: Callable[[Upper], nw.Expr]) -> nw.Expr:
    """The test of the end of 25, or of 27 for those deferred for study."""
    student = col("deferred_for_study")
    return (student & test(terms.upper_student)) | (~student & test(terms.upper))


def _out_of_age(terms: Terms) -> nw.Expr:
    minor = _born_from(terms.adult_by_any + timedelta(days=1))
    return minor | _by_upper(terms, lambda upper: _born_by(upper.out_by))


def _of_age(terms: Terms) -> nw.Expr:
    within = _by_upper(terms, lambda upper: _born_from(upper.in_from))
    return _born_by(terms.adult_by) & within


# ---- one per family ----------------------------------------------------------------------


def _claimed(ground: Ground, terms: Terms) -> nw.Expr:
    """The ground holds and is shown by its paper."""
    holds = ground.holds(terms)
    return holds & col(ground.documented) if ground.paper else holds


def yielding(facts: Frame, terms: Terms) -> Frame:
    """Who yields a ground that one of a family may have: all claimants but the eldest.

    Claims count of men of age who have not waived theirs. Of two born on one day the
    one entered first has it, so that the answer is the same on every machine.
    """
    family, born, who = "family_id", col("birth_date"), col("person_id")
    known = ~col(family).is_null() & ~born.is_null() & ~col("volunteer")
    mine = {ground.code: _claimed(ground, terms) for ground in ONE_PER_FAMILY}
    some = nw.any_horizontal(*mine.values(), ignore_nulls=True)
    # The few who claim are picked first, so that ages are compared for them only.
    claims = facts.filter(some & known).filter(~_out_of_age(terms))
    claims = claims.select("person_id", family, "birth_date", **mine)
    for ground in ONE_PER_FAMILY:
        eldest = nw.when(col(ground.code)).then(born).min().over(family)
        claims = claims.with_columns(eldest.alias("_eldest"))
        tied = nw.when(col(ground.code) & (born == col("_eldest"))).then(who)
        claims = claims.with_columns(tied.min().over(family).alias("_first"))
        gives_way = col(ground.code) & (who != col("_first"))
        claims = claims.with_columns(gives_way.alias(yields(ground)))
    claims = claims.select("person_id", *YIELDS)
    return claims.filter(nw.any_horizontal(*map(col, YIELDS), ignore_nulls=True))


def yields(ground: Ground) -> str:
    """The flag of those who yield the ground to another of their family."""
    return f"_{ground.code}_yields"


YIELDS = tuple(yields(ground) for ground in ONE_PER_FAMILY)


# ---- the outcome -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in the columns of a man for whom `when` is the first that holds."""

    when: nw.Expr
    outcome: str
    article: str = ""
    ground: str = ""
    missing: str = ""


@lru_cache(maxsize=32)
def answers(terms: Terms) -> tuple[Answer, ...]:
    """Every answer in the order in which it is looked for; the last holds for anybody."""
    in_force = [ground for ground in GROUNDS if ground.code in terms.grounds]
    bars = [ground for ground in in_force if not ground.waivable]
    excuses = [ground for ground in in_force if ground.waivable]
    return (
        Answer(_out_of_age(terms), "out_of_age", "30"),
        *_granting(SERVED, terms),
        *_granting(bars, terms),
        *_age_in_doubt(terms),
        *_granting(excuses, terms),
        *_schooling(terms),
        *(
            Answer(_unproved(each, terms), "callable", missing=each.documented)
            for each in in_force
            if each.paper
        ),
        Answer(nw.lit(value=True), "callable"),
    )


def _granting(grounds: Sequence[Ground], terms: Terms) -> Iterator[Answer]:
    for each in grounds:
        yield Answer(_granted(each, terms), each.outcome, each.article, each.code)


def _granted(ground: Ground, terms: Terms) -> nw.Expr:
    """Whether the ground decides: shown, not waived, not another's of the family."""
    found = _claimed(ground, terms)
    if ground.waivable:
        found = found & ~col("volunteer")
    if ground.one_per_family:
        found = found & ~col(yields(ground))
    return found


def _unproved(ground: Ground, terms: Terms) -> nw.Expr:
    """Claimed and not shown, so that a paper would change the outcome."""
    found = ground.holds(terms) & ~col(ground.documented)
    return found & ~col("volunteer") if ground.waivable else found


def _age_in_doubt(terms: Terms) -> Iterator[Answer]:
    """Where a birth date is not exact enough, or day and month read differently."""
    unknown = col("birth_date").is_null()
    doubtful = ~_of_age(terms) | unknown
    yield Answer(doubtful & (~_exact() | unknown), "disputed", "30", "age", "birth_date")
    yield Answer(doubtful, "disputed", "30", "age")


def _schooling(terms: Terms) -> Iterator[Answer]:
    grade = col("education_grade")
    yield Answer(grade.is_null(), "disputed", "31", "schooling", "education_grade")
    yield Answer(grade < terms.education_from, "below_standard", "31", "schooling")


def review(facts: Frame, terms: Terms) -> Frame:
    """The facts of `FACTS` with outcome, article, ground and what is missing, man by man.

    `outcome`: out_of_age, served, excluded, relieved, exempt, deferred, disputed,
    below_standard or callable; `ground` the code behind it; `missing` the fact that is
    not known and could change it, "" where all is known; `volunteer` as told.
    """
    known = _completed(facts)
    rows = known.join(yielding(known, terms), on="person_id", how="left")
    rows = rows.with_columns(col(*YIELDS).fill_null(value=False))
    found = answers(terms)
    # The number of the first answer that holds; one that does not gives no number.
    numbers = (nw.when(answer.when).then(nw.lit(at, nw.Int8)) for at, answer in enumerate(found))
    told = rows.with_columns(nw.coalesce(*numbers).alias("_answer")).drop(YIELDS)
    texts = (_text(found, name).alias(name) for name in DECIDED if name != "volunteer")
    return told.with_columns(*texts).drop("_answer")


def _text(found: Sequence[Answer], name: str) -> nw.Expr:
    texts = [str(getattr(answer, name)) for answer in found]
    return col("_answer").replace_strict(
        list(range(len(texts))), texts, default=None, return_dtype=nw.String
    )


def _completed(facts: Frame) -> Frame:
    """The facts with every column, and no unknown among the flags."""
    has = facts.collect_schema().names()
    made = []
    for name, kind in FACTS.items():
        known = col(name) if name in has else nw.lit(None, TYPES[kind]).alias(name)
        unknown = unknown_as(name, given=name in has)
        made.append(known if unknown is None else known.fill_null(unknown))
    return facts.with_columns(*made)


def unknown_as(name: str, *, given: bool) -> bool | str | None:
    """What an empty cell of a column means, `given` whether the source has the column.

    A circumstance that a source cannot document counts as shown.
    """
    if FACTS[name] is bool:
        return name.endswith("_documented") and not given
    if FACTS[name] is str:
        return "day" if name == "birth_precision" else ""
    return None
