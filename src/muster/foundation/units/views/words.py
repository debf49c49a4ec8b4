"""The words of the pages: levels in the plural, kinds of units, what happened to them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from muster.foundation.units.models import Level, LinkKind, Tree, Verb
from muster.kernel.manifest import Label
from muster.shell.components import Tone

TREES: dict[str, Label] = {
    Tree.GOVERNMENT: pgettext_lazy("tree", "government"),
    Tree.DEFENCE: pgettext_lazy("tree", "defence"),
}

LEVELS: dict[str, Label] = {
    Level.REGION: _("Military regions"),
    Level.PROVINCE: _("Provinces and cities"),
    Level.DISTRICT: _("Districts"),
    Level.REGIONAL: _("Regional defence commands"),
    Level.COMMUNE: _("Communes, wards and special zones"),
}

COMMANDS: dict[str, Label] = LEVELS | {
    Level.PROVINCE: _("Provincial commands"),
    Level.DISTRICT: _("District commands"),
    Level.REGIONAL: _("Regional and border guard commands"),
    Level.COMMUNE: _("Commune commands"),
}

KINDS: dict[str, Label] = {
    "tỉnh": pgettext_lazy("kind of unit", "province"),
    "thành phố": pgettext_lazy("kind of unit", "city"),
    "quận": pgettext_lazy("kind of unit", "urban district"),
    "huyện": pgettext_lazy("kind of unit", "rural district"),
    "thị xã": pgettext_lazy("kind of unit", "town"),
    "thị trấn": pgettext_lazy("kind of unit", "township"),
    "phường": pgettext_lazy("kind of unit", "ward"),
    "xã": pgettext_lazy("kind of unit", "commune"),
    "đặc khu": pgettext_lazy("kind of unit", "special zone"),
    "quân khu": pgettext_lazy("kind of unit", "military region"),
    "bộ tư lệnh": pgettext_lazy("kind of unit", "high command"),
    "bộ chỉ huy quân sự": pgettext_lazy("kind of unit", "provincial military command"),
    "ban chỉ huy quân sự": pgettext_lazy("kind of unit", "military command"),
    "ban chỉ huy phòng thủ khu vực": pgettext_lazy("kind of unit", "regional defence command"),
    "bộ chỉ huy bộ đội biên phòng": pgettext_lazy(
        "kind of unit", "provincial border guard command"
    ),
    "ban chỉ huy bộ đội biên phòng": pgettext_lazy("kind of unit", "border guard command"),
}

TIES: dict[tuple[str, bool], Label] = {
    (LinkKind.SERVES, False): _("Command that answers for it"),
    (LinkKind.GUIDES, False): _("Guided by"),
    (LinkKind.SERVES, True): _("Answers for"),
    (LinkKind.GUIDES, True): _("Guides"),
}

STEPS: dict[str, tuple[Label, Tone]] = {
    Verb.APPLIED: (_("Applied"), "good"),
    Verb.UNDONE: (_("Undone"), "warn"),
    Verb.RECONCILED: (_("Reconciled"), "info"),
}


def kind(written: str) -> Label:
    """A kind of unit in the reader's language; an unknown one as it is written."""
    return KINDS.get(written, written)


def capital(name: str) -> str:
    """A full name as a heading begins it: "Phường An Biên"."""
    return name[:1].upper() + name[1:]
