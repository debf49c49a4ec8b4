"""A decision about one man moves his case, wherever it was taken."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from muster.domains.recruitment import actions, queries
from muster.domains.recruitment.models import Case, State
from muster.domains.recruitment.tests.playing import (
    call_to_exam,
    call_to_screening,
    cases_at,
    draw_and_review,
    screen,
)
from muster.domains.recruitment.tests.test_pages import signed_in
from muster.foundation.decisions import actions as decisions
from muster.foundation.decisions.models import Dispute, Line, Resolution
from muster.foundation.ledger import actions as ledger
from muster.foundation.ledger.queries import audit
from muster.kernel.errors import Refused

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
    carried = Resolution.objects.filter(act="deferral")
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
                resolution_ids=(
                    carried.filter(body__unit__level="commune").first().pk,
                    carried.get(body__unit=reviewed.unit_id).pk,
                ),
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


# ---- the Medical Assessment Council ------------------------------------------------------


@pytest.fixture
def examined(reviewed):
    screen(reviewed)
    call_to_exam(reviewed)
    called = cases_at(reviewed, State.CALLED_TO_EXAM)
    classes = [(case, 1 + number % 4) for number, case in enumerate(called)]
    actions.conclude_health(season=reviewed, on=date(2025, 11, 15), classes=classes)
    return reviewed


def assess(case, correction, *, upheld=True):
    """A disputed conclusion on health, and what the Medical Assessment Council concludes."""
    line = Line.objects.get(decision__kind="health_conclusion", person=case.person_id)
    mark = decisions.mark_disputed(
        person_id=case.person_id, place_id=case.place_id, about=f"line:{line.uid}",
        on=date(2025, 11, 20), line=line,
    )  # fmt: skip
    decisions.lift_dispute(
        dispute=mark, unit_id=case.season.unit_id, signed_on=date(2025, 11, 28),
        upheld=upheld, correction=correction,
    )  # fmt: skip
    case.refresh_from_db()
    return case


def test_an_assessment_corrects_the_class_and_the_state_at_once(examined):
    fit = Case.objects.filter(health_class=1).first()
    unfit = Case.objects.filter(health_class=4).first()
    assert (assess(fit, "class_5").state, fit.health_class) == (State.UNFIT, 5)
    assert (assess(unfit, "class_2").state, unfit.health_class) == (State.EXAMINED, 2)
    assert unfit.line.decision.kind == "assessment_conclusion"
    assert unfit.line.replaces.ground == "class_4"
    assert reached(examined, State.EXAMINED).filter(pk=unfit.pk).exists()
    assert not reached(examined, State.EXAMINED).filter(pk=fit.pk).exists()
    ledger.place()
    assert audit().faults == ()


def test_a_deferral_of_the_unfit_goes_with_the_class_and_no_later_step_is_undone(examined):
    unfit = Case.objects.filter(health_class=4).first()
    actions.defer_unfit(season=examined, signed_on=date(2025, 11, 25))
    assert assess(unfit, "class_3").state == State.EXAMINED
    actions.conclude_political_review(season=examined, on=date(2025, 12, 20), failed=[])
    assert actions.follow_decisions(season=examined) == 0
    unfit.refresh_from_db()
    assert unfit.state == State.LISTED


@pytest.fixture
def outlived(examined):
    """The deferral of a man whom the Medical Assessment Council then found fit."""
    unfit = Case.objects.filter(health_class=4).first()
    actions.defer_unfit(season=examined, signed_on=date(2025, 11, 25))
    assess(unfit, "class_3")
    return unfit, Line.objects.get(decision__kind="deferral", person=unfit.person_id)


def test_a_deferral_whose_bearer_was_found_fit_is_the_chairmans_to_set_aside(examined, outlived):
    case, line = outlived
    with time_machine.travel("2025-12-01T09:00:00+07:00", tick=False), translation.override("en"):
        chairman, address = signed_in("chairman"), reverse("recruitment:outlived")
        assert "Deferrals without their ground" in chairman.get(reverse("home")).content.decode()
        assert case.person.full_name in chairman.get(address).content.decode()
        assert signed_in("clerk", "11003").get(address).status_code == 403
        signed = {"lines": [line.pk], "unit": examined.unit_id, "signed_on": "2025-12-01"}
        assert chairman.post(address, signed).url == address
        assert "No deferral has lost its ground" in chairman.get(address).content.decode()
    undoing = line.replaced_by.get()
    assert (undoing.way, undoing.decision.season) == ("set_aside", examined.key)
    assert not undoing.decision.postings.exists()
    case.refresh_from_db()
    assert case.state == State.EXAMINED, "he stays where the assessment put him"
    ledger.place()
    assert audit().faults == ()


def test_a_deferral_that_still_has_its_ground_is_not_set_aside_here(examined, outlived):
    _case, line = outlived
    held = Line.objects.filter(decision__kind="deferral", ground="not_fit").exclude(pk=line.pk)
    with translation.override("en"), pytest.raises(Refused, match="found fit since"):
        actions.set_aside_outlived(
            line_ids=[line.pk, held.first().pk],
            unit_id=examined.unit_id,
            signed_on=date(2025, 12, 1),
        )
    assert not line.replaced_by.exists()


def test_a_fit_man_with_another_fit_class_stays_where_he_is(examined):
    case = Case.objects.filter(health_class=1).first()
    actions.conclude_political_review(season=examined, on=date(2025, 11, 25), failed=[])
    assert (assess(case, "class_3").state, case.health_class) == (State.LISTED, 3)


def test_a_conclusion_that_stands_changes_nothing_and_a_wrong_one_says_what_is_right(examined):
    case = Case.objects.filter(health_class=1).first()
    with pytest.raises(Refused, match="say what the conclusion is"):
        assess(case, "")
    Dispute.objects.all().delete()
    assert (assess(case, "", upheld=False).state, case.health_class) == (State.EXAMINED, 1)
