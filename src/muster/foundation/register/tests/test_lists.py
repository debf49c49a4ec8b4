"""Lists as offices send them: every row accepted, corrected or refused with its reason."""

from datetime import date

import polars as pl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.register import actions, forms, queries
from muster.foundation.register.models import Act, ListImport, Person
from muster.foundation.register.rules import legacy, written
from muster.foundation.register.tests import factories

ON = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


HEADINGS = "full_name,birth_date,sex,citizen_number,commune_code,group_name,source_id"


def sheet(tmp_path, *rows, headings=HEADINGS, name="list.csv"):
    path = tmp_path / name
    path.write_text("\n".join((headings, *rows)), encoding="utf-8")
    return path


def checked(path, mapping=None):
    return forms.check(forms.read(path), mapping).rows


def only(path, *fields):
    (row,) = checked(path).to_dicts()
    return tuple(row[field] for field in fields)


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An"),
        ("Nguye\u0302\u0303n Va\u0306n An", "Nguyễn Văn An"),
        ("  NGUYỄN   VĂN AN ", "Nguyễn Văn An"),
        ("7. Nguyễn Văn An", "Nguyễn Văn An"),
        ("Nguyễn Văn An 2", "Nguyễn Văn An"),
        ("Nguyễn Văn H0àng", "Nguyễn Văn Hoàng"),
        ("H’BIA KSƠR", "H'Bia Ksơr"),
        ("Ƀlơ", "Ƀlơ"),
        ("Y", "Y"),
        ("NguyÔn V¨n ¸nh", "Nguyễn Văn ánh"),
        ("Nguyeãn Vaên Ñöùc", "Nguyễn Văn Đức"),
    ],
)
def test_a_name_is_read_as_it_was_meant(tmp_path, cell, name):
    path = sheet(tmp_path, f'"{cell}",19/5/2005,nam,,10570,,1')
    assert only(path, "full_name")[0] == name


@pytest.mark.parametrize(
    "cell", ["=cmd|' /C calc'!A0", "12345", "@SUM(A1)", "An; drop table", "Nguy3n"]
)
def test_what_is_no_name_is_refused_with_the_cell_and_the_remedy(tmp_path, cell):
    state, reason = only(sheet(tmp_path, f'"{cell}",2005,nam,,10570,,1'), "state", "reason")
    assert state == "refused"
    assert reason.startswith("full_name: “")


@pytest.mark.parametrize(
    ("cell", "day", "precision"),
    [
        ("2005-05-19", date(2005, 5, 19), "day"),
        ("19/5/2005", date(2005, 5, 19), "day"),
        ("19.05.2005", date(2005, 5, 19), "day"),
        ("19-5-05", date(2005, 5, 19), "day"),
        ("38491", date(2005, 5, 19), "day"),
        ("2005", date(2005, 1, 1), "year"),
        ("năm 2005", date(2005, 1, 1), "year"),
    ],
)
def test_a_birth_date_is_read_in_any_usual_writing(tmp_path, cell, day, precision):
    path = sheet(tmp_path, f"Lê An,{cell},nam,,10570,,1")
    assert only(path, "birth_date", "birth_precision") == (day, precision)


@pytest.mark.parametrize("cell", ["31/02/2005", "19/5", "hôm qua", "19/5/1805"])
def test_a_day_that_is_none_is_refused(tmp_path, cell):
    assert only(sheet(tmp_path, f"Lê An,{cell},nam,,10570,,1"), "state") == ("refused",)


def test_a_number_that_lost_its_zero_gets_it_back_and_a_short_one_is_refused(tmp_path):
    rows = checked(sheet(tmp_path, "Lê An,2005,,31205001234,1,,1", "Lê Bảo,2005,,312050,1,,2"))
    assert rows["citizen_number"].to_list() == ["031205001234", None]
    assert rows["state"].to_list() == ["corrected", "refused"]
    assert "312050" not in rows["reason"][1]


def test_sex_and_year_are_taken_from_the_number_where_the_list_is_silent(tmp_path):
    path = sheet(tmp_path, "Lê An,,,031305001234,10570,,1")
    assert only(path, "sex", "birth_date", "birth_precision") == ("f", date(2005, 1, 1), "year")


def test_usual_headings_titles_and_repeated_headings_are_understood(tmp_path):
    headings = "Họ và tên,Ngày sinh,Giới tính,Số CCCD,Mã xã,Họ tên cha; năm sinh; nghề nghiệp"
    row = 'Lê An,19/5/2005,Nam,,10570,"Lê Hà, 1970, làm ruộng"'
    path = sheet(tmp_path, headings, row, ",,,,,", headings, row, headings="Danh sách,,,,,")
    rows = checked(path)
    assert rows["state"].to_list() == ["corrected", "skipped", "skipped", "corrected"]
    assert rows["father_name"][0] == "Lê Hà"
    assert rows["line"].to_list() == [3, 4, 5, 6]


def test_a_heading_of_ones_own_is_mapped(tmp_path):
    path = sheet(tmp_path, "Lê An,2005,nam,10570", headings="Ai,Sinh,gt,ma xa")
    with pytest.raises(forms.UnknownHeadings, match="Họ và tên"):
        checked(path)
    rows = checked(path, {"Ai": "full_name", "Sinh": "birth_date"})
    assert rows["full_name"].to_list() == ["Lê An"]
    with pytest.raises(forms.UnknownHeadings, match="no field"):
        forms.check_mapping({"Ai": "nickname"})


READERS = (written.read_name, written.read_date, written.read_sex, written.read_grade,
           written.read_parent, written.read_level, written.read_stay)  # fmt: skip


def fault_of(reader, text):
    try:
        reader(text)
    except written.Unreadable as error:
        return error.code
    return "cell."


@given(st.text(max_size=40))
def test_no_cell_breaks_a_reader(text):
    assert all(fault_of(reader, text).startswith("cell.") for reader in READERS)


@given(st.sampled_from(["Nguyễn Đức Ước", "Trần Thị Quỳnh", "Lỗ Vĩ Đại", "Phạm Hữu Nghĩa"]))
def test_unicode_text_is_left_alone(name):
    assert legacy.font_of([name, "Siu Ƀlơ̆", "Kpă Thuận"]) == legacy.UNICODE


@pytest.fixture
def place(db):
    with acting_as_system():
        return factories.ground(factories.commune("10570"))


def take_in(path, *, source="xã", dry_run=False, lanes=1):
    read = forms.read(path)
    return actions.import_list(
        rows=forms.check(read).rows, source=source, digest=read.digest, on=ON,
        scope=acting_as_system, dry_run=dry_run, lanes=lanes,
    )  # fmt: skip


def states(outcome):
    return outcome.rows["state"].to_list()


ROWS = (
    "Lê An,19/5/2005,nam,031205001234,10570,Thôn 1,1",
    "Lê Bảo,2004-05-19,nam,,99999,,2",
    "Siu Blơ,2003,nam,,10570,thôn 1,3",
)


def test_accepted_rows_enter_and_the_others_are_told_why(tmp_path, place):
    outcome = take_in(sheet(tmp_path, *ROWS))
    assert states(outcome) == ["corrected", "refused", "accepted"]
    assert "99999" in outcome.rows["reason"][1]
    with acting_as_system():
        people = Person.objects.order_by("source_id")
        assert [p.full_name for p in people] == ["Lê An", "Siu Blơ"]
        assert {p.place.name for p in people} == {"Thôn 1"}
        assert [p.registered_on for p in people] == [ON, ON]
        assert list(queries.found("031205001234")) == [people[0]]


def test_a_trial_writes_nothing(tmp_path, place):
    outcome = take_in(sheet(tmp_path, *ROWS), dry_run=True)
    assert states(outcome) == ["corrected", "refused", "accepted"]
    with acting_as_system():
        assert not Person.objects.exists()
        assert not ListImport.objects.exists()


def test_the_same_list_twice_changes_nothing(tmp_path, place):
    path = sheet(tmp_path, *ROWS)
    take_in(path)
    again = take_in(path)
    assert states(again) == ["unchanged", "refused", "unchanged"]
    with acting_as_system():
        assert Person.objects.count() == 2


def test_a_list_without_keys_is_known_by_what_it_says(tmp_path, place):
    path = sheet(tmp_path, *(row.rpartition(",")[0] + "," for row in ROWS))
    take_in(path)
    assert states(take_in(path)) == ["unchanged", "refused", "unchanged"]


def test_a_known_entry_that_says_otherwise_is_left_to_a_person(tmp_path, place):
    take_in(sheet(tmp_path, ROWS[0]))
    outcome = take_in(sheet(tmp_path, ROWS[0].replace("Lê An", "Lê Ân")))
    assert states(outcome) == ["refused"]
    with acting_as_system():
        assert [p.full_name for p in Person.objects.all()] == ["Lê An"]


def test_an_import_that_was_cut_off_goes_on_where_it_stopped(tmp_path, place, monkeypatch):
    monkeypatch.setattr(actions.lists, "_AT_ONCE", 1)
    path = sheet(tmp_path, *ROWS)
    calls = []

    def cut_off(*, intake, basis):
        if calls:
            raise KeyboardInterrupt
        calls.append(actions.register_people(intake=intake, basis=basis))

    with monkeypatch.context() as cut:
        cut.setattr(actions.lists, "register_people", cut_off)
        with pytest.raises(KeyboardInterrupt):
            take_in(path)
    assert states(take_in(path)) == ["unchanged", "refused", "accepted"]
    with acting_as_system():
        assert Person.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_lanes_enter_what_one_would(tmp_path, place, monkeypatch):
    monkeypatch.setattr(actions.lists, "_AT_ONCE", 1)
    outcome = take_in(sheet(tmp_path, *ROWS), lanes=2)
    assert states(outcome) == ["corrected", "refused", "accepted"]
    with acting_as_system():
        assert Person.objects.count() == Act.objects.count() == 2
        assert ListImport.objects.get().entered == 2


def test_a_commune_of_several_former_ones_needs_the_group(tmp_path, place):
    with acting_as_system():
        factories.ground(place.tenures.get().unit, "An Thọ")
    outcome = take_in(sheet(tmp_path, "Lê An,2005,nam,,10570,,1"))
    assert states(outcome) == ["refused"]
    assert "2 former communes (10570, An Thọ)" in outcome.rows["reason"][0]
    named = take_in(sheet(tmp_path, "Lê An,2005,nam,,10570,xã An Thọ,1"))
    assert states(named) == ["accepted"]
    with acting_as_system():
        assert Person.objects.get().place.name == "An Thọ"


COLUMNS = "Họ tên khai sinh,Ngày tháng năm sinh,Giới tính,Mã xã,Nơi thường trú,Số thứ tự trong sổ"


def vietnamese(path, *, on=ON):
    with translation.override("vi"):
        read = forms.read(path)
        checked = forms.check(read)
        return actions.import_list(
            rows=checked.rows, headings=checked.headings, source="xã", digest=read.digest, on=on,
            scope=acting_as_system,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            "Lê An,31/02/2005,nam,10570,,1",
            "Ngày tháng năm sinh: “31/02/2005”: không phải là ngày; ghi theo dạng 19/05/2005",
        ),
        ("Lê An,2005,?,10570,,1", "Giới tính: “?”: ghi nam hoặc nữ"),
        (",2005,nam,10570,,1", "Họ tên khai sinh: còn thiếu; hãy bổ sung"),
        (
            "Lê An,2005,nam,99999,,1",
            "Mã xã: “99999”: ngày 02/03/2026 không có đơn vị nào mang mã này; hãy kiểm tra mã hoặc ngày",
        ),
    ],
)
def test_a_reason_names_the_senders_own_column_the_value_and_the_remedy(
    tmp_path, place, row, reason
):
    outcome = vietnamese(sheet(tmp_path, row, headings=COLUMNS))
    assert outcome.rows["reason"].to_list() == [reason]


def test_every_fault_of_a_row_is_told_at_once(tmp_path, place):
    outcome = vietnamese(sheet(tmp_path, "Lê An,2005,?,99999,,1", headings=COLUMNS))
    (reason,) = outcome.rows["reason"].to_list()
    assert reason.startswith("Giới tính: “?”: ghi nam hoặc nữ; Mã xã: “99999”: ")


def test_a_key_of_the_list_that_stands_twice_is_quoted(tmp_path, place):
    rows = ("Lê An,2005,nam,10570,,7", "Lê Bảo,2004,nam,10570,,7")
    outcome = vietnamese(sheet(tmp_path, *rows, headings=COLUMNS))
    said = "Số thứ tự trong sổ: “7”: có hai lần trong danh sách; hãy bỏ một"
    assert outcome.rows["reason"].to_list() == ["", said]


def test_a_fact_that_has_no_column_is_called_by_its_own_words(tmp_path, place):
    outcome = vietnamese(sheet(tmp_path, "Lê An,2005,10570", headings="Họ tên,Ngày sinh,Mã xã"))
    assert outcome.rows["reason"].to_list() == ["Giới tính: còn thiếu; hãy bổ sung"]


@pytest.mark.parametrize("heading", ["Địa chỉ", "Nơi thường trú", "CHỖ Ở HIỆN NAY", "address"])
def test_an_address_in_words_is_kept_with_the_residence(tmp_path, place, heading):
    headings = f"full_name,birth_date,sex,commune_code,{heading}"
    row = 'Lê An,2005,nam,10570,"Số 5,  thôn Bến"'
    assert states(take_in(sheet(tmp_path, row, headings=headings))) == ["corrected"]
    with acting_as_system():
        man = Person.objects.get()
        assert [home.address for home in man.residences.all()] == ["Số 5, thôn Bến"]
        assert queries.addresses_at([place.pk], ON) == {place.pk: {"Số 5, thôn Bến": 1}}
        assert "Số 5, thôn Bến" in queries.entry(man.uid, ON).residence[0].text


def test_a_commune_may_be_named_instead_of_coded(tmp_path, place):
    headings = "full_name,birth_date,sex,xã"
    outcome = take_in(sheet(tmp_path, "Lê An,2005,nam,Xã 10570", headings=headings))
    assert states(outcome) == ["accepted"]


def test_an_answer_that_was_mended_is_sent_again_and_answered_afresh(tmp_path, place):
    path = sheet(tmp_path, *ROWS)
    read = forms.check(forms.read(path))
    answer = forms.write_result(read.raw, take_in(path, dry_run=True).rows, path)
    mended = tmp_path / "mended.csv"
    mended.write_text(answer.read_text(encoding="utf-8").replace("99999", "10570"))
    read = forms.check(forms.read(mended))
    again = pl.read_csv(forms.write_result(read.raw, take_in(mended).rows, mended))
    assert again.columns.count("muster: state") == 1
    assert again["muster: state"].to_list() == ["corrected", "accepted", "accepted"]


def test_in_vietnamese_the_answer_is_vietnamese_throughout(tmp_path, place):
    path = sheet(tmp_path, *ROWS)
    with translation.override("vi"):
        read = forms.check(forms.read(path))
        answer = pl.read_csv(forms.write_result(read.raw, take_in(path).rows, path))
    assert answer.columns[7:] == [
        "muster: dòng", "muster: kết quả", "muster: lý do", "muster: ghi chú",
    ]  # fmt: skip
    assert answer["muster: kết quả"].to_list() == ["đã sửa và nhận", "bị từ chối", "đã nhận"]


def test_the_answer_has_the_same_rows_and_harmless_cells(tmp_path, place):
    path = sheet(tmp_path, *ROWS, "=cmd,2005,nam,,10570,,9")
    read = forms.check(forms.read(path))
    answer = forms.write_result(read.raw, take_in(path).rows, path)
    back = pl.read_csv(answer, infer_schema=False)
    assert back.columns[:7] == HEADINGS.split(",")
    assert len(back) == 4
    assert back["full_name"][3] == "'=cmd"
    assert back["muster: state"].to_list() == ["corrected", "refused", "accepted", "refused"]
