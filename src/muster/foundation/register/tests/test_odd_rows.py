"""Rows whose facts lie in one cell, or contradict each other."""

from datetime import date

import pytest
from django.utils import translation

from muster.foundation.accounts.actions import acting_as_system
from muster.foundation.register import actions, forms
from muster.foundation.register.models import Person
from muster.foundation.register.rules.addresses import read_address
from muster.foundation.register.tests import factories

ON = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def commune(transactional_db):
    with acting_as_system():
        unit = factories.commune("nghia lo")
        factories.ground(unit)
    return unit


def take_in(tmp_path, headings, *rows):
    path = tmp_path / "list.csv"
    path.write_text("\n".join((headings, *rows)), encoding="utf-8")
    checked = forms.check(forms.read(path))
    return actions.import_list(
        rows=checked.rows, headings=checked.headings, source="xã", digest="d", on=ON,
        scope=acting_as_system,
    ).rows  # fmt: skip


@pytest.mark.parametrize(
    ("text", "whereabouts"),
    [
        ("Thôn 2, xã Nghĩa Lộ, TP Hải Phòng", ("Thôn 2", "Nghĩa Lộ", "", "Hải Phòng")),
        ("Làng Kép - xã Ia Ly - H. Chư Păh - Gia Lai", ("Làng Kép", "Ia Ly", "Chư Păh", "Gia Lai")),
        ("12 Lê Lợi; P.12; Q.3; TP.HCM", ("", "12", "3", "HCM")),
        ("TDP 3, Phường An Khê", ("TDP 3", "An Khê", "", "")),
        ("Bản Phố, xã Bản Phố, tỉnh Lào Cai", ("Bản Phố", "Bản Phố", "", "Lào Cai")),
        ("Đặc khu Cát Hải", ("", "Cát Hải", "", "")),
        ("Ia Ly, Gia Lai", None),
        ("Hồ Xuân P, Lê X", None),
        ("", None),
    ],
)
def test_the_ground_is_read_out_of_an_address(text, whereabouts):
    assert read_address(text) == whereabouts


def test_a_row_without_a_commune_is_placed_by_its_address(tmp_path, commune):
    rows = take_in(
        tmp_path,
        "Họ và tên,Ngày sinh,Giới tính,Nơi thường trú",
        'Lê An,19/05/2005,Nam,"Số 5, thôn Bến, xã Nghia Lo"',
        'Lê Ba,19/05/2005,Nam,"thôn Bến"',
    )
    assert rows["state"].to_list() == ["corrected", "refused"]
    assert "commune read from the address" in rows["note"][0]
    with acting_as_system():
        assert Person.objects.get().place.name == "thôn Bến"


def test_a_column_for_the_commune_goes_before_the_address(tmp_path, commune):
    rows = take_in(
        tmp_path,
        "full_name,birth_date,sex,commune_code,address",
        'Lê An,2005-05-19,nam,nghia lo,"Xã Ia Ly, Gia Lai"',
    )
    assert rows["state"].to_list() == ["accepted"]


@pytest.mark.parametrize(
    ("birth", "registered", "reason"),
    [
        ("19/05/2099", "", "birth_date: “19/05/2099”: after the day of the list; check the day"),
        (
            "19/05/2005",
            "01/04/2004",
            "registered_on: “01/04/2004”: before the birth; check both days",
        ),
    ],
)
def test_days_that_run_backwards_are_refused(tmp_path, commune, birth, registered, reason):
    rows = take_in(
        tmp_path,
        "full_name,birth_date,sex,commune_code,registered_on",
        f"Lê An,{birth},nam,nghia lo,{registered}",
    )
    assert (rows["state"][0], rows["reason"][0]) == ("refused", reason)
    with acting_as_system():
        assert not Person.objects.exists()


def test_a_heading_repeated_is_nobody_and_nothing_is_mended_in_it(tmp_path, commune):
    headings = "full_name,birth_date,sex,commune_code"
    rows = take_in(tmp_path, headings, headings, "Lê An,2005-05-19,nam,nghia lo")
    assert rows.select("state", "note").rows() == [("skipped", ""), ("accepted", "")]
