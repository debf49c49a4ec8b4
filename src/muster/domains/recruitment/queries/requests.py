"""What a man may ask for at the desk, and where his request stands."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import narwhals as nw
import polars as pl
from django.db import connection

from muster.domains.recruitment import grounds, rules
from muster.domains.recruitment.models import Case
from muster.domains.recruitment.queries.cases import facts_in_season
from muster.foundation.decisions import rules as deciding
from muster.foundation.decisions.models import Proposal
from muster.foundation.units import queries as units


@dataclass(frozen=True, slots=True)
class Relief:
    """What the law gives a man by his facts of a day, and the facts that it rests on."""

    outcome: str
    article: str
    ground: str
    relied_on: dict[str, Any]


def relief(case: Case, on: date) -> Relief | None:
    """The outcome of a man's facts on a day, None where he is on no roll."""
    found = facts_in_season(case, on)
    if found is None:
        return None
    him, family = found
    frame = nw.from_native(pl.DataFrame([him, *family], infer_schema_length=None), eager_only=True)
    judged = grounds.review(frame, rules.terms(on, case.season.hand_over_on))
    (row,) = judged.filter(nw.col("person_id") == case.person_id).rows(named=True)
    told = {name: row[name] for name in ("outcome", "article", "ground")}
    return Relief(**told, relied_on=_relied_on(him, row["ground"]))


def _relied_on(him: dict[str, Any], ground: str) -> dict[str, Any]:
    """His age, schooling and the ground's own facts, as plain values."""
    names = ("birth_date", "birth_precision", "education_grade")
    studies = ("study_level", "study_mode", "study_course_no", "study_until")
    claim = next((each.claim for each in grounds.GROUNDS if each.code == ground), "")
    own = (claim, f"{claim}_since") if claim else studies
    facts = {name: him.get(name) for name in (*names, *own)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in facts.items()
        if value is not None
    }


def commune_of(place_id: int, on: date) -> int:
    """The commune in which a place lies on a day."""
    return unit_of(place_id, "commune", on)


def first_council(act: str, place_id: int, on: date) -> int:
    """The unit whose council votes first on an act about somebody of a place."""
    return unit_of(place_id, next(iter(deciding.act(act, on).steps), "commune"), on)


def unit_of(place_id: int, level: str, on: date) -> int:
    """The unit of a level in which a place lies on a day."""
    ground, values = units.ground_by_level(on)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {level}_id from ({ground}) g where place_id = %s", [*values, place_id]
        )
        found: int = cursor.fetchone()[0]
    return found


def may_be_shown(on: date) -> list[grounds.Ground]:
    """The letters of article 41 that a man may show at the desk on a day, as the law orders them.

    A ground that only follows from the length of another is not asked for by itself.
    """
    in_force = rules.LAW.value("grounds", on)
    asked = [
        each
        for each in grounds.GROUNDS
        if each.waivable and each.code in in_force and each.claim in ("", each.code)
    ]
    return sorted(asked, key=lambda each: each.article.replace("đ", "d~"))  # đ comes after d


def request_of(case: Case) -> Proposal | None:
    """Where a man's last request in the season stands; none once it is signed, either way."""
    found = Proposal.objects.filter(person=case.person_id, season=case.season.key)
    last = found.select_related("resolution").order_by("-pk").first()
    return last if last and last.line_id is None else None
