"""The schematic keeps areas true, holds all it shows, and sets far islands apart."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.foundation.units.views.plane import EDGE, WIDTH, Spot, lay_out

INLAND = st.builds(
    Spot,
    key=st.integers(1, 10**6),
    east=st.floats(106.4, 106.8),
    north=st.floats(20.6, 20.9),
    area=st.floats(5, 300),
)


@given(st.lists(INLAND, min_size=1, max_size=30))
def test_a_circle_has_the_area_of_its_unit(spots):
    sheet = lay_out(spots)
    for spot, mark in zip(spots, sheet.marks, strict=True):
        drawn = 3.141592653589793 * (mark.radius / sheet.per_km) ** 2
        assert mark.radius == 3.0 or drawn == pytest.approx(spot.area)


@given(st.lists(INLAND, min_size=1, max_size=30))
def test_every_circle_lies_on_the_sheet(spots):
    sheet = lay_out(spots)
    for mark in sheet.marks:
        assert mark.x - mark.radius >= EDGE - 3
        assert mark.x + mark.radius <= WIDTH - EDGE + 3
        assert mark.y - mark.radius >= EDGE - 3
        assert mark.y + mark.radius <= sheet.height - EDGE + 3


def test_north_is_up_and_east_is_right():
    south, north = Spot(1, 106.6, 20.7, 20), Spot(2, 106.7, 20.9, 20)
    low, high = lay_out([south, north]).marks
    assert high.y < low.y
    assert high.x > low.x


def test_an_island_far_off_stands_in_a_strip_with_its_distance():
    """Bạch Long Vĩ lies some 110 km off; drawn in place it would shrink all else to dots."""
    coast = [Spot(n, 106.6 + n / 50, 20.8, 25) for n in range(10)]
    island = Spot(99, 107.73, 20.13, 3.1)
    alone, both = lay_out(coast), lay_out([*coast, island])
    assert alone.per_km == pytest.approx(both.per_km)
    apart = next(mark for mark in both.marks if mark.key == 99)
    assert both.strip is not None
    assert apart.y > both.strip
    assert apart.apart_km == pytest.approx(123.9, abs=1)  # 98.9 km east, 74.6 km south


def test_two_maps_of_one_ground_lie_upon_each_other():
    ground = [(106.5, 20.7), (106.7, 20.7), (106.5, 20.9), (106.7, 20.9)]
    then = lay_out([Spot(n, east, north, 1) for n, (east, north) in enumerate(ground)], ground)
    now = lay_out([Spot(0, 106.5, 20.7, 1), Spot(3, 106.7, 20.9, 1)], ground)
    assert now.marks[0].x == pytest.approx(then.marks[0].x, abs=0.5)
    assert now.marks[1].y == pytest.approx(then.marks[3].y, abs=0.5)


def test_islands_of_the_strip_do_not_cover_each_other():
    coast = [Spot(n, 106.6 + n / 50, 20.8, 25) for n in range(10)]
    far = [Spot(50 + n, 108 + 2 * n, 18, 100) for n in range(3)]
    marks = [mark for mark in lay_out([*coast, *far]).marks if mark.apart_km]
    assert len(marks) == 3
    for left, right in pairwise(marks):
        assert left.x + left.radius < right.x - right.radius


def test_nothing_to_draw_is_an_empty_sheet():
    assert lay_out([]).marks == ()
