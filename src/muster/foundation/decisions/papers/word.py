"""A paper as a Word file, which officials edit; the same parts as the PDF, the same bytes each time."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from muster.foundation.decisions.papers.paper import Paper

FONT = "Times New Roman"
# Word wants a date in the package; no clock may enter a paper.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def docx(paper: Paper) -> bytes:
    """The paper as .docx, in the order and the type of Decree 30/2020."""
    parts = paper.parts()
    document = Document()
    _page(document)
    _head(document, parts)
    _title(document, parts)
    _content(document, parts)
    _foot(document, parts)
    _annex(document, parts)
    return _fixed(document)


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)


def _line(place: Any, text: str, *, size: float = 14, **looks: Any) -> Any:
    """A paragraph of one look: bold, italic, centred, with its first line indented."""
    paragraph = place.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(looks.get("after", 4))
    if looks.get("centred"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if looks.get("indented"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)
    run = paragraph.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), looks.get("bold"), looks.get("italic")
    return paragraph


def _lines(cell: Any, lines: Sequence[str], **looks: Any) -> None:
    for line in lines:
        _line(cell, line, **looks)


def _head(document: Any, parts: dict[str, Any]) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    left.width, right.width = Mm(66), Mm(94)
    for cell in (left, right):
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
    _lines(left, parts["issuer"][:-1], size=12, centred=True, after=0)
    _line(left, parts["issuer"][-1], size=12, centred=True, bold=True)
    _line(left, parts["number"], size=13, centred=True)
    for line, size in zip(parts["motto"], (12, 13), strict=True):
        _line(right, line, size=size, centred=True, bold=True, after=0)
    _line(right, parts["place_and_date"], size=13, centred=True, italic=True)


def _title(document: Any, parts: dict[str, Any]) -> None:
    if parts["courtesy"]:
        _line(document, parts["courtesy"], size=11, centred=True, italic=True)
    _line(document, parts["kind"], centred=True, bold=True)
    _line(document, parts["abstract"], centred=True, bold=True, after=12)
    if parts["authority"]:
        _line(document, parts["authority"], centred=True, bold=True)


def _content(document: Any, parts: dict[str, Any]) -> None:
    last = len(parts["bases"])
    for number, base in enumerate(parts["bases"], 1):
        _line(document, base + ("." if number == last else ";"), indented=True, italic=True)
    if parts["verb"]:
        _line(document, parts["verb"], centred=True, bold=True)
    for number, article in enumerate(parts["articles"], 1):
        paragraph = _line(document, f"{parts['article_word']} {number}. ", indented=True, bold=True)
        paragraph.add_run(article).font.size = Pt(14)
    for text in parts["paragraphs"]:
        _line(document, text, indented=True)
    for note in parts["notes"]:
        _line(document, note, size=11, italic=True)


def _foot(document: Any, parts: dict[str, Any]) -> None:
    left, right = document.add_table(rows=1, cols=2).rows[0].cells
    if parts["recipients"]:
        _line(left, parts["recipients_title"], size=12, bold=True, italic=True)
        _lines(left, [f"- {each};" for each in parts["recipients"]], size=11, after=0)
    _lines(left, parts["second_signer"], centred=True, bold=True)
    _lines(right, parts["signer"], centred=True, bold=True, after=0)
    _line(right, "", after=60)
    _line(right, parts["signatory"], centred=True, bold=True)
    if parts["receipt_url"]:
        _line(left, f"{parts['receipt']}: {parts['receipt_url']}", size=8)


def _annex(document: Any, parts: dict[str, Any]) -> None:
    if not parts["rows"]:
        return
    document.add_page_break()
    _line(document, parts["annex_title"], centred=True, bold=True)
    table = document.add_table(rows=1, cols=len(parts["columns"]))
    table.style = "Table Grid"
    _row(table.rows[0], parts["columns"], bold=True)
    for row in parts["rows"]:
        _row(table.add_row(), row)


def _row(row: Any, texts: Sequence[str], *, bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.font.size, run.bold = Pt(12), bold


def _fixed(document: Any) -> bytes:
    """The package with the same date on every part, so that two prints can be compared."""
    draft, fixed = BytesIO(), BytesIO()
    document.save(draft)
    with ZipFile(draft) as package, ZipFile(fixed, "w", ZIP_DEFLATED) as copy:
        for name in package.namelist():
            copy.writestr(ZipInfo(name, ZIP_DATE), package.read(name), ZIP_DEFLATED)
    return fixed.getvalue()
