"""A negative political or moral result is gone after the season and the complaint periods."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from muster.domains.recruitment import actions
from muster.domains.recruitment.models import Case, State
from muster.domains.recruitment.tests.playing import cases_at, draw_and_review, examine, screen
from muster.domains.recruitment.tests.test_pages import signed_in
from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions import actions as decisions
from muster.foundation.decisions import queries as deciding
from muster.foundation.decisions.models import Complaint, Line, Tally
from muster.foundation.ledger import actions as ledger
from muster.foundation.ledger.models import Entry
from muster.foundation.ledger.queries import audit, receipt
from muster.foundation.register.actions.retention import retain
from muster.foundation.units import queries as units
from muster.kernel.periods import Span
from muster.shell import rls

pytestmark = pytest.mark.django_db
RULE = "closed_outcome_days"
CONCLUDED = date(2025, 12, 20)
LAST_DAY = CONCLUDED + timedelta(days=365)
SEASON = Span(date(2025, 7, 1), date(2026, 7, 1))
COMPLAINT = "Tôi chưa bao giờ vi phạm"


@pytest.fixture
def failed(season_2026):
    """Two of the season's men who did not pass, after it was closed."""
    draw_and_review(season_2026)
    screen(season_2026)
    examine(season_2026)
    two = cases_at(season_2026, State.EXAMINED, 2)
    actions.conclude_political_review(season=season_2026, on=CONCLUDED, failed=two)
    actions.close_season(season=season_2026, on=date(2026, 4, 1))
    ledger.place()
    return list(Line.objects.filter(outcome="not_listed").order_by("pk"))


def carry_out(on, **more):
    done = retain(on=on, scope=acting_as_system, accept=[RULE], **more)
    ledger.place()
    return next(each for each in done if each.law.name == RULE)


def counted(**more):
    return deciding.count_by_outcome(kind="political_conclusion", span=SEASON, **more)


def rows_that_tell(*words):
    """Every row of the database in which one of the words stands, by table."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables"
            " where table_schema = 'public' and table_type = 'BASE TABLE'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"select t::text from {table} t where t::text ~ %s", ["|".join(words)])
            if rows := [row[0] for row in cursor.fetchall()]:
                found[table] = rows
    return found


def test_until_its_days_are_over_nothing_of_it_is_erased(failed):
    assert carry_out(LAST_DAY).due == 0
    assert Line.objects.filter(pk__in=[line.pk for line in failed]).count() == 2
    assert audit().erasures == ()


def test_after_its_days_it_stands_nowhere_and_the_log_names_what_erased_it(failed):
    told = [str(line.uid) for line in failed]
    people = [line.person for line in failed]
    assert set(rows_that_tell(*told)) == {"decisions_line"}
    carry_out(LAST_DAY + timedelta(days=1))
    assert rows_that_tell(*told) == {}
    assert set(rows_that_tell("not_listed")) == {"decisions_tally"}, "a number, about nobody"
    for line in failed:
        assert receipt("decisions.line", line.pk) is None
        assert bytes(Entry.objects.get(kind="decisions.line", row_id=line.pk).salt) == b""
    case = Case.objects.get(person=people[0])
    assert (case.state, case.line) == (State.NOT_CALLED, None)
    checked = audit()
    assert checked.faults == ()
    (erasing,) = checked.erasures
    assert erasing.rule == RULE
    assert len(erasing.erased) == 2
    assert f"under “{RULE}”" in erasing.sentence


def test_no_page_opens_to_it_any_more_even_for_whose_duty_it_was(failed):
    line = failed[0]
    pages = [
        reverse("register:person", args=[line.person.uid]),
        reverse("decisions:decision", args=[line.decision.uid]),
    ]
    own = reverse("decisions:line", args=[line.uid])
    with time_machine.travel("2026-12-10T09:00:00+07:00", tick=False):
        inspector = signed_in("inspector")
        assert inspector.get(own).status_code == 200
    carry_out(LAST_DAY + timedelta(days=1))
    with time_machine.travel("2026-12-10T09:00:00+07:00", tick=False):
        assert inspector.get(own).status_code == 404
        for page in pages:
            assert "Not passed at the political" not in inspector.get(page).content.decode()


def test_the_seasons_figures_stay_as_they_were_for_the_province_and_its_communes(failed):
    before, place = counted(), failed[0].place_id
    commune = next(
        each
        for each in units.named(_communes(), date(2026, 2, 1)).values()
        if place in units.place_ids(each.id, date(2026, 2, 1))
    )
    here = units.place_ids(commune.id, date(2026, 2, 1))
    there = counted(place_ids=here)
    assert before["not_listed"] == 2
    assert there["not_listed"] >= 1
    carry_out(LAST_DAY + timedelta(days=1))
    assert counted() == before
    assert counted(place_ids=here) == there
    village = {each.place.within_id is None for each in Tally.objects.select_related("place")}
    assert village == {True}, "counted by commune, where nobody is found by a number"


def test_the_numbers_of_a_commune_are_its_own_to_read(failed):
    carry_out(LAST_DAY + timedelta(days=1))
    places = set(Tally.objects.values_list("place", flat=True))
    elsewhere = next(
        unit for unit in _communes() if places.isdisjoint(units.place_ids(unit, date(2026, 2, 1)))
    )
    with rls.scoped(role=rls.APP, units=[elsewhere]):
        assert not Tally.objects.exists()


def _communes():
    with connection.cursor() as cursor:
        sql, values = units.ground_by_level(date(2026, 2, 1))
        cursor.execute(f"select distinct commune_id from ({sql}) g", values)
        return [row[0] for row in cursor.fetchall()]


def test_a_number_that_somebody_changes_afterwards_is_found(failed):
    carry_out(LAST_DAY + timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate; set local role none")
        cursor.execute("alter table decisions_tally disable trigger user")
        cursor.execute(f"set local role {rls.WIDE}")
        cursor.execute("update decisions_tally set lines = lines + 1")
    assert any("was changed after it was recorded" in each for each in audit().faults)


def test_an_open_complaint_holds_it_back_and_its_answer_goes_with_it(failed):
    line, other = failed
    complaint = decisions.complain(line=line, received_on=date(2026, 3, 1), text=COMPLAINT)
    later = LAST_DAY + timedelta(days=400)
    with time_machine.travel("2027-12-01T09:00:00+07:00", tick=False):
        assert deciding.line(line.uid) is not None, "who settles it reads what it is about"
    assert carry_out(later).due == 1
    assert list(Line.objects.filter(outcome="not_listed")) == [line]
    assert not Line.objects.filter(pk=other.pk).exists()
    decisions.accept(complaint=complaint, on=later)
    answer = decisions.answer(
        complaint=complaint, unit_id=line.decision.unit_id, signed_on=later, upheld=True
    )
    told = answer.lines.get()
    assert carry_out(later + timedelta(days=365)).due == 0, "the second complaint has its days too"
    assert carry_out(later + timedelta(days=366)).due == 1
    assert rows_that_tell(str(line.uid), str(told.uid), COMPLAINT) == {}
    assert not Complaint.objects.exists()
    assert deciding.decision(answer.uid) is not None, "the number of the answer is still taken"
    assert counted()["not_listed"] == 1, "a result that was set aside is not counted"
    assert audit().faults == ()


def test_who_went_to_court_has_the_days_from_then(failed):
    line = failed[0]
    complaint = decisions.complain(line=line, received_on=date(2026, 3, 1), text=COMPLAINT)
    decisions.accept(complaint=complaint, on=date(2026, 3, 3))
    decisions.go_to_court(complaint=complaint, on=(court := date(2026, 6, 1)))
    assert carry_out(court + timedelta(days=365)).due == 1, "the other man's"
    assert Complaint.objects.exists()
    assert carry_out(court + timedelta(days=366)).due == 1
    assert rows_that_tell(str(line.uid), COMPLAINT) == {}
    assert audit().faults == ()


def test_an_open_mark_holds_it_back_and_goes_with_it_once_it_is_lifted(failed):
    line = failed[0]
    mark = decisions.mark_disputed(
        person_id=line.person_id, place_id=line.place_id, about=f"line:{line.uid}",
        on=date(2026, 2, 1), line=line,
    )  # fmt: skip
    later = LAST_DAY + timedelta(days=1)
    assert carry_out(later).due == 1, "the other man's"
    decisions.lift_dispute(
        dispute=mark, unit_id=line.decision.unit_id, signed_on=later, upheld=False
    )
    assert carry_out(later + timedelta(days=366)).due == 1
    assert rows_that_tell(str(line.uid), str(mark.uid)) == {}
    assert audit().faults == ()


def test_unless_somebody_accepts_the_guessed_days_nothing_is_destroyed(failed):
    done = retain(on=LAST_DAY + timedelta(days=1), scope=acting_as_system)
    (waits,) = [each for each in done if each.law.name == RULE]
    assert (waits.due, waits.erasure, waits.waits) == (2, None, True)
    assert Line.objects.filter(outcome="not_listed").count() == 2


def test_a_receipt_that_its_holder_kept_still_proves(failed):
    kept = receipt("decisions.line", failed[0].pk)
    carry_out(LAST_DAY + timedelta(days=1))
    assert kept.is_included
    assert "not_listed" in json.loads(kept.canonical)
