"""Where names stand in the chain of councils between a proposal and its signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from muster.foundation.decisions import rules
from muster.foundation.decisions.models import Proposal, Resolution, labels
from muster.foundation.units import queries as units

#: The last row of a name that no council lost and nobody has signed yet: where it stands.
_STANDS = """
    p.line_id is null and p.carried is distinct from false and not exists (
        select from decisions_proposal n
        where n.origin_id = coalesce(p.origin_id, p.id) and n.id > p.id)
"""


@dataclass(frozen=True, slots=True)
class ToSign:
    """What has passed every council of an act, and an office has to sign."""

    unit_id: int
    act: str
    season: str
    names: int
    councils: int

    @property
    def title(self) -> str:
        """The act in the reader's language."""
        return labels.label(labels.KINDS, self.act)


@dataclass(frozen=True, slots=True)
class ToReview:
    """What a council carried and the council of `unit_id` has still to review."""

    unit_id: int
    act: str
    season: str
    names: int

    @property
    def title(self) -> str:
        """The act in the reader's language."""
        return labels.label(labels.KINDS, self.act)


def ready(act: rules.Act) -> tuple[str, list[Any]]:
    """The condition on `decisions_proposal p` that no council has still to see a name.

    Carried by the last council of the chain; of an act without a chain, merely laid.
    """
    return (
        f"""
        {_STANDS} and p.act = %s
        and (p.carried or %s and p.resolution_id is null)
        and exists (select from units_unit u where u.id = p.unit_id and u.level = any(%s))
        """,
        [act.code, not act.steps, list(act.last_levels)],
    )


def unsent(act: rules.Act, on: date) -> tuple[str, list[Any]]:
    """A select of `id, unit_id`: names carried, and the unit whose council sees them next."""
    ground, values = units.ground_by_level(on)
    steps = {level: act.step_after(level) for level in rules.LEVELS}
    going = [(level, step) for level, step in steps.items() if step]
    chosen = " ".join(f"when '{level}' then g.{step}_id" for level, step in going)
    return (
        f"""
        select p.id, case u.level {chosen or "when '' then null::bigint"} end as unit_id
        from decisions_proposal p
        join units_unit u on u.id = p.unit_id
        join ({ground}) g on g.place_id = p.place_id
        where {_STANDS} and p.carried and p.act = %s and u.level = any(%s)
        """,
        [*values, act.code, [level for level, _step in going]],
    )


def still_to_review(act: rules.Act, season: str, on: date) -> dict[int, int]:
    """Unit → names that another council carried and its own has still to review."""
    select, values = unsent(act, on)
    return dict(
        _rows(
            f"""
            select unit_id, count(*) from (
                select p.unit_id from decisions_proposal p
                where {_STANDS} and p.origin_id is not null and p.resolution_id is null
                  and p.act = %s and p.season = %s
                union all
                select s.unit_id from ({select}) s
                join decisions_proposal p on p.id = s.id and p.season = %s
            ) waiting where unit_id is not null group by 1 order by 1
            """,
            [act.code, season, *values, season],
        )
    )


def to_review(on: date) -> list[ToReview]:
    """Every list that a council has still to review, as far as the reader sees it."""
    return [
        ToReview(unit, code, season, names)
        for code, season in _under_way()
        for unit, names in still_to_review(rules.act(code, on), season, on).items()
    ]


def to_sign(unit_ids: Sequence[int], levels: Sequence[str], on: date) -> list[ToSign]:
    """Lists past their last council that offices of these levels sign on a day."""
    found = []
    for code, season in _under_way():
        act = rules.act(code, on)
        where, values = ready(act)
        ((names, councils),) = _rows(
            f"""
            select count(*), count(distinct o.unit_id) filter (where o.carried)
            from decisions_proposal p
            join decisions_proposal o on o.id = coalesce(p.origin_id, p.id)
            where {where} and p.season = %s
            """,
            [*values, season],
        )
        found += [
            ToSign(unit, code, season, names, councils)
            for unit, level in zip(unit_ids, levels, strict=True)
            if names and act.office_at(level)
        ]
    return found


def under_review(unit_id: int, act: str, season: str) -> "QuerySet[Resolution]":
    """The resolutions that first carried the names lying before a unit's council for review."""
    waiting = Proposal.objects.filter(
        unit=unit_id, act=act, season=season, resolution=None, line=None, origin__isnull=False
    )
    found = Resolution.objects.filter(pk__in=waiting.values("origin__resolution"))
    return found.select_related("body").order_by("adopted_on", "pk")


def proposers(act: str, season: str) -> list[int]:
    """The units that first proposed names that nobody has signed yet."""
    found = _rows(
        f"""
        select distinct o.unit_id from decisions_proposal p
        join decisions_proposal o on o.id = coalesce(p.origin_id, p.id)
        where {_STANDS} and p.act = %s and p.season = %s order by 1
        """,
        [act, season],
    )
    return [row[0] for row in found]


def _under_way() -> list[tuple[str, str]]:
    """The acts and seasons with names that nobody has signed yet."""
    return [
        (act, season)
        for act, season in _rows(
            f"select distinct act, season from decisions_proposal p where {_STANDS} order by 1, 2",
            [],
        )
    ]


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
