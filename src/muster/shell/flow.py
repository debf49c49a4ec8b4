"""What flows from which unit to which, as after a merger or a division, drawn as ribbons.

Vega-Lite knows no such picture, so the few lines of geometry are our own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import pgettext_lazy

from muster.kernel.manifest import Label
from muster.shell import written
from muster.shell.charts import FADE, FONT, INK, MAIN, NARROW, WIDE, Chart, for_page
from muster.shell.components import Stream
from muster.shell.tables import Column, Listing, plain

BAR, GAP, LINE = 8, 10, 22  # a node's width, the space between nodes, the height of a name
TALL = 160  # at least
_SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{}" width="{}" height="{}"'
    ' viewBox="0 0 {} {}" font-family="{}" font-size="13">{}{}{}</svg>'
)
_RIBBON = '<path d="{}" fill="{}" opacity="0.5"><title>{}</title></path>'
_NODE = '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>{}'
_NAME = '<text x="{}" y="{}" text-anchor="{}" dominant-baseline="central" fill="{}">{}</text>'


@dataclass
class _Node:
    """A unit on one side; `used` is how far ribbons already fill it."""

    name: str
    top: float
    height: float
    used: float = 0.0

    def take(self, share: float) -> tuple[float, float]:
        """The next part of the node as (top, height)."""
        part = self.top + self.used, self.height * share
        self.used += part[1]
        return part


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
    wide, narrow = (_draw(streams, title, hrefs or {}, width) for width in (WIDE, NARROW))
    return Chart(title, wide, for_page(wide), for_page(narrow), _table(streams, title), note)


def _table(streams: Sequence[Stream], title: Label) -> Listing:
    words = {
        True: pgettext_lazy("of a chart", "in part"),
        False: pgettext_lazy("of a chart", "whole"),
    }
    columns = [
        Column("source", pgettext_lazy("of a chart", "From")),
        Column("target", pgettext_lazy("of a chart", "To")),
        Column("amount", pgettext_lazy("of a chart", "Number"), kind="number"),
        Column("partly", pgettext_lazy("of a chart", "Share"), lambda each: words[each.partly]),
    ]
    return plain(title, columns, streams, stacked=False)


def _draw(
    streams: Sequence[Stream], title: Label, hrefs: Mapping[str, str], width: int
) -> SafeString:
    given, taken = _sums(streams, "source"), _sums(streams, "target")
    height = max(TALL, max(len(given), len(taken)) * (LINE + GAP))
    left, right = _stack(given, height), _stack(taken, height)
    # Names stand beside the picture where there is room, else over the ribbons.
    beside = width > NARROW
    start = width * 0.3 if beside else BAR
    end = width - start
    ribbons = format_html_join(
        "",
        _RIBBON,
        (
            (
                _path(left[s.source].take(s.amount / given[s.source]),
                      right[s.target].take(s.amount / taken[s.target]), start, end),
                FADE if s.partly else MAIN,
                f"{s.source} – {s.target}: {written.number(s.amount)}",
            )
            for s in streams
        ),
    )  # fmt: skip
    low = round(max((n.top + n.height for n in (*left.values(), *right.values())), default=0)) + 4
    return format_html(
        _SVG, title, width, low, width, low, FONT, ribbons,
        _nodes(left, start - BAR, beside, hrefs), _nodes(right, end, not beside, hrefs),
    )  # fmt: skip


def _sums(streams: Sequence[Stream], side: str) -> dict[str, float]:
    """How much each unit of a side gives or takes, in order of appearance."""
    sums: dict[str, float] = {}
    for each in streams:
        name = getattr(each, side)
        sums[name] = sums.get(name, 0) + each.amount
    return sums


def _stack(sums: Mapping[str, float], height: float) -> dict[str, _Node]:
    """The nodes of one side, one under the other, each at least a name apart."""
    scale = (height - GAP * (len(sums) - 1)) / (sum(sums.values()) or 1)
    found, top = {}, 2.0
    for name, amount in sums.items():
        found[name] = _Node(name, top, max(amount * scale, 2.0))
        top += max(amount * scale, LINE) + GAP
    return found


def _path(left: tuple[float, float], right: tuple[float, float], x0: float, x1: float) -> str:
    (y0, h0), (y1, h1) = left, right
    bend = (x0 + x1) / 2
    return (
        f"M{x0:.1f},{y0:.1f}C{bend:.1f},{y0:.1f},{bend:.1f},{y1:.1f},{x1:.1f},{y1:.1f}"
        f"v{h1:.1f}C{bend:.1f},{y1 + h1:.1f},{bend:.1f},{y0 + h0:.1f},{x0:.1f},{y0 + h0:.1f}Z"
    )


def _nodes(
    nodes: Mapping[str, _Node], x: float, before: bool, hrefs: Mapping[str, str]
) -> SafeString:
    edge, anchor = (x - 6, "end") if before else (x + BAR + 6, "start")
    return format_html_join(
        "",
        _NODE,
        (
            (f"{x:.1f}", f"{node.top:.1f}", BAR, f"{node.height:.1f}", MAIN,
             _name(node, edge, anchor, hrefs.get(node.name, "")))
            for node in nodes.values()
        ),
    )  # fmt: skip


def _name(node: _Node, x: float, anchor: str, href: str) -> SafeString:
    middle = node.top + node.height / 2
    text = format_html(_NAME, f"{x:.1f}", f"{middle:.1f}", anchor, INK, node.name)
    return format_html('<a href="{}">{}</a>', href, text) if href else text
