"""Centres and areas of the old communes, which no source measured.

The measured areas of the new communes are shared out over the boxes of the old ones that they
were made of. Within each group of communes linked by the reform the sum is kept to the hundredth.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from statistics import median

from sources import Box, Map, Pair, Unit, successors

KM_PER_DEGREE = 111.32
FAR_KM = 25.0  # a centre further than this from every successor is a geocoder's error
WIDEST = 6.0  # a box counts for at most this many times the median of its group


@dataclass(frozen=True)
class Ground:
    lat: float
    lon: float
    area_km2: float
    basis: str  # measured | estimated


def distance_km(a: Unit, b: Unit) -> float:
    """Flat-earth distance, good enough inside one province."""
    wide = math.cos(math.radians((a.lat + b.lat) / 2))
    return KM_PER_DEGREE * math.hypot(a.lat - b.lat, (a.lon - b.lon) * wide)


def box_km2(box: Box) -> float:
    south, west, north, east = box
    wide = math.cos(math.radians((south + north) / 2))
    return KM_PER_DEGREE**2 * abs(north - south) * abs(east - west) * wide


def measured(new: Map) -> dict[str, tuple[float, bool]]:
    """New commune -> area and whether it was measured; a gap takes its province's median."""
    known: dict[str, list[float]] = defaultdict(list)
    for unit in new.communes.values():
        if unit.area_km2:
            known[unit.parent].append(unit.area_km2)
    return {
        unit.code: (unit.area_km2, True)
        if unit.area_km2
        else (round(median(known[unit.parent]), 2), False)
        for unit in new.communes.values()
    }


def groups(pairs: list[Pair]) -> list[tuple[list[str], list[str]]]:
    """Old and new communes linked with each other, directly or through third ones."""
    links: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        links["o" + pair.old].add("n" + pair.new)
        links["n" + pair.new].add("o" + pair.old)
    seen: set[str] = set()
    found = []
    for start in sorted(links):
        if start in seen:
            continue
        seen.add(start)
        stack, members = [start], [start]
        while stack:
            fresh = links[stack.pop()] - seen
            seen |= fresh
            stack += fresh
            members += fresh
        found.append(
            (
                sorted(m[1:] for m in members if m[0] == "o"),
                sorted(m[1:] for m in members if m[0] == "n"),
            )
        )
    return found


def whole_hundredths(shares: dict[str, float], total: float) -> dict[str, float]:
    """Round to hundredths so that the sum stays: the largest remainders take what is left."""
    cents = {key: math.floor(share * 100) for key, share in shares.items()}
    left = round(total * 100) - sum(cents.values())
    by_remainder = sorted(shares, key=lambda key: (cents[key] - shares[key] * 100, key))
    for key in by_remainder[:left]:
        cents[key] += 1
    return {key: value / 100 for key, value in cents.items()}


def _weights(group: list[str], old: Map) -> dict[str, float]:
    sizes = {
        code: size for code in group if (box := old.communes[code].box) and (size := box_km2(box))
    }
    middle = median(sizes.values()) if sizes else 1.0
    return {
        code: min(max(sizes.get(code, middle), middle / WIDEST), middle * WIDEST) for code in group
    }


def _centre(unit: Unit, targets: list[Unit]) -> tuple[float, float]:
    if min(distance_km(unit, target) for target in targets) <= FAR_KM:
        return unit.lat, unit.lon
    return (
        round(sum(t.lat for t in targets) / len(targets), 6),
        round(sum(t.lon for t in targets) / len(targets), 6),
    )


def estimate(old: Map, new: Map, pairs: list[Pair]) -> dict[str, Ground]:
    """Old commune -> centre and area."""
    area = measured(new)
    by_old = successors(pairs)
    by_new: dict[str, list[str]] = defaultdict(list)
    for pair in pairs:
        by_new[pair.new].append(pair.old)
    result: dict[str, Ground] = {}
    for olds, news in groups(pairs):
        weight = _weights(olds, old)
        shares = dict.fromkeys(olds, 0.0)
        for code in news:
            sources = by_new[code]
            parts = {o: weight[o] / len(by_old[o]) for o in sources}
            for o in sources:
                shares[o] += area[code][0] * parts[o] / sum(parts.values())
        exact = len(olds) == len(news) == 1 and area[news[0]][1]
        total = sum(area[code][0] for code in news)
        for code, value in whole_hundredths(shares, total).items():
            targets = [new.communes[p.new] for p in by_old[code]]
            lat, lon = _centre(old.communes[code], targets)
            result[code] = Ground(lat, lon, value, "measured" if exact else "estimated")
    return result
