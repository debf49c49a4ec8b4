"""The examination itself: slips are dealt, stations read, the chair corrects and concludes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from muster.domains.recruitment import queries, rules
from muster.domains.recruitment.actions.moving import move
from muster.domains.recruitment.models import Case, Reading, Season, Slip, State, Turn
from muster.domains.recruitment.queries import Choice
from muster.foundation.accounts.actions import acting_as_system, watched
from muster.foundation.ledger import actions as ledger
from muster.kernel.errors import Refused


class NotToRead(Refused):
    """A reading that is not due: concluded already, read twice, or by the first reader again."""


class NotTheChair(Refused):
    """A correction or a conclusion by somebody who does not chair the council that day."""


class NotConcludable(Refused):
    """A conclusion over a slip with a station unread or in dispute, or without a class."""


@transaction.atomic
def deal_slips(*, season: Season) -> int:
    """Give everyone who is called to the examination a numbered slip; returns how many.

    Numbers go on from the last, commune by commune and by name; who has a slip keeps it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into recruitment_slip (season_id, unit_id, case_id, place_id, number, exam_on,
                                          full_name, birth_year, sex)
            select c.season_id, %(unit)s, c.id, c.place_id,
                   coalesce((select max(number) from recruitment_slip where season_id = %(season)s),
                            0) + row_number() over (order by c.place_id, p.sort_key, p.id),
                   d.event_on, p.full_name, extract(year from p.birth_date), p.sex
            from recruitment_case c
            join register_person p on p.id = c.person_id
            join decisions_line l on l.id = c.line_id
            join decisions_decision d on d.id = l.decision_id
            where c.season_id = %(season)s and c.state = 'called_to_exam'
              and d.event_on is not null
              and not exists (select from recruitment_slip s where s.case_id = c.id)
            """,
            {"season": season.pk, "unit": season.unit_id},
        )
        dealt = int(cursor.rowcount)
    slips_follow(season=season)
    return dealt


def slips_follow(*, season: Season) -> None:
    """Take the slips off the examination whose men are called no longer, or put them back."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            update recruitment_slip s set taken_off = not s.taken_off
            from recruitment_case c
            where c.id = s.case_id and s.season_id = %s and s.concluded is null
              and s.taken_off = (c.state = 'called_to_exam')
            """,
            [season.pk],
        )


@transaction.atomic
def read_station(
    *, slip: Slip, station: str, values: Mapping[str, str], score: int | None, by: int
) -> Reading:
    """Type what a station read of a man: the first reading, or the second by somebody else.

    `values` are the measures of `rules.MEASURES`, as typed; `score` the station's own, 1 to
    6. `ImpossibleReading` for a body that cannot be, `NotToRead` when none is due.
    """
    turns = {row.turn: row for row in _locked(slip).readings.filter(station=station)}
    if station not in rules.stations(slip.exam_on) or len(turns) > 1 or slip.concluded:
        raise NotToRead(
            _("This station has read him already; the chair corrects."), code="exam.read"
        )
    if turns and turns[Turn.FIRST].by_id == by:
        raise NotToRead(
            _("You have read him here; somebody else takes the second reading."),
            code="exam.own_reading",
        )
    turn = Turn.SECOND if turns else Turn.FIRST
    return _keep(slip, station, turn, values=dict(values), score=score, by_id=by)


@watched
@transaction.atomic
def correct_station(
    *, slip: Slip, station: str, values: Mapping[str, str], score: int | None, by: int, on: date
) -> Reading:
    """The chair's own reading of a station, which counts from now on; earlier ones stay."""
    _check_chair(slip.season, by, on)
    last = _locked(slip).readings.filter(station=station).order_by("-turn").first()
    if last is None or slip.concluded:
        raise NotToRead(
            _("The chair corrects what was read and is not concluded."), code="exam.correct"
        )
    turn = max(last.turn + 1, rules.CHAIR)
    return _keep(slip, station, turn, values=dict(values), score=score, by_id=by)


@dataclass(frozen=True, slots=True)
class Concluded:
    """Over how many men the council concluded, and the slips left out: called no longer."""

    men: int
    left_out: tuple[int, ...]


@watched
@transaction.atomic
def conclude_slips(*, season: Season, classes: Mapping[int, int], by: int, on: date) -> Concluded:
    """The council's conclusion over complete slips, signed by its chair.

    `classes` gives the class of each slip's id: the computed one is a proposal, and an
    undecided one is the council's to say. The cases move by the decision; nobody outside
    learns more than the class. Whom a later decision has taken off the examination is left
    out, and his slip's number told. `NotTheChair`, `NotConcludable`.
    """
    _check_chair(season, by, on)
    slips = {each.slip.pk: each for each in queries.ready(season)}
    if not classes or any(pk not in slips or not slips[pk].complete for pk in classes):
        raise NotConcludable(
            _("Every station is read, and no two readings differ, before the council concludes."),
            code="exam.incomplete",
        )
    cases = {slips[pk].slip.case_id: health_class for pk, health_class in classes.items()}
    with acting_as_system():
        still = _still_called(cases)
        if still:
            _move(season, {case: cases[case] for case in still}, on)
        due = [pk for pk in classes if slips[pk].slip.case_id in still]
        for pk in due:
            found = Slip.objects.filter(pk=pk)
            found.update(concluded=classes[pk], concluded_on=on, concluded_by=by)
        slips_follow(season=season)
    left_out = sorted(slips[pk].slip.number for pk in classes.keys() - due)
    return Concluded(len(due), tuple(left_out))


def _still_called(cases: Collection[int]) -> set[int]:
    """Those of the cases that a late deferral or an answer has not moved meanwhile."""
    called = Case.objects.filter(pk__in=cases, state=State.CALLED_TO_EXAM)
    return set(called.select_for_update().values_list("pk", flat=True))


def _move(season: Season, cases: Mapping[int, int], on: date) -> None:
    fit = list(rules.LAW.value("fit_classes", on))
    move(
        season=season,
        act="health_conclusion",
        signed_on=on,
        chosen=Choice(
            """
            select r.id, case when r.class = any(%s) then 'examined' else 'unfit' end,
                   'class_' || r.class
            from unnest(%s::bigint[], %s::int[]) r(id, class)
            """,
            [fit, list(cases), list(cases.values())],
            ("case_id", "state", "ground"),
        ),
    )
    for case, health_class in cases.items():
        Case.objects.filter(pk=case).update(health_class=health_class)


def _keep(slip: Slip, station: str, turn: int, **read: Any) -> Reading:
    row = Reading.objects.create(
        slip=slip, unit_id=slip.unit_id, station=station, turn=turn, **read
    )
    health = queries.standing(slip).health
    Slip.objects.filter(pk=slip.pk).update(proposed=health.health_class)
    ledger.record(kind="recruitment.reading", ids=[row.pk])
    return row


def _locked(slip: Slip) -> Slip:
    """Two stations may read a man at once; two readings of one station come in turn."""
    found = Slip.objects.select_for_update().get(pk=slip.pk)
    if found.taken_off:
        raise NotToRead(
            _("A later decision calls him to the examination no longer."), code="exam.taken_off"
        )
    return found


def _check_chair(season: Season, by: int, on: date) -> None:
    if not queries.is_chair(by, season.unit_id, on):
        raise NotTheChair(
            _("The chair of the Health Examination Council corrects and concludes; ask him."),
            code="exam.not_chair",
        )
