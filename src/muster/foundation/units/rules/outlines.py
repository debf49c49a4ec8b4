"""A GeoJSON file of boundaries → the outline of each code, simplified for drawing.

Degrees of WGS 84, as the standard (RFC 7946) wants them. Anything else is refused before
it is read whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from muster.kernel.errors import Refused

MAX_BYTES = 30_000_000
"""The communes of a province in full detail have some 10 MB."""

CODES = ("code", "ma", "ma_xa", "maxa", "ma_tinh", "matinh", "ma_don_vi", "madonvi")
"""Properties, in any case, that hold a unit's code."""

TOLERANCE = 0.0003
"""Degrees, some 30 m: less than half a point of a province's map."""

PLACES = 5
EAST, NORTH = (100.0, 119.0), (5.0, 25.0)
"""Where Vietnam lies, Trường Sa included; other numbers are not degrees."""

Point = tuple[float, float]
Ring = tuple[Point, ...]


class BadOutlines(Refused):
    """The file is no GeoJSON of boundaries in degrees; nothing of it is loaded."""


@dataclass(frozen=True, slots=True)
class Outline:
    """The boundary of the unit that a code means, one ring for each piece and hole."""

    code: str
    rings: tuple[Ring, ...]


def read_outlines(content: bytes, where: str = "boundaries") -> list[Outline]:
    """The outlines that a GeoJSON file holds, simplified; `BadOutlines` at the first fault."""
    if len(content) > MAX_BYTES:
        sentence = f"the file has {len(content):,} bytes; boundaries have at most {MAX_BYTES:,}."
        raise BadOutlines(sentence, where=where)
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        raise BadOutlines("this is not GeoJSON.", where=where) from None
    features = data.get("features") if isinstance(data, Mapping) else None
    if not isinstance(features, list) or not features:
        raise BadOutlines("this is no FeatureCollection with features.", where=where)
    return [_outline(each, f"{where}: feature {n}") for n, each in enumerate(features, 1)]


def _outline(feature: Any, where: str) -> Outline:
    if not isinstance(feature, Mapping):
        raise BadOutlines("it is no feature.", where=where)
    code = _code(feature)
    if not code:
        raise BadOutlines(f"it has no code; name one of {', '.join(CODES)}.", where=where)
    rings = tuple(
        ring
        for line in _lines(feature.get("geometry"), where)
        if len(ring := simplified(_points(line, where))) > 3  # noqa: PLR2004 - a closed triangle
    )
    return Outline(code, rings)


def _code(feature: Mapping[str, Any]) -> str:
    properties = feature.get("properties")
    named = (
        {str(k).lower(): v for k, v in properties.items()} if isinstance(properties, dict) else {}
    )
    found = next((named[each] for each in CODES if named.get(each) not in {None, ""}), "")
    return str(found or feature.get("id", "")).strip()


def _lines(geometry: Any, where: str) -> Iterator[Any]:
    """The rings of a polygon or of several."""
    match geometry:
        case {"type": "Polygon", "coordinates": [*rings]}:
            yield from rings
        case {"type": "MultiPolygon", "coordinates": [*polygons]}:
            for rings in polygons:
                yield from rings if isinstance(rings, list) else ()
        case _:
            raise BadOutlines("its geometry is neither Polygon nor MultiPolygon.", where=where)


def _points(line: Any, where: str) -> list[Point]:
    points = []
    for each in line if isinstance(line, list) else ():
        match each:
            case [int() | float() as east, int() | float() as north, *_height]:
                points.append((float(east), float(north)))
            case _:
                raise BadOutlines("a point is not written [east, north].", where=where)
    for east, north in points:
        if not (EAST[0] <= east <= EAST[1] and NORTH[0] <= north <= NORTH[1]):
            sentence = (
                f"[{east:g}, {north:g}] does not lie in Vietnam; convert to degrees of WGS 84."
            )
            raise BadOutlines(sentence, where=where)
    return points


def simplified(points: Sequence[Point], tolerance: float = TOLERANCE) -> Ring:
    """The line without the points that lie nearer than the tolerance (degrees) to it.

    The Douglas–Peucker rule, without recursion; both ends are kept.

    >>> simplified([(105.0, 21.0), (105.1, 21.00001), (105.2, 21.0)])
    ((105.0, 21.0), (105.2, 21.0))
    """
    kept = {0, len(points) - 1} if points else set[int]()
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        far, at = tolerance, 0
        for n in range(first + 1, last):
            off = _off(points[n], points[first], points[last])
            if off > far:
                far, at = off, n
        if at:
            kept.add(at)
            spans += [(first, at), (at, last)]
    return tuple((round(points[n][0], PLACES), round(points[n][1], PLACES)) for n in sorted(kept))


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the stretch between two others, in degrees."""
    (x, y), (x0, y0), (x1, y1) = point, start, end
    dx, dy = x1 - x0, y1 - y0
    length = dx * dx + dy * dy
    along = 0.0 if not length else max(0.0, min(1.0, ((x - x0) * dx + (y - y0) * dy) / length))
    return float(((x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2) ** 0.5)
