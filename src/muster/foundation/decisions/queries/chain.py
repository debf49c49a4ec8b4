"""Where names stand in the chain of councils between a proposal and its signature.

The law of the day names the chain, of any length. Both ways to a signature ask
`next_council` who has to see a name: those proposed at a desk, and lists of thousands.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from muster.foundation.decisions import rules
from muster.foundation.decisions.models import Proposal, Resolution, labels
from muster.foundation.units import queries as units


@dataclass(frozen=True, slots=True)
class Names:
    """So many names of an act that wait with a unit."""

    unit_id: int
    act: str
    season: str
    names: int

    @property
    def title(self) -> str:
        """The act in the reader's language."""
        return labels.label(labels.KINDS, self.act)


@dataclass(frozen=True, slots=True)
class ToSign(Names):
    """What has passed every council of an act, and an office has to sign."""

    councils: int


class ToReview(Names):
    """What a council carried and the council of `unit_id` has still to review."""

    __slots__ = ()


class Astray(Names):
    """Names that lie where the law of the day has nobody vote on them: `unit_id` is next."""

    __slots__ = ()


def next_council(act: rules.Act, carried: str, ground: str) -> str:
    """SQL: the unit of a place whose council is next; null = an office may sign.

    `carried` is an array of the levels whose councils carried the name, `ground` the alias
    of `units.ground_by_level`. The same as `Act.next_step`, but that a level without a unit
    over the place has no council to ask, and an island district stands for its commune.
    """
    done = {step: f"'{step}' = any({carried})" for step in act.steps}
    if "commune" in done:
        island = f"{ground}.commune_id = {ground}.district_id and 'district' = any({carried})"
        done["commune"] += f" or {island}"
    steps = (f"case when {done[step]} then null else {ground}.{step}_id end" for step in done)
    return f"coalesce({', '.join([*steps, 'null::bigint'])})"


def standing(act: rules.Act, season: str, on: date) -> tuple[str, list[Any]]:
    """A select of the names that nobody signed and no council lost, and who is next by law.

    Columns: `row_ids` of a name in their order, the last of them `id`; `unit_id` where it
    lies and `waits` for a vote; `proposer_id`; `resolution_ids` that carried it so far;
    `next_id`; what was proposed (`person_id` to `facts`); the units over its place.
    """
    ground, values = units.ground_by_level(on)
    return (
        f"""
        select n.*, g.*, {next_council(act, "n.carried", "g")} as next_id
        from (
            select array_agg(p.id order by p.id) as row_ids, max(p.id) as id,
                   bool_or(p.resolution_id is null) as waits,
                   (array_agg(p.unit_id order by p.id))[1] as proposer_id,
                   (array_agg(p.unit_id order by p.id desc))[1] as unit_id,
                   coalesce(array_agg(p.resolution_id order by p.id) filter (where p.carried),
                            '{{}}') as resolution_ids,
                   coalesce(array_agg(u.level) filter (where p.carried), '{{}}') as carried,
                   min(p.person_id) as person_id, min(p.place_id) as over_id,
                   min(p.outcome) as outcome, min(p.article) as article, min(p.ground) as ground,
                   (array_agg(p.facts))[1] as facts, min(p.proposed_on) as proposed_on
            from decisions_proposal p join units_unit u on u.id = p.unit_id
            where p.line_id is null and p.act = %s and p.season = %s
            group by coalesce(p.origin_id, p.id)
            having bool_and(p.carried is distinct from false)
        ) n join ({ground}) g on g.place_id = n.over_id
        """,
        [act.code, season, *values],
    )


def staged_units(level: str, on: date, *, without: Iterable[int] = ()) -> dict[int, int]:
    """Place → the unit of a level over it on a day, of the places in the staged list."""
    ground, values = units.ground_by_level(on)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select g.place_id, g.{level}_id
            from (select distinct place_id from staged_lines) s
            join ({ground}) g on g.place_id = s.place_id
            where g.{level}_id is not null and not g.{level}_id = any(%s) order by g.{level}_id
            """,
            [*values, list(without)],
        )
        return dict(cursor.fetchall())


def still_to_review(act: rules.Act, season: str, on: date) -> dict[int, int]:
    """Unit → names that its council has still to see, beside those proposed to it."""
    select, values = standing(act, season, on)
    return dict(
        _rows(
            f"""
            select next_id, count(*) from ({select}) s
            where next_id is not null and (resolution_ids <> '{{}}' or next_id <> unit_id)
            group by 1 order by 1
            """,
            values,
        )
    )


def to_review(on: date) -> list[ToReview]:
    """Every list that a council has still to review, as far as the reader sees it."""
    return [
        ToReview(unit, code, season, names)
        for code, season in _under_way()
        for unit, names in still_to_review(rules.act(code, on), season, on).items()
    ]


def astray(unit_ids: Sequence[int], on: date) -> list[Astray]:
    """What lies with these units or is next with them, and has yet to be laid before a council."""
    found = []
    for code, season in _moved_under(on):
        select, values = standing(rules.act(code, on), season, on)
        found += [
            Astray(unit, code, season, names)
            for unit, names in _rows(
                f"""
                select next_id, count(*) from ({select}) s
                where {ASTRAY} and (next_id = any(%s) or unit_id = any(%s)) group by 1 order by 1
                """,
                [*values, list(unit_ids), list(unit_ids)],
            )
        ]
    return found


#: A name of `standing` that some other council than the one where it lies has to see.
ASTRAY = "next_id is not null and (not waits or next_id <> unit_id)"


def to_sign(unit_ids: Sequence[int], levels: Sequence[str], on: date) -> list[ToSign]:
    """Lists past their last council that offices of these levels sign on a day."""
    found = []
    for code, season in _under_way():
        act = rules.act(code, on)
        select, values = standing(act, season, on)
        for unit, level in zip(unit_ids, levels, strict=True):
            if not act.office_at(level):
                continue
            ((names, councils),) = _rows(
                f"""
                select count(*), count(distinct proposer_id) filter (where resolution_ids <> '{{}}')
                from ({select}) s where next_id is null and {level}_id = %s
                """,
                [*values, unit],
            )
            found += [ToSign(unit, code, season, names, councils)] if names else []
    return found


def under_review(unit_id: int, act: str, season: str) -> "QuerySet[Resolution]":
    """The resolutions that carried the names lying before a unit's council so far."""
    waiting = Proposal.objects.filter(
        unit=unit_id, act=act, season=season, resolution=None, line=None, origin__isnull=False
    ).values("origin")
    carried = Proposal.objects.filter(Q(pk__in=waiting) | Q(origin__in=waiting))
    found = Resolution.objects.filter(pk__in=carried.values("resolution"))
    return found.select_related("body").order_by("adopted_on", "pk")


def _moved_under(on: date) -> list[tuple[str, str]]:
    """The acts and seasons whose chain or whose ground changed since a name was proposed.

    Only such names can be astray, since every vote lays what it carried before the next council.
    """
    oldest = _rows(
        """
        select act, season, min(proposed_on), (
            select coalesce(max(valid_from), '0001-01-01') from units_tenure where valid_from <= %s)
        from decisions_proposal p where line_id is null and carried is distinct from false
        group by 1, 2 order by 1, 2
        """,
        [on],
    )
    return [
        (act, season)
        for act, season, proposed_on, ground_since in oldest
        if proposed_on < max(ground_since, _chain_since(act, on))
    ]


def _chain_since(act: str, on: date) -> date:
    """The day since which the law in force on a day names the councils of an act."""
    name = f"{act}_steps"
    return rules.LAW.on(name, on).valid_from if name in rules.LAW else date.min


def _under_way() -> list[tuple[str, str]]:
    """The acts and seasons with names that nobody has signed yet."""
    return _rows(
        """
        select distinct act, season from decisions_proposal p
        where p.line_id is null and p.carried is distinct from false and not exists (
            select from decisions_proposal n
            where n.origin_id = coalesce(p.origin_id, p.id) and n.id > p.id)
        order by 1, 2
        """,
        [],
    )


def _rows(sql: str, values: Sequence[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
