"""Degrees become a flat sheet on which every unit keeps its true area.

A province is small enough for a plain projection: a degree of longitude is shortened by
the cosine of the latitude. Islands far off the coast would shrink all else to dots; they
stand in a strip of their own, with their distance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, pi, radians, sqrt

KM_PER_DEGREE = 111.32
APART_KM = 60
"""Neighbouring communes lie some 30 km apart at most; what lies beyond this stands apart."""
WIDTH, EDGE, STRIP = 760.0, 12.0, 64.0
Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit's centre in degrees, its area in km², and its boundary where one is loaded."""

    key: int
    east: float
    north: float
    area: float
    rings: tuple[tuple[Pair, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """A unit on the sheet: a circle of its area, or its boundary as a path."""

    key: int
    x: float
    y: float
    radius: float
    outline: str = ""
    apart_km: float | None = None


@dataclass(frozen=True)
class Sheet:
    """The marks on a sheet of this size; a kilometre is `per_km` wide, `strip` the top of
    the strip of what lies apart."""

    marks: tuple[Mark, ...]
    height: float
    per_km: float
    strip: float | None = None
    width: float = WIDTH


def lay_out(spots: Sequence[Spot], held: Sequence[Pair] = ()) -> Sheet:
    """Units on a sheet that also holds the points `held` (degrees east and north).

    With the same points held, two maps of one ground lie upon each other.
    """
    if not spots:
        return Sheet((), STRIP, 1)
    norths = sorted(north for _east, north in held) or [each.north for each in spots]
    flat = _Flat(cos(radians(norths[len(norths) // 2])))
    centres = [flat(each.east, each.north) for each in spots]
    near = _together(centres)
    main = [each for n, each in enumerate(spots) if n in near]
    frame = _Frame.around(flat, main, [flat(*point) for point in held])
    marks = [frame.mark(each) for each in main]
    apart = [
        (each, _gap(centres[n], centres, near)) for n, each in enumerate(spots) if n not in near
    ]
    if not apart:
        return Sheet(tuple(marks), frame.height, frame.per_km)
    marks += _side_by_side(apart, frame)
    return Sheet(tuple(marks), frame.height + STRIP, frame.per_km, frame.height)


@dataclass(frozen=True, slots=True)
class _Flat:
    """Degrees as kilometres east and south."""

    shortening: float

    def __call__(self, east: float, north: float) -> Pair:
        return east * KM_PER_DEGREE * self.shortening, -north * KM_PER_DEGREE


@dataclass(frozen=True, slots=True)
class _Frame:
    """The part of the plane that the sheet shows."""

    flat: _Flat
    left: float
    top: float
    per_km: float
    height: float

    @classmethod
    def around(cls, flat: _Flat, spots: Sequence[Spot], held: Sequence[Pair]) -> "_Frame":
        near = [point for point in held if _reaches(point, flat, spots)]
        boxes = [(x, y, 0.0) for x, y in near]
        for each in spots:
            boxes.append((*flat(each.east, each.north), sqrt(each.area / pi)))
            boxes += [(*flat(*point), 0.0) for ring in each.rings for point in ring]
        left, right = min(x - r for x, _, r in boxes), max(x + r for x, _, r in boxes)
        top, bottom = min(y - r for _, y, r in boxes), max(y + r for _, y, r in boxes)
        per_km = (WIDTH - 2 * EDGE) / max(right - left, bottom - top, 1.0)
        return cls(flat, left, top, per_km, 2 * EDGE + (bottom - top) * per_km)

    def on_sheet(self, east: float, north: float) -> Pair:
        x, y = self.flat(east, north)
        return EDGE + (x - self.left) * self.per_km, EDGE + (y - self.top) * self.per_km

    def radius(self, spot: Spot) -> float:
        return max(sqrt(spot.area / pi) * self.per_km, 3.0)

    def mark(self, spot: Spot) -> Mark:
        x, y = self.on_sheet(spot.east, spot.north)
        outline = "".join(_path([self.on_sheet(*point) for point in ring]) for ring in spot.rings)
        return Mark(spot.key, x, y, self.radius(spot), outline)


def _path(points: Sequence[Pair]) -> str:
    """A closed line in whole steps from point to point, which is short to send."""
    grid = [(round(x), round(y)) for x, y in points]
    steps = [(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(grid)]
    moves = "".join(f"l{x},{y}" for x, y in steps if x or y)
    return f"M{grid[0][0]},{grid[0][1]}{moves}z" if moves else ""


def _together(points: Sequence[Pair]) -> set[int]:
    """The largest set of points of which each has another nearby."""
    left, largest = set(range(len(points))), set[int]()
    while len(left) > len(largest):
        found, fresh = set[int](), {left.pop()}
        while fresh:
            found |= fresh
            fresh = {n for n in left if any(_far(points[n], points[m]) <= APART_KM for m in fresh)}
            left -= fresh
        largest = max(largest, found, key=len)
    return largest


def _reaches(point: Pair, flat: _Flat, spots: Sequence[Spot]) -> bool:
    return any(_far(point, flat(each.east, each.north)) <= APART_KM for each in spots)


def _gap(point: Pair, points: Sequence[Pair], near: set[int]) -> float:
    return min(_far(point, points[n]) for n in near)


def _far(a: Pair, b: Pair) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _side_by_side(apart: Sequence[tuple[Spot, float]], frame: _Frame) -> list[Mark]:
    room = (WIDTH - 2 * EDGE) / len(apart)
    largest = STRIP / 2 - EDGE
    return [
        Mark(
            spot.key,
            EDGE + largest + n * room,
            frame.height + STRIP / 2,
            min(frame.radius(spot), largest),
            apart_km=gap,
        )
        for n, (spot, gap) in enumerate(apart)
    ]
