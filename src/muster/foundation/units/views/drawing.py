"""A sheet of units as a picture; each mark opens its unit."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from muster.foundation.units.views.plane import EDGE, Mark, Sheet
from muster.shell import written

LETTER = 5.4
"""So wide is a letter of a label; a name that does not fit its circle is left to the list."""


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
    def label(self) -> str:
        """The name, where there is room for it."""
        if self.mark.apart_km is not None:
            return self.words
        return self.name if len(self.name) * LETTER <= 2 * self.mark.radius else ""


def draw(sheet: Sheet, units: list[Drawn], title: str) -> SafeString:
    """The whole picture; large marks first, so that small ones stay in reach."""
    ordered = sorted(units, key=lambda each: -each.mark.radius)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{}" viewBox="0 0 {} {}">{}{}{}</svg>',
        title, f"{sheet.width:.0f}", f"{sheet.height + 28:.0f}",
        format_html_join("", "{}", ((_mark(each),) for each in ordered)),
        _strip(sheet), _scale(sheet),
    )  # fmt: skip


def _mark(unit: Drawn) -> SafeString:
    mark = unit.mark
    x, y, radius = (f"{value:.1f}" for value in (mark.x, mark.y, mark.radius))
    shape = (
        format_html('<path class="{}" d="{}"/>', unit.css, mark.outline)
        if mark.outline
        else format_html('<circle class="{}" cx="{}" cy="{}" r="{}"/>', unit.css, x, y, radius)
    )
    aside = mark.apart_km is not None
    left = mark.x + mark.radius + 6 if aside else mark.x
    text = (
        format_html(
            '<text x="{}" y="{}">{}</text>', f"{left:.1f}", f"{mark.y + 3.5:.1f}", unit.label
        )
        if unit.label
        else ""
    )
    apart = SafeString(' class="apart"') if aside else ""
    return format_html(
        '<a href="{}"{} aria-label="{}">{}{}</a>', unit.href, apart, unit.words, shape, text
    )


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
