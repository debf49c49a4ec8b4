"""Charts drawn to SVG on the server: the same picture in a page and on paper.

A chart is a Vega-Lite specification, written with Altair, in the house's theme. The
picture needs no script in the browser and no inline style, its marks are links to the
cases, and its colours follow the page (light, dark, print). Each comes with a table of
the same numbers for those who do not see it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext_lazy

from muster.kernel.manifest import Label
from muster.shell import written
from muster.shell.components import Bar, Point
from muster.shell.tables import Column, Listing, plain

if TYPE_CHECKING:
    import altair as alt

FONT = "Be Vietnam Pro"
FONTS = Path(__file__).with_name("fonts")
WIDE, NARROW = 660, 340
# Each colour on paper stands for a colour of the page (`muster.css`, --chart-…).
INK, SOFT, GRID = "#1c2420", "#55605a", "#ddd9cc"
MAIN, MIDDLE, FADE = "#1f5f4a", "#6c9583", "#b9c8bd"
SECOND, THIRD, ALARM = "#c29a4b", "#6b86a6", "#9f221b"
_PAGE = {
    INK: "ink", SOFT: "soft", GRID: "grid", MAIN: "main", MIDDLE: "middle",
    FADE: "fade", SECOND: "second", THIRD: "third", ALARM: "alarm",
}  # fmt: skip
_LEAVE_AWAY = (
    (r"<a >(.*?)</a>", r"\1"),
    (r'<path class="(?:fore|back)ground"[^>]*/>', ""),
    (
        r' (?:role="graphics-[a-z]+"|aria-roledescription="[^"]*"|aria-hidden="true"|class="mark-[^"]*")',
        "",
    ),
    (r' (?:opacity="1"|pointer-events="none"|class="marks")', ""),
)
_HERE = "https://here.invalid"  # Vega makes links absolute; this is taken off again


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart: for wide and narrow screens, for paper, and as a table."""

    title: Label
    paper: str
    wide: SafeString
    narrow: SafeString
    table: Listing
    note: Label = ""


def funnel_chart(rows: Sequence[Bar], *, title: Label, note: Label = "") -> Chart:
    """How many remain from step to step, each bar with its share of the first."""
    first = rows[0].value if rows else 0
    values = [
        {**_row(each, at), "shown": f"{written.number(each.value)}{_share(each.value, first)}"}
        for at, each in enumerate(rows)
    ]
    return _chart(lambda width: _bars(values, width), rows, title, note)


def bar_comparison(rows: Sequence[Bar], *, title: Label, note: Label = "") -> Chart:
    """Each unit or kind now, with a tick where it stood the period before."""
    values = [
        {**_row(each, at), "shown": str(each.note) or _against(each), "before": _plain(each.before)}
        for at, each in enumerate(rows)
    ]
    return _chart(lambda width: _bars(values, width), rows, title, note)


def schematic_map(points: Sequence[Point], *, title: Label, note: Label = "") -> Chart:
    """Units where they lie, as circles of their area, shaded by their value.

    An honest schematic: centres and areas are known, boundaries are not.
    """
    rows = [Bar(each.label, each.value or 0, each.href) for each in points]
    return _chart(lambda width: _map(points, width), rows, title, note)


def _row(each: Bar, at: int) -> dict[str, Any]:
    return {
        "at": at,
        "label": str(each.label),
        "value": _plain(each.value),
        "href": _HERE + each.href,
    }


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)


def _share(value: Any, first: Any) -> str:
    return f" · {written.percent(100 * value / first)}" if first else ""


def _against(each: Bar) -> str:
    before = "" if each.before is None else f" ({written.signed(each.value - each.before)})"
    return written.number(each.value) + before


def _chart(
    draw: Callable[[int], "alt.TopLevelMixin"],
    rows: Sequence[Bar],
    title: Label,
    note: Label,
) -> Chart:
    names = {
        each.href: f"{each.label}: {each.note or written.number(each.value)}"
        for each in rows
        if each.href
    }
    wide, narrow = (_svg(draw(width), str(title), names) for width in (WIDE, NARROW))
    return Chart(title, wide, for_page(wide), for_page(narrow), _table(rows, title), note)


def _table(rows: Sequence[Bar], title: Label) -> Listing:
    columns = [
        Column("label", pgettext_lazy("of a chart", "Name"), href=lambda row: row.href),
        Column("value", pgettext_lazy("of a chart", "Number"), kind="number"),
    ]
    if any(each.before is not None for each in rows):
        columns.append(Column("before", pgettext_lazy("of a chart", "Before"), kind="number"))
    return plain(title, columns, rows, stacked=False)


# ---- drawing ----------------------------------------------------------------------------


def _bars(values: list[dict[str, Any]], width: int) -> "alt.TopLevelMixin":
    """Labels over their bars, so that long Vietnamese names fit a telephone too."""
    import altair as alt

    most = max([max(v["value"], v.get("before") or 0) for v in values], default=0) or 1
    base = alt.Chart(alt.InlineData(values=values)).encode(y=alt.Y("at:O", axis=None))
    x = alt.X("value:Q", axis=None, scale=alt.Scale(domain=[0, most]))
    text: dict[str, Any] = {"baseline": "middle", "fontSize": 13, "dy": -12}
    # A long name ends in dots before the number; the table beside the chart has it whole.
    room = width - 8 * max((len(v["shown"]) for v in values), default=0)
    layers = [
        base.mark_bar(color=GRID, height=10, yOffset=8, x=0, x2=alt.expr("width")),
        base.mark_bar(color=MAIN, height=10, yOffset=8).encode(
            x=x, href="href:N" if any(v["href"] != _HERE for v in values) else alt.Undefined
        ),
        base.mark_text(align="left", color=INK, x=0, limit=room, **text).encode(text="label:N"),
        base.mark_text(align="right", color=SOFT, x=alt.expr("width"), **text).encode(
            text="shown:N"
        ),
    ]
    if any(v.get("before") is not None for v in values):
        before = base.mark_tick(color=SECOND, thickness=3, height=18, yOffset=8)
        layers.append(before.encode(x=alt.X("before:Q", scale=alt.Scale(domain=[0, most]))))
    return alt.layer(*layers).properties(width=width, height=alt.Step(50))


def _map(points: Sequence[Point], width: int) -> "alt.TopLevelMixin":
    import altair as alt

    values = [
        {"label": str(p.label), "east": p.east, "north": p.north, "area": max(p.area, 1.0),
         "value": _plain(p.value), "href": _HERE + p.href}
        for p in points
    ]  # fmt: skip
    drawn: alt.TopLevelMixin = (
        alt.Chart(alt.InlineData(values=values))
        .mark_circle(opacity=0.85, stroke="#ffffff", strokeWidth=0.75)
        .encode(
            longitude="east:Q",
            latitude="north:Q",
            size=alt.Size("area:Q", legend=None, scale=alt.Scale(range=[30, width])),
            color=alt.Color(
                "value:Q", legend=None, scale=alt.Scale(range=[FADE, MIDDLE, MAIN], type="quantile")
            ),
            href="href:N" if any(p.href for p in points) else alt.Undefined,
        )
        .project(type="mercator")
        .properties(width=width, height=width * 0.8)
    )
    return drawn


def _config() -> dict[str, Any]:
    return {
        "font": FONT,
        "aria": False,  # the page names the picture, its links and its table itself
        "background": None,
        "padding": 0,
        "view": {"stroke": None},
    }


def _svg(chart: "alt.TopLevelMixin", title: str, names: dict[str, str]) -> str:
    import vl_convert

    _register_fonts()
    drawn = vl_convert.vegalite_to_svg(chart.to_dict() | {"config": _config()}, show_warnings=False)
    drawn = re.sub(rf'xlink:href="[^"]*?{re.escape(_HERE)}([^"]*)"', _link(names), drawn)
    for pattern, instead in _LEAVE_AWAY:
        drawn = re.sub(pattern, instead, drawn)
    drawn = re.sub(r' (?:d|transform)="[^"]*"', _rounded, drawn)
    return drawn.replace(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"',
        f'<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{escape(title)}"',
    )


def _link(names: dict[str, str]) -> Callable[[re.Match[str]], str]:
    def write(found: re.Match[str]) -> str:
        href = found[1].replace("&amp;", "&")
        return f'href="{escape(href)}" aria-label="{escape(names.get(href, ""))}"' if href else ""

    return write


def _rounded(found: re.Match[str]) -> str:
    return re.sub(r"(\.\d\d)\d+", r"\1", found[0])


def for_page(svg: str) -> SafeString:
    """The picture with the page's colours; every text in it was escaped when drawn."""
    for colour, name in _PAGE.items():
        svg = svg.replace(f'"{colour}"', f'"var(--chart-{name})"')
    return mark_safe(svg)  # noqa: S308 - drawn by Vega from escaped values


@cache
def _register_fonts() -> None:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
