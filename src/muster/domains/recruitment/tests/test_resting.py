"""Two cases of one man after a merge of his entries: one goes on, and a parting restores both."""

from datetime import timedelta

import pytest

from muster.domains.recruitment import queries
from muster.domains.recruitment.models import Case, State
from muster.domains.recruitment.queries import choosing, resting
from muster.domains.recruitment.tests.playing import (
    call_to_screening,
    cases_at,
    draw_and_review,
    up_to_hand_over,
)
from muster.foundation.register.actions.pairs import merge_people, unmerge
from muster.foundation.register.models import Person

pytestmark = pytest.mark.django_db


def two(season, state):
    """Two men at the state; the second entry is taken for a double of the first."""
    first, second = cases_at(season, state, 2)
    return Case.objects.get(pk=first), Case.objects.get(pk=second)


def merged(kept, dropped, on):
    entries = Person.objects.in_bulk([kept.person_id, dropped.person_id])
    merge_people(
        kept=entries[kept.person_id], dropped=entries[dropped.person_id], on=on, basis="BB 1"
    )


def parted(dropped, on):
    unmerge(dropped=Person.objects.get(pk=dropped.person_id), on=on, basis="BB 2")


def pairs(season):
    return [(man.goes_on.pk, man.rests.pk) for man in resting.twice(season)]


def state_of(case):
    return Case.objects.get(pk=case.pk).state


@pytest.fixture
def reviewed(season_2026):
    draw_and_review(season_2026)
    return season_2026


def test_nobody_has_two_cases_before_a_merge(reviewed):
    assert pairs(reviewed) == []
    assert resting.men_with_two_cases() == []


def test_the_kept_entrys_case_goes_on_and_the_other_is_not_called(reviewed):
    kept, dropped = two(reviewed, State.CALLABLE)
    before = sum(choosing.men_by_commune(reviewed, reviewed.opened_on, State.CALLABLE).values())
    merged(kept, dropped, reviewed.opened_on + timedelta(days=60))
    after = sum(choosing.men_by_commune(reviewed, reviewed.opened_on, State.CALLABLE).values())
    assert pairs(reviewed) == [(kept.pk, dropped.pk)]
    assert [(season.pk, men) for season, men in resting.men_with_two_cases()] == [(reviewed.pk, 1)]
    assert after == before - 1
    call_to_screening(reviewed)
    assert state_of(dropped) == State.CALLABLE


def counted(season):
    """Each number of the season's page, with how many cases it opens to."""
    funnel = queries.funnel(season)
    opened = [queries.cases(season).count()]
    opened += [queries.cases(season, reached=step).count() for step, _ in funnel.steps]
    aside = {state: queries.cases(season, state=state).count() for state, _ in funnel.aside}
    assert [funnel.source, *dict(funnel.steps).values()] == opened
    assert dict(funnel.aside) == aside
    return funnel.source, dict(funnel.steps), dict(funnel.aside), queries.class_counts(season)


def test_a_man_with_two_cases_counts_once_in_every_number_of_the_season(season_2026):
    up_to_hand_over(season_2026)
    before = counted(season_2026)
    (gone,) = cases_at(season_2026, State.HANDED_OVER, 1)
    (other,) = cases_at(season_2026, State.RESERVE, 1)
    with_unit, at_home = Case.objects.get(pk=gone), Case.objects.get(pk=other)
    on = season_2026.hand_over_on + timedelta(days=3)
    merged(at_home, with_unit, on)
    source, steps, aside, classes = counted(season_2026)
    assert source == before[0] - 1
    assert steps[State.EXAMINED] == before[1][State.EXAMINED] - 1
    assert steps[State.HANDED_OVER] == before[1][State.HANDED_OVER], "he went once"
    assert aside[State.RESERVE] == before[2][State.RESERVE] - 1
    assert sum(classes.values()) == sum(before[3].values()) - 1
    parted(with_unit, on + timedelta(days=1))
    assert counted(season_2026) == before


def test_a_parting_lets_both_cases_go_on_as_they_stood(reviewed):
    kept, dropped = two(reviewed, State.CALLABLE)
    on = reviewed.opened_on + timedelta(days=60)
    merged(kept, dropped, on)
    parted(dropped, on + timedelta(days=1))
    assert pairs(reviewed) == []
    assert (state_of(kept), state_of(dropped)) == (State.CALLABLE, State.CALLABLE)


def test_of_three_entries_merged_in_turn_one_case_goes_on(reviewed):
    one, two_, three = (Case.objects.get(pk=pk) for pk in cases_at(reviewed, State.CALLABLE, 3))
    on = reviewed.opened_on + timedelta(days=60)
    merged(two_, three, on)
    merged(one, two_, on)
    assert sorted(pairs(reviewed)) == sorted([(one.pk, two_.pk), (one.pk, three.pk)])


def test_who_is_with_his_unit_stays_there_whichever_entry_was_kept(season_2026):
    up_to_hand_over(season_2026)
    (gone,) = cases_at(season_2026, State.HANDED_OVER, 1)
    (left,) = cases_at(season_2026, State.RESERVE, 1)
    with_unit, at_home = Case.objects.get(pk=gone), Case.objects.get(pk=left)
    merged(at_home, with_unit, season_2026.hand_over_on + timedelta(days=3))
    assert pairs(season_2026) == [(with_unit.pk, at_home.pk)]
    assert at_home.pk not in choosing.next_in_reserve(season_2026, 10_000)
