"""Official boundaries: read early and strictly, simplified honestly, kept by the unit's own life."""

import json
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.foundation.units import actions, queries
from muster.foundation.units.models import Boundary
from muster.foundation.units.queries import portrait
from muster.foundation.units.rules.outlines import (
    MAX_BYTES,
    TOLERANCE,
    BadOutlines,
    Outline,
    read_outlines,
    simplified,
)
from muster.foundation.units.tests.conftest import REFORM, TODAY

SQUARE = [[106.6, 20.8], [106.7, 20.8], [106.7, 20.9], [106.6, 20.9], [106.6, 20.8]]


def feature(code="11002", ring=SQUARE, kind="Polygon", **properties):
    coordinates = [ring] if kind == "Polygon" else [[ring]]
    return {
        "type": "Feature",
        "properties": {"MA_XA": code} | properties,
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_a_code_gets_the_rings_of_its_feature(kind):
    found = read_outlines(geojson(feature(kind=kind)))
    assert found == [Outline("11002", (tuple(map(tuple, SQUARE)),))]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{", "not GeoJSON"),
        (b"[" * 100_000, "not GeoJSON"),
        (b"[]", "no FeatureCollection"),
        (geojson(), "no FeatureCollection"),
        (geojson(feature(), 7), "feature 2: it is no feature"),
        (geojson(feature(code="")), "feature 1: it has no code"),
        (geojson(feature(kind="Point")), "neither Polygon nor MultiPolygon"),
        (geojson(feature(ring=[[1, 2], "x"])), "not written [east, north]"),
        (geojson(feature(ring=[[596_000, 2_300_000]] * 4)), "does not lie in Vietnam"),
        (geojson(feature(ring=[[20.8, 106.6]] * 4)), "does not lie in Vietnam"),
        (b" " * (MAX_BYTES + 1), "boundaries have at most"),
    ],
    ids=range(11),
)
def test_what_is_no_boundary_is_refused_in_a_sentence(content, said):
    with pytest.raises(BadOutlines) as refusal:
        read_outlines(content)
    assert said in str(refusal.value)


POINTS = st.lists(
    st.tuples(st.floats(106, 107), st.floats(20, 21)), min_size=2, max_size=20, unique=True
)


@settings(deadline=None)  # the oracle halves sixty times for each pair of points
@given(POINTS)
def test_simplifying_keeps_both_ends_and_strays_no_further_than_the_tolerance(points):
    kept = simplified(points)
    for end, other in ((points[0], kept[0]), (points[-1], kept[-1])):
        assert other == pytest.approx(end, abs=1e-5)
    for point in points:
        assert min(_off(point, a, b) for a, b in pairwise(kept)) < TOLERANCE + 2e-5


def _off(point, start, end):
    """How far a point lies from a stretch, found by halving: distance along it has one low."""

    def distance(along):
        x, y = (a + (b - a) * along for a, b in zip(start, end, strict=True))
        return ((point[0] - x) ** 2 + (point[1] - y) ** 2) ** 0.5

    low, high = 0.0, 1.0
    for _halving in range(60):
        left, right = low + (high - low) / 3, high - (high - low) / 3
        low, high = (low, right) if distance(left) < distance(right) else (left, high)
    return distance(low)


def load(*outlines, on=REFORM):
    return actions.load_boundaries(
        outlines=outlines, map_day=on, source="Decree 1", by="x", on=TODAY
    )


OUTLINE = tuple(map(tuple, SQUARE))


def test_a_boundary_belongs_to_the_unit_that_bore_the_code_on_the_day(reform):
    assert load(Outline("11002", (OUTLINE,)), Outline("77777", ())) == (1, ("77777",))
    new = queries.resolve("11002", REFORM)
    old = next(each for each in queries.bearers("11002") if each.id != new.id)
    assert set(portrait.outlines([old, new])) == {new.id}


def test_codes_that_lost_their_zeros_in_a_spreadsheet_are_understood(country):
    assert load(Outline("31", (OUTLINE,)), on=TODAY).units == 1
    Boundary.objects.all().delete()
    with pytest.raises(BadOutlines, match="No code of the file"):
        load(Outline("3", (OUTLINE,)), on=TODAY)


def test_a_later_file_takes_the_place_of_an_older_one(reform):
    load(Outline("11002", (OUTLINE,)))
    load(Outline("11002", (OUTLINE[:-2],)))
    assert [len(row.rings[0]) for row in Boundary.objects.all()] == [3]


def test_a_boundary_outlives_an_order_undone_and_applied_again(reform):
    load(Outline("11948", (OUTLINE,)))
    orders = list(reform.values())
    actions.undo_orders(orders=orders, by="x", on=TODAY)
    actions.apply_orders(orders=orders, by="x", on=TODAY)
    island = queries.resolve("11948", REFORM)
    assert set(portrait.outlines([island])) == {island.id}
