"""Charts are the same bytes for the same numbers, safe in a page and open to their cases."""

import re
from decimal import Decimal

import pytest

from muster.shell.charts import Chart, bar_comparison, funnel_chart, schematic_map
from muster.shell.components import Bar, Point, Stream
from muster.shell.flow import flow_chart

EVIL = '<script>alert(1)</script>" onload="x'
STEPS = (
    Bar("Nguồn", 35000, "/season/1/?state=sourced&unit=31"),
    Bar("Nhập ngũ", Decimal(2550), "/season/1/?state=called"),
    Bar(EVIL, 12),
)


def charts() -> list[Chart]:
    points = [Point("Lê Chân", 106.67, 20.84, 12.3, 42, "/units/1/"), Point("Cát Hải", 107.0, 20.8)]
    streams = [Stream("Dư Hàng", "Lê Chân", 3), Stream("An Biên", EVIL, 1, partly=True)]
    return [
        funnel_chart(STEPS, title="Phễu"),
        bar_comparison([Bar("Lê Chân", 42, "/a/", 51)], title="So sánh"),
        schematic_map(points, title="Sơ đồ"),
        flow_chart(streams, title="Sắp xếp", hrefs={"Lê Chân": "/units/1/"}),
    ]


@pytest.fixture(scope="module")
def drawn() -> list[Chart]:
    return charts()


def test_the_same_numbers_give_the_same_bytes(drawn: list[Chart]) -> None:
    assert [each.paper for each in drawn] == [each.paper for each in charts()]


def test_nothing_in_a_picture_breaks_the_security_policy(drawn: list[Chart]) -> None:
    for each in drawn:
        for svg in (each.wide, each.narrow):
            tags = re.findall(r"<[^>]+>", svg)
            assert not [tag for tag in tags if re.search(r"\s(style|on\w+)=|<script|<style", tag)]
            assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


def test_marks_lead_to_their_cases_and_say_which(drawn: list[Chart]) -> None:
    funnel = drawn[0].wide
    assert 'href="/season/1/?state=sourced&amp;unit=31" aria-label="Nguồn: 35.000"' in funnel
    assert funnel.count("<a ") == 2
    assert "35.000 · 100%" in funnel
    assert "2.550 · 7,3%" in funnel


def test_a_comparison_shows_the_change(drawn: list[Chart]) -> None:
    assert "42 (−9)" in drawn[1].wide


def test_colours_follow_the_page_but_not_on_paper(drawn: list[Chart]) -> None:
    for each in drawn:
        assert "var(--chart-" in each.wide
        assert "var(" not in each.paper


def test_every_picture_brings_its_table(drawn: list[Chart]) -> None:
    assert [[cell.value for cell in row] for row in drawn[0].table.rows] == [
        ["Nguồn", 35000], ["Nhập ngũ", Decimal(2550)], [EVIL, 12],
    ]  # fmt: skip


def test_a_chart_of_nothing_is_drawn_too() -> None:
    assert funnel_chart([], title="Trống").wide.startswith("<svg")
    assert flow_chart([], title="Trống").wide.startswith("<svg")
    assert schematic_map([], title="Trống").wide.startswith("<svg")


def test_a_ribbon_is_as_wide_as_its_share() -> None:
    flow = flow_chart([Stream("a", "x", 300), Stream("b", "x", 100)], title="t")
    heights = [float(found) for found in re.findall(r"v([\d.]+)C", flow.paper)]
    assert heights[0] / heights[1] == pytest.approx(3, rel=0.02)
