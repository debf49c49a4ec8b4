"""Counting a season: its funnel and its states."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count

from muster.domains.recruitment.models import Case, Season, State
from muster.kernel.periods import Period

#: The funnel's steps, and the outcomes of decision lines that count as having reached them.
STEPS: tuple[tuple[State, tuple[State, ...]], ...] = (
    (State.CALLED_TO_SCREENING, (State.CALLED_TO_SCREENING,)),
    (State.SCREENED, (State.SCREENED,)),
    (State.CALLED_TO_EXAM, (State.CALLED_TO_EXAM,)),
    (State.EXAMINED, (State.EXAMINED,)),
    (State.LISTED, (State.LISTED,)),
    (State.SELECTED, (State.SELECTED,)),
    (State.CALLED_UP, (State.CALLED_UP,)),
    (State.HANDED_OVER, (State.HANDED_OVER,)),
)


@dataclass(frozen=True)
class Funnel:
    """How many men reached each step, and how many left the way for which reason."""

    season: Season
    source: int
    steps: tuple[tuple[State, int], ...]
    aside: tuple[tuple[State, int], ...]


def seasons() -> list[Season]:
    """All seasons, the latest first, with their units."""
    return list(Season.objects.select_related("unit").order_by("-year", "unit_id"))


def season_of(unit_id: int, period: Period) -> Season | None:
    """The unit's season whose hand-over falls into the period."""
    inside = (period.start, period.last_day)
    return Season.objects.filter(unit_id=unit_id, hand_over_on__range=inside).first()


def count_states(season: Season, *states: State) -> dict[str, int]:
    """How many cases stand at each state, the asked ones also when none does."""
    counts = season.cases.values_list("state").annotate(Count("pk")).order_by("state")
    found: dict[str, int] = dict(counts)
    return dict.fromkeys(map(str, states), 0) | found


def funnel(season: Season) -> Funnel:
    """The season as a funnel, counted from its decision lines and the cases set aside."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select l.outcome, count(distinct l.person_id),
                   count(distinct l.person_id) filter (where l.article <> '41.1.a')
            from decisions_decision d join decisions_line l on l.decision_id = d.id
            where d.season = %s group by 1
            """,
            [season.key],
        )
        rows = cursor.fetchall()
    reached = {outcome: men for outcome, men, _ in rows}
    # The unfit were callable before they were examined.
    before = sum(men for outcome, _, men in rows if outcome in _BEFORE_CALLABLE)
    standing = count_states(season)
    source = Case.objects.filter(season=season).count()
    callable_men = source - before - sum(standing.get(state, 0) for state in _NOT_JUDGED)
    steps = tuple((step, sum(reached.get(o, 0) for o in outcomes)) for step, outcomes in STEPS)
    aside = tuple((state, standing[state]) for state in _ASIDE if standing.get(state))
    return Funnel(season, source, ((State.CALLABLE, callable_men), *steps), aside)


_BEFORE_CALLABLE = (State.EXCLUDED, State.RELIEVED, State.DEFERRED, State.EXEMPT)
_NOT_JUDGED = (State.SOURCED, State.DISPUTED, State.BELOW_STANDARD)
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
