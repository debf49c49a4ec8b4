"""A call in time that was not followed is minuted, punished by the right office, and paid."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from muster.domains.violations import actions, queries, rules
from muster.domains.violations.models import Case, State
from muster.domains.violations.tests import factories
from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions import actions as decisions
from muster.foundation.decisions.models import Decision, Line
from muster.foundation.ledger import queries as ledger
from muster.foundation.ledger.models import Entry
from muster.kernel.manifest import Scope
from muster.kernel.periods import parse
from muster.shell import rls

pytestmark = pytest.mark.django_db
EXAM = date(2024, 11, 20)
IN_TIME, LATE = date(2024, 11, 5), date(2024, 11, 6)


@pytest.fixture(autouse=True)
def _as_system():
    with acting_as_system():
        yield


@pytest.fixture
def home():
    return factories.commune()


def called(home, number=1, *, event_on=EXAM, served_on=IN_TIME, kind="exam_call", **more):
    commune, place = home
    signer = commune if event_on >= factories.REFORM else _district(commune)
    people = factories.men(place, number)
    return factories.calls(
        people, event_on=event_on, served_on=served_on, kind=kind, unit=signer, **more
    )


def _district(commune):
    return commune.parents.order_by("valid_from").first().parent


def detected(home, number=1, *, offence="exam_absence", on=None, **more):
    calls = called(home, number, **more)
    return actions.detect(
        offence=offence, calls=calls, detected_on=on or more.get("event_on", EXAM)
    )


def minuted(home, number=1, *, on=date(2024, 12, 2), **more):
    cases = detected(home, number, **more)
    actions.minute(cases=cases, on=on)
    return cases


def test_an_absence_counts_after_a_call_served_fifteen_days_before(home):
    (case,) = detected(home)
    assert Case.objects.get(pk=case).state == State.DETECTED
    assert Entry.objects.filter(kind="violations.case", row_id=case).exists()


def test_nobody_is_punished_for_a_call_that_came_late(home):
    with pytest.raises(actions.NotPunishable, match=r"not served in time.*35\.5"):
        detected(home, served_on=LATE)


def test_nobody_is_punished_for_a_call_that_never_came(home):
    with pytest.raises(actions.NotPunishable, match="not served in time"):
        detected(home, served_on=None)


def test_one_late_call_refuses_the_whole_list(home):
    calls = [*called(home), *called(home, served_on=None)]
    with pytest.raises(actions.NotPunishable, match="1 of these calls"):
        actions.detect(offence="exam_absence", calls=calls, detected_on=EXAM)
    assert not Case.objects.exists()


def test_whoever_refuses_the_paper_was_served(home):
    assert detected(home, offence="exam_refused", result="refused")


def test_a_paper_that_came_back_did_not_serve(home):
    with pytest.raises(actions.NotPunishable, match="not served in time"):
        detected(home, result="returned")


def test_nobody_is_absent_before_the_day(home):
    with pytest.raises(actions.NotPunishable, match="wait for the day"):
        detected(home, on=date(2024, 11, 19))


def test_an_offence_is_about_its_own_kind_of_call(home):
    with pytest.raises(actions.NotPunishable, match="no standing calls of the kind “call_up”"):
        detected(home, offence="call_up_refused")


def test_a_withdrawn_call_binds_nobody(home):
    (call,) = called(home)
    line = Line.objects.get(pk=call)
    decisions.set_aside(line=line, unit_id=line.decision.unit_id, signed_on=date(2024, 11, 10))
    with pytest.raises(actions.NotPunishable, match="no standing calls"):
        actions.detect(offence="exam_absence", calls=[call], detected_on=EXAM)


def test_a_call_not_followed_is_one_violation(home):
    calls = called(home)
    actions.detect(offence="exam_absence", calls=calls, detected_on=EXAM)
    with pytest.raises(IntegrityError, match="one_per_call"), transaction.atomic():
        actions.detect(offence="exam_absence", calls=calls, detected_on=EXAM)


def test_no_sanction_without_minutes(home):
    cases = detected(home)
    with pytest.raises(rules.OutOfOrder, match="must be minuted first"):
        actions.punish(fines=dict.fromkeys(cases, 11_000_000), signed_on=date(2025, 1, 6))
    assert not Decision.objects.filter(kind="sanction").exists()


def test_the_district_punished_under_the_decree_of_its_day(home):
    cases = minuted(home, 2)
    assert actions.punish(fines=dict.fromkeys(cases, 11_000_000), signed_on=date(2025, 1, 6)) == 2
    decision = Decision.objects.get(kind="sanction")
    assert decision.level == "district"
    assert decision.unit_id == _district(home[0]).pk
    assert decision.full_number == "01/QĐ-XPHC"
    assert "37/2022" in decision.legal_basis
    assert not decision.confirmed
    assert [case.state for case in Case.objects.all()] == [State.PUNISHED] * 2


def test_the_commune_sends_up_what_lies_above_its_ceiling(home):
    when = {"event_on": date(2026, 3, 4), "served_on": date(2026, 2, 6), "on": date(2026, 3, 5)}
    day = date(2026, 3, 20)
    cases = detected(home, kind="call_up", offence="call_up_refused", **when)
    actions.minute(cases=cases, on=date(2026, 3, 9))
    actions.punish(fines=dict.fromkeys(cases, 62_500_000), signed_on=day)
    decision = Decision.objects.get(kind="sanction")
    assert (decision.level, decision.unit.level) == ("province", "province")
    assert decision.confirmed
    assert queries.signing_unit(Case.objects.get(), day).id == decision.unit_id


def test_a_fine_outside_the_bracket_refuses_the_whole_list(home):
    first, second = minuted(home, 2)
    fines = {first: 11_000_000, second: 13_000_000}
    with pytest.raises(rules.OutsideBracket):
        actions.punish(fines=fines, signed_on=date(2025, 1, 6))
    assert not Case.objects.filter(sanction__isnull=False).exists()


def test_a_fine_is_paid_once_and_after_the_sanction(home):
    cases = minuted(home)
    with pytest.raises(rules.OutOfOrder, match="must be punished first"):
        actions.settle(cases=cases, paid_on=date(2025, 1, 10))
    actions.punish(fines=dict.fromkeys(cases, 11_000_000), signed_on=date(2025, 1, 6))
    assert actions.settle(cases=cases, paid_on=date(2025, 1, 10)) == 1
    assert Entry.objects.filter(kind="violations.paid", row_id=cases[0]).exists()
    with pytest.raises(rules.OutOfOrder):
        actions.settle(cases=cases, paid_on=date(2025, 1, 11))


def test_whoever_had_a_good_reason_is_heard_and_dismissed(home):
    cases = minuted(home)
    actions.dismiss(cases=cases, on=date(2024, 12, 10))
    assert Case.objects.get().state == State.DISMISSED
    with pytest.raises(rules.OutOfOrder, match="dismissed cannot be punished"):
        actions.punish(fines=dict.fromkeys(cases, 11_000_000), signed_on=date(2025, 1, 6))


def test_a_case_out_of_sight_refuses_the_list(home):
    with pytest.raises(actions.UnknownCase, match="not in sight"):
        actions.minute(cases=[*detected(home), 999_999], on=date(2024, 12, 2))


def test_every_step_agrees_with_the_log(home):
    cases = minuted(home, 3)
    actions.dismiss(cases=cases[:1], on=date(2024, 12, 10))
    actions.punish(fines=dict.fromkeys(cases[1:], 10_000_000), signed_on=date(2025, 1, 6))
    actions.settle(cases=cases[1:2], paid_on=date(2025, 1, 9))
    for code, kind in ledger.kinds().items():
        if code.startswith("violations."):
            assert list(ledger.faults(kind)) == [], code


def scope(place, period):
    return Scope(0, (place.pk,), parse(period), date(2025, 6, 15))


def test_the_review_counts_what_was_punished_of_what_was_detected(home):
    """The shape of Hải Phòng's sentence: all of the half-year, few of the year before."""
    early = minuted(
        home, 4, event_on=date(2024, 3, 5), served_on=date(2024, 2, 15), on=date(2024, 4, 1)
    )
    actions.punish(fines={early[0]: 11_000_000}, signed_on=date(2024, 5, 6))
    late = minuted(
        home, 3, event_on=date(2025, 1, 15), served_on=date(2024, 12, 20), on=date(2025, 2, 1)
    )
    actions.punish(fines=dict.fromkeys(late, 11_000_000), signed_on=date(2025, 3, 6))
    now = queries.punished(scope(home[1], "2025H1"))
    before = queries.punished(scope(home[1], queries.whole_year_before(parse("2025H1")).code))
    assert (now.numerator, now.denominator, now.value) == (3, 3, 100)
    assert (before.numerator, before.denominator, before.value) == (1, 4, 25)
    rows = list(queries.punished_rows(scope(home[1], "2025H1")))
    assert len(rows) == 3
    assert rows[0].on == date(2025, 3, 6)
    assert rows[0].detail.startswith("01/QĐ-XPHC")


def test_a_sanction_signed_after_the_period_does_not_count_in_it(home):
    cases = minuted(
        home, event_on=date(2025, 1, 15), served_on=date(2024, 12, 20), on=date(2025, 2, 1)
    )
    actions.punish(fines=dict.fromkeys(cases, 10_000_000), signed_on=date(2025, 7, 2))
    assert queries.punished(scope(home[1], "2025H1")).numerator == 0
    assert list(queries.punished_rows(scope(home[1], "2025H1"))) == []


def test_a_dismissed_case_is_no_violation(home):
    cases = detected(home, 2)
    actions.dismiss(cases=cases[:1], on=date(2024, 12, 10))
    assert queries.punished(scope(home[1], "2024")).denominator == 1


def test_a_place_without_violations_has_no_figure(home):
    assert queries.punished(scope(home[1], "2024")) is None


def test_work_names_what_waits_and_what_runs_out(home):
    detected(home, 2)
    minuted(home, 1)
    waiting = list(queries.work(None, date(2025, 1, 10)))
    assert [(item.count, item.urgency) for item in waiting] == [(2, "normal"), (1, "normal")]
    assert waiting[0].due == date(2025, 11, 20)
    assert {item.urgency for item in queries.work(None, date(2025, 11, 1))} == {"soon"}
    (lapsed,) = queries.work(None, date(2025, 11, 21))
    assert (lapsed.count, lapsed.urgency) == (3, "late")


def test_a_commune_sees_its_own_violations_only(home):
    other = factories.commune("Tiên Lãng")
    detected(home)
    detected(other, 2)
    with rls.scoped(role=rls.APP, units=[other[0].pk]):
        assert Case.objects.count() == 2
    with rls.scoped(role=rls.APP):
        assert Case.objects.count() == 0
