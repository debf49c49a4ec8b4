"""A decision about one man moves his case, wherever it was taken."""

from datetime import date

import pytest

from muster.domains.recruitment import actions, queries
from muster.domains.recruitment.models import Case, State
from muster.domains.recruitment.tests.playing import (
    call_to_screening,
    cases_at,
    draw_and_review,
    screen,
)
from muster.foundation.decisions import actions as decisions
from muster.foundation.decisions.models import Resolution
from muster.foundation.ledger import actions as ledger
from muster.foundation.ledger.queries import audit

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewed(season_2026):
    draw_and_review(season_2026)
    return season_2026


def reached(season, step):
    return queries.cases(season, reached=step)


def complain(case, signed_on, *, upheld):
    """A complaint against the decision behind a case, and its answer."""
    complaint = decisions.complain(line=case.line, received_on=date(2025, 9, 8))
    decisions.accept(complaint=complaint, on=date(2025, 9, 9))
    decisions.answer(
        complaint=complaint, unit_id=case.line.decision.unit_id, signed_on=signed_on, upheld=upheld
    )


def test_a_complaint_that_succeeds_gives_the_man_back_to_the_way(reviewed):
    deferred, kept = Case.objects.filter(state=State.DEFERRED)[:2]
    complain(deferred, date(2025, 9, 12), upheld=True)
    complain(kept, date(2025, 9, 12), upheld=False)
    call_to_screening(reviewed)
    deferred.refresh_from_db()
    kept.refresh_from_db()
    assert deferred.state in (State.CALLABLE, State.CALLED_TO_SCREENING)
    assert reached(reviewed, State.CALLABLE).filter(pk=deferred.pk).exists()
    assert not reached(reviewed, State.CALLABLE).filter(pk=kept.pk).exists()
    assert (
        dict(queries.funnel(reviewed).steps)[State.CALLABLE]
        == reached(reviewed, State.CALLABLE).count()
    )
    assert kept.state == State.DEFERRED


def test_a_late_deferral_of_one_man_takes_him_off_the_way(reviewed):
    screen(reviewed)
    case = Case.objects.filter(state=State.SCREENED).first()
    resolution = Resolution.objects.filter(act="deferral").first()
    decisions.decide(
        kind="deferral",
        unit_id=reviewed.unit_id,
        signed_on=date(2025, 10, 15),
        lines=[
            decisions.Draft(
                person_id=case.person_id,
                place_id=case.place_id,
                outcome="deferred",
                article="41.1.b",
                ground="sole_worker",
                resolution_id=resolution.pk,
            )
        ],
    )
    actions.call_to_exam(season=reviewed, signed_on=date(2025, 10, 20), exam_on=date(2025, 11, 15))
    case.refresh_from_db()
    assert (case.state, case.ground, case.line.article) == ("deferred", "sole_worker", "41.1.b")


def test_a_call_that_was_set_aside_calls_nobody(reviewed):
    call_to_screening(reviewed)
    case = Case.objects.filter(state=State.CALLED_TO_SCREENING).first()
    complain(case, date(2025, 9, 20), upheld=True)
    case.refresh_from_db()
    assert (case.state, case.line) == (State.NOT_CALLED, None)


def test_following_twice_moves_nobody_twice_and_the_log_agrees(reviewed):
    complain(Case.objects.filter(state=State.DEFERRED).first(), date(2025, 9, 12), upheld=True)
    assert actions.follow_decisions(season=reviewed) == 0
    assert cases_at(reviewed, State.SOURCED) == []
    ledger.place()
    assert audit().faults == ()
