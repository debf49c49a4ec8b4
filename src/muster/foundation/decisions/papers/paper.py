"""The parts of an official paper, in the order of Decree 30/2020, and how it is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from muster.shell import papers, written

TEMPLATE = Path(__file__).with_name("paper.typ")
# A column's share of the page, in letters of its longest cell.
NARROWEST, WIDEST = 8, 26
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True, slots=True)
class Paper:
    """The parts of an official paper, in the order of Decree 30/2020, art. 8."""

    issuer: tuple[str, ...]
    number: str
    place_and_date: str
    kind: str
    abstract: str
    authority: str = ""
    bases: tuple[str, ...] = ()
    verb: str = ""
    articles: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    signer: tuple[str, ...] = ()
    signatory: str = ""
    second_signer: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    annex_title: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    receipt: str = ""
    receipt_url: str = ""

    def pdf(self) -> bytes:
        """The paper as PDF, the same bytes for the same paper."""
        return papers.render(TEMPLATE, self.parts())

    def parts(self) -> dict[str, Any]:
        """The parts as plain data, with what every paper of the house shows."""
        own = {name: getattr(self, name) for name in self.__slots__}
        return own | {
            "lang": get_language(),
            "motto": MOTTO,
            "courtesy": courtesy(),
            "recipients_title": _("Recipients:"),
            "article_word": _("Article"),
            "qr": _qr(self.receipt_url),
            "widths": self._widths(),
        }

    def _widths(self) -> list[int]:
        """How wide each column is beside the others; 0 for what no line may break: a number, a day."""
        cells = list(zip(*self.rows, strict=True)) or [()] * len(self.columns)
        return [_weight(head, values) for head, values in zip(self.columns, cells, strict=True)]


def _weight(head: str, values: Sequence[str]) -> int:
    longest = max(map(len, values), default=0)
    if not longest:
        return WIDEST  # room to write by hand
    if not any(" " in value for value in values):
        return 0
    return min(max(longest, len(head), NARROWEST), WIDEST)


def courtesy() -> str:
    """What a copy in another language says of itself."""
    if get_language() == "vi":
        return ""
    return _("Courtesy translation; the Vietnamese text is authoritative.")


def written_day(day: date) -> str:
    """A day in words as papers write it: "ngày 05 tháng 02 năm 2026"."""
    if get_language() != "vi":
        return written.day(day)
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)  # noqa: PLR2004 - Decree 30/2020
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def cell_text(value: object) -> str:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value or "")


def _qr(url: str) -> str:
    if not url:
        return ""
    picture = BytesIO()
    segno.make(url, error="m").save(picture, kind="svg", xmldecl=False, border=0)
    return picture.getvalue().decode()
