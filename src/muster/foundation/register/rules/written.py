"""Dates, numbers and names as people write them into the cells of a list.

Each reader gives the value and, where it had to mend the cell, how, in one word per
mending; `Unreadable` names in its code what is wrong.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar

from muster.foundation.register.rules.entries import CITIZEN_DIGITS, OLD_DIGITS
from muster.kernel import names
from muster.kernel.errors import Refused

T = TypeVar("T")
_EXCEL_EPOCH, _EXCEL_DAYS = date(1899, 12, 30), range(20_000, 60_000)
_OLDEST = 1900
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?(?:\.0+)?)?")
_YEAR = re.compile(r"(?:năm\s*)?(\d{4})(?:\.0)?", re.IGNORECASE)
_NUMBERED = re.compile(r"^\s*\d{1,6}\s*[.)\-/]\s*|\s*\(?\d{1,2}\)?\s*$")
_ZERO_IN_WORD = re.compile(r"(?<=[^\W\d_])0|0(?=[^\W\d_])")
_LETTERS = re.compile(r"[^\W\d_]")
_ALLOWED = re.compile(r"[\w\s'.\-]+")
_MALE, _FEMALE = {"m", "male", "nam", "1", "trai"}, {"f", "female", "nu", "0", "gai"}
# What parts a parent's name from his year and trade in one cell.
_AFTER_NAME = re.compile(
    r"\s*(?:[,;(\n/–|]|\s-\s|\d|\b(?:sinh|nam sinh|sn|nghe|nghề|năm sinh)\b).*$",
    re.IGNORECASE | re.DOTALL,
)
_BEFORE_NAME = re.compile(r"^\s*(?:cha|bố|bo|ba|mẹ|me|má)\s*[:\-]\s*", re.IGNORECASE)


class Unreadable(Refused):
    """A cell that cannot be read."""


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value and the words for how the cell was mended, none where it was as it should be."""

    value: T
    mended: str = ""


def read_date(text: str) -> Read[tuple[date, str]]:
    """A day and how exactly it is known: `day`, or `year` for a year alone.

    >>> read_date("19/5/2005").value, read_date("2005").value
    ((datetime.date(2005, 5, 19), 'day'), (datetime.date(2005, 1, 1), 'year'))
    """
    text = text.strip()
    try:
        return _read_date(text)
    except ValueError:
        raise Unreadable(f"“{text}” is no day.", code="cell.date") from None


def _read_date(text: str) -> Read[tuple[date, str]]:
    if found := _ISO.fullmatch(text):
        year, month, day = map(int, found.groups())
        return Read((_past(date(year, month, day)), "day"))
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, found.groups())
        if year < _OLDEST:
            year += 2000 if year < 30 else 1900  # noqa: PLR2004 two digits: 1930 to 2029
        return Read((_past(date(year, month, day)), "day"), "date_text")
    if found := _YEAR.fullmatch(text):
        return Read((_past(date(int(found[1]), 1, 1)), "year"))
    if text.removesuffix(".0").isdigit() and int(float(text)) in _EXCEL_DAYS:
        day_number = int(float(text))
        return Read((_EXCEL_EPOCH + timedelta(days=day_number), "day"), "date_number")
    raise ValueError(text)


def _past(day: date) -> date:
    if not _OLDEST <= day.year <= 2100:  # noqa: PLR2004
        raise ValueError(day)
    return day


def read_number(text: str, *, digits: int) -> Read[str]:
    """A personal number; a leading zero that a spreadsheet dropped is put back.

    >>> read_number("31205001234", digits=12)
    Read(value='031205001234', mended='zero_put_back')
    """
    bare = re.sub(r"[\s.\-']", "", text).removesuffix(",0")
    if re.fullmatch(r"\d+0", bare) and text.strip().endswith(".0"):
        bare = bare[:-1]
    if not (bare.isascii() and bare.isdigit()):
        raise Unreadable(f"“{masked(text)}” is no number.", code=f"cell.number_{digits}")
    if len(bare) == digits:
        return Read(bare, "" if bare == text.strip() else "signs")
    if digits - 2 <= len(bare) < digits and digits == CITIZEN_DIGITS:
        return Read(bare.zfill(digits), "zero_put_back")
    if len(bare) == digits - 1 and digits == OLD_DIGITS:
        return Read(bare.zfill(digits), "zero_put_back")
    raise Unreadable(f"“{masked(text)}” has {len(bare)} digits.", code=f"cell.number_{digits}")


def masked(text: str) -> str:
    """A number as a reason may show it."""
    return names.mask_number(text.strip())


def read_sex(text: str) -> str:
    """`m` or `f` from the words that lists use."""
    word = names.fold(text)
    if word in _MALE:
        return "m"
    if word in _FEMALE:
        return "f"
    raise Unreadable(f"“{text}” is no sex.", code="cell.sex")


def read_name(text: str) -> Read[str]:
    """A person's name, whatever its pattern; numbering and typed zeros are mended.

    >>> read_name("12. NGUYỄN VĂN 0ANH").value
    'Nguyễn Văn Oanh'
    """
    name = names.nfc(text)
    mended = []
    if (bare := _NUMBERED.sub("", name)) != name:
        name = bare.strip()
        mended.append("numbering")
    if any(sign.isdigit() for sign in name):
        name = _ZERO_IN_WORD.sub("o", name)
        mended.append("zero")
    if not _LETTERS.search(name) or not _ALLOWED.fullmatch(name) or any(s.isdigit() for s in name):
        raise Unreadable(f"“{text.strip()[:60]}” is no name.", code="cell.name")
    if (name.isupper() and len(name) > 1) or name.islower():
        name = _capitalised(name)
        mended.append("capitals")
    elif mended:
        name = _capitalised(name) if "zero" in mended else name
    return Read(name, " ".join(mended))


def _capitalised(name: str) -> str:
    """Each word with a capital, also behind an apostrophe: H'Bia."""
    return re.sub(r"[^\W\d_]+", lambda word: word[0][:1].upper() + word[0][1:].lower(), name)


def read_parent(text: str) -> Read[str]:
    """A parent's name out of a cell that may also hold year and trade.

    >>> read_parent("Bố: Trần Văn Hiền, 1970, làm ruộng")
    Read(value='Trần Văn Hiền', mended='facts')
    """
    name = _BEFORE_NAME.sub("", names.nfc(text))
    bare = _AFTER_NAME.sub("", name).strip()
    if not bare:
        raise Unreadable(f"“{text.strip()[:60]}” holds no name.", code="cell.name")
    found = read_name(bare)
    left_out = "facts" if bare != names.nfc(text) else ""
    return Read(found.value, " ".join(filter(None, (left_out, found.mended))))


_GRADE = re.compile(r"(?:lớp|lop)?\s*(\d{1,2})(?:\.0)?\s*(?:/\s*(?:10|12))?", re.IGNORECASE)
_HIGHEST_GRADE = 12
_STAYS = {
    "permanent": {"permanent", "thuong tru", "thuongtru", ""},
    "temporary": {"temporary", "tam tru", "tamtru"},
    "school": {"school", "o truong", "hoc"},
    "work": {"work", "lam viec", "di lam"},
    "absent": {"absent", "tam vang"},
}
_LEVELS = {
    "none": {"none", "", "khong", "chua qua dao tao", "tieu hoc", "cap 1"},
    "lower_secondary": {"lower secondary", "thcs", "trung hoc co so", "cap 2"},
    "upper_secondary": {"upper secondary", "thpt", "trung hoc pho thong", "cap 3", "12 12"},
    "vocational": {"vocational", "so cap", "nghe", "hoc nghe"},
    "intermediate": {"intermediate", "trung cap", "tc"},
    "college": {"college", "cao dang", "cd"},
    "university": {"university", "dai hoc", "dh", "ky su", "cu nhan"},
    "postgraduate": {"postgraduate", "thac si", "tien si", "sau dai hoc"},
}


def read_grade(text: str) -> int:
    """The last grade completed: 12, "12/12", "lớp 9"."""
    found = _GRADE.fullmatch(text.strip())
    if found is None or int(found[1]) > _HIGHEST_GRADE:
        raise Unreadable(f"“{text.strip()[:20]}” is no grade.", code="cell.grade")
    return int(found[1])


def read_stay(text: str) -> str:
    """The kind of residence, by the words of lists; nothing written means permanent."""
    return _among(_STAYS, text, "cell.stay")


def read_level(text: str) -> str:
    """The highest level completed, by the words of lists."""
    return _among(_LEVELS, text, "cell.level")


def _among(words: dict[str, set[str]], text: str, code: str) -> str:
    folded = " ".join(names.tokens(text.replace("_", " ")))
    for value, known in words.items():
        if folded in known:
            return value
    raise Unreadable(f"“{text.strip()[:40]}” is not known.", code=code)


def study_of(school: str) -> str:
    """What kind of school a school's name tells of."""
    folded = names.fold(school)
    for study, words in _STUDIES.items():
        if any(word in folded for word in words):
            return study
    return "general"


_STUDIES = {
    "university": ("dai hoc", "hoc vien"),
    "college": ("cao dang",),
    "vocational": ("trung cap", "day nghe", "giao duc nghe nghiep", "nghe "),
}


def told_by_number(number: str) -> tuple[str, int]:
    """Sex and year of birth that a 12-digit citizen number tells (Circular 59/2021).

    >>> told_by_number("031205001234")
    ('m', 2005)
    """
    century, sex = divmod(int(number[3]), 2)
    return "f" if sex else "m", 1900 + 100 * century + int(number[4:6])
