"""Counting a season: its funnel and its states."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Count

from muster.domains.recruitment.models import Case, Milestone, Season, State
from muster.domains.recruitment.queries.resting import COUNTS, going_on
from muster.kernel.periods import Period

#: The funnel's steps after "callable": each counts those to whom a decision line gave that outcome.
STEPS = (
    State.CALLED_TO_SCREENING,
    State.SCREENED,
    State.CALLED_TO_EXAM,
    State.EXAMINED,
    State.LISTED,
    State.SELECTED,
    State.CALLED_UP,
    State.HANDED_OVER,
)
BEFORE_CALLABLE = (State.EXCLUDED, State.RELIEVED, State.DEFERRED, State.EXEMPT)
NOT_JUDGED = (State.SOURCED, State.DISPUTED, State.BELOW_STANDARD)
#: The unfit were callable before they were examined.
UNFIT = "41.1.a"


@dataclass(frozen=True)
class Funnel:
    """How many men reached each step, and how many left the way for which reason."""

    season: Season
    source: int
    steps: tuple[tuple[State, int], ...]
    aside: tuple[tuple[State, int], ...]


def last_season(unit_ids: Sequence[int]) -> Season | None:
    """The latest season of these provinces, None before their first."""
    return Season.objects.filter(unit__in=unit_ids).order_by("-year").first()


def seasons() -> list[Season]:
    """All seasons, the latest first, with their units."""
    return list(Season.objects.select_related("unit").order_by("-year", "unit_id"))


def season(uid: UUID) -> Season | None:
    """One season by its opaque name, with its unit."""
    return Season.objects.select_related("unit").filter(uid=uid).first()


def season_of(unit_id: int, period: Period) -> Season | None:
    """The unit's season whose hand-over falls into the period."""
    inside = (period.start, period.last_day)
    return Season.objects.filter(unit_id=unit_id, hand_over_on__range=inside).first()


def count_states(season: Season, *states: State) -> dict[str, int]:
    """How many cases stand at each state, the asked ones also when none does."""
    counts = (
        going_on(season.cases.all()).values_list("state").annotate(Count("pk")).order_by("state")
    )
    found: dict[str, int] = dict(counts)
    return dict.fromkeys(map(str, states), 0) | found


def funnel(season: Season) -> Funnel:
    """The season as a funnel, counted from its decision lines and the cases set aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            select l.outcome, count(distinct l.person_id),
                   count(distinct l.person_id) filter (where l.article <> %s)
            from decisions_decision d join decisions_line l on l.decision_id = d.id
            where d.season = %s and {COUNTS}
              and not exists (select from decisions_line n where n.replaces_id = l.id)
            group by 1
            """,
            [UNFIT, season.key, season.pk],
        )
        rows = cursor.fetchall()
    reached = {outcome: men for outcome, men, _ in rows}
    before = sum(men for outcome, _, men in rows if outcome in BEFORE_CALLABLE)
    standing = count_states(season)
    source = sum(standing.values())
    callable_men = source - before - sum(standing.get(state, 0) for state in NOT_JUDGED)
    steps = tuple((step, reached.get(step, 0)) for step in STEPS)
    aside = tuple((state, standing[state]) for state in _ASIDE if standing.get(state))
    return Funnel(season, source, ((State.CALLABLE, callable_men), *steps), aside)


_ASIDE = (
    State.EXCLUDED,
    State.RELIEVED,
    State.DISPUTED,
    State.BELOW_STANDARD,
    State.DEFERRED,
    State.EXEMPT,
    State.ABSENT,
    State.SCREENED_OUT,
    State.UNFIT,
    State.NOT_LISTED,
    State.RESERVE,
    State.RETURNED,
    State.NOT_CALLED,
)


def class_counts(season: Season) -> dict[int, int]:
    """Men by the health class that the examination council concluded."""
    classed = going_on(season.cases.filter(health_class__isnull=False))
    counts = classed.values_list("health_class")
    found: dict[int, int] = dict(counts.annotate(Count("pk")).order_by("health_class"))
    return found


def milestones(season: Season) -> list[Milestone]:
    """The season's steps in the order of their days."""
    return list(season.milestones.order_by("due_on", "pk"))


def due_steps(until: date) -> list[Milestone]:
    """The next open step of each season that is not closed, due by the day."""
    steps = Milestone.objects.filter(
        season__closed_on=None, done_on=None, due_on__lte=until
    ).select_related("season__unit")
    return list(steps.order_by("season_id", "due_on", "pk").distinct("season_id"))


def open_cases_at(place_ids: Iterable[int]) -> int:
    """How many men of open seasons stand at these places."""
    found = Case.objects.filter(season__closed_on=None, place__in=list(place_ids))
    return going_on(found).count()
