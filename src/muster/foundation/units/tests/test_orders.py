"""An order is applied wholly or not at all, and undone exactly."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from muster.foundation.units import actions, queries
from muster.foundation.units.models import (
    Order,
    Place,
    Succession,
    Tenure,
    Unit,
    UnitParent,
    Verb,
)
from muster.foundation.units.rules import BadOrder
from muster.foundation.units.tests.conftest import (
    BEGINS,
    COMMUNES,
    REFORM,
    TODAY,
    act,
    apply,
    divide,
    establish,
    file,
    merge,
)

EVE = REFORM - timedelta(days=1)
LATER = REFORM + timedelta(days=365)


def unit_of(place, on):
    found = queries.unit_at(Place.objects.get(code=place).pk, on)
    return found.code, found.opened_on


def everything():
    """Every span of the map, without the rows' own ids."""
    tables = {
        "units_unit": "code, level, opened_on, closed_on, closed_by_id, ended",
        "units_unitversion": "unit_id, name, kind, valid_from, valid_to, closed_by_id",
        "units_unitparent": "unit_id, parent_id, valid_from, valid_to, closed_by_id",
        "units_tenure": "place_id, unit_id, valid_from, valid_to, closed_by_id, provisional",
        "units_link": "kind, source_id, target_id, valid_from, valid_to, closed_by_id",
        "units_succession": "old_id, new_id, whole",
    }
    with connection.cursor() as cursor:
        found = {}
        for table, columns in tables.items():
            cursor.execute(f"select {columns} from {table} order by {columns}")
            found[table] = cursor.fetchall()
        return found


def test_ground_follows_its_unit_on_the_day(reform):
    assert unit_of("10001", EVE) == ("10001", BEGINS)
    assert unit_of("10001", REFORM) == ("10001", REFORM)
    assert unit_of("10002", REFORM) == ("10001", REFORM)
    assert unit_of("11001", REFORM) == ("11002", REFORM)


def test_an_untouched_commune_comes_under_the_new_province(reform):
    unit = queries.resolve("11003", REFORM)
    assert unit.opened_on == BEGINS
    above = queries.ancestors(unit.id, EVE)
    assert [each.code for each in above] == ["310", "31"]
    assert [each.opened_on for each in queries.ancestors(unit.id, REFORM)] == [REFORM]


def test_an_island_district_becomes_its_zone(reform):
    assert unit_of("318", EVE)[0] == "318"
    assert unit_of("318", REFORM) == ("11948", REFORM)


def test_a_divided_commune_waits_with_its_keeper(reform):
    for place in ("10003", "10003-1", "10003-2"):
        assert unit_of(place, REFORM) == ("10003", REFORM)
    assert Tenure.objects.filter(provisional=True).count() == 3


def test_undo_restores_the_map_exactly(country):
    before = everything()
    done = apply(*COMMUNES[:1], *COMMUNES[1:2], merge(["11001", "11002"], "11002", "310"))
    assert everything() != before
    actions.undo_order(order=done, by="tester", on=TODAY)
    assert everything() == before


def test_the_whole_reform_is_undone_at_once(reform):
    actions.undo_orders(orders=list(reform.values()), by="tester", on=TODAY)
    assert not Unit.objects.filter(closed_on__isnull=False).exists()
    assert not Succession.objects.exists()
    assert unit_of("10002", REFORM) == ("10002", BEGINS)
    assert not Order.objects.filter(applied_on__isnull=False).exclude(number="baseline").exists()


def test_undo_says_which_order_stands_in_the_way(reform):
    with pytest.raises(actions.CannotUndo, match="order 1669 builds on it"):
        actions.undo_order(order=reform["202"], by="tester", on=TODAY)


def test_undo_says_when_places_were_settled(reform):
    row = actions.GroupRow("10003", "Tổ dân phố 1", "10001")
    actions.place_groups(order=reform["1669"], table=[row], by="tester", on=TODAY)
    with pytest.raises(actions.CannotUndo, match="places have been settled"):
        actions.undo_orders(orders=list(reform.values()), by="tester", on=TODAY)


def test_an_undone_order_can_be_applied_again(country):
    done = apply("1", act("rename", unit="11001", name="An Biên"))
    actions.undo_order(order=done, by="tester", on=TODAY)
    actions.apply_order(order=Order.objects.get(number="1"), by="tester", on=TODAY)
    assert queries.resolve("11001", REFORM).name == "An Biên"
    assert queries.resolve("11001", EVE).name == "11001"
    verbs = list(done.steps.order_by("pk").values_list("verb", flat=True))
    assert verbs == [Verb.APPLIED, Verb.UNDONE, Verb.APPLIED]


def test_every_step_is_in_the_ledger(reform):
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from ledger_entry where kind = 'units.order'")
        assert cursor.fetchone()[0] == 4


def test_an_order_with_faults_changes_nothing(country):
    before = everything()
    faulty = file("1", act("rename", unit="11001", name="x"), merge(["11002", "99999"], "11002"))
    with pytest.raises(BadOrder, match="99999"):
        actions.apply_order(order=faulty, by="tester", on=TODAY)
    assert everything() == before


def test_orders_are_applied_all_or_none(country):
    before = everything()
    orders = [
        file("1", merge(["11001", "11002"], "11002", "310")),
        file("2", act("rename", unit="11001", name="x"), on=LATER),
    ]
    with pytest.raises(BadOrder, match=r"order 2.*closed since 2025-07-01 by order 1"):
        actions.apply_orders(orders=orders, by="tester", on=TODAY)
    assert everything() == before


def test_an_order_may_take_effect_in_the_future(country):
    apply("1", merge(["11001", "11002"], "11002", "310"), on=LATER)
    assert unit_of("11001", REFORM) == ("11001", BEGINS)
    assert unit_of("11001", LATER) == ("11002", LATER)


def test_an_order_that_a_later_one_contradicts_is_refused(country):
    apply("1", merge(["11001", "11002"], "11002", "310"), on=LATER)
    with pytest.raises(BadOrder, match="order 1 of 2026-07-01 already changes the unit 11001"):
        apply("2", act("rename", unit="11001", name="x"))


def test_a_later_order_reorganises_what_an_earlier_one_made(reform):
    second = (
        merge(["10001", "11002"], "10001", name="Mới"),
        establish("10003", "commune", "31"),
        establish("10004", "commune", "31"),
        divide("10003", ["10003", "10004"]),
        act("rename", unit="11003", name="Đổi"),
    )
    before = everything()
    done = apply("99", *second, on=LATER)
    assert unit_of("10002", LATER) == ("10001", LATER)
    assert queries.resolve("11003", LATER).name == "Đổi"
    assert queries.resolve("10001", REFORM).name == "Thành Đông"
    actions.undo_order(order=done, by="tester", on=TODAY)
    assert everything() == before


def test_an_applied_order_cannot_be_applied_or_refiled_otherwise(reform):
    with pytest.raises(actions.CannotApply, match="applied since"):
        actions.apply_order(order=reform["202"], by="tester", on=TODAY)
    with pytest.raises(actions.OrderDiffers, match="says something else"):
        file("202", act("rename", unit="31", name="x"))
    assert file(*COMMUNES).pk == reform["1669"].pk


def test_an_order_without_a_day_is_filed_but_not_applied(country):
    order = file("36/2026", act("change_kind", unit="31", kind="thành phố"), on=None)
    with pytest.raises(actions.CannotApply, match="no confirmed day of effect"):
        actions.apply_order(order=order, by="tester", on=TODAY)


def test_a_command_serves_what_its_ground_becomes(country):
    apply(
        "bqp",
        establish("QK3", "region"),
        establish("CH30", "province", "QK3", serves="30"),
        establish("CX1", "commune", "CH30", serves="10001"),
        tree="defence", on=BEGINS,
    )  # fmt: skip
    apply("1", merge(["10001", "10002"], "10001", "300"))
    command = queries.resolve("CX1", REFORM, "defence")
    names = {
        place.code for place in Place.objects.filter(pk__in=queries.place_ids(command.id, REFORM))
    }
    assert names == {"10001", "10002"}
    assert [queries.named([u], EVE)[u].code for u in queries.leaf_ids(command.id, EVE)] == ["10001"]


class TestTheDatabaseRefuses:
    def test_a_gap_in_a_tenure(self, country):
        with pytest.raises(IntegrityError, match="a tenure ends on"), transaction.atomic():
            Tenure.objects.filter(place__code="10001").update(valid_to=REFORM, closed_by=country)

    @pytest.mark.usefixtures("country")
    def test_two_units_for_one_place(self):
        tenure = Tenure.objects.get(place__code="10001")
        tenure.pk, tenure.unit_id = None, Unit.objects.get(code="10002").pk
        with pytest.raises(IntegrityError, match="a tenure ends on"), transaction.atomic():
            tenure.save()

    def test_a_unit_that_outlives_its_parent(self, country):
        with pytest.raises(IntegrityError, match="outlives its parent"), transaction.atomic():
            Unit.objects.filter(code="310").update(closed_on=REFORM, closed_by=country)

    def test_a_unit_that_closes_while_it_holds_ground(self, country):
        with pytest.raises(IntegrityError, match="outside its life"), transaction.atomic():
            Unit.objects.filter(code="11001").update(closed_on=REFORM, closed_by=country)

    @pytest.mark.usefixtures("reform")
    def test_a_parent_that_lasts_longer_than_its_closed_unit(self):
        closed = UnitParent.objects.filter(unit__code="11001", unit__closed_on=REFORM)
        with pytest.raises(IntegrityError, match="a parent ends on"), transaction.atomic():
            assert closed.update(valid_to=date(2025, 8, 1))

    @pytest.mark.usefixtures("reform")
    def test_a_unit_that_opens_again_under_a_closed_parent(self):
        unit = Unit.objects.get(code="11001", closed_on=REFORM)
        Unit.objects.filter(pk=unit.pk).update(closed_on=None, closed_by=None)
        with pytest.raises(IntegrityError, match="outlives its parent"), transaction.atomic():
            assert unit.parents.update(valid_to=None, closed_by=None)

    def test_a_unit_that_closes_on_the_day_it_opens(self, country):
        with pytest.raises(IntegrityError, match="units_unit_life"), transaction.atomic():
            Unit.objects.filter(code="11001").update(closed_on=BEGINS, closed_by=country)
