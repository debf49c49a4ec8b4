"""Who did not come: served in time, heard, and only then absent (art. 35.5)."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from muster.domains.recruitment import actions
from muster.domains.recruitment.actions.exam import NotServed
from muster.domains.recruitment.models import Case, State
from muster.domains.recruitment.tests.playing import cases_at, draw_and_review, screen
from muster.domains.recruitment.tests.test_pages import read, signed_in
from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions.models import Fact, Line

pytestmark = pytest.mark.django_db
EXAM, HEARD, MINUTED = date(2025, 11, 15), date(2025, 11, 18), date(2025, 11, 20)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def called(season_2026):
    """Men called to the examination of 15 November; all but the first were served in time."""
    draw_and_review(season_2026)
    screen(season_2026)
    actions.call_to_exam(season=season_2026, signed_on=date(2025, 10, 20), exam_on=EXAM)
    unreached, *_ = cases_at(season_2026, State.CALLED_TO_EXAM)
    actions.serve_calls(
        season=season_2026, kind="exam_call", delivered_on=date(2025, 10, 25), unreached=[unreached]
    )
    return [Case.objects.get(pk=pk) for pk in cases_at(season_2026, State.CALLED_TO_EXAM, 3)]


def missed(case, reason="", heard_on=HEARD, on=MINUTED):
    minutes = actions.record_absence(case=case, heard_on=heard_on, reason=reason, on=on)
    case.refresh_from_db()
    return minutes


def test_without_a_good_reason_he_is_absent_and_the_hearing_is_kept(called):
    _, man, _ = called
    minutes = missed(man)
    assert man.state == State.ABSENT
    assert man.line.decision == minutes
    assert (minutes.level, minutes.role) == ("commune", "commander")
    assert Fact.objects.get(line=man.line).facts == {"heard_on": "2025-11-18", "reason": "none"}


def test_with_a_good_reason_he_stays_called_and_the_minutes_say_so(called):
    _, man, _ = called
    minutes = missed(man, reason="kin")
    assert man.state == State.CALLED_TO_EXAM
    line = Line.objects.get(decision=minutes)
    assert (line.outcome, line.ground) == ("excused", "")


def test_nobody_is_absent_unserved_unheard_or_before_his_day(called):
    unreached, man, _ = called
    with pytest.raises(NotServed):
        missed(unreached)
    with pytest.raises(actions.NotHeard, match="between the day to appear, 15/11/2025"):
        missed(man, heard_on=date(2025, 11, 14))
    with pytest.raises(actions.NotHeard):
        missed(man, heard_on=date(2025, 11, 21))
    with pytest.raises(actions.NotHeard, match="list"):
        missed(man, reason="no mood")
    with pytest.raises(actions.NotMissed):
        missed(man, on=EXAM, heard_on=EXAM)
    assert {each.state for each in called} == {State.CALLED_TO_EXAM}


def test_the_desk_hears_him_on_a_page_reached_from_his_case(called):
    unreached, man, _ = called
    with time_machine.travel("2025-11-20T09:00:00+07:00", tick=False):
        clerk = signed_in("clerk")
        where = (man.season.uid, man.person.uid)
        address = reverse("recruitment:absence", args=where)
        assert address in read(clerk, "case", *where)
        assert "did not reach him in time" in read(
            clerk, "absence", unreached.season.uid, unreached.person.uid
        )
        sent = {"heard_on": HEARD, "reason": "", "signed_on": MINUTED}
        assert clerk.post(address, sent | {"heard_on": "2025-11-01"}).status_code == 422
        assert clerk.post(address, sent).status_code == 302
        assert clerk.get(address).status_code == 404
        assert signed_in("inspector").get(address).status_code == 403
    with acting_as_system():
        man.refresh_from_db()
    assert man.state == State.ABSENT
