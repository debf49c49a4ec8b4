"""Where somebody lives, out of the one cell in which lists write it."""

import re
from typing import NamedTuple

from muster.kernel.names import fold, nfc

# Kinds of ground by the words that precede their names, folded, the longer words first.
_COMMUNES = ("thi tran", "dac khu", "phuong", "xa", "tt", "p", "x")
_ABOVE = ("thanh pho", "thi xa", "huyen", "quan", "tinh", "tp", "tx", "h", "q", "t")
_GROUPS = (
    "to dan pho", "khu dan cu", "khu pho", "thon", "xom", "ban", "buon", "lang", "plei", "khom",
    "tdp", "doi", "khu", "ap", "to",
)  # fmt: skip
_PARTED = re.compile(r"\s*(?:[,;\n]|\s[-–]\s)\s*")
# Behind a single letter stands its point or a number: P.12, P 12.
_LETTER, _WORD = r"\s*\.\s*|\s+(?=\d)", r"\s*\.\s*|\s+"


class Whereabouts(NamedTuple):
    """Group, commune, district and province by their names, each "" where none is written."""

    group: str
    commune: str
    district: str
    province: str


def read_address(text: str) -> Whereabouts | None:
    """The ground that an address names; None where no part of it says that it is a commune.

    >>> read_address("Số 5, thôn 2, xã Nghĩa Lộ, huyện Cát Hải, TP. Hải Phòng")
    Whereabouts(group='thôn 2', commune='Nghĩa Lộ', district='Cát Hải', province='Hải Phòng')
    """
    parts = [part for part in _PARTED.split(nfc(text)) if part]
    communes = [place for place, part in enumerate(parts) if _named(part, _COMMUNES)]
    if not communes:
        return None
    at = communes[-1]
    above = [_named(part, _ABOVE) or part for part in parts[at + 1 :]]
    groups = [part for part in parts[:at] if _named(part, _GROUPS)]
    return Whereabouts(
        group=groups[-1] if groups else "",
        commune=_named(parts[at], _COMMUNES),
        district=above[0] if len(above) > 1 else "",
        province=above[-1] if above else "",
    )


def _named(part: str, kinds: tuple[str, ...]) -> str:
    """The name behind one of the words for a kind of ground; "" where none stands before it."""
    folded = fold(part)
    for kind in kinds:
        signs = _LETTER if len(kind) == 1 else _WORD
        if found := re.match(rf"{kind}(?:{signs})(?=\S)", folded):
            return part[found.end() :].strip()
    return ""
