"""Files that are no honest list, and cells that would do harm: refused or made harmless."""

import zipfile

import polars as pl
import pytest
import xlsxwriter
from django.utils import translation

from muster.foundation.register import forms

HEADINGS = ("full_name", "birth_date", "sex", "commune_code")
ROW = ("Lê An", "19/5/2005", "nam", "10570")


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def text(path, *lines, name="list.csv"):
    file = path / name
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def zipped(path, **members):
    with zipfile.ZipFile(path / "list.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return path / "list.xlsx"


def workbook(path, *rows, formulas=()):
    with xlsxwriter.Workbook(path / "list.xlsx") as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEADINGS, *rows)):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        for row, column, formula, value in formulas:
            sheet.write_formula(row, column, formula, None, value)
    return path / "list.xlsx"


def cell_at(row, column):
    """A workbook of five kilobytes with one cell very far out."""

    def make(path):
        with xlsxwriter.Workbook(path / "list.xlsx") as book:
            book.add_worksheet().write_string(row, column, "x")
        return path / "list.xlsx"

    return make


def cut(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    return file


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda p: zipped(p, xl__vbaProject_bin=b"", **{"xl__vbaProject.bin": b"x"}), "macros"),
        (lambda p: zipped(p, **{"xl__macrosheets__sheet1.xml": b"x"}), "macros"),
        (lambda p: zipped(p, **{"xl__a.xml": bytes(60 * 2**20)}), "would unpack"),
        (lambda p: zipped(p, **{"xl__a.xml": b'<row r="2000000">'}), "beyond row 500,000"),
        (cell_at(1_048_575, 16_383), "beyond row 500,000"),
        (cell_at(0, 16_383), "column CZ"),
        (cell_at(1_048_575, 0), "split the list"),
        (lambda p: cut(workbook(p, ROW)), "damaged"),
        (lambda p: zipped(p, **{"xl__workbook.xml": b"<workbook"}), "damaged"),
        (lambda p: text(p, "x", name="a.xlsm"), "macros"),
        (lambda p: text(p, "x", name="a.exe"), "no list"),
        (lambda p: text(p, "full_name,sex", name="a.xlsx"), "is plain text"),
        (lambda p: workbook(p, ROW).rename(p / "a.csv"), r"called .csv but is .xlsx"),
        (lambda p: text(p, "%PDF-1.7", name="a.csv"), "is a PDF"),
        (lambda p: text(p, '"Lê An', name="a.csv"), "damaged"),
        (lambda p: text(p, ",".join(HEADINGS), ",".join(ROW), "Lê Bảo,19/5/20"), "damaged"),
        (lambda p: text(p, "PAR1, but no more", name="a.parquet"), "damaged"),
        (lambda p: text(p, "a\0b", name="a.csv"), "damaged"),
        (lambda p: text(p, "", name="a.xlsx"), "damaged"),
    ],
)
def test_a_file_that_is_no_honest_list_is_refused_in_a_sentence(tmp_path, make, says):
    with pytest.raises(forms.UnusableFile, match=says):
        forms.read(make(tmp_path))


def test_an_empty_list_names_the_headings_it_needs(tmp_path):
    with pytest.raises(forms.UnknownHeadings, match="full_name"):
        forms.check(forms.read(text(tmp_path, "")))


def test_more_rows_than_a_list_may_have_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(forms.sheets, "MOST_ROWS", 3)
    with pytest.raises(forms.UnusableFile, match="split it"):
        forms.read(text(tmp_path, ",".join(HEADINGS), *[",".join(ROW)] * 3))


def test_a_colour_of_a_theme_is_no_cell_far_out(tmp_path):
    workbook(tmp_path, ROW)
    with zipfile.ZipFile(tmp_path / "list.xlsx", "a") as archive:
        archive.writestr("xl/theme/theme2.xml", '<a:sysClr lastClr="ABC123" val="x"/>')
    assert len(forms.check(forms.read(tmp_path / "list.xlsx")).rows) == 1


def test_a_formula_is_never_run_nor_handed_on(tmp_path):
    evil = ("=cmd|' /C calc'!A0", "=HYPERLINK(1)", "+1+1", "-1", "@SUM(A1)")
    rows = [(name, *ROW[1:]) for name in evil]
    path = workbook(tmp_path, ROW, *rows, formulas=[(1, 0, "=cmd|' /C calc'!A0", "0")])
    checked = forms.check(forms.read(path))
    assert checked.rows["state"].to_list() == ["refused"] * 6
    assert all(reason.startswith("full_name: ") for reason in checked.rows["reason"])
    outcome = checked.rows.select("line", "state", "reason", "note")
    answer = forms.write_result(checked.raw, outcome, path)
    names = pl.read_csv(answer, infer_schema=False)["full_name"].to_list()
    assert names == ["0", *(f"'{name}" for name in evil)]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "Nguyễn Văn Đức"),
        ("utf-8-sig", "Nguyễn Văn Đức"),
        ("utf-16", "Nguyễn Văn Đức"),
        ("cp1252", "NguyÔn V¨n §øc"),
        ("cp1252", "Nguyeãn Vaên Ñöùc"),
    ],
)
def test_a_list_of_any_usual_encoding_and_font_is_read_as_meant(tmp_path, encoding, name):
    file = tmp_path / "list.csv"
    file.write_bytes(f"{','.join(HEADINGS)}\n{name},2005,nam,10570\n".encode(encoding))
    assert forms.check(forms.read(file)).rows["full_name"].to_list() == ["Nguyễn Văn Đức"]


def test_every_fault_of_a_row_is_told_and_its_own_cells_stay_as_sent(tmp_path):
    path = workbook(tmp_path, ROW, ("", "31/02/2005", "?", "10570"))
    checked = forms.check(forms.read(path))
    assert checked.rows["state"].to_list() == ["corrected", "refused"]
    faults = checked.rows["reason"][1].split("; ")
    assert {fault.partition(":")[0] for fault in faults} >= {"birth_date", "sex", "full_name"}
    assert checked.raw.row(1) == ("", "31/02/2005", "?", "10570")
    assert checked.rows["line"].to_list() == [2, 3]


def test_rows_keep_the_numbers_that_the_spreadsheet_shows(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "list.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(4, 1, HEADINGS)
        sheet.write_row(6, 1, ROW)
    rows = forms.check(forms.read(tmp_path / "list.xlsx")).rows
    assert rows["line"].to_list() == [6, 7]
    assert rows["state"].to_list() == ["skipped", "corrected"]
