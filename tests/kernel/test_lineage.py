"""Units through time: what an order does, what it refuses, what always holds."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.kernel.lineage import (
    ChangeKind,
    Chart,
    Descent,
    Dissolve,
    Divide,
    Establish,
    Founding,
    Guide,
    Key,
    Link,
    Merge,
    Move,
    NotOnTop,
    Order,
    Profile,
    Reason,
    Rename,
    Reparent,
    Spell,
    Unlawful,
    World,
    apply,
    descend,
    flaws,
    plan,
    undo,
)
from muster.kernel.lineage.world import Seat

BEFORE, REFORM, LATER = date(2024, 1, 1), date(2025, 7, 1), date(2026, 7, 1)
GOVERNMENT, DEFENCE = "government", "defence"


def founding(code, level, parent=None, name=None, serves=None):
    return Founding(code, level, Profile(name or f"unit {code}", "kind"), parent, serves)


def order(number, *acts, on=REFORM, tree=GOVERNMENT):
    return Order(number, tree, on, acts)


def commune(code, parent="31", name=None):
    return founding(code, "commune", parent, name)


def country(provinces=2, districts=2, communes=3, groups=2):
    """Provinces 30, 31, …; districts 300, 301, 310, …; communes 30000, … with their groups."""
    acts, places = [], []
    for p in range(30, 30 + provinces):
        acts.append(Establish(founding(str(p), "province")))
        for d in range(districts):
            acts.append(Establish(founding(f"{p}{d}", "district", str(p))))
            for c in range(communes):
                code = f"{p}{d}{c:02}"
                acts.append(Establish(commune(code, f"{p}{d}")))
                places += [(code, code), *((f"{code}-{g}", code) for g in range(groups))]
    world = apply(World(), order("baseline", *acts, on=BEFORE))
    seats = {
        place: (Spell(Seat(Key(GOVERNMENT, code, BEFORE)), BEFORE, None, "baseline"),)
        for place, code in places
    }
    return replace(world, seats=seats)


PROVINCES = order("202", Merge(("30", "31"), founding("31", "province", name="Hải Phòng")))
COMMUNES = order(
    "1669",
    Merge(("30000", "30001"), commune("30001", name="An Biên")),
    Establish(commune("30002", name="Lê Chân")),
    Divide("30002", ("30001", "30002"), keeper="30002"),
)
DISTRICTS = order("203", Dissolve(level="district"))


@pytest.fixture
def before():
    return country()


@pytest.fixture
def after(before):
    return apply(apply(apply(before, PROVINCES), COMMUNES), DISTRICTS)


def old(code):
    return Key(GOVERNMENT, code, BEFORE)


def new(code, since=REFORM):
    return Key(GOVERNMENT, code, since)


def reasons(world, *acts, **how):
    with pytest.raises(Unlawful) as refusal:
        apply(world, order("X", *acts, **how))
    return {(fault.reason, fault.code) for fault in refusal.value.faults}


class TestReform:
    def test_keeps_every_promise(self, after):
        assert flaws(after) == []

    def test_a_code_means_one_unit_before_and_another_after(self, after):
        assert after.standing(date(2025, 6, 30))[old("31")].profile.name == "unit 31"
        assert after.standing(REFORM)[new("31")].profile.name == "Hải Phòng"
        assert old("31") not in after.standing(REFORM)

    def test_ground_follows_its_unit(self, after):
        assert after.unit_of("30000-1", date(2025, 6, 30)) == old("30000")
        assert after.unit_of("30000-1", REFORM) == new("30001")

    def test_untouched_communes_keep_their_identity_and_come_under_the_province(self, after):
        assert after.chain(old("31000"), date(2025, 6, 30)) == [
            old(c) for c in ("31000", "310", "31")
        ]
        assert after.chain(old("31000"), REFORM) == [old("31000"), new("31")]

    def test_a_divided_place_waits_with_its_keeper(self, after):
        for place in ("30002", "30002-0", "30002-1"):
            assert after.seats[place][-1].value == Seat(new("30002"), provisional=True)

    def test_without_a_named_keeper_the_first_part_keeps(self, before):
        world = apply(
            before,
            order("1", Establish(commune("30003", "300")), Establish(commune("30004", "300")),
                  Divide("30000", ("30004", "30003"))),
        )  # fmt: skip
        assert world.unit_of("30000", REFORM) == new("30004")

    def test_a_merged_unit_is_wholly_succeeded_a_divided_one_in_part(self, after):
        lines = {(s.old.code, s.new.code): s.whole for _, s in after.successions}
        assert lines["30000", "30001"] is True
        assert lines["30002", "30001"] is lines["30002", "30002"] is False

    def test_dissolved_districts_are_marked_ended(self, after):
        assert old("300") in after.ended
        assert not [key for key in after.standing(REFORM) if key.code == "300"]

    def test_a_dissolved_island_district_hands_its_ground_to_its_zone(self, before):
        island = replace(
            apply(before, order("i", Establish(founding("318", "district", "31")), on=BEFORE)),
            seats={**before.seats, "318": (Spell(Seat(old("318")), BEFORE, None, "baseline"),)},
        )
        zone = order("z", Establish(commune("11948")), Dissolve("318", successors=("11948",)))
        world = apply(island, zone)
        assert world.unit_of("318", REFORM) == new("11948")
        assert ("z", (old("318"), new("11948"), True, True)) in world.successions


class TestUndo:
    def test_gives_back_the_former_world_exactly(self, before, after):
        world = after
        for number in ("203", "1669", "202"):
            world = undo(world, number)
        assert world == before

    def test_is_refused_while_another_order_builds_on_it(self, after):
        with pytest.raises(NotOnTop, match="1669"):
            undo(after, "202")

    def test_is_refused_when_a_freed_code_was_given_anew(self, before):
        world = apply(before, order("1", Merge(("30000", "30001"), commune("30001", "300"))))
        world = apply(world, order("2", Establish(commune("30000", "301")), on=LATER))
        with pytest.raises(NotOnTop, match="order 2"):
            undo(world, "1")

    def test_of_a_rename_gives_back_the_name(self, before):
        world = apply(before, order("1", Rename("30000", "Kiến An"), ChangeKind("30000", "phường")))
        profile = world.standing(REFORM)[old("30000")].profile
        assert (profile.name, profile.kind) == ("Kiến An", "phường")
        assert undo(world, "1") == before


class TestRefusal:
    def test_of_an_unknown_code(self, before):
        assert reasons(before, Rename("99999", "X")) == {(Reason.UNKNOWN, "99999")}

    def test_of_a_merge_of_a_closed_unit(self, after):
        merge = Merge(("30000", "31000"), commune("30000"))
        assert reasons(after, merge, on=LATER) == {(Reason.CLOSED, "30000")}

    def test_of_a_parent_that_the_same_order_closes(self, before):
        acts = Establish(commune("30009", "300")), Dissolve("300")
        assert reasons(before, *acts) == {(Reason.CLOSED, "300")}

    def test_of_two_acts_that_close_the_same_unit(self, before):
        acts = (
            Merge(("30000", "30001"), commune("30001", "300")),
            Merge(("30001", "30002"), commune("30002", "300")),
        )
        assert reasons(before, *acts) == {(Reason.OVERLAP, "30001")}

    def test_of_two_orders_that_close_the_same_unit(self, before):
        world = apply(before, order("1", Merge(("30000", "30001"), commune("30001", "300"))))
        merge = Merge(("30000", "30002"), commune("30002", "300"))
        assert reasons(world, merge) == {(Reason.CLOSED, "30000")}

    def test_of_an_order_that_a_later_one_contradicts(self, before):
        world = apply(
            before, order("1", Merge(("30000", "30001"), commune("30001", "300")), on=LATER)
        )
        assert reasons(world, Rename("30000", "X")) == {(Reason.CONTRADICTS, "30000")}

    def test_of_a_divide_without_parts(self, before):
        assert reasons(before, Divide("30000", ())) == {(Reason.NO_PARTS, "30000")}

    def test_of_a_keeper_that_is_no_part(self, before):
        acts = (
            Establish(commune("30003", "300")),
            Establish(commune("30004", "300")),
            Divide("30000", ("30003", "30004"), keeper="30001"),
        )
        assert reasons(before, *acts) == {(Reason.KEEPER, "30000")}

    def test_of_a_code_that_another_unit_still_bears(self, before):
        merge = Merge(("30000", "30001"), commune("30002", "300"))
        assert reasons(before, merge) == {(Reason.CODE_TAKEN, "30002")}

    def test_of_ground_left_without_a_unit(self, before):
        assert reasons(before, Dissolve("30000")) == {(Reason.NO_SUCCESSOR, "30000")}

    def test_of_a_parent_that_does_not_stand_higher(self, before):
        assert reasons(before, Reparent("30", "310")) == {(Reason.LEVEL, "30")}

    def test_of_a_unit_that_would_live_no_day(self, before):
        world = apply(before, order("1", Establish(commune("30003", "300"))))
        merge = Merge(("30003",), commune("30004", "300"))
        assert reasons(world, merge) == {(Reason.OPENED_TODAY, "30003")}

    def test_names_every_fault_and_its_act(self, before):
        with pytest.raises(Unlawful) as refusal:
            apply(before, order("X", Rename("1", "a"), Rename("30000", "b"), Reparent("2", "300")))
        assert [fault.act for fault in refusal.value.faults] == [0, 2]

    def test_of_one_order_leaves_those_after_it_readable(self, before):
        chart = Chart(REFORM, before.standing(REFORM))
        outcomes = plan(chart, [order("1", Rename("9", "x")), order("2", Rename("30", "y"))])
        assert [bool(outcome.faults) for outcome in outcomes] == [True, False]


class TestMove:
    def test_of_places_changes_their_unit_only(self, before):
        world = apply(before, order("1", Move(("30000-0",), "30101")))
        assert world.unit_of("30000-0", REFORM) == old("30101")
        assert world.unit_of("30000-1", REFORM) == old("30000")
        assert undo(world, "1") == before

    def test_of_an_unknown_place_is_refused(self, before):
        assert reasons(before, Move(("30000-9",), "30101")) == {(Reason.UNKNOWN_PLACE, "30000-9")}

    def test_before_a_closing_settles_the_place(self, before):
        acts = (
            Establish(commune("30003", "300")),
            Establish(commune("30004", "300")),
            Move(("30000-0",), "30003"),
            Divide("30000", ("30003", "30004"), keeper="30004"),
        )
        world = apply(before, order("1", *acts))
        assert world.seats["30000-0"][-1].value == Seat(new("30003"))
        assert world.seats["30000-1"][-1].value == Seat(new("30004"), provisional=True)


class TestDefence:
    @pytest.fixture
    def commands(self, before):
        acts = (
            Establish(founding("QK3", "region")),
            Establish(founding("CH30", "province", "QK3", serves="30")),
            Establish(founding("CH31", "province", "QK3", serves="31")),
            Establish(founding("BC1", "regional", "CH31")),
            Establish(founding("C1", "commune", "CH31", serves="31000")),
            Guide("BC1", ("C1",)),
        )
        return apply(before, order("bqp", *acts, on=BEFORE, tree=DEFENCE))

    def test_a_command_serves_what_its_ground_becomes(self, commands):
        world = apply(commands, PROVINCES)
        source = Key(DEFENCE, "CH30", BEFORE)
        line = world.links[Link("serves", source, new("31"))]
        assert line[-1].covers(REFORM)
        assert not world.links[Link("serves", source, old("30"))][-1].covers(REFORM)

    def test_a_merged_command_guides_on(self, commands):
        merge = Merge(("BC1",), founding("BC2", "regional", "CH31"))
        world = apply(commands, order("bqp2", merge, tree=DEFENCE))
        link = Link("guides", Key(DEFENCE, "BC2", REFORM), Key(DEFENCE, "C1", BEFORE))
        assert world.links[link][-1].covers(REFORM)
        assert flaws(world) == []

    def test_trees_do_not_share_codes(self, commands):
        merge = Merge(("30",), founding("9", "province"))
        assert reasons(commands, merge, tree=DEFENCE) == {(Reason.UNKNOWN, "30")}


class TestDescent:
    def test_follows_several_orders(self):
        lines = descend(["A", "B"], {"A": [("N", REFORM)], "N": [("L", LATER)]}, {"L", "B"})
        assert lines == [Descent("A", "L", True), Descent("B", "B", True)]

    def test_calls_both_sides_of_a_lost_part_a_part(self):
        lines = descend(["A"], {"A": [("B", REFORM)]}, {"A", "B"})
        assert lines == [Descent("A", "A", False), Descent("A", "B", False)]

    def test_does_not_follow_ground_into_the_past(self):
        lines = descend(["A"], {"A": [("B", LATER)], "B": [("C", REFORM)]}, {"B", "C"})
        assert lines == [Descent("A", "B", True)]

    def test_of_an_ended_unit_is_empty(self):
        assert descend(["A"], {}, set()) == []


# Properties over any sequence of lawful orders

CHOICES = st.tuples(
    st.sampled_from(
        ["merge", "divide", "rename", "kind", "reparent", "move", "dissolve", "provinces"]
    ),
    *[st.integers(0, 10**6)] * 4,
)


def pick(items, n):
    return sorted(items)[n % len(items)]


def some_order(world, number, day, choice):
    """An order made of one random act on what stands; it need not be lawful."""
    sort, i, j, k, m = choice
    standing = world.standing(day)
    by_level = {level: [key.code for key in standing if standing[key].level == level]
                for level in ("province", "district", "commune")}  # fmt: skip
    leaf, other, third = (pick(by_level["commune"], n) for n in (i, j, k))
    above = pick(by_level["district"] + by_level["province"], m)
    fresh = f"9{int(number):04}"
    acts = {
        "merge": [Merge(tuple({leaf, other}), commune(pick([leaf, other, fresh], k), above))],
        "divide": [
            Establish(commune(fresh, above)),
            Merge((other,), commune(other, above)),
            Divide(leaf, (fresh, other), pick([fresh, other], k)),
        ],
        "rename": [Rename(leaf, f"name {k}")],
        "kind": [ChangeKind(above, f"kind {k}")],
        "reparent": [Reparent(leaf, above)],
        "move": [Move((pick(world.seats, k), pick(world.seats, m)), leaf)],
        "dissolve": [Dissolve(above)] if i % 2 else [Dissolve(leaf, successors=(other, third))],
        "provinces": [Merge(tuple(by_level["province"]), founding(above[:2], "province"))],
    }
    return order(number, *acts[sort], on=day)


def history(choices, steps):
    """A country and every lawful order of the sequence applied, worlds in order."""
    worlds, numbers, day = [country(2, 2, 2, 1)], [], REFORM
    for n, (choice, step) in enumerate(zip(choices, steps, strict=False)):
        day += timedelta(days=step)
        try:
            worlds.append(apply(worlds[-1], some_order(worlds[-1], str(n), day, choice)))
        except Unlawful:
            continue
        numbers.append(str(n))
    return worlds, numbers


HISTORIES = st.builds(
    history,
    st.lists(CHOICES, min_size=1, max_size=20),
    st.lists(st.integers(0, 2), min_size=20, max_size=20),
)


@given(HISTORIES)
@settings(max_examples=150, deadline=None)
def test_every_lawful_history_keeps_every_promise(drawn):
    worlds, _ = drawn
    assert flaws(worlds[-1]) == []


@given(HISTORIES)
@settings(max_examples=80, deadline=None)
def test_each_place_lies_in_one_unit_per_level_at_every_date(drawn):
    world = drawn[0][-1]
    for day in {line[0].since for line in world.lives.values()} | {REFORM, LATER}:
        standing = world.standing(day)
        for place in world.seats:
            chain = world.chain(world.unit_of(place, day), day)
            levels = [standing[unit].level for unit in chain]
            assert len(levels) == len(set(levels))
            assert levels[0] == "commune"
            assert levels[-1] == "province"


@given(HISTORIES)
@settings(max_examples=80, deadline=None)
def test_apply_then_undo_is_the_identity(drawn):
    worlds, numbers = drawn
    world = worlds[-1]
    for number, former in zip(reversed(numbers), reversed(worlds[:-1]), strict=True):
        world = undo(world, number)
        assert world == former


@given(CHOICES, CHOICES)
@settings(max_examples=150, deadline=None)
def test_orders_commute_when_they_touch_different_units(first, second):
    whole = country(2, 2, 2, 1)
    left = some_order(part(whole, "30"), "1", REFORM, first)
    right = some_order(part(whole, "31"), "2", REFORM, second)
    try:
        one, other = apply(apply(whole, left), right), apply(apply(whole, right), left)
    except Unlawful:
        return
    assert replace(one, successions=()) == replace(other, successions=())
    assert set(one.successions) == set(other.successions)


def part(world, province):
    """The province alone, as its own clerk sees it."""
    return replace(
        world,
        lives={key: line for key, line in world.lives.items() if key.code.startswith(province)},
        seats={place: line for place, line in world.seats.items() if place.startswith(province)},
    )
