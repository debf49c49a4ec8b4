"""Numbers and days stand as Vietnamese, English and French offices write them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from muster.shell import written
from muster.shell.components import Card, Event, Fact, Status


@pytest.mark.parametrize(
    ("language", "number", "percent", "day"),
    [
        ("vi", "1.234.567,50", "12,1%", "01/07/2025"),
        ("en", "1,234,567.50", "12.1%", "1 Jul 2025"),
        ("fr", "1\xa0234\xa0567,50", "12,1\xa0%", "01/07/2025"),
    ],
)
def test_each_language_has_its_own_signs(language, number, percent, day) -> None:
    with translation.override(language):
        assert written.number(Decimal("1234567.5"), 2) == number
        assert written.percent(Decimal(2300) / 190) == percent
        assert written.day(date(2025, 7, 1)) == day


def test_a_moment_is_told_by_the_clock_of_the_office() -> None:
    with translation.override("vi"):
        assert written.moment(datetime(2025, 6, 30, 20, 5, tzinfo=UTC)) == "01/07/2025 03:05"


@pytest.mark.parametrize(
    ("language", "point", "clause", "whole"),
    [
        ("vi", "điểm g khoản 1 Điều 41", "khoản 2 Điều 41", "Điều 14"),
        ("en", "article 41(1)(g)", "article 41(2)", "article 14"),
        ("fr", "article 41, § 1, point g", "article 41, § 2", "article 14"),
    ],
)
def test_a_provision_is_cited_as_in_a_decision(language, point, clause, whole) -> None:
    with translation.override(language):
        assert [written.article(each) for each in ("41.1.g", "41.2", "14")] == [
            point,
            clause,
            whole,
        ]
        assert written.article("Luật 78/2015/QH13") == "Luật 78/2015/QH13"
        assert written.article("") == ""


def test_a_stretch_of_a_year_is_told_in_words() -> None:
    with translation.override("vi"):
        told = [written.period(each) for each in ("2025", "2025H1", "2025Q3", "2025-03")]
    assert told == ["năm 2025", "6 tháng đầu năm 2025", "quý III năm 2025", "tháng 3 năm 2025"]


def test_what_is_not_known_is_a_dash_and_not_a_nought() -> None:
    assert {written.number(None), written.percent(None), written.day(None)} == {"–"}
    shown = Template("{% load muster %}{% facts facts %}").render(
        Context({"facts": [Fact("Old number", ""), Fact("Served on", None), Fact("Grade", 0)]})
    )
    assert shown.count("<dd>–</dd>") == 2
    assert "<dd>0</dd>" in shown


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [(3, 0, "+3"), (Decimal("-0.1155"), 2, "−0,12"), (0, 0, "±0"), (-3, 0, "−3")],
)
def test_a_change_carries_its_sign(value, places, expected) -> None:
    with translation.override("vi"):
        assert written.signed(value, places) == expected


def render(text: str, **values: object) -> str:
    with translation.override("vi"):
        return Template("{% load muster %}" + text).render(Context(values))


def test_a_masked_number_never_leaves_the_server_whole() -> None:
    assert "4321" in render("{{ tail|masked }}", tail="4321")
    assert render("{{ tail|masked }}", tail="4321").count("•") == 8


def test_a_status_says_its_word_beside_its_sign() -> None:
    shown = render("{% status state %}", state=Status("Tạm hoãn", "info"))
    assert "Tạm hoãn" in shown
    assert "#arrow" in shown


def test_a_card_shows_change_basis_and_source() -> None:
    card = Card("Bù đổi", 4, previous=7, change=-3, better=True, basis="declared", source="Báo cáo")
    shown = render("{% card card %}", card=card)
    assert all(text in shown for text in ("−3", "tag good", "kê khai", "Báo cáo", "7"))


def test_a_figure_that_is_not_known_shows_a_dash() -> None:
    assert "–" in render("{% card card %}", card=Card("Chỉ tiêu", None))


def test_long_work_asks_on_until_it_is_done() -> None:
    running = render("{% progress 3 10 'Nhập sổ' poll='/x/' %}")
    assert 'hx-get="/x/"' in running
    assert 'value="3"' in running
    assert "hx-get" not in render("{% progress 10 10 'Nhập sổ' poll='/x/' %}")


def test_text_from_people_is_never_markup() -> None:
    evil = "<img src=x onerror=alert(1)>"
    values = {
        "card": Card(evil, 1, source=evil),
        "events": [Event(date(2025, 1, 1), evil, evil, evil, evil, evil)],
        "facts": [Fact(evil, evil)],
        "evil": evil,
    }
    shown = render(
        "{% card card %}{% timeline events %}{% facts facts %}{% status evil %}{% empty evil evil %}"
        "{% callout 'warn' title=evil %}{{ evil }}{% endcallout %}",
        **values,
    )
    assert "<img" not in shown
