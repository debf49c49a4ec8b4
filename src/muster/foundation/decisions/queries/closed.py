"""Outcomes that are not everybody's to read: whose time is up, and which lines tell of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from muster.foundation.decisions import rules
from muster.foundation.decisions.models import labels

#: From each line: what it replaced, what replaced it, what answered a complaint or a mark on it.
_TOLD = """
    with recursive told (root, id) as (
        select l.id, l.id from decisions_line l where {roots}
        union
        select t.root, n.id from told t cross join lateral (
            select id from decisions_line where replaces_id = t.id
            union all
            select replaces_id from decisions_line where id = t.id and replaces_id is not null
            union all
            select answer_id from decisions_complaint where line_id = t.id and answer_id is not null
            union all
            select answer_id from decisions_dispute where line_id = t.id and answer_id is not null
        ) n (id)
    )
"""
#: Of a complaint `c`: nobody has answered it, and he went no further with it.
_OPEN = """c.answer_id is null and c.court_on is null and not exists (
    select from decisions_complaint n where n.line_id = c.line_id and n.instance > c.instance)"""
_DUE = f"""
    {_TOLD.format(roots="l.outcome = any(%s)")}
    select t.root from told t
    join decisions_line l on l.id = t.id
    join decisions_decision d on d.id = l.decision_id
    cross join lateral (
        select (select max(v.delivered_on) from decisions_delivery v where v.line_id = t.id) as served,
               (select max(c.court_on) from decisions_complaint c where c.line_id = t.id) as court,
               exists (select from decisions_complaint c where c.line_id = t.id and {_OPEN})
               or exists (select from decisions_dispute m
                          where m.line_id = t.id and m.answer_id is null) as held
    ) s
    group by t.root
    having max(greatest(d.signed_on, s.served, s.court)) < %s and not bool_or(s.held)
    order by t.root
"""


def closed_due(on: date) -> list[int]:
    """The lines of closed outcomes of which the last word was said long enough ago.

    That is the signature, the delivery, the answer to a complaint, or the day he went to
    court; an open complaint or an open mark holds the line back.
    """
    return _ids(_DUE, [list(labels.CLOSED), rules.closed_until(on)])


def lines_that_tell(line_ids: Sequence[int]) -> list[int]:
    """These lines with every other that tells of them: corrections, answers, what they replaced."""
    sql = f"{_TOLD.format(roots='l.id = any(%s)')} select distinct id from told order by id"
    return _ids(sql, [list(line_ids)])


def _ids(sql: str, values: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]
