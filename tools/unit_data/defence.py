"""The defence tree of Hải Phòng and Gia Lai: commands before and after the reform.

Codes are our own, none can be taken for a government code:
`QK3` military region · `CHQS-31` provincial command · `CHQS-31-303` district command ·
`CHX-11311` commune command (by the government commune that it serves) · `KV-52-3` regional
defence command · `BP-31` Border Guard command · `BTL-BP` Border Guard high command.
"""

import csv
from collections import defaultdict
from datetime import date
from pathlib import Path

from government import REFORM, file_name
from lineage import Lineage
from sources import Map, Unit
from toml_out import Table
from toml_out import write as write_toml

REGIONS = {"31": "QK3", "30": "QK3", "52": "QK5", "64": "QK5"}
MERGED = {"31": ("31", "30"), "52": ("52", "64")}
SEASIDE = ("31", "52", "64")  # provinces that had a Border Guard command
COLUMNS = ("code", "name", "kind", "level", "parent_code", "serves", "confirmed", "note")

COMMUNE = "ban chỉ huy quân sự"
DISTRICT = "ban chỉ huy quân sự"
PROVINCE = "bộ chỉ huy quân sự"
REGIONAL = "ban chỉ huy phòng thủ khu vực"
GUARD_BEFORE, GUARD = "bộ chỉ huy bộ đội biên phòng", "ban chỉ huy bộ đội biên phòng"

REGIONAL_COMMANDS = {  # number: name, provincial command until 30 June 2025, districts handed over
    1: ("1 - Hoài Nhơn Nam", "52", ()),
    2: ("2 - Đak Pơ", "64", ()),
    3: ("3 - Thống Nhất", "64", ("Pleiku", "Ia Grai", "Chư Păh", "Đak Đoa")),
    4: ("4 - Chư Prông", "64", ("Chư Prông", "Đức Cơ", "Chư Sê", "Chư Pưh")),
    5: ("5", "64", ()),
    6: ("6 - An Nhơn Đông", "52", ()),
}
GUIDED_BY_2 = (
    *("An Khê", "An Bình", "Cửu An", "Đak Pơ", "Ya Hội", "Lơ Pang", "Ya Ma"),
    *("Mang Yang", "Hra", "Ayun", "Chư Krey", "Kon Chiêng"),
)
COUNTED = (4,)  # the press gives the number of communes, 21, and it is ours too
MINISTRY = "Bộ Quốc phòng"
GIA_LAI_PRESS = (
    "baogialai.com.vn post329689; vietnam.vn (Báo Gia Lai, 25 June 2025); vietnamnet.vn 2467129"
)


def write(baseline: Path, orders: Path, old: Map, new: Map, lineage: Lineage) -> None:
    """The commands of 24 June 2025, and the orders that changed them."""
    tree = Tree(old, new, lineage)
    with (baseline / "defence.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(tree.standing())
    tree.write_district_hand_over(orders)
    tree.write_border_guard(orders)
    tree.write_provinces(orders)
    for province in MERGED:
        tree.write_communes(orders, province)
    tree.write_direct_subordination(orders)


class Tree:
    """What the commands of four old and two new provinces are made of."""

    def __init__(self, old: Map, new: Map, lineage: Lineage) -> None:
        self.old, self.new, self.lineage = old, new, lineage
        self.districts = [u for u in old.districts.values() if u.parent in REGIONS]
        inside = {u.code for u in self.districts}
        self.communes = [u for u in old.communes.values() if u.parent in inside]
        self.by_number = {
            number: [u for u in self.districts if u.name in names and u.parent == province]
            for number, (_, province, names) in REGIONAL_COMMANDS.items()
        }

    def standing(self) -> list[tuple[str, ...]]:
        """The baseline rows, parents before children."""
        rows: list[tuple[str, ...]] = [
            ("QK3", "3", "quân khu", "region", "", "", "true", ""),
            ("QK5", "5", "quân khu", "region", "", "", "true", ""),
            ("BTL-BP", "Bộ đội Biên phòng", "bộ tư lệnh", "region", "", "", "true", ""),
        ]
        for code, region in REGIONS.items():
            name = self.old.provinces[code].title
            rows.append((f"CHQS-{code}", name, PROVINCE, "province", region, code, "true", ""))
        for code in SEASIDE:
            name = self.old.provinces[code].title
            rows.append((f"BP-{code}", name, GUARD_BEFORE, "province", "BTL-BP", "", "true", ""))
        for u in sorted(self.districts, key=lambda u: u.code):
            parent = f"CHQS-{u.parent}"
            rows.append((district(u), u.title, DISTRICT, "district", parent, u.code, "true", ""))
        for u in sorted(self.communes, key=lambda u: u.code):
            parent = district(self.old.districts[u.parent])
            rows.append((commune(u.code), u.title, COMMUNE, "commune", parent, u.code, "true", ""))
        return rows

    def write_district_hand_over(self, folder: Path) -> None:
        """25 June 2025: 28 district commands of Gia Lai and Bình Định end."""
        acts: list[Table] = []
        successor: dict[str, list[str]] = {}
        for number, (name, province, _) in REGIONAL_COMMANDS.items():
            code = f"KV-52-{number}"
            parent = f"CHQS-{province}"
            unit = _unit(code, name, REGIONAL, "regional", parent)
            acts.append({"act": "establish", "unit": unit})
            successor |= {u.code: [code] for u in self.by_number[number]}
        for u in sorted(self.districts, key=lambda u: u.code):
            if u.parent in MERGED["52"]:
                heirs = successor.get(u.code)
                acts.append(
                    {"act": "dissolve", "unit": district(u)}
                    | ({"successors": heirs} if heirs else {})
                )
        head = _head(
            "QĐ-BQP (Quân khu 5, 06/2025)",
            "Quyết định giải thể Ban Chỉ huy quân sự cấp huyện, thành lập Ban Chỉ huy Phòng thủ khu vực",
            date(2025, 6, 14),
            date(2025, 6, 25),
            "Bàn giao 28 Ban Chỉ huy quân sự cấp huyện của Gia Lai và Bình Định cho 06 Ban Chỉ huy "
            "phòng thủ khu vực. Chưa tìm thấy số và ngày của quyết định; ngày ghi ở đây là ngày của "
            "Nghị quyết số 866-NQ/QUTW của Quân ủy Trung ương. Báo chí chỉ nêu các huyện thuộc Ban "
            "Chỉ huy 3 và 4.",
            f"{GIA_LAI_PRESS}; laodong.vn 1529253; baogialai.com.vn post579427 (names of commands 1 and 6)",
            confirmed=True,
        )
        write_toml(folder / "2025-06-25-0-QD-BQP-QK5.toml", head, acts)

    def write_border_guard(self, folder: Path) -> None:
        """28 June 2025: the Border Guard commands come under the provincial commands."""
        acts: list[Table] = []
        for code, old in MERGED.items():
            name = self.new.provinces[code].title
            into = _unit(f"BP-{code}", name, GUARD, "regional", f"CHQS-{code}")
            sources = [f"BP-{province}" for province in old if province in SEASIDE]
            acts.append({"act": "merge", "from": sources, "into": into})
        head = _head(
            "QĐ-BQP (Bộ đội Biên phòng, 06/2025)",
            "Quyết định giải thể Bộ Chỉ huy Bộ đội Biên phòng cấp tỉnh, thành lập Ban Chỉ huy Bộ đội Biên phòng",
            date(2025, 6, 14),
            date(2025, 6, 28),
            "Kết thúc hoạt động của 44 Bộ Chỉ huy Bộ đội Biên phòng cấp tỉnh, thành lập 30 Ban Chỉ "
            "huy Bộ đội Biên phòng thuộc Bộ Chỉ huy quân sự cấp tỉnh; bàn giao ngày 28 tháng 6 năm "
            "2025. Chưa tìm thấy số và ngày của quyết định.",
            "nhandan.vn post890272 (Resolution 866-NQ/QUTW of 14 June 2025)",
            confirmed=True,
        )
        write_toml(folder / "2025-06-28-0-QD-BQP-BDBP.toml", head, acts)

    def write_provinces(self, folder: Path) -> None:
        """1 July 2025: provincial commands merge, Hải Phòng's district commands end."""
        acts: list[Table] = []
        for code, old in MERGED.items():
            name = self.new.provinces[code].title
            into = _unit(f"CHQS-{code}", name, PROVINCE, "province", REGIONS[code], code)
            acts.append({"act": "merge", "from": [f"CHQS-{o}" for o in old], "into": into})
        acts += [
            {"act": "dissolve", "unit": district(u)}
            for u in sorted(self.districts, key=lambda u: u.code)
            if u.parent in MERGED["31"]
        ]
        head = _head(
            "QĐ-BQP (sáp nhập Bộ CHQS tỉnh, 06/2025)",
            "Quyết định sáp nhập, tổ chức lại Bộ Chỉ huy quân sự tỉnh, thành phố",
            date(2025, 6, 14),
            REFORM,
            "Hợp nhất Bộ Chỉ huy quân sự tỉnh Hải Dương với thành phố Hải Phòng, tỉnh Bình Định với "
            "tỉnh Gia Lai; kết thúc hoạt động các Ban Chỉ huy quân sự cấp huyện của Hải Dương và Hải "
            "Phòng. Ngày hiệu lực lấy theo ngày của cấp tỉnh; chưa tìm thấy số, ngày ký và tên các "
            "Ban Chỉ huy phòng thủ khu vực của Hải Phòng.",
            "laodong.vn 1529253 (Military Region 5); haiphong.gov.vn 758094 (Hải Phòng, to be implemented)",
            confirmed=False,
        )
        write_toml(folder / "2025-07-01-3-QD-BQP-BCHQS.toml", head, acts)

    def write_communes(self, folder: Path, province: str) -> None:
        """1 July 2025: one command for each new commune."""
        codes = sorted(c for c, u in self.new.communes.items() if u.parent == province)
        acts = [
            act for code in codes if code not in self.lineage.kept for act in self._founding(code)
        ]
        kept = [c for c in codes if c in self.lineage.kept]
        acts += [
            {"act": "reparent", "unit": commune(c), "parent": f"CHQS-{province}"}
            for c in kept
            if self._handed_to_regional(c)
        ]
        acts += self._divisions(codes)
        name = self.new.provinces[province].name
        press = {
            "31": "thanhnien.vn 185260113083938584 (commands of communes, wards and zones exist)",
            "52": f"{GIA_LAI_PRESS}; baogialai.com.vn post560440 (135 commanders in July 2025)",
        }[province]
        head = _head(
            f"QĐ-BCHQS (Ban CHQS cấp xã {name}, 06/2025)",
            "Quyết định giải thể, thành lập Ban Chỉ huy quân sự cấp xã",
            date(2025, 6, 25),
            REFORM,
            f"Mỗi xã, phường, đặc khu mới của {name} có một Ban Chỉ huy quân sự; Ban Chỉ huy quân sự "
            f"của các xã, phường cũ kết thúc hoạt động. Ngày hiệu lực lấy theo ngày của cấp xã; chưa "
            f"tìm thấy số quyết định.",
            press,
            confirmed=False,
        )
        guides = self._guides(codes) if province == "52" else []
        step = {"31": "Hai-Phong", "52": "Gia-Lai"}[province]
        write_toml(
            folder / f"2025-07-01-4-QD-BCHQS-{step}.toml",
            head,
            acts,
            **({"guides": guides} if guides else {}),
        )

    def _founding(self, code: str) -> list[Table]:
        """The command of a new commune, from the commands of those that went whole into it."""
        unit = self.new.communes[code]
        into = _unit(commune(code), unit.title, COMMUNE, "commune", f"CHQS-{unit.parent}", code)
        whole = [commune(o) for o in self.lineage.whole[code]]
        if whole:
            return [{"act": "merge", "from": whole, "into": into}]
        return [{"act": "establish", "unit": into}]

    def _divisions(self, codes: list[str]) -> list[Table]:
        inside = set(codes)
        parts: dict[str, list[str]] = defaultdict(list)
        for pair in self.lineage.pairs:
            if not pair.whole and pair.new in inside:
                parts[pair.old].append(commune(pair.new))
        return [
            {
                "act": "divide",
                "unit": commune(o),
                "into": sorted(into),
                "keeper": commune(self.lineage.keeper[o]),
            }
            for o, into in sorted(parts.items())
        ]

    def _handed_to_regional(self, code: str) -> bool:
        """Whether a commune left alone lay in a district handed over to a regional command."""
        home = self.old.communes[code].parent
        return any(home == u.code for units in self.by_number.values() for u in units)

    def _guides(self, codes: list[str]) -> list[Table]:
        """Which communes the regional commands of Gia Lai guide, as far as known."""
        named = [c for c in codes if self.new.communes[c].name in GUIDED_BY_2 and self._west(c)]
        groups = {2: (named, True)}
        for number in (3, 4):
            homes = {u.code for u in self.by_number[number]}
            inside = [c for c in codes if c not in named and self._origins(c) & homes]
            groups[number] = (inside, number in COUNTED)
        return [
            {
                "regional": f"KV-52-{n}",
                "communes": [commune(c) for c in found],
                "valid_from": REFORM,
                "confirmed": sure,
            }
            for n, (found, sure) in groups.items()
        ]

    def _origins(self, code: str) -> set[str]:
        """The districts that a new commune's ground came from."""
        olds = self.lineage.whole[code] + self.lineage.parts[code]
        return {self.old.communes[o].parent for o in olds}

    def _west(self, code: str) -> bool:
        """Whether a commune of Gia Lai lies in the old province of that name."""
        return all(self.old.districts[d].parent == "64" for d in self._origins(code))

    def write_direct_subordination(self, folder: Path) -> None:
        """January 2026: commune commands become agencies directly under the province."""
        acts: list[Table] = [
            {"act": "reparent", "unit": commune(code), "parent": f"CHQS-{unit.parent}"}
            for code, unit in sorted(self.new.communes.items())
            if unit.parent in MERGED
        ]
        head = _head(
            "66.12/2026/NQ-CP",
            "Nghị quyết 66.12/2026/NQ-CP",
            date(2026, 1, 26),
            date(2026, 1, 26),
            "Đến hết ngày 28 tháng 02 năm 2027, Ban Chỉ huy quân sự cấp xã là cơ quan quân sự địa "
            "phương trực thuộc Bộ Chỉ huy quân sự cấp tỉnh, có tư cách pháp nhân, con dấu và tài "
            "khoản riêng; công bố ngày 12 tháng 01 tại Hải Phòng và ngày 14 tháng 01 tại Gia Lai.",
            "vietnamplus.vn post1090990; thanhnien.vn 185260113083938584, 185260114191818952; "
            "xaydungchinhsach.chinhphu.vn 119260115164123224",
            confirmed=True,
        ) | {"issuer": "Chính phủ"}
        write_toml(folder / file_name(date(2026, 1, 26), 0, "66.12/2026/NQ-CP"), head, acts)


def district(unit: Unit) -> str:
    return f"CHQS-{unit.parent}-{unit.code}"


def commune(code: str) -> str:
    return f"CHX-{code}"


def _unit(  # noqa: PLR0917 - the columns of a unit, in their order
    code: str, name: str, kind: str, level: str, parent: str, serves: str = ""
) -> dict[str, str]:
    head = {"code": code, "name": name, "kind": kind, "level": level, "parent": parent}
    return head | ({"serves": serves} if serves else {})


def _head(  # noqa: PLR0917 - the head of an order, in its order
    number: str,
    title: str,
    signed: date,
    effective: date,
    text: str,
    source: str,
    *,
    confirmed: bool,
) -> dict[str, str | bool | date]:
    return {
        "number": number,
        "title": title,
        "issuer": MINISTRY,
        "signed_on": signed,
        "effective_on": effective,
        "tree": "defence",
        "text": text,
        "source": source,
        "confirmed": confirmed,
    }
