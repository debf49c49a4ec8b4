"""Divided ground waits with its keeper until each place has a part; nobody is lost."""

import zipfile
from collections import Counter
from datetime import date

import pytest

from muster.foundation.units import actions, queries, tables
from muster.foundation.units.actions import GroupRow, NewGroup
from muster.foundation.units.models import Place, Placement, Tenure, Unit
from muster.foundation.units.queries import people as people_queries
from muster.foundation.units.tests.conftest import REFORM, TODAY, act, apply, divide, merge

LATER = date(2026, 7, 1)


def place(order, *rows):
    return actions.place_groups(order=order, table=rows, by="tester", on=TODAY, reason="minutes 3")


def unit_of(code, on=REFORM):
    return queries.unit_at(Place.objects.get(code=code).pk, on).code


@pytest.fixture
def people(monkeypatch):
    """Ten people in each place; nobody else counts them."""
    monkeypatch.setattr(
        people_queries,
        "people_by_place",
        lambda _: dict.fromkeys(Place.objects.values_list("pk", flat=True), 10),
    )


@pytest.fixture
def addresses(monkeypatch):
    """What people at the place 10003-1 gave as their address, and how many did."""
    given = Counter()
    monkeypatch.setattr(
        people_queries,
        "addresses_at",
        lambda _places, _on: {Place.objects.get(code="10003-1").pk: given},
    )
    return given


class TestPlacing:
    def test_a_table_settles_groups_from_the_day_of_effect(self, reform):
        settled = place(
            reform["1669"],
            GroupRow("10003", "tổ dân phố 1", "10001"),
            GroupRow("10003", "10003-2", "10003"),
        )
        assert settled == 2
        assert unit_of("10003-1") == "10001"
        assert unit_of("10003-2") == "10003"
        waiting = Tenure.objects.filter(provisional=True)
        assert [each.place.code for each in waiting] == ["10003"]

    def test_the_decision_is_kept_and_logged(self, reform):
        place(reform["1669"], GroupRow("10003", "10003-1", "10001"))
        decision = Placement.objects.get()
        assert (decision.keeper.code, decision.unit.code) == ("10003", "10001")
        assert (decision.settled_on, decision.settled_by, decision.reason) == (
            TODAY,
            "tester",
            "minutes 3",
        )

    def test_those_whose_group_is_unknown_are_settled_one_by_one(self, reform):
        actions.settle_place(
            order=reform["1669"], place=Place.objects.get(code="10003"),
            unit=Unit.objects.get(code="10001", opened_on=REFORM),
            by="tester", on=TODAY, reason="neighbours",
        )  # fmt: skip
        assert unit_of("10003") == "10001"

    @pytest.mark.parametrize(
        ("row", "sentence"),
        [
            (
                GroupRow("10003", "Tổ dân phố 9", "10001", 7),
                "row 7: no place Tổ dân phố 9 is known",
            ),
            (GroupRow("10003", "10003-1", "11002"), "11002 is not among the units"),
        ],
    )
    def test_a_faulty_row_places_nobody(self, reform, row, sentence):
        good = GroupRow("10003", "10003-2", "10001")
        with pytest.raises(actions.NotWaiting, match=sentence):
            place(reform["1669"], good, row)
        assert not Placement.objects.exists()

    def test_a_row_that_says_what_is_so_already_settles_nothing(self, reform):
        assert place(reform["1669"], GroupRow("10001", "10001", "10001")) == 0

    def test_a_group_named_twice_is_refused(self, reform):
        rows = GroupRow("10003", "10003-1", "10001"), GroupRow("10003", "Tổ dân phố 1", "10003")
        with pytest.raises(actions.NotWaiting, match="more than once"):
            place(reform["1669"], *rows)

    def test_a_settled_group_cannot_be_placed_otherwise(self, reform):
        place(reform["1669"], GroupRow("10003", "10003-1", "10001"))
        with pytest.raises(actions.NotWaiting, match="does not wait"):
            place(reform["1669"], GroupRow("10003", "10003-1", "10003"))
        assert place(reform["1669"], GroupRow("10003", "10003-1", "10001")) == 0


@pytest.mark.usefixtures("country")
class TestGroups:
    @pytest.mark.usefixtures("reform")
    def test_a_group_found_after_the_reform_waits_where_its_commune_waits(self):
        actions.establish_places(groups=[NewGroup("10003-9", "Tổ 9", "10003")])
        tenures = Tenure.objects.filter(place__code="10003-9").order_by("valid_from")
        assert [(each.unit.code, each.provisional) for each in tenures] == [
            ("10003", False),
            ("10003", True),
        ]

    def test_a_known_group_stays_as_it_is(self):
        assert actions.establish_places(groups=[NewGroup("10003-1", "Tên khác", "10003")]) == 0
        assert Place.objects.get(code="10003-1").name == "Tổ dân phố 1"

    def test_a_group_of_an_unknown_commune_is_refused(self):
        with pytest.raises(actions.UnknownGround, match="99999"):
            actions.establish_places(groups=[NewGroup("x", "x", "99999")])


@pytest.mark.usefixtures("people")
class TestReconciliation:
    def test_before_is_after_and_work_list(self, reform):
        matrix = queries.matrix(reform["1669"])
        assert (matrix.before, matrix.after, matrix.waiting) == (70, 40, 30)
        assert matrix.holds
        assert sum(matrix.rows().values()) == sum(matrix.columns().values()) == 70

    def test_the_work_list_empties_when_all_are_placed(self, reform):
        codes = "10003", "10003-1", "10003-2"
        place(reform["1669"], *(GroupRow("10003", code, "10001") for code in codes))
        matrix = queries.matrix(reform["1669"])
        assert (matrix.before, matrix.after, matrix.waiting) == (70, 70, 0)
        assert queries.work_list(reform["1669"]) == []

    def test_the_work_list_names_keeper_and_parts(self, reform):
        waiting = queries.work_list(reform["1669"])
        assert [each.code for each in waiting] == ["10003", "10003-1", "10003-2"]
        assert {each.keeper.code for each in waiting} == {"10003"}
        assert {part.code for part in waiting[0].parts} == {"10001", "10003"}
        assert waiting[0].old.opened_on < REFORM

    def test_a_merger_of_provinces_is_proved_by_province(self, reform):
        matrix = queries.matrix(reform["202"])
        sums = {(cell.old.code, cell.new.code): cell.people for cell in matrix.cells}
        assert sums == {("30", "31"): 50, ("31", "31"): 40}

    def test_the_end_of_districts_is_proved_by_district(self, reform):
        matrix = queries.matrix(reform["203"])
        sums = {(cell.old.code, cell.new.code): cell.people for cell in matrix.cells}
        assert sums == {("300", "31"): 50, ("310", "31"): 30, ("318", "11948"): 10}

    def test_people_outside_the_map_are_unaccounted(self, reform, monkeypatch):
        monkeypatch.setattr(people_queries, "people_by_place", lambda _: {10**9: 3})
        matrix = queries.matrix(reform["1669"])
        assert matrix.unaccounted == 3
        assert not matrix.holds

    def test_an_equation_is_logged_once(self, reform):
        matrix = queries.matrix(reform["1669"])
        step = actions.log_reconciliation(matrix=matrix, by="tester", on=TODAY)
        assert step.figures["work_list"] == 30
        assert actions.log_reconciliation(matrix=matrix, by="tester", on=TODAY) is None

    @pytest.mark.usefixtures("country")
    def test_an_order_that_is_not_applied_cannot_be_reconciled(self):
        done = apply("1", merge(["11001", "11002"], "11002", "310"))
        actions.undo_order(order=done, by="tester", on=TODAY)
        done.refresh_from_db()
        with pytest.raises(queries.UnknownUnit, match="not applied"):
            queries.matrix(done)


class TestTables:
    def write(self, path, text):
        path.write_text(text, encoding="utf-8")
        return path

    def test_csv_with_vietnamese_heads(self, tmp_path):
        file = self.write(tmp_path / "t.csv", "Mã xã cũ;Tổ dân phố;Mã xã mới\n10003;Tổ 1;10001\n")
        assert tables.read_groups(file) == [GroupRow("10003", "Tổ 1", "10001", 2)]

    @pytest.mark.parametrize(
        ("name", "text", "sentence"),
        [
            ("t.csv", "a,b\n", "old_code is missing"),
            ("t.csv", "old_code,group,new_code\n", "no rows"),
            ("t.csv", "old_code,group,new_code\n1,,2\n", "row 2 lacks"),
            ("t.xlsx", "no zip", "not an xlsx file"),
        ],
    )
    def test_a_bad_table_is_refused(self, tmp_path, name, text, sentence):
        with pytest.raises(tables.BadTable, match=sentence):
            tables.read_groups(self.write(tmp_path / name, text))

    def test_an_archive_that_unpacks_without_end_is_refused(self, tmp_path, monkeypatch):
        monkeypatch.setattr(tables, "MAX_UNPACKED", 1_000)
        with zipfile.ZipFile(tmp_path / "t.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("xl/big.xml", "0" * 10_000)
        with pytest.raises(tables.BadTable, match="unpacks to more"):
            tables.read_groups(tmp_path / "t.xlsx")


class TestAgreement:
    @pytest.fixture
    def proposal(self, reform):
        return actions.propose_place(
            order=reform["1669"], place=Place.objects.get(code="10003-1"),
            unit=Unit.objects.get(code="10001", opened_on=REFORM), by="clerk A", on=TODAY,
            reason="the road",
        )  # fmt: skip

    def test_one_proposes_the_other_accepts_the_province_settles(self, proposal):
        assert unit_of("10003-1") == "10003"
        actions.accept_place(placement=proposal, by="clerk B", on=TODAY)
        done = actions.settle_proposal(placement=proposal, by="province", on=TODAY)
        assert unit_of("10003-1") == "10001"
        assert (done.proposed_by, done.accepted_by, done.settled_by) == (
            "clerk A",
            "clerk B",
            "province",
        )
        assert done.reason == "the road"

    def test_a_proposal_is_not_settled_before_it_is_accepted(self, proposal):
        with pytest.raises(actions.NotAgreed, match="not accepted yet"):
            actions.settle_proposal(placement=proposal, by="province", on=TODAY)
        assert unit_of("10003-1") == "10003"

    def test_a_newer_proposal_replaces_the_older(self, reform, proposal):
        keeper = Unit.objects.get(code="10003", opened_on=REFORM)
        actions.propose_place(
            order=reform["1669"], place=proposal.place, unit=keeper, by="clerk B", on=TODAY
        )
        assert [each.unit for each in Placement.objects.all()] == [keeper]

    def test_a_proposal_can_be_withdrawn(self, proposal):
        actions.withdraw_place(placement=proposal)
        assert not Placement.objects.exists()

    def test_only_a_part_can_be_proposed(self, reform):
        with pytest.raises(actions.NotWaiting, match="does not wait"):
            actions.propose_place(
                order=reform["1669"], place=Place.objects.get(code="10003-1"),
                unit=Unit.objects.get(code="11002", opened_on=REFORM), by="x", on=TODAY,
            )  # fmt: skip


class TestSuggestions:
    def reason(self, order, place):
        found = queries.suggestions(order, queries.work_list(order), TODAY)
        suggestion = found.get(Place.objects.get(code=place).pk)
        return suggestion and (suggestion.unit.code, suggestion.reason)

    def test_by_the_name_of_the_new_unit(self, reform):
        Place.objects.filter(code="10003-1").update(name="Tổ dân phố Thành Đông")
        code, reason = self.reason(reform["1669"], "10003-1")
        assert code == "10001"
        assert "name" in reason

    def test_by_the_addresses_of_those_who_live_there(self, reform, addresses):
        Place.objects.filter(code="10003-2").update(name="Thôn Bến")
        place(reform["1669"], GroupRow("10003", "10003-2", "10001"))
        addresses.update({"Số 4, thon ben": 2, "ngõ 12, Thành Đông": 1, "ở nhờ": 2})
        code, reason = self.reason(reform["1669"], "10003-1")
        assert code == "10001"
        assert "3 of 5 addresses" in reason

    def test_not_by_addresses_that_name_both_parts_or_too_few(self, reform, addresses):
        both = " ".join(unit.name for unit in queries.work_list(reform["1669"])[0].parts)
        addresses.update({both: 5, "Thành Đông": 1})
        assert self.reason(reform["1669"], "10003-1") is None

    def test_by_what_the_groups_beside_it_chose(self, reform):
        place(reform["1669"], GroupRow("10003", "10003-1", "10001"))
        code, reason = self.reason(reform["1669"], "10003-2")
        assert code == "10001"
        assert "1 of 1" in reason

    def test_none_without_a_ground(self, reform):
        assert self.reason(reform["1669"], "10003-1") is None


def test_heirs_of_a_closed_unit(reform):
    old = Unit.objects.get(code="10003", opened_on=date(2023, 1, 1)).pk
    codes = queries.named(queries.heirs(old, REFORM), REFORM).values()
    assert {each.code for each in codes} == {"10001", "10003"}
    kept = queries.named(queries.heirs(old, REFORM, keepers=True), REFORM).values()
    assert [each.code for each in kept] == ["10003"]
    assert queries.heirs(old, date(2025, 6, 30)) == [old]


class TestKeeper:
    ORDER = (
        "99",
        merge(["10001"], "10001", "300"),
        merge(["11001", "11002"], "11002", "310"),
        divide("10003", ["10001", "11002"]),
    )

    @pytest.mark.usefixtures("people", "country")
    def test_is_the_part_with_more_people_when_none_is_named(self):
        apply(*self.ORDER)
        assert unit_of("10003") == "11002"

    @pytest.mark.usefixtures("people", "country")
    def test_is_the_part_to_which_the_order_moves_more_people(self):
        apply(*self.ORDER, act("move", places=["10003-1"], to="10001"))
        assert unit_of("10003") == "10001"
        assert unit_of("10003-2") == "10001"
        waiting = Tenure.objects.filter(provisional=True).values_list("place__code", flat=True)
        assert set(waiting) == {"10003", "10003-2"}
