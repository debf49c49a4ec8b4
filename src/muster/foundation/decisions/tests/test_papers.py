"""A paper names the body that issues it, and its annex can be read."""

from datetime import date

import pytest
from django.utils import translation

from muster.foundation.decisions import rules
from muster.foundation.decisions.papers import Paper
from muster.foundation.decisions.papers.heads import issuer


@pytest.mark.parametrize(
    ("role", "body"),
    [
        ("chairman", ("ỦY BAN NHÂN DÂN", "PHƯỜNG NGÔ QUYỀN")),
        ("commander", ("BAN CHỈ HUY QUÂN SỰ", "PHƯỜNG NGÔ QUYỀN")),
        ("council", ("ỦY BAN NHÂN DÂN", "PHƯỜNG NGÔ QUYỀN", "HỘI ĐỒNG NGHĨA VỤ QUÂN SỰ")),
        (
            "exam_chair",
            ("ỦY BAN NHÂN DÂN", "PHƯỜNG NGÔ QUYỀN", "HỘI ĐỒNG KHÁM SỨC KHỎE NGHĨA VỤ QUÂN SỰ"),
        ),
        ("health_station", ("ỦY BAN NHÂN DÂN", "PHƯỜNG NGÔ QUYỀN", "TRẠM Y TẾ")),
    ],
)
def test_each_office_issues_under_its_own_name(role, body) -> None:
    with translation.override("vi"):
        assert issuer(role, "phường Ngô Quyền") == body


@pytest.mark.parametrize("kind", ["health_conclusion", "assessment_conclusion"])
def test_a_council_of_doctors_concludes_and_does_not_decide_for_the_committee(kind) -> None:
    assert rules.act(kind, date(2026, 2, 1)).symbol.startswith("KL-HĐ")


def test_no_column_of_an_annex_is_squeezed_and_no_day_is_broken() -> None:
    row = ("1", "Nguyễn Thị Ánh Nguyệt", "05/09/2004", "Tổ dân phố Cát Vũ 2, Cầu Tre", "")
    heads = ("Serial no.", "Full name", "Born", "Residence", "Received (signature, day)")
    paper = Paper(("A",), "", "", "LIST", "", columns=heads, rows=(row,))
    assert paper.parts()["widths"] == [0, len("Nguyễn Thị Ánh Nguyệt"), 0, 26, 26]
