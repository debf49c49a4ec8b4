"""What the catalogue's notes say: which old communes each new one was made of.

The notes were typed by hand in 34 offices, so the reader is generous with wording and strict with
names: a name that matches no old commune of the province is reported, never guessed silently.
"""

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from areas import distance_km
from sources import Map, Note, Unit

TONES = "\u0300\u0301\u0303\u0309\u0323"
SHARE = r"(?:(?<!\S)(?:\d+|[Mm]ột|p1) ?)?[Pp]h[ầà]n\b"
NEAR_KM = 60.0  # a name read with a slip must lie this near to the new commune
LONGEST = 240  # the catalogue's field cut longer notes off
ROMAN = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7"}
HEAD = re.compile(
    r"^(?:và|với|các|của|từ|toàn bộ|GROUND|phần|diện tích tự nhiên|diện tích|dân số|quy mô dân số"
    r"|xã trường(?= xã)|p(?=1 phần)|lề)\b ?"
)
NOT_A_UNIT = re.compile(r"^(khu vực bãi bồi|cụm|đảo|\d+,\d+ km2|là )")
KIND = re.compile(
    r"^(thị ?trấn|trị trấn|trấn|phường|đặc khu|xãa?|p\.?|x|phư)(?=\s|$)\.? ?", re.IGNORECASE
)
WHERE = re.compile(
    r"(?:\bthuộc|\() ?((?:thị xã|thành phố|quận|huyện)[^(),;]*?)"
    r"(?:, (?:tỉnh|thành phố)[^(),;]*?)?(?: hiện nay)?(?: \(trước khi thực hiện sắp xếp\)|\)|(?=,|;| và |$))",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Mention:
    """One old commune named in a note."""

    words: str
    part: bool
    kind: str
    name: str
    district: str


@dataclass
class Reading:
    """What one note says."""

    note: Note
    kept: bool = False
    olds: dict[str, Mention] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


def fold(text: str) -> str:
    """Same for "Hoà" and "Hòa", "H'Leo" and "HLeo", "Nang-Mau" and "nang mau"."""
    words = []
    text = ROMAN.get(text.upper(), text)
    for word in re.split(r"[\s\-]+", text.casefold().replace("'", "")):
        marks = unicodedata.normalize("NFD", word)
        tone = "".join(m for m in marks if m in TONES)
        words.append("".join(m for m in marks if m not in TONES) + tone)
    return unicodedata.normalize("NFC", " ".join(w for w in words if w))


def bare(text: str) -> str:
    """Without any mark, for the last resort."""
    marks = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(m for m in marks if m.isalnum()).replace("y", "i")


def cut_off(note: Note) -> bool:
    """Whether the catalogue's field was too short for the note."""
    return len(body(note)) >= LONGEST


def body(note: Note) -> str:
    """The sentence of 2025, without its reference and without later changes."""
    return re.split(r"\.* *(?:Bỏ cấp huyện|Số:)", note.text)[0].strip(" .,")


def listed(text: str) -> str | None:
    """The list of old communes in a sentence, or None."""
    found = re.search(
        r"(?:[hH][ợơọ]p nh[ấâ]t?|hợp thành|, ?nhất|Sắp xếp ?toàn bộ|trên cơ sở(?: nhập)?|^Phần còn lại)(.*)",
        text,
        re.IGNORECASE | re.DOTALL,
    )
    if not found:
        return None
    text = found[0] if found[0].startswith("Phần") else found[1]
    text = re.sub(r"(?<=\w)thành (?=xã|phường)", " thành ", text)
    text = re.sub(r"^(?:.*? hợp nhất|t(?= ))", "", text.strip())
    return re.sub(r" thành(?: (?!phố )(?:xã|phường|đặc khu|xa|xãDân|(?=[A-ZĐ])).*|)$", "", text)


def _simplify(text: str) -> str:
    text = re.sub(r"sau khi sắp xếp theo quy định tại khoản [\d, khoảnvà]*(?:Điều)? này", "", text)
    text = re.sub(
        r"diện tích(?: tự nhiên)?(?:,| và)? ?quy mô dân(?: số)?(?: còn lại)?", "GROUND", text
    )
    text = re.sub(
        r"một phần diện tích tự nhiên là [\d.,]+ ?km2, quy mô dân số (?:là )?[\d.,]+ người",
        "1 phần",
        text,
    )
    return re.sub(r"\(bao gồm [^)]*\)", "", text)


def mentions(text: str) -> Iterator[Mention]:
    """The old communes in a list such as "các xã A, B và 1 phần phường C thuộc quận D"."""
    places: list[str] = []

    def keep(found: re.Match[str]) -> str:
        places.append(found[1].strip())
        return f" @{len(places) - 1} "

    text = WHERE.sub(keep, _simplify(text))
    text = text.replace("(trước khi thực hiện sắp xếp)", "")
    text = re.sub(r"(?<=[^\s,;])(?<!\d)(?<!ột) (?=(?:\d+ |[Mm]ột )?ph[ầà]n )", ", ", text)
    text = re.sub(r"\b(phường|xã) \1\b", r"\1", text)
    text = re.sub(
        r"(?<=[^\s,;]) (?=(?:xã|phường|thị trấn) [A-ZĐ])(?<!các )(?<!của )(?<!phần )(?<!và )",
        ", ",
        text,
    )
    part, kind = False, ""
    for item in re.split(r",|;|\b(?:và|với)(?=\s|h)", text):
        words = re.sub(r"^và |(?: và| một)$", "", re.sub(r"\s+", " ", item).strip(" .()"))
        if not words:
            continue
        if share := re.match(rf"^(?:và )?{SHARE}(?: còn lại)?", words, re.IGNORECASE):
            part = True
            words_left = words[share.end() :].strip()
        else:
            words_left = words
            part = part and not KIND.match(words_left)
        words_left = re.sub(r"^\d+ (?=xã|phường)", "", words_left)
        while head := HEAD.match(words_left):
            words_left = words_left[head.end() :]
        where = re.search(r"@(\d+)", words_left)
        words_left = re.sub(r"@\d+", "", words_left).strip(" .()")
        if found := KIND.match(words_left):
            kind = _kind(found[1])
            words_left = words_left[found.end() :].strip()
        if not words_left or NOT_A_UNIT.match(words_left):
            continue
        yield Mention(words, part, kind, words_left, places[int(where[1])] if where else "")


def _kind(word: str) -> str:
    word = word.casefold()
    if "trấn" in word:
        return "thị trấn"
    return "phường" if word.startswith("p") else "đặc khu" if word == "đặc khu" else "xã"


class Index:
    """The old communes of one new province, by folded name."""

    def __init__(self, old: Map, provinces: Iterable[str]) -> None:
        self.old = old
        inside = set(provinces)
        self.units = [u for u in old.communes.values() if old.districts[u.parent].parent in inside]
        self.by_name: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units:
            self.by_name[fold(unit.name)].append(unit)

    def whole_district(self, name: str) -> Iterator[Mention]:
        """Every commune of a district that a note takes as a whole."""
        for unit in self.units:
            district = self.old.districts[unit.parent]
            if fold(district.name) == fold(name):
                yield Mention(f"huyện {name}", False, unit.kind, unit.name, district.title)

    def find(self, mention: Mention, near: Unit) -> tuple[Unit | None, str]:
        """The old commune that a mention means, and a doubt if there is one."""
        found = self.by_name.get(fold(mention.name), [])
        if not found:
            return self._similar(mention, near)
        same = [u for u in found if u.kind == mention.kind]
        doubt = "" if same or not mention.kind else f"{mention.words}: is a {found[0].kind}"
        found = same or found
        if mention.district:
            there = [u for u in found if self._in_district(u, mention.district)]
            if not there:
                doubt = f"{mention.words}: not in {mention.district}"
            found = there or found
        return min(found, key=lambda u: self._rank(u, near)), doubt

    def _in_district(self, unit: Unit, district: str) -> bool:
        title = self.old.districts[unit.parent]
        wanted = fold(district)
        return wanted == fold(title.title) or wanted.endswith(" " + fold(title.name))

    def _rank(self, unit: Unit, near: Unit) -> tuple[bool, float]:
        home = self.old.communes.get(near.code)
        other = home is None or home.parent != unit.parent
        return other, distance_km(unit, near)

    def _similar(self, mention: Mention, near: Unit) -> tuple[Unit | None, str]:
        names = {
            bare(u.name): u
            for u in sorted(self.units, key=lambda u: self._rank(u, near), reverse=True)
        }
        close = difflib.get_close_matches(bare(mention.name), names, n=3, cutoff=0.75)
        near_ones = [names[c] for c in close if distance_km(names[c], near) < NEAR_KM]
        if not near_ones:
            return None, f"{mention.words}: no such commune"
        same = [
            u
            for u in self.units
            if bare(u.name) == bare(near_ones[0].name) and u.kind == mention.kind
        ]
        best = min(same, key=lambda u: self._rank(u, near)) if same else near_ones[0]
        return best, f"{mention.words}: read as {best.title}"


def read(note: Note, index: Index, new: Unit) -> Reading:
    """One note against the old map."""
    reading = Reading(note)
    text = body(note)
    if re.match(r"Giữ nguyên[, ]+không", text):
        reading.kept = True
        if new.code in index.old.communes:
            home = index.old.communes[new.code]
            reading.olds[new.code] = Mention(text, False, home.kind, home.name, "")
        return reading
    found = list(mentions(listed(text) or ""))
    if cut_off(note):
        found = found[:-1] if index.find(found[-1], new)[1] else found
    if district := re.search(r"(?:nhập|Sắp xếp) toàn bộ \d+ xã.* thuộc huyện (?:đảo )?(.*)", text):
        found = list(index.whole_district(district[1]))
    before = re.search(
        r"(?:từ|tên|tè|loại hình) ((?:[Xx]ã|[Pp]hường|[Tt]hị trấn) ?.*?) thành ", text
    )
    if before:
        named = {fold(m.name) for m in found}
        found += [
            m
            for m in mentions(before[1])
            if fold(m.name) not in named and fold(m.name) in index.by_name
        ]
    if not found and new.code in index.old.communes:
        home = index.old.communes[new.code]
        found = [Mention(text, False, home.kind, home.name, "")]
    for mention in found:
        unit, doubt = index.find(mention, new)
        if doubt:
            reading.doubts.append(doubt)
        if unit:
            reading.olds.setdefault(unit.code, mention)
    return reading
