"""The doctor's lists: stations, readings, slips whose readings differ."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from muster.domains.recruitment import queries
from muster.domains.recruitment.forms import MEASURES
from muster.domains.recruitment.models import Reading, Turn
from muster.kernel.manifest import Label
from muster.shell.components import Fact
from muster.shell.tables import Column, Listing, plain

AT_ONCE = 50  # slips concluded on one screen

STATIONS: Mapping[str, Label] = {
    "physique": gettext_lazy("Body measures"),
    "sight": gettext_lazy("Eyes"),
    "ear_nose_throat": gettext_lazy("Ear, nose and throat"),
    "teeth": gettext_lazy("Teeth and jaw"),
    "nerves": gettext_lazy("Neurology"),
    "mind": gettext_lazy("Psychiatry"),
    "inner": gettext_lazy("Internal medicine"),
    "skin": gettext_lazy("Dermatology"),
    "surgery": gettext_lazy("Surgery"),
}


def station_label(code: str) -> str:
    """What a station is called."""
    return str(STATIONS.get(code, code))


def stations(progress: queries.Progress) -> Listing:
    """The stations of one examination: each opens the next man, to be read or read again."""

    def opens(again: str) -> Any:
        return lambda each: (
            reverse("recruitment:station", args=[progress.season.uid, each.code]) + again
        )

    columns = (
        Column("station", _("Station"), lambda each: station_label(each.code), href=opens("")),
        Column("waiting", _("Waiting"), "waiting", kind="number"),
        Column("read", _("Read"), "read", kind="number"),
        Column("twice", _("Read twice"), "twice", kind="number", href=opens("?again")),
    )
    return plain(_("Stations"), columns, progress.stations.values())


def readings(standing: queries.Standing) -> Listing:
    """All that was read of a man, station by station; each opens its correction."""
    columns = (
        Column(
            "station",
            _("Station"),
            lambda each: station_label(each[0]),
            href=lambda each: f"?station={each[0]}#correct" if each[1] else "",
        ),
        Column("first", _("First reading"), lambda each: _said(each[1].get(Turn.FIRST))),
        Column("second", _("Second reading"), lambda each: _said(each[1].get(Turn.SECOND))),
        Column("chair", pgettext("examination", "Correction"), lambda each: _said(_last(each[1]))),
    )
    return plain(_("Readings"), columns, standing.read.items())


def differing(standings: Iterable[queries.Standing]) -> Listing:
    """Slips with a station whose two readings differ."""
    columns = (
        Column(
            "number",
            _("Slip"),
            "slip.number",
            href=lambda each: reverse("recruitment:slip", args=[each.slip.uid]),
        ),
        Column("name", _("Full name"), "slip.full_name"),
        Column("where", _("Station"), lambda each: ", ".join(map(station_label, each.differing))),
    )
    return plain(
        _("Readings that differ"),
        columns,
        standings,
        empty_title=_("No two readings differ"),
        empty_text=_("Where a second reading says otherwise, the chair corrects it here."),
    )


def proposal(standing: queries.Standing) -> list[Fact]:
    """The class that the readings come to, and what decides it."""
    health = standing.health
    possible = " – ".join(map(str, (health.possible[0], health.possible[-1])))
    shown = health.health_class or _("undecided: %(classes)s") % {"classes": possible}
    return [
        Fact(_("Class proposed"), shown),
        Fact(_("Decided by"), "; ".join(_reason(each) for each in health.reasons) or "–"),
        Fact(_("Concluded"), standing.slip.concluded or "–"),
    ]


def _reason(reason: str) -> str:
    name, _colon, rest = reason.partition(":")
    return f"{MEASURES.get(name) or STATIONS.get(name) or name.upper()}:{rest}"


def _last(turns: Mapping[int, Reading]) -> Reading | None:
    return turns[max(turns)] if turns and max(turns) >= Turn.CHAIR else None


def _said(reading: Reading | None) -> str:
    if reading is None:
        return ""
    values = reading.values
    measured = [f"{label}: {values[name]}" for name, label in MEASURES.items() if name in values]
    scored = [_("score %(score)s") % {"score": reading.score}] if reading.score else []
    return "; ".join([*measured, *scored])
