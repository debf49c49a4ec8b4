"""The shipped units, counted straight from their files.

Reference figures: Resolution 202/2025/QH15 (63 → 34 provinces), the 34 resolutions of 16 June
2025 (10,035 → 3,321 communes; 2,621 communes, 687 wards, 13 special zones), Article 1 of
Resolution 1669 for Hải Phòng, and the official conversion (441 divided communes, 71 of them
among the 374 of Hải Phòng and Hải Dương).
"""

import csv
import tomllib
import unicodedata
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[1] / "data"
REFORM = date(2025, 7, 1)


@cache
def table(name: str) -> list[dict[str, str]]:
    with (DATA / "baseline" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def orders() -> dict[str, dict[str, Any]]:
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted((DATA / "orders").glob("*.toml"))
    }


def acts(step: str, kind: str) -> list[dict[str, Any]]:
    return [
        act
        for name, order in orders().items()
        if name.startswith(step)
        for act in order["acts"]
        if act["act"] == kind
    ]


COMMUNES, DEFENCE = "2025-07-01-1", "2025-07-01-4"


def founded(step: str) -> dict[str, dict[str, Any]]:
    units = [act["into"] for act in acts(step, "merge")]
    units += [act["unit"] for act in acts(step, "establish")]
    assert len({unit["code"] for unit in units}) == len(units)
    return {unit["code"]: unit for unit in units}


@cache
def old() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in table("communes.csv")}


@cache
def successors() -> dict[str, list[str]]:
    """Old commune -> new ones; a commune without an act keeps its code."""
    found: dict[str, list[str]] = {}
    for act in acts(COMMUNES, "merge"):
        for code in act["from"]:
            assert code not in found, code
            found[code] = [act["into"]["code"]]
    for act in acts(COMMUNES, "divide"):
        assert act["unit"] not in found, act["unit"]
        found[act["unit"]] = act["into"]
    return found


@cache
def today() -> dict[str, tuple[str, str, str]]:
    """New commune -> name, kind, province, on 1 July 2025."""
    home = {row["code"]: row["province_code"] for row in table("districts.csv")}
    heir = {
        old: act["into"]["code"] for act in acts("2025-07-01-0", "merge") for old in act["from"]
    }
    units = {
        code: (unit["name"], unit["kind"], unit["parent"])
        for code, unit in founded(COMMUNES).items()
    }
    for code, row in old().items():
        if code not in successors():
            province = home[row["district_code"]]
            units[code] = (row["name"], row["kind"], heir.get(province, province))
    for act in acts(COMMUNES, "rename"):
        units[act["unit"]] = (act["name"], *units[act["unit"]][1:])
    for act in acts(COMMUNES, "change_kind"):
        name, _, province = units[act["unit"]]
        units[act["unit"]] = (name, act["kind"], province)
    return units


def test_before_the_reform_63_provinces_696_districts_and_10035_communes_stood() -> None:
    counts = [len(table(f"{level}.csv")) for level in ("provinces", "districts", "communes")]
    assert counts == [63, 696, 10_035]


def test_five_island_districts_had_no_commune_and_end_in_their_special_zones() -> None:
    peopled = {row["district_code"] for row in table("communes.csv")}
    islands = {
        row["code"]: row["name"] for row in table("districts.csv") if row["code"] not in peopled
    }
    assert set(islands.values()) == {"Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo"}
    ends = {a["unit"]: a["successors"] for a in acts("2025-07-01-2", "dissolve") if "unit" in a}
    assert {islands[code]: today()[zone][0] for code, (zone,) in ends.items()} == {
        name: name for name in islands.values()
    }


def test_every_parent_of_the_baseline_exists() -> None:
    provinces = {row["code"] for row in table("provinces.csv")}
    districts = {row["code"] for row in table("districts.csv")}
    assert {row["province_code"] for row in table("districts.csv")} <= provinces
    assert {row["district_code"] for row in table("communes.csv")} <= districts


def test_names_are_composed_vietnamese_without_stray_blanks() -> None:
    names = [
        row["name"]
        for name in ("provinces", "districts", "communes")
        for row in table(f"{name}.csv")
    ]
    names += [unit["name"] for unit in founded(COMMUNES).values()]
    for name in names:
        assert name == unicodedata.normalize("NFC", name).strip(), name
        assert "  " not in name, name
        assert "’" not in name, name
        assert name[0].isupper() or name[0].isdigit(), name


def test_52_provinces_become_23_and_eleven_stay() -> None:
    merges = acts("2025-07-01-0", "merge")
    assert len(merges) == 23
    assert sum(len(act["from"]) for act in merges) == 52
    assert next(a["from"] for a in merges if a["into"]["name"] == "Hải Phòng") == ["30", "31"]
    assert next(a["from"] for a in merges if a["into"]["name"] == "Gia Lai") == ["52", "64"]


def test_34_resolutions_of_16_june_2025_arrange_the_communes() -> None:
    numbers = [o["order"]["number"] for name, o in orders().items() if name.startswith(COMMUNES)]
    assert sorted(numbers) == [f"{number}/NQ-UBTVQH15" for number in range(1654, 1688)]


def test_after_the_reform_3321_communes_of_three_kinds_stand() -> None:
    kinds = Counter(kind for _, kind, _ in today().values())
    assert kinds == {"xã": 2621, "phường": 687, "đặc khu": 13}
    assert len({province for _, _, province in today().values()}) == 34


@pytest.mark.parametrize(
    ("province", "kinds"),
    [("31", {"xã": 67, "phường": 45, "đặc khu": 2}), ("52", {"xã": 110, "phường": 25})],
)
def test_hai_phong_has_114_communes_and_gia_lai_135(province: str, kinds: dict[str, int]) -> None:
    assert Counter(kind for _, kind, home in today().values() if home == province) == kinds


def test_every_old_commune_lives_on_in_a_commune_of_today() -> None:
    for code in old():
        assert all(new in today() for new in successors().get(code, [code])), code


def test_every_new_commune_has_an_origin() -> None:
    heirs = {new for news in successors().values() for new in news}
    heirs |= {
        zone for act in acts("2025-07-01-2", "dissolve") for zone in act.get("successors", ())
    }
    assert set(founded(COMMUNES)) == heirs


def test_a_new_commune_without_a_whole_one_is_made_of_parts() -> None:
    islands = {
        zone for act in acts("2025-07-01-2", "dissolve") for zone in act.get("successors", ())
    }
    parts = {new for act in acts(COMMUNES, "divide") for new in act["into"]}
    assert {act["unit"]["code"] for act in acts(COMMUNES, "establish")} <= parts | islands


def test_441_communes_were_divided_71_of_them_in_hai_phong_and_hai_duong() -> None:
    divided = {act["unit"] for act in acts(COMMUNES, "divide")}
    here = {row["code"] for row in table("districts.csv") if row["province_code"] in ("30", "31")}
    both = {code for code, row in old().items() if row["district_code"] in here}
    assert (len(divided), len(both), len(divided & both)) == (441, 374, 71)


def test_a_divided_commune_has_several_parts_and_a_keeper_among_them() -> None:
    for act in acts(COMMUNES, "divide"):
        assert len(set(act["into"])) > 1
        assert act["keeper"] in act["into"]


@pytest.mark.parametrize(
    ("name", "whole", "parts"),
    [  # Resolution 1669, clauses 43, 63, 79 and 87; Resolution 1656, clause 107
        ("Bắc An Phụ", {"Thất Hùng", "Bạch Đằng", "Lê Ninh"}, {"Văn Đức"}),
        ("Nguyễn Bỉnh Khiêm", {"Trấn Dương", "Hòa Bình", "Lý Học"}, set()),
        ("Hà Nam", {"Thanh Xuân", "Liên Mạc", "Thanh Lang"}, {"Thanh An", "Hòa Bình"}),
        ("Đường An", set(), {"Thúc Kháng", "Thái Minh", "Tân Hồng", "Thái Dương", "Thái Hòa"}),
        (
            "Ô Diên",
            {"Hạ Mỗ", "Tân Hội"},
            {"Liên Hà", "Hồng Hà", "Liên Hồng", "Liên Trung", "Văn Khê", "Tây Tựu", "Tân Lập"},
        ),
    ],
)
def test_a_new_commune_is_made_of_what_its_clause_names(
    name: str, whole: set[str], parts: set[str]
) -> None:
    (code,) = (c for c, (n, _, home) in today().items() if n == name and home in ("01", "31"))
    origins = [o for o, news in successors().items() if code in news]
    assert {old()[o]["name"] for o in origins if len(successors()[o]) == 1} == whole
    assert {old()[o]["name"] for o in origins if len(successors()[o]) > 1} == parts


def test_namesakes_of_one_province_are_kept_apart() -> None:
    homes = {  # Resolution 1669, clauses 3 (Thủy Nguyên), 63 (Vĩnh Bảo), 79 and 112 (Kim Thành)
        code: {today()[new][0] for new in successors()[code]}
        for code, row in old().items()
        if row["name"] == "Hòa Bình" and today()[successors().get(code, [code])[0]][2] == "31"
    }
    assert len(homes) == 3
    for heirs in ({"Hòa Bình"}, {"Nguyễn Bỉnh Khiêm"}, {"Kim Thành", "Hà Nam"}):
        assert heirs in homes.values()


def test_the_ground_of_every_province_is_the_same_before_and_after() -> None:
    heir = {o: a["into"]["code"] for a in acts("2025-07-01-0", "merge") for o in a["from"]}
    home = {row["code"]: row["province_code"] for row in table("districts.csv")}
    before: Counter[str] = Counter()
    for row in table("districts.csv"):
        province = row["province_code"]
        before[heir.get(province, province)] += round(float(row["area_km2"]) * 100)
    after: Counter[str] = Counter()
    for unit in founded(COMMUNES).values():
        after[unit["parent"]] += round(unit["area_km2"] * 100)
    for code, row in old().items():
        if code not in successors():
            province = home[row["district_code"]]
            after[heir.get(province, province)] += round(float(row["area_km2"]) * 100)
    assert before == after


def test_an_order_takes_effect_after_it_was_signed_and_is_unconfirmed_without_a_day() -> None:
    heads = [order["order"] for order in orders().values()]
    assert len({head["number"] for head in heads}) == len(heads)
    for head in heads:
        if "effective_on" in head:
            assert head["signed_on"] <= head["effective_on"], head["number"]
        else:
            assert not head["confirmed"], head["number"]


def test_changes_of_kind_of_2026_name_units_that_stand() -> None:
    provinces = {act["into"]["code"] for act in acts("2025-07-01-0", "merge")}
    provinces |= {row["code"] for row in table("provinces.csv")}
    units = {act["unit"] for act in acts("undated", "change_kind")}
    assert len(units) == 25
    assert units <= provinces | set(today())


def test_a_defence_code_is_never_a_government_code() -> None:
    codes = (
        [row["code"] for row in table("defence.csv")]
        + list(founded("2025-06"))
        + list(founded(DEFENCE))
    )
    assert not [code for code in codes if code.isdigit()]


def test_each_commune_of_hai_phong_and_gia_lai_has_one_command() -> None:
    """135 commune commands of Gia Lai took part in its conference of July 2025."""
    closed = {code for act in acts(DEFENCE, "merge") for code in act["from"]}
    closed |= {act["unit"] for act in acts(DEFENCE, "divide")}
    before = {
        row["code"]: row["serves"] for row in table("defence.csv") if row["level"] == "commune"
    }
    assert closed <= set(before)
    serves = [unit["serves"] for unit in founded(DEFENCE).values()]
    serves += [code for command, code in before.items() if command not in closed]
    assert Counter(today()[code][2] for code in serves) == {"31": 114, "52": 135}
    assert len(set(serves)) == len(serves)


def test_28_district_commands_of_gia_lai_and_binh_dinh_end_on_25_june() -> None:
    assert len(acts("2025-06-25", "dissolve")) == 28
    assert len(acts("2025-06-25", "establish")) == 6


def test_regional_commands_guide_the_communes_that_the_press_counts() -> None:
    """Command 2 guides twelve communes, command 4 the 21 of its four former districts."""
    guides = {g["regional"]: g for o in orders().values() for g in o.get("guides", ())}
    sure = {code: len(g["communes"]) for code, g in guides.items() if g["confirmed"]}
    assert sure == {"KV-52-2": 12, "KV-52-4": 21}
    guided = [code.removeprefix("CHX-") for g in guides.values() for code in g["communes"]]
    assert {today()[code][2] for code in guided} == {"52"}
    assert len(set(guided)) == len(guided)
