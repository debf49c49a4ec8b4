"""What the rules read of a season's men: the register's facts, and what the seasons know."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
from django.db import connection

from muster.domains.recruitment import rules
from muster.domains.recruitment.models import Season, State
from muster.foundation.evidence import queries as evidence
from muster.foundation.evidence.rules import STUDY
from muster.foundation.register import queries as register

_SERVED = [State.HANDED_OVER, State.SERVING, State.DISCHARGED]


def facts(season: Season | None, place_ids: Sequence[int], on: date) -> pl.DataFrame:
    """The register's facts of the day with what other seasons' decisions say of each man.

    `deferred_for_study`: a degree, or an earlier deferral for college or university,
    extends the call-up age (art. 30). `served`: in service, or done with it.
    `sibling_serving` also where a brother went with a season of ours and his term runs.
    Where papers were brought for a circumstance, it is documented while one of them holds.
    """
    men = _with_papers(register.facts(place_ids, on), on)
    other = season.pk if season else 0
    done = rules.begun_by(on, rules.LAW.integer("service_months", on))
    who, families = men["person_id"], men["family_id"]
    deferred = _among(who, _DEFERRED, [on])
    served = _among(who, _WHO_SERVED, [other, _SERVED, on, on])
    brother = _among(families, _FAMILIES, [other, _SERVED, on, done]).fill_null(value=False)
    return men.with_columns(
        deferred_for_study=deferred | men["has_degree"],
        served=served,
        sibling_serving=men["sibling_serving"] | brother,
        sibling_serving_documented=men["sibling_serving_documented"] | brother,
    )


def _with_papers(men: pl.DataFrame, on: date) -> pl.DataFrame:
    """A paper that was brought goes before what the register names or shows: it may lapse."""
    few = men["person_id"].to_list() if len(men) <= _FEW else None
    men = men.with_columns(pl.lit(value=True).alias(f"{STUDY}_documented"))
    brought = evidence.shown(on, few)
    for (claim,), rows in brought.group_by("claim"):
        documented = f"{claim}_documented"
        men = men.join(
            rows.select("person_id", "shown"), on="person_id", how="left", maintain_order="left"
        )
        men = men.with_columns(pl.coalesce("shown", documented).alias(documented)).drop("shown")
    return men


_FEW = 3000


def _among(ids: pl.Series, query: str, values: Sequence[Any]) -> pl.Series:
    """Which of the ids the query finds; of a few men, only they are looked up."""
    if len(ids) <= _FEW:
        query = f"select q.id from ({query}) q (id) where q.id = any(%s)"
        values = [*values, ids.drop_nulls().to_list()]
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found = pl.Series([row[0] for row in cursor.fetchall()], dtype=pl.Int64)
    return ids.is_in(found.implode())


_DEFERRED = """
    select distinct l.person_id from decisions_line l
    join decisions_decision d on d.id = l.decision_id
    where d.kind = 'deferral' and d.signed_on < %s and l.ground = 'study'
"""
_WHO_SERVED = """
    select c.person_id from recruitment_case c
    join recruitment_season s on s.id = c.season_id
    where c.season_id <> %s and c.state = any(%s) and s.hand_over_on <= %s
    union
    select person_id from register_circumstance
    where kind in ('active_service', 'police_service') and valid_from <= %s
"""
_FAMILIES = """
    select distinct p.family_id from recruitment_case c
    join recruitment_season s on s.id = c.season_id
    join register_person p on p.id = c.person_id
    where c.season_id <> %s and c.state = any(%s)
      and s.hand_over_on <= %s and s.hand_over_on > %s and p.family_id is not null
"""
