"""The examination as a doctor sees it: slips, what was read at each station, what it comes to."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from muster.domains.recruitment import rules
from muster.domains.recruitment.models import Reading, Season, Slip, Turn
from muster.foundation.decisions import queries as decisions

_SEX = {"m": "male", "f": "female"}


@dataclass(frozen=True, slots=True)
class Progress:
    """One examination: how many slips, how many concluded, and the state of each station."""

    season: Season
    slips: int
    concluded: int
    stations: Mapping[str, "Station"]


@dataclass(frozen=True, slots=True)
class Station:
    """How many men a station has read, read twice, and read differently."""

    code: str
    read: int
    twice: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A slip with what counts of each station, and the class that this comes to."""

    slip: Slip
    read: Mapping[str, Mapping[int, Reading]]
    counting: Mapping[str, tuple[tuple[tuple[str, Any], ...], int | None] | None]
    health: rules.Health

    @property
    def complete(self) -> bool:
        """Whether every station has been read and none is in dispute."""
        return all(self.counting.values())

    @property
    def differing(self) -> list[str]:
        """The stations whose two readings differ, for the chair."""
        return [code for code, turns in self.read.items() if turns and not self.counting[code]]


def examinations() -> list[Progress]:
    """The examinations with slips in sight of seasons that are not closed, the latest first."""
    rows = (
        Slip.objects.filter(taken_off=False)
        .values("season")
        .annotate(slips=Count("pk"), concluded=Count("pk", filter=Q(concluded__isnull=False)))
    )
    counts = {row["season"]: (row["slips"], row["concluded"]) for row in rows}
    return [
        Progress(season, *counts[season.pk], {each.code: each for each in _stations(season)})
        for season in Season.objects.filter(pk__in=counts, closed_on=None).order_by("-year")
    ]


def _waiting(season: Season) -> "QuerySet[Slip]":
    """The slips of men who are still called and of whom nothing is concluded."""
    return Slip.objects.filter(season=season, concluded__isnull=True, taken_off=False)


def _stations(season: Season) -> Iterator[Station]:
    waiting = _waiting(season)
    open_slips = waiting.count()
    rows = Reading.objects.filter(slip__in=waiting)
    read = dict(rows.filter(turn=Turn.FIRST).values_list("station").annotate(Count("pk")))
    twice = dict(rows.filter(turn=Turn.SECOND).values_list("station").annotate(Count("pk")))
    for code in rules.stations(season.hand_over_on):
        first = read.get(code, 0)
        yield Station(code, first, twice.get(code, 0), open_slips - first)


def next_slip(season: Season, station: str, *, again_by: int | None = None) -> Slip | None:
    """The next man by slip whom a station has not read.

    With `again_by` the next whom somebody other than this user has read there, once.
    """
    here = Reading.objects.filter(slip=OuterRef("pk"), station=station)
    waiting = _waiting(season).order_by("number")
    if again_by is None:
        return waiting.filter(~Exists(here)).first()
    once = here.filter(turn=Turn.FIRST).exclude(by=again_by)
    return waiting.filter(Exists(once), ~Exists(here.filter(turn__gt=Turn.FIRST))).first()


def slip_numbered(season: Season, number: int) -> Slip | None:
    """The slip of that number, while its man waits for a conclusion."""
    return _waiting(season).filter(number=number).first()


def standing(slip: Slip) -> Standing:
    """What was read of a man, and what it comes to on the day of his examination."""
    return _standings([slip])[0]


def ready(season: Season) -> list[Standing]:
    """The slips whose every station was read, in their order, that no conclusion has yet."""
    stations = len(rules.stations(season.hand_over_on))
    found = _waiting(season).annotate(read=Count("readings__station", distinct=True))
    return _standings(list(found.filter(read=stations).order_by("number")))


def differing(season: Season) -> list[Standing]:
    """The slips with a station whose two readings differ, for the chair to correct."""
    twice = Reading.objects.filter(slip=OuterRef("pk"), turn=Turn.SECOND)
    found = _waiting(season).filter(Exists(twice))
    return [each for each in _standings(list(found.order_by("number"))) if each.differing]


def is_chair(user_id: int, unit_id: int, on: date) -> bool:
    """Whether the user chairs the Health Examination Council of the unit that day."""
    return user_id in decisions.chairs(unit_id, "health_council", on)


def _standings(slips: "list[Slip]") -> list[Standing]:
    read: dict[int, dict[str, dict[int, Reading]]] = defaultdict(lambda: defaultdict(dict))
    rows: QuerySet[Reading] = Reading.objects.filter(slip__in=slips).select_related("by")
    for row in rows.order_by("turn"):
        read[row.slip_id][row.station][row.turn] = row
    return [_standing(slip, read[slip.pk]) for slip in slips]


def _standing(slip: Slip, read: Mapping[str, Mapping[int, Reading]]) -> Standing:
    found = {code: read.get(code, {}) for code in rules.stations(slip.exam_on)}
    counting: dict[str, Any] = {
        code: rules.counting({turn: _said(row) for turn, row in turns.items()})
        for code, turns in found.items()
    }
    measures: dict[str, Any] = {}
    scores: dict[str, int] = {}
    for code, said in counting.items():
        if said:
            measures |= dict(said[0])
            scores |= {code: said[1]} if said[1] else {}
    reading = rules.Reading(_SEX[slip.sex], **measures, scores=scores)
    return Standing(slip, found, counting, rules.health_class(reading, slip.exam_on))


def _said(row: Reading) -> tuple[tuple[tuple[str, Any], ...], int | None]:
    return tuple(sorted(row.values.items())), row.score
