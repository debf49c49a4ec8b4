"""Lists of names: carried by councils, signed by the office of the day, numbered, posted."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.http import QueryDict
from django.utils import translation

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.decisions import actions, queries, rules, tables
from muster.foundation.decisions.actions import bulk, councils, staging
from muster.foundation.decisions.models import Body, Decision, Delegation, Line, Posting, Resolution
from muster.foundation.decisions.tests import factories
from muster.foundation.ledger.models import Entry
from muster.foundation.ledger.queries import faults, kinds
from muster.kernel.periods import Span, parse
from muster.shell.templatetags.muster import timeline

pytestmark = pytest.mark.django_db
SUMMER, AUTUMN = date(2025, 8, 30), date(2025, 9, 10)


@pytest.fixture(autouse=True)
def _scope(db):
    with acting_as_system():
        yield


@pytest.fixture
def province():
    return factories.unit("province", "Hải Phòng")


@pytest.fixture
def commune(province):
    commune = factories.unit("commune")
    factories.under(commune, province)
    return commune


@pytest.fixture
def men(commune):
    return factories.people(factories.place(commune), 300)


def lay_out(signer, men, *, outcome="deferred", article="41.1.g"):
    return actions.stage(
        [(signer.pk, man.pk, man.place_id, outcome, article, "student") for man in men]
    )


def defer(province, commune, men, *, signed_on=AUTUMN, **more):
    lay_out(province, men)
    actions.resolve_lists(act="deferral", on=SUMMER, members=16)
    return actions.decide_lists(kind="deferral", signed_on=signed_on, season="2026", **more)


def test_one_decision_carries_every_name_with_its_article(province, commune, men):
    (number,) = defer(province, commune, men)
    decision = Decision.objects.get(pk=number)
    assert decision.full_number == "01/QĐ-UBND"
    assert decision.lines.filter(article="41.1.g").count() == 300
    assert (decision.unit, decision.role) == (province, "chairman")
    assert decision.confirmed


def test_every_line_and_every_decision_is_in_the_log(province, commune, men):
    defer(province, commune, men)
    assert Entry.objects.filter(kind="decisions.line").count() == 300
    assert Entry.objects.filter(kind="decisions.decision").count() == 1
    assert [f for k in kinds().values() if k.code.startswith("decisions.") for f in faults(k)] == []


def test_a_deferral_hangs_twenty_days_on_the_board_and_on_the_web(province, commune, men):
    defer(province, commune, men)
    spans = set(Posting.objects.values_list("channel", "valid_from", "valid_to"))
    assert spans == {(c, AUTUMN, date(2025, 9, 30)) for c in ("board", "web")}
    assert queries.open_postings(date(2025, 9, 29)).count() == 2
    assert queries.open_postings(date(2025, 9, 30)).count() == 0


def test_eight_votes_of_sixteen_do_not_carry_a_list_and_the_commune_is_named(
    province, commune, men
):
    lay_out(province, men)
    with pytest.raises(councils.NotCarried, match=r"xã Kiến Thụy.*8 of 16.*9 are needed"):
        actions.resolve_lists(
            act="deferral", on=SUMMER, members=16, vote=actions.Vote(present=16, ayes=8)
        )


def test_nine_votes_of_sixteen_carry_it_with_nine_present(province, commune, men):
    lay_out(province, men)
    found = actions.resolve_lists(
        act="deferral", on=SUMMER, members=16, vote=actions.Vote(present=9, ayes=9)
    )
    resolution = Resolution.objects.get(pk=found[commune.pk])
    assert (resolution.members, resolution.needed, resolution.passed) == (16, 9, True)


def test_each_unit_has_its_own_vote(province, commune, men):
    other = factories.unit("commune", "An Biên")
    factories.under(other, province)
    more = factories.people(factories.place(other), 3)
    actions.stage(
        [(province.pk, man.pk, man.place_id, "deferred", "41.1.g", "") for man in (*men, *more)]
    )
    found = actions.resolve_lists(
        act="deferral",
        on=SUMMER,
        members=16,
        vote=actions.Vote(ayes=14, present=15),
        votes={other.pk: actions.Vote(present=12, ayes=10, recused=1)},
    )
    counted = Resolution.objects.in_bulk(found.values())
    assert counted[found[commune.pk]].ayes == 14
    assert counted[found[other.pk]].recused == 1
    actions.decide_lists(kind="deferral", signed_on=AUTUMN)
    lines = Line.objects.filter(person__in=more)
    carried = [[found[other.pk], found[province.pk]]]
    assert list(lines.values_list("resolution_ids", flat=True).distinct()) == carried


def test_the_council_of_the_signing_unit_reviews_the_list(province, commune, men):
    lay_out(province, men)
    review = date(2025, 9, 5)
    found = actions.resolve_lists(act="deferral", on=SUMMER, reviewed_on=review, members=16)
    (number,) = actions.decide_lists(kind="deferral", signed_on=AUTUMN)
    decision = Decision.objects.get(pk=number)
    assert decision.resolution_id == found[province.pk]
    assert decision.resolution.adopted_on == review
    first, last = queries.councils_behind(decision)
    assert [each.adopted_on for each in first] == [SUMMER]
    assert last == [decision.resolution]


def test_a_unit_without_a_council_cannot_resolve(province, commune, men):
    lay_out(province, men)
    with pytest.raises(councils.NoCouncil, match="xã Kiến Thụy"):
        actions.resolve_lists(act="deferral", on=SUMMER)


def test_a_council_is_set_up_once_and_ends_with_its_unit(commune):
    assert actions.establish_councils(unit_ids=[commune.pk], on=SUMMER, members=16) == 1
    assert actions.establish_councils(unit_ids=[commune.pk], on=AUTUMN, members=12) == 0
    actions.close_bodies(unit_ids=[commune.pk], on=date(2026, 7, 1))
    assert [c.members for c in queries.councils([commune.pk], date(2026, 6, 30))] == [16]
    assert queries.councils([commune.pk], date(2026, 7, 1)) == []
    assert Body.objects.get().valid_to == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("signed_on", "level"),
    [(date(2025, 6, 30), "province"), (date(2025, 7, 1), "district"), (AUTUMN, "commune")],
)
def test_the_wrong_office_may_not_sign_a_deferral(commune, men, signed_on, level):
    signer = factories.unit(level, "Nơi khác")
    lay_out(signer, men)
    actions.resolve_lists(act="deferral", on=date(2025, 6, 1), members=16)
    with pytest.raises(rules.WrongOffice, match="Nơi khác"):
        actions.decide_lists(kind="deferral", signed_on=signed_on)
    assert not Decision.objects.exists()


def test_the_district_signed_until_the_end_of_june_2025(province):
    district = factories.unit("district", "Kiến Thụy")
    commune = factories.unit("commune", "Đoàn Xá")
    factories.under(district, province)
    factories.under(commune, district)
    men = factories.people(factories.place(commune), 3)
    lay_out(district, men)
    actions.resolve_lists(act="deferral", on=date(2024, 8, 30), members=16)
    (number,) = actions.decide_lists(kind="deferral", signed_on=date(2024, 9, 10))
    assert Decision.objects.get(pk=number).level == "district"


def test_a_deferral_that_no_council_proposed_is_refused(province, commune, men):
    lay_out(province, men)
    with pytest.raises(bulk.Unproposed, match="no council of the commune carried"):
        actions.decide_lists(kind="deferral", signed_on=AUTUMN)


def test_a_decision_is_not_dated_before_its_resolution(province, commune, men):
    with pytest.raises(bulk.Unproposed, match="before its resolution of 2025-08-30"):
        defer(province, commune, men, signed_on=date(2025, 8, 29))


def test_nobody_stands_twice_on_one_list(province, commune, men):
    with pytest.raises(bulk.NamedTwice):
        defer(province, commune, [men[0], men[0]])


def test_an_empty_list_is_not_decided():
    actions.stage([])
    with pytest.raises(bulk.NothingStaged):
        actions.decide_lists(kind="call_up", signed_on=AUTUMN)


def test_a_list_has_only_the_columns_it_has():
    with pytest.raises(staging.NotStaged, match="opinion"):
        actions.stage([], columns=("unit_id", "opinion"))


def test_numbers_run_on_within_a_year_and_restart_on_1_january(commune, men):
    numbers = []
    for signed_on in (date(2025, 12, 30), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2)):
        lay_out(commune, men[:2], outcome="called", article="")
        (number,) = actions.decide_lists(kind="prescreening_call", signed_on=signed_on)
        numbers.append(Decision.objects.get(pk=number).number)
    assert numbers == [1, 2, 1, 2]
    assert list(queries.gaps()) == []


def test_a_decision_that_fails_leaves_no_gap(commune, men):
    lay_out(commune, men[:2], outcome="called")
    with pytest.raises(IntegrityError):
        actions.decide_lists(kind="call_up", signed_on=AUTUMN, effective_on=AUTUMN.replace(day=1))
    lay_out(commune, men[:2], outcome="called")
    (number,) = actions.decide_lists(kind="call_up", signed_on=AUTUMN)
    assert Decision.objects.get(pk=number).number == 1


def test_a_missing_number_shows(commune, men):
    lay_out(commune, men[:1], outcome="called")
    actions.decide_lists(kind="call_up", signed_on=AUTUMN)
    with connection.cursor() as cursor:
        cursor.execute("update decisions_series set last_number = 3")
    assert [gap.number for gap in queries.gaps()] == [2, 3]


@pytest.mark.parametrize(
    "change",
    ["update decisions_line set outcome = 'exempt'", "delete from decisions_line",
     "update decisions_decision set number = 7", "update decisions_resolution set ayes = 15"],
)  # fmt: skip
def test_what_was_decided_cannot_be_changed(province, commune, men, change):
    defer(province, commune, men)
    with (
        pytest.raises(DatabaseError, match="What was decided stays"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)


def test_a_call_must_be_served_fifteen_days_before(commune, men):
    lay_out(commune, men, outcome="called", article="40.2")
    (number,) = actions.decide_lists(
        kind="exam_call", signed_on=date(2025, 10, 20), event_on=date(2025, 11, 20)
    )
    assert Decision.objects.get(pk=number).serve_by == date(2025, 11, 5)
    assert sum(each.waiting for each in queries.rounds(date(2025, 10, 21))) == 300


def test_deliveries_are_recorded_by_list_and_a_returned_paper_still_waits(commune, men):
    lay_out(commune, men, outcome="called", article="40.2")
    ids = actions.decide_lists(
        kind="exam_call", signed_on=date(2025, 10, 20), event_on=date(2025, 11, 20)
    )
    served = actions.serve_lists(
        select=(
            """
            select id, date '2025-10-25', 'hand',
                case when row_number() over (order by id) <= 290 then 'served' else 'returned' end,
                null, null from decisions_line where decision_id = any(%s)
            """,
            [ids],
        )
    )
    assert served == 300
    assert sum(each.waiting for each in queries.rounds(date(2025, 10, 26))) == 10
    assert Entry.objects.filter(kind="decisions.delivery").count() == 300


def test_nothing_is_delivered_before_it_is_signed(commune, men):
    lay_out(commune, men[:1], outcome="called")
    ids = actions.decide_lists(kind="call_up", signed_on=AUTUMN)
    with pytest.raises(bulk.EarlyDelivery):
        actions.serve_lists(
            select=(
                """
                select id, date '2025-09-09', 'hand', 'served', '', ''
                from decisions_line where decision_id = any(%s)
                """,
                [ids],
            )
        )


def test_a_deputy_signs_only_under_a_delegation_of_that_day(commune, men):
    deputy = actions.Signature("KT", "Trần Thị B")
    lay_out(commune, men[:1], outcome="called")
    with pytest.raises(bulk.NotDelegated, match="xã Kiến Thụy"):
        actions.decide_lists(kind="call_up", signed_on=AUTUMN, signature=deputy)
    Delegation.objects.create(
        unit=commune, role="chairman", form="KT", title="Phó Chủ tịch", document="05/QĐ-UBND",
        valid_from=date(2025, 7, 1), valid_to=date(2025, 12, 1),
    )  # fmt: skip
    (number,) = actions.decide_lists(kind="call_up", signed_on=AUTUMN, signature=deputy)
    assert Decision.objects.get(pk=number).form == "KT"
    lay_out(commune, men[:1], outcome="called")
    with pytest.raises(bulk.NotDelegated):
        actions.decide_lists(kind="call_up", signed_on=date(2025, 12, 1), signature=deputy)


def test_since_september_2026_a_decision_says_that_it_is_unconfirmed(commune, men):
    lay_out(commune, men[:1], outcome="called")
    (number,) = actions.decide_lists(kind="call_up", signed_on=date(2026, 9, 1))
    decision = Decision.objects.get(pk=number)
    assert not decision.confirmed
    assert "Law 14/2026" in decision.confirmed_note


def test_a_list_says_it_once_and_a_timeline_tells_each_reason_once(commune, men):
    for signed_on in (date(2025, 12, 1), date(2026, 10, 1), date(2026, 10, 2)):
        lay_out(commune, men[:2], outcome="called")
        actions.decide_lists(kind="call_up", signed_on=signed_on)
    with translation.override("en"):
        listed = tables.decisions(Decision.objects.all(), QueryDict())
        assert "law that nobody has yet confirmed" in str(listed.note)
        assert not any("confirmed" in str(cell.value) for row in listed.rows for cell in row)
        before = Decision.objects.filter(signed_on__year=2025)
        assert tables.decisions(before, QueryDict()).note == ""
        items = list(queries.timeline(men[0].pk))
    assert ["Law 14/2026/QH16" in str(item.doubt) for item in items] == [True, True, False]
    assert timeline(items)["doubts"] == [str(items[0].doubt)]


def test_a_slice_brings_its_own_kind_of_act(commune, men):
    act = rules.Act(
        code="violations.sanction",
        offices=(rules.Office("commune", "chairman", "Decree 218/2025", True),),
        symbol="QĐ-XPVPHC",
    )
    lay_out(commune, men[:1], outcome="fined", article="7.1")
    (number,) = actions.decide_lists(kind=act, signed_on=AUTUMN, abstract="Xử phạt")
    assert Decision.objects.get(pk=number).full_number == "01/QĐ-XPVPHC"


def test_figures_count_standing_lines_by_place_and_time(province, commune, men):
    defer(province, commune, men)
    year = parse("2025H2").span
    count = {"kind": "deferral", "outcomes": ["deferred"]}
    assert queries.count_lines(**count, place_ids=None, span=year) == 300
    assert queries.count_lines(**count, place_ids=[men[0].place_id], span=year) == 300
    assert queries.count_lines(**count, place_ids=[0], span=year) == 0
    assert queries.count_lines(**count, place_ids=None, span=Span(date(2025, 9, 11))) == 0
    assert len(queries.counted_lines(kind="deferral", span=year)) == 300


def test_an_annex_is_read_page_by_page(province, commune, men):
    (number,) = defer(province, commune, men)
    pages = list(queries.pages(number, limit=120))
    assert [len(page) for page in pages] == [120, 120, 60]
    assert len({view.person_id for page in pages for view in page}) == 300
