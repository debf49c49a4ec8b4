"""What flows from which unit to which, as after a merger or a division, drawn as ribbons.

Vega-Lite knows no such picture, so the few lines of geometry are our own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from muster.kernel.manifest import Label
from muster.shell import written
from muster.shell.charts import FADE, FONT, INK, MAIN, NARROW, WIDE, Chart, for_page
from muster.shell.components import Stream
from muster.shell.tables import Column, plain

BAR, GAP, LINE = 8, 10, 22  # widths of a node, between nodes, and of a line of text
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{}" width="{}" height="{}"'
    ' viewBox="0 0 {} {}" font-family="{}" font-size="13">{}{}</svg>'
)


@dataclass(frozen=True, slots=True)
class _Node:
    name: str
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def flow_chart(
    streams: Sequence[Stream],
    *,
    title: Label,
    note: Label = "",
    hrefs: Mapping[str, str] | None = None,
) -> Chart:
    """Ribbons from sources (left) to targets (right), as wide as their amount.

    `hrefs` lets names open a unit; what flows only in part is drawn lighter.
    """
    links = hrefs or {}
    wide, narrow = (_draw(streams, title, links, width) for width in (WIDE, NARROW))
    return Chart(title, wide, for_page(wide), for_page(narrow), _table(streams, title), note)


def _table(streams: Sequence[Stream], title: Label) -> Any:
    columns = [
        Column("source", pgettext_lazy("of a chart", "From")),
        Column("target", pgettext_lazy("of a chart", "To")),
        Column("amount", pgettext_lazy("of a chart", "Number"), kind="number"),
        Column(
            "partly",
            pgettext_lazy("of a chart", "Share"),
            lambda each: (
                pgettext_lazy("of a chart", "in part")
                if each.partly
                else pgettext_lazy("of a chart", "whole")
            ),
        ),
    ]
    return plain(title, columns, streams, stacked=False)


def _draw(
    streams: Sequence[Stream], title: Label, hrefs: Mapping[str, str], width: int
) -> SafeString:
    total = sum(each.amount for each in streams) or 1
    names = {
        side: list(dict.fromkeys(getattr(each, side) for each in streams))
        for side in ("source", "target")
    }
    most = max(len(found) for found in names.values())
    height = max(160, most * (LINE + GAP))
    left, right = (
        _stack(streams, side, names[side], total, height) for side in ("source", "target")
    )
    # Names stand beside the picture where there is room, else over the ribbons.
    beside = width > NARROW
    margin = width * 0.3 if beside else BAR
    edges = margin, width - margin
    shapes = [
        _ribbons(streams, left, right, edges),
        _nodes(left, edges[0] - BAR, beside, hrefs),
        _nodes(right, edges[1], not beside, hrefs),
    ]
    bottom = max(node.top + node.height for node in (*left.values(), *right.values()))
    return format_html(
        _SVG, title, width, round(bottom) + 4, width, round(bottom) + 4, FONT,
        shapes[0], format_html("{}{}", *shapes[1:]),
    )  # fmt: skip


def _stack(
    streams: Sequence[Stream], side: str, names: Sequence[str], total: float, height: float
) -> dict[str, _Node]:
    """The nodes of one side, one under the other, each at least a line of text apart."""
    found, top = {}, 2.0
    for name in names:
        amount = sum(each.amount for each in streams if getattr(each, side) == name)
        tall = amount / total * (height - GAP * (len(names) - 1))
        found[name] = _Node(name, top, max(tall, 2.0))
        top += max(tall, LINE) + GAP
    return found


def _ribbons(
    streams: Sequence[Stream],
    left: Mapping[str, _Node],
    right: Mapping[str, _Node],
    edges: tuple[float, float],
) -> SafeString:
    used: dict[tuple[str, str], float] = {}
    shapes = []
    for each in streams:
        ends = []
        for side, nodes, name in (("s", left, each.source), ("t", right, each.target)):
            node = nodes[name]
            whole = sum(
                s.amount for s in streams if (s.source if side == "s" else s.target) == name
            )
            tall = node.height * each.amount / whole
            start = used.get((side, name), node.top)
            used[side, name] = start + tall
            ends.append((start, tall))
        shapes.append((_path(*ends, *edges), FADE if each.partly else MAIN, _words(each)))
    return format_html_join(
        "", '<path d="{}" fill="{}" opacity="0.5"><title>{}</title></path>', shapes
    )


def _path(start: tuple[float, float], end: tuple[float, float], x0: float, x1: float) -> str:
    (y0, h0), (y1, h1) = start, end
    bend = (x0 + x1) / 2
    return (
        f"M{x0:.1f},{y0:.1f}C{bend:.1f},{y0:.1f},{bend:.1f},{y1:.1f},{x1:.1f},{y1:.1f}"
        f"v{h1:.1f}C{bend:.1f},{y1 + h1:.1f},{bend:.1f},{y0 + h0:.1f},{x0:.1f},{y0 + h0:.1f}Z"
    )


def _words(each: Stream) -> str:
    return f"{each.source} – {each.target}: {written.number(each.amount)}"


def _nodes(
    nodes: Mapping[str, _Node], x: float, before: bool, hrefs: Mapping[str, str]
) -> SafeString:
    shift, anchor = (-6, "end") if before else (BAR + 6, "start")
    return format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>{}',
        (
            (
                f"{x:.1f}",
                f"{node.top:.1f}",
                BAR,
                f"{node.height:.1f}",
                MAIN,
                _name(node, x + shift, anchor, hrefs),
            )
            for node in nodes.values()
        ),
    )


def _name(node: _Node, x: float, anchor: str, hrefs: Mapping[str, str]) -> SafeString:
    text = format_html(
        '<text x="{}" y="{}" text-anchor="{}" dominant-baseline="central" fill="{}">{}</text>',
        f"{x:.1f}", f"{node.middle:.1f}", anchor, INK, node.name,
    )  # fmt: skip
    href = hrefs.get(node.name)
    return format_html('<a href="{}">{}</a>', href, text) if href else text
