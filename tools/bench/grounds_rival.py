"""The grounds of articles 13, 14, 30 and 41 once more, as OpenFisca writes law: one variable each.

Vectors of numpy under its simulation, families as group entities, parameters dated by the
day. It is given the same cut-off dates as the house computes, and is not asked for papers
that are missing; its inputs are laid in before the clock starts.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.model_api import DAY, Variable, select
from openfisca_core.parameters import ParameterNode
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from muster.domains.recruitment import rules

NEVER = date(1900, 1, 1)
BARS = (
    ("13.1.a", "prosecuted"), ("13.1.a", "serving_sentence"), ("13.1.a", "record_not_expunged"),
    ("13.1.b", "commune_education"), ("13.1.b", "compulsory_education"),
    ("13.1.b", "compulsory_rehabilitation"), ("13.1.c", "rights_deprived"),
    ("14", "disabled"), ("14", "mental_illness"), ("14", "chronic_illness"),
)  # fmt: skip
EXCUSES = (
    ("41.2.a", "child_martyr"), ("41.2.a", "child_invalid_1"), ("41.2.b", "brother_martyr"),
    ("41.2.c", "child_invalid_2"), ("41.2.c", "child_sick_soldier_81"), ("41.2.d", "cipher_staff"),
    ("41.2.đ", "special_area_completed"), ("41.1.b", "sole_worker"), ("41.1.b", "family_damaged"),
    ("41.1.c", "child_sick_soldier_61_80"), ("41.1.d", "sibling_serving"), ("41.1.đ", "resettled"),
    ("41.1.e", "special_area_posting"), ("41.1.g", "school"), ("41.1.g", "study"),
    ("41.1.h", "permanent_militia"),
)  # fmt: skip
ONE_PER_FAMILY = (
    "brother_martyr", "child_invalid_2", "child_sick_soldier_81", "child_sick_soldier_61_80",
)  # fmt: skip
SERVED = (("21", "served"), ("21", "active_service"), ("4.4", "police_service"))
FLAGS = tuple(
    dict.fromkeys(
        [code for _, code in (*BARS, *EXCUSES, *SERVED)]
        + ["volunteer", "has_degree", "deferred_for_study", "full_time", "first_course"]
        + ["birth_known", "birth_by_day", "in_family"]
    )
)
SINCE = ("resettled_since", "special_area_posting_since", "permanent_militia_since")
DERIVED = {"special_area_completed", "school", "study"}
OUTCOME_OF = {"13": "excluded", "14": "relieved", "41.1": "deferred", "41.2": "exempt"}


class Level(Enum):
    none = "in no course"
    general = "general school"
    vocational = "vocational"
    college = "college"
    university = "university"


#: Outcome, article and ground of every answer, in the order in which the law is read.
ANSWERS: tuple[tuple[str, str, str], ...] = (
    ("out_of_age", "30", ""),
    *(("served", article, code) for article, code in SERVED),
    ("served", "4.4", "militia_completed"),
    *((OUTCOME_OF[a[:2]], a, code) for a, code in BARS),
    ("disputed", "30", "age"),
    *((OUTCOME_OF[a[:4]], a, code) for a, code in EXCUSES),
    ("disputed", "31", "schooling"),
    ("below_standard", "31", "schooling"),
    ("callable", "", ""),
)


def system(terms: rules.Terms) -> TaxBenefitSystem:
    """The country's rules on one day."""
    person = build_entity("person", "persons", "", is_person=True)
    family = build_entity("family", "families", "", roles=[{"key": "member", "plural": "members"}])
    country = TaxBenefitSystem([person, family])
    country.parameters = ParameterNode(
        "", data={"grade": {"values": {"2016-01-01": terms.education_from}}}
    )
    add = partial(_add, country, person)
    for name in FLAGS:
        if name not in DERIVED:
            add(name, bool)
            add(f"{name}_documented", bool, default_value=True)
    for name in (*SINCE, "birth_date"):
        add(name, date, default_value=NEVER)
    add("education_grade", int, default_value=-1)
    add("person_id", int)
    add("level", Enum, possible_values=Level, default_value=Level.none)
    _age(add, terms)
    _grounds(add, terms)
    add("answer", int, formula=_answer)
    return country


def _add(country: Any, person: Any, name: str, kind: type, **more: Any) -> None:
    parts = {"value_type": kind, "entity": person, "definition_period": DAY, "label": name}
    country.add_variable(type(name, (Variable,), parts | more))


def _by(person: Any, period: Any, cut: date) -> Any:
    """Born on or before, for sure."""
    day, ended = np.datetime64(cut), date(cut.year - ((cut.month, cut.day) < (12, 31)), 12, 31)
    exact, born = person("birth_by_day", period), person("birth_date", period)
    return person("birth_known", period) & np.where(
        exact, born <= day, born <= np.datetime64(ended)
    )


def _from(person: Any, period: Any, cut: date) -> Any:
    """Born on or after, for sure."""
    day, begun = np.datetime64(cut), date(cut.year + ((cut.month, cut.day) > (1, 1)), 1, 1)
    exact, born = person("birth_by_day", period), person("birth_date", period)
    return person("birth_known", period) & np.where(
        exact, born >= day, born >= np.datetime64(begun)
    )


def _age(add: Any, terms: rules.Terms) -> None:
    def out_of_age(person: Any, period: Any) -> Any:
        student = person("deferred_for_study", period)
        past = np.where(
            student,
            _by(person, period, terms.upper_student.out_by),
            _by(person, period, terms.upper.out_by),
        )
        minor = np.datetime64(terms.adult_by_any) + np.timedelta64(1, "D")
        return _from(person, period, minor.astype(date)) | past

    def of_age(person: Any, period: Any) -> Any:
        student = person("deferred_for_study", period)
        within = np.where(
            student,
            _from(person, period, terms.upper_student.in_from),
            _from(person, period, terms.upper.in_from),
        )
        return _by(person, period, terms.adult_by) & within

    add("out_of_age", bool, formula=out_of_age)
    add("of_age", bool, formula=of_age)


def _grounds(add: Any, terms: rules.Terms) -> None:
    cuts = {
        "resettled": lambda since: since > np.datetime64(terms.resettled_by),
        "special_area_posting": lambda since: since > np.datetime64(terms.posted_by),
        "special_area_completed": lambda since: since <= np.datetime64(terms.posted_by),
    }

    def school(person: Any, period: Any) -> Any:
        return person("level", period) == Level.general

    def study(person: Any, period: Any) -> Any:
        level = person("level", period)
        tertiary = (level == Level.college) | (level == Level.university)
        first = person("full_time", period) & person("first_course", period)
        return tertiary & first & ~person("has_degree", period)

    def militia_completed(person: Any, period: Any) -> Any:
        since = person("permanent_militia_since", period)
        return person("permanent_militia", period) & (since <= np.datetime64(terms.militia_by))

    def claimed(code: str) -> Any:
        claim = "special_area_posting" if code == "special_area_completed" else code

        def formula(person: Any, period: Any) -> Any:
            shown = person(claim, period) & person(f"{claim}_documented", period)
            if code in cuts:
                shown = shown & cuts[code](person(f"{claim}_since", period))
            return shown

        return formula

    add("school", bool, formula=school)
    add("study", bool, formula=study)
    add("militia_completed", bool, formula=militia_completed)
    for article, code in (*BARS, *EXCUSES):
        shown = code if code in ("school", "study") else f"{code}_claimed"
        if shown != code:
            add(shown, bool, formula=claimed(code))
        add(f"{code}_granted", bool, formula=_granted(article, code, shown))


def _granted(article: str, code: str, shown: str) -> Any:
    def formula(person: Any, period: Any) -> Any:
        found = person(shown, period)
        if article.startswith("41"):
            found = found & ~person("volunteer", period)
        if code in ONE_PER_FAMILY:
            found = found & ~_yields(person, period, shown)
        return found

    return formula


def _yields(person: Any, period: Any, shown: str) -> Any:
    """Whether an elder of the family claims it; of two born on one day the one entered first."""
    known = person("birth_known", period) & ~person("volunteer", period)
    rivals = person(shown, period) & known & ~person("out_of_age", period)
    born = person("birth_date", period).astype(np.int64)
    family = person.family
    eldest = family.min(np.where(rivals, born, np.inf))
    tied = rivals & (born == eldest)
    first = family.min(np.where(tied, person("person_id", period), np.inf))
    return rivals & (person("person_id", period) != first) & person("in_family", period)


def _answer(person: Any, period: Any, parameters: Any) -> Any:
    """The first answer that holds, by its number."""
    doubtful = ~person("of_age", period)
    grade = person("education_grade", period)
    holds = [
        person("out_of_age", period),
        *(person(code, period) for _, code in SERVED),
        person("militia_completed", period),
        *(person(f"{code}_granted", period) for _, code in BARS),
        doubtful,
        *(person(f"{code}_granted", period) for _, code in EXCUSES),
        grade < 0,
        grade < parameters(period).grade,
    ]
    return select(holds, list(range(len(holds))), len(holds))


def simulation(
    country: TaxBenefitSystem, families: Any, on: date, inputs: Mapping[str, Any]
) -> Simulation:
    """A simulation of the day, with its people and their facts laid in."""
    builder = SimulationBuilder()
    builder.create_entities(country)
    ids, at = np.unique(families, return_inverse=True)
    builder.declare_person_entity("person", np.arange(len(families)))
    members = builder.declare_entity("family", np.arange(len(ids)))
    builder.join_with_persons(members, at, roles=np.zeros(len(families), dtype=np.int16))
    made = builder.build(country)
    for name, values in inputs.items():
        made.set_input(name, str(on), values)
    return made


def answers(made: Simulation, on: date) -> Sequence[int]:
    """The number of everybody's answer."""
    return made.calculate("answer", str(on))
