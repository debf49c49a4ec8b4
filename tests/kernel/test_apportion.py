"""A quota is shared out to the seat, between floors and caps, in an order that nobody chose."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.kernel.apportion import Apportionment, CannotApportion, Claim, apportion

# The United States census of 1880, on which the Alabama paradox was found in 1881.
CENSUS_1880 = {
    "AL": 1262505, "AR": 802525, "CA": 864694, "CO": 194327, "CT": 622700, "DE": 146608,
    "FL": 269493, "GA": 1542180, "IL": 3077871, "IN": 1978301, "IA": 1624615, "KS": 996096,
    "KY": 1648690, "LA": 939946, "ME": 648936, "MD": 934943, "MA": 1783085, "MI": 1636937,
    "MN": 780773, "MS": 1131597, "MO": 2168380, "NE": 452402, "NV": 62266, "NH": 346991,
    "NJ": 1131116, "NY": 5082871, "NC": 1399750, "OH": 3198062, "OR": 174768, "PA": 4282891,
    "RI": 276531, "SC": 995577, "TN": 1542359, "TX": 1591749, "VT": 332286, "VA": 1512565,
    "WV": 618457, "WI": 1315497,
}  # fmt: skip


def claims(weights: dict[str, int], floor: int = 0) -> list[Claim]:
    return [Claim(unit, weight, floor) for unit, weight in weights.items()]


@st.composite
def bounded(draw: st.DrawFn) -> tuple[int, list[Claim]]:
    """A quota and claims that some sharing out can meet."""
    made = []
    for number in range(draw(st.integers(1, 12))):
        weight, floor = draw(st.integers(1, 60)), draw(st.integers(0, 4))
        cap = draw(st.none() | st.integers(floor, floor + 15))
        made.append(Claim(f"c{number:02d}", weight, floor, cap))
    least = sum(claim.floor for claim in made)
    most = sum(least + 50 if claim.cap is None else claim.cap for claim in made)
    return draw(st.integers(least, most)), made


def test_the_quotas_of_1880_are_those_that_were_published() -> None:
    """Alabama's remainder led Texas and Illinois at 299 seats and trailed both at 300."""
    assert sum(CENSUS_1880.values()) == 49_371_340
    published = {299: {"AL": "7.646", "TX": "9.640", "IL": "18.640"}}
    published[300] = {"AL": "7.671", "TX": "9.672", "IL": "18.702"}
    for quota, order in ((299, ["AL", "IL", "TX"]), (300, ["IL", "TX", "AL"])):
        lines = {line.unit: line for line in apportion(quota, claims(CENSUS_1880)).lines}
        assert {u: f"{float(lines[u].share):.3f}" for u in published[quota]} == published[quota]
        assert sorted(order, key=lambda unit: lines[unit].rank) == order


def test_a_larger_quota_may_leave_somebody_with_less() -> None:
    """The textbook case of the Alabama paradox, which the method does not exclude."""
    weights = {"A": 6, "B": 6, "C": 2}
    assert apportion(10, claims(weights)).seats == {"A": 4, "B": 4, "C": 2}
    assert apportion(11, claims(weights)).seats == {"A": 5, "B": 5, "C": 1}


def test_a_clerk_can_check_a_line_by_hand() -> None:
    """1,000 men, 10 seats: 247 men give 2 seats and 470/1000 of one."""
    shared = apportion(10, claims({"A": 247, "B": 553, "C": 200}))
    line = shared.lines[0]
    assert (line.whole, line.remainder, line.pool_weight) == (2, 470, 1000)
    assert (line.share, line.rank, line.seats) == (Fraction(247, 100), 2, 2)
    assert (shared.left_over, shared.pool_seats) == (1, 10)
    assert shared.seats == {"A": 2, "B": 6, "C": 2}
    assert shared.lines[2].rank == 0  # a share without remainder competes for nothing


def test_every_commune_sends_someone() -> None:
    shared = apportion(20, claims({"A": 900, "B": 90, "C": 10}, floor=1))
    assert shared.seats == {"A": 17, "B": 2, "C": 1}
    assert [line.bound for line in shared.lines] == ["", "", "floor"]
    assert (shared.pool_seats, shared.pool_weight) == (19, 990)


def test_nobody_sends_more_men_than_there_are() -> None:
    shared = apportion(20, [Claim("A", 900, cap=10), Claim("B", 60), Claim("C", 40)])
    assert shared.seats == {"A": 10, "B": 6, "C": 4}
    assert shared.lines[0].bound == "cap"


def test_a_cap_that_frees_seats_may_lift_another_off_its_floor() -> None:
    shared = apportion(12, [Claim("A", 90, 0, 3), Claim("B", 6, 1), Claim("C", 4, 1)])
    assert shared.seats == {"A": 3, "B": 5, "C": 4}
    assert [line.bound for line in shared.lines] == ["cap", "", ""]


def test_equal_remainders_go_to_the_larger_weight() -> None:
    shared = apportion(2, claims({"A": 1, "B": 3}))
    assert shared.seats == {"A": 0, "B": 2}
    assert [line.tie for line in shared.lines] == ["weight", "weight"]


def test_equal_weights_go_by_code_and_the_line_says_so() -> None:
    shared = apportion(4, claims({"C": 5, "A": 5, "B": 5}))
    assert shared.seats == {"C": 1, "A": 2, "B": 1}
    assert {line.tie for line in shared.lines} == {"unit"}
    assert [line.rank for line in shared.lines] == [3, 1, 2]


def test_a_tie_that_decides_nothing_is_not_mentioned() -> None:
    shared = apportion(3, claims({"A": 5, "B": 5, "C": 5}))
    assert {line.tie for line in shared.lines} == {""}


def test_a_commune_without_men_gets_its_floor_only() -> None:
    shared = apportion(5, [Claim("A", 0), Claim("B", 0, 1), Claim("C", 7)])
    assert shared.seats == {"A": 0, "B": 1, "C": 4}


@pytest.mark.parametrize(
    ("quota", "asked", "sentence"),
    [
        (2, [Claim("A", 1, 1), Claim("B", 1, 2)], "floors add up to 3, more than the quota of 2"),
        (
            9,
            [Claim("A", 1, 0, 4), Claim("B", 1, 0, 4)],
            "caps add up to 8, less than the quota of 9",
        ),
        (9, [Claim("A", 0), Claim("B", 1, 0, 4)], "5 seats remain when every unit with a weight"),
        (1, [], "caps add up to 0"),
        (-1, [Claim("A", 1)], "more than the quota of -1"),
        (1, [Claim("A", 1), Claim("A", 2)], "A is named twice"),
        (1, [Claim("A", -1)], "A has weight -1"),
        (1, [Claim("A", 1, 3, 2)], "nor the cap below the floor"),
    ],
)
def test_what_cannot_be_met_is_refused(quota: int, asked: list[Claim], sentence: str) -> None:
    with pytest.raises(CannotApportion, match=sentence):
        apportion(quota, asked)


@given(bounded())
def test_the_seats_add_up_between_floors_and_caps(asked: tuple[int, list[Claim]]) -> None:
    quota, made = asked
    shared = apportion(quota, made)
    assert sum(line.seats for line in shared.lines) == quota
    for claim, line in zip(made, shared.lines, strict=True):
        assert line.unit == claim.unit
        assert claim.floor <= line.seats
        assert claim.cap is None or line.seats <= claim.cap


@given(bounded(), st.data())
def test_the_order_of_the_claims_decides_nothing(
    asked: tuple[int, list[Claim]], data: st.DataObject
) -> None:
    quota, made = asked
    other = data.draw(st.permutations(made))
    lines = {line.unit: line for line in apportion(quota, made).lines}
    assert {line.unit: line for line in apportion(quota, other).lines} == lines


def rate_is_fair(shared: Apportionment, made: list[Claim]) -> bool:
    """At the one rate of the pool a bound unit lies beyond its bound, a free one within."""
    rate = Fraction(shared.pool_seats, shared.pool_weight)
    beyond = {
        "": lambda c: (
            c.floor <= c.weight * rate <= (c.cap if c.cap is not None else c.weight * rate)
        ),
        "floor": lambda c: c.weight * rate <= c.floor,
        "cap": lambda c: c.weight * rate >= (c.cap or 0),
    }
    return all(beyond[line.bound](c) for c, line in zip(made, shared.lines, strict=True))


@given(bounded())
def test_only_who_must_be_is_held_at_a_bound(asked: tuple[int, list[Claim]]) -> None:
    quota, made = asked
    shared = apportion(quota, made)
    if shared.pool_weight:
        assert rate_is_fair(shared, made)
    else:
        assert all(line.bound for line in shared.lines)


@given(bounded())
def test_nobody_is_off_the_exact_share_by_a_seat_and_no_smaller_remainder_goes_first(
    asked: tuple[int, list[Claim]],
) -> None:
    shared = apportion(*asked)
    free = [line for line in shared.lines if not line.bound]
    assert all(abs(line.seats - line.share) < 1 for line in free)
    up = [line.remainder for line in free if line.seats > line.whole]
    down = [line.remainder for line in free if line.seats == line.whole]
    assert len(up) == shared.left_over
    assert min(up, default=0) >= max(down, default=0) or not up


@given(bounded())
def test_somebody_who_brings_more_never_gets_less(asked: tuple[int, list[Claim]]) -> None:
    quota, made = asked
    plain = [Claim(claim.unit, claim.weight) for claim in made]
    by_weight = sorted(apportion(quota, plain).lines, key=lambda line: line.weight)
    for lighter, heavier in pairwise(by_weight):
        assert lighter.seats <= heavier.seats or lighter.weight == heavier.weight
