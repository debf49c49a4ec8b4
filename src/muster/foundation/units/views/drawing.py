"""A sheet of units as a picture; each mark opens its unit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from muster.foundation.units.views.plane import EDGE, Mark, Sheet
from muster.shell import written

LETTER, LINE = 5.4, 11.0
"""A letter and a line of a name; one that does not fit its circle is left to the list."""
Box = tuple[float, float, float, float]


SCALES = (100, 50, 20, 10, 5, 2, 1)
LONGEST = 180
"""The scale shows the longest of these numbers of kilometres that is not too long."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One unit on the sheet: how it looks, what it says, what it opens."""

    mark: Mark
    css: str
    name: str
    words: str
    href: str

    @property
    def box(self) -> Box | None:
        """Where its name would stand; None where there is no room for it."""
        half = len(self.name) * LETTER / 2
        if self.mark.apart_km is None and half > self.mark.radius:
            return None
        return (
            self.mark.x - half,
            self.mark.y - LINE / 2,
            self.mark.x + half,
            self.mark.y + LINE / 2,
        )


def draw(sheet: Sheet, units: list[Drawn], title: str) -> SafeString:
    """The whole picture: large marks first, so that small ones stay in reach, then the names."""
    ordered = sorted(units, key=lambda each: -each.mark.radius)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{}" viewBox="0 0 {} {}">'
        '{}<g aria-hidden="true">{}</g>{}{}</svg>',
        title, f"{sheet.width:.0f}", f"{sheet.height + 28:.0f}",
        format_html_join("", "{}", ((_mark(each),) for each in ordered)),
        format_html_join("", "{}", ((_name(each),) for each in _readable(ordered))),
        _strip(sheet), _scale(sheet),
    )  # fmt: skip


def _mark(unit: Drawn) -> SafeString:
    mark = unit.mark
    shape = (
        format_html('<path class="{}" d="{}"/>', unit.css, mark.outline)
        if mark.outline
        else format_html(
            '<circle class="{}" cx="{}" cy="{}" r="{}"/>',
            unit.css, f"{mark.x:.1f}", f"{mark.y:.1f}", f"{mark.radius:.1f}",
        )
    )  # fmt: skip
    return format_html('<a href="{}" aria-label="{}">{}</a>', unit.href, unit.words, shape)


def _readable(units: Iterable[Drawn]) -> Iterator[Drawn]:
    """Those whose names fit, the largest first, without running over each other."""
    taken: list[Box] = []
    for unit in units:
        box = unit.box
        if box and not any(_meet(box, other) for other in taken):
            taken.append(box)
            yield unit


def _meet(one: Box, other: Box) -> bool:
    left, top, right, bottom = one
    return left < other[2] and other[0] < right and top < other[3] and other[1] < bottom


def _name(unit: Drawn) -> SafeString:
    mark = unit.mark
    aside = mark.apart_km is not None
    return format_html(
        '<text class="{}" x="{}" y="{}">{}</text>',
        "aside" if aside else f"on-{unit.css}",
        f"{mark.x + mark.radius + 6 if aside else mark.x:.1f}", f"{mark.y + 3.5:.1f}",
        unit.words if aside else unit.name,
    )  # fmt: skip


def _strip(sheet: Sheet) -> SafeString:
    if sheet.strip is None:
        return SafeString("")
    return format_html(
        '<path class="strip" d="M{0},{1}H{2}"/>',
        EDGE,
        f"{sheet.strip:.1f}",
        f"{sheet.width - EDGE:.1f}",
    )


def _scale(sheet: Sheet) -> SafeString:
    km = next((each for each in SCALES if each * sheet.per_km <= LONGEST), 1)
    y, long = sheet.height + 12, km * sheet.per_km
    label = _("%(km)s km") % {"km": written.number(km)}
    return format_html(
        '<path class="scale" d="M{0},{1}v6h{2}v-6"/><text x="{3}" y="{4}">{5}</text>',
        EDGE, f"{y:.1f}", f"{long:.1f}", f"{EDGE + long + 8:.1f}", f"{y + 6:.1f}", label,
    )  # fmt: skip
