"""The review's figures come from dated lines: they open to their cases and never change after."""

from datetime import date
from decimal import Decimal

import pytest

from muster.domains.recruitment import actions, queries
from muster.domains.recruitment.models import Case, State
from muster.domains.recruitment.queries import figures
from muster.domains.recruitment.tests.conftest import SEATS
from muster.domains.recruitment.tests.playing import cases_at, draw_and_review, up_to_hand_over
from muster.foundation.units import queries as units
from muster.kernel.manifest import Scope
from muster.kernel.periods import parse

pytestmark = pytest.mark.django_db
SPRING, DAY = parse("2025H1"), date(2025, 6, 15)


@pytest.fixture
def played(season_2025):
    """Handed over in full, one returned and replaced, accepted."""
    up_to_hand_over(season_2025)
    on = date(2025, 2, 18)
    returned = cases_at(season_2025, State.HANDED_OVER, 1)
    actions.return_recruits(season=season_2025, on=on, cases=returned)
    actions.replace_recruits(season=season_2025, on=on)
    actions.accept_recruits(season=season_2025, on=date(2025, 3, 15))
    actions.close_season(season=season_2025, on=date(2025, 3, 15))
    return season_2025


def scope(unit, period=SPRING, as_of=DAY):
    return Scope(unit.id, units.place_ids(unit.id, as_of), period, as_of)


def test_the_quota_is_met_when_every_seat_is_filled_at_the_end_of_the_period(city, played):
    found = figures.quota_met(scope(city))
    assert (found.numerator, found.denominator, found.value) == (SEATS, SEATS, 100)
    assert (found.basis, found.confirmed, found.source) == ("derived", True, "Decision of the test")
    assert len(list(figures.handed_over_rows(scope(city)))) == SEATS


def test_replacements_are_counted_over_the_seats_and_open_to_the_men(city, played):
    found = figures.replaced(scope(city))
    assert (found.numerator, found.denominator) == (1, SEATS)
    assert round(found.value, 2) == Decimal("1.67")
    (row,) = figures.replaced_rows(scope(city))
    assert row.on == date(2025, 2, 18)


def test_degrees_are_counted_among_those_with_their_units(city, played):
    found = figures.degrees(scope(city))
    kept = Case.objects.filter(state=State.SERVING)
    assert (found.numerator, found.denominator) == (kept.filter(degree=True).count(), SEATS)
    assert len(list(figures.degree_rows(scope(city)))) == found.numerator


def test_figures_stay_when_the_soldiers_go_home(city, played):
    before = [figure(scope(city)) for figure in FIGURES]
    actions.discharge(season=played, on=date(2027, 2, 13))
    assert [figure(scope(city)) for figure in FIGURES] == before


FIGURES = (figures.quota_met, figures.replaced, figures.degrees)


def test_a_period_without_a_hand_over_has_no_figure(city, played):
    autumn = scope(city, parse("2025H2"), date(2025, 6, 15))
    assert [figure(autumn) for figure in FIGURES] == [None, None, None]
    assert list(figures.handed_over_rows(autumn)) == []


def test_a_review_is_offered_for_the_half_year_of_the_hand_over(city, played, season_2026):
    assert list(figures.known()) == [(city.id, SPRING)]


def test_a_scaled_season_marks_its_figures(city, played):
    type(played).objects.filter(pk=played.pk).update(scale=Decimal("0.5"))
    assert figures.quota_met(scope(city)).scaled


def test_the_funnel_counts_who_reached_each_step_and_who_left_the_way(season_2025):
    draw_and_review(season_2025)
    funnel = queries.funnel(season_2025)
    assert funnel.source == Case.objects.count()
    aside = sum(count for _, count in funnel.aside)
    assert dict(funnel.steps)[State.CALLABLE] + aside == funnel.source


def test_the_funnel_narrows_step_by_step_and_ends_at_the_quota(played):
    steps = dict(queries.funnel(played).steps)
    chosen = [count for step, count in steps.items() if step not in WITH_RESERVE]
    assert chosen == sorted(chosen, reverse=True)
    assert chosen[-1] == SEATS
    # Called up with three who stood by; handed over with one who replaced another.
    assert (steps[State.CALLED_UP], steps[State.HANDED_OVER]) == (SEATS + 3, SEATS + 1)


WITH_RESERVE = (State.CALLED_UP, State.HANDED_OVER)


def test_closing_the_season_does_not_change_its_funnel(season_2025):
    up_to_hand_over(season_2025)
    before = queries.funnel(season_2025).steps
    actions.accept_recruits(season=season_2025, on=date(2025, 3, 15))
    actions.close_season(season=season_2025, on=date(2025, 3, 15))
    assert queries.funnel(season_2025).steps == before
