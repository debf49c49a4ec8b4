"""Forms and files parse what was given, nothing else."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from muster.domains.recruitment import queries, rules
from muster.domains.recruitment.actions import Shown
from muster.domains.recruitment.grounds import FACTS, Ground
from muster.domains.recruitment.models import ABSENCE_REASONS, State, Step
from muster.foundation.decisions.models import Line, labels
from muster.foundation.evidence.forms import AttachForm
from muster.foundation.register.models import Mode, Study
from muster.foundation.units.queries import Named
from muster.kernel.errors import Refused
from muster.shell import written
from muster.shell.fields import day, offer

PERSON = "person"
MEASURES = {
    "height_cm": _("Height, cm"),
    "weight_kg": _("Weight, kg"),
    "chest_cm": _("Chest, cm"),
    "myopia_d": _("Myopia, dioptres, the worse eye"),
    "hyperopia_d": _("Hyperopia, dioptres, the worse eye"),
}
READING = ("sex", "height_cm", "weight_kg", "chest_cm", "myopia_d", "hyperopia_d", "indicators")


class FaultyFile(Refused):
    """A file whose columns or cells cannot be read; the sentence names the row."""


class OpeningForm(forms.Form):
    """A season as it is opened: its year and days, and the seats that came with a paper."""

    unit = forms.TypedChoiceField(label=_("Province"), coerce=int)
    year = forms.IntegerField(label=_("Season"), min_value=2016, max_value=2100)
    hand_over_on = day(_("Hand-over"), help_text=_("In February or March (art. 33)."))
    hand_over_confirmed = forms.BooleanField(
        label=_("The day of the hand-over is confirmed"), required=False
    )
    adjusted = forms.BooleanField(
        label=_("A disaster or an epidemic moved the time"), required=False
    )
    seats = forms.IntegerField(label=_("Seats"), min_value=1)
    paper = forms.CharField(
        label=_("Paper that gives the seats"),
        max_length=300,
        help_text=_("Its number, day and issuer."),
    )
    confirmed = forms.BooleanField(label=_("The paper itself is at hand"), required=False)

    def __init__(self, *args: Any, provinces: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "unit", provinces.items())
        for step in Step:
            if step != Step.HAND_OVER:
                self.fields[step.value] = day(step.label)

    def season(self) -> dict[str, Any]:
        """What `actions.announce_season` is to be told, but for the unit and the day."""
        given = dict(self.cleaned_data)
        days = {step: given.pop(step.value, given["hand_over_on"]) for step in Step}
        del given["unit"]
        given["source"] = given.pop("paper")
        return given | {"milestones": days}


class OutlivedForm(forms.Form):
    """Which deferrals without their ground are set aside, by which office, when."""

    lines = forms.TypedMultipleChoiceField(
        label=_("Deferrals"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    unit = forms.TypedChoiceField(label=_("Signed by"), coerce=int)
    signed_on = day(_("Signed on"))

    def __init__(
        self,
        *args: Any,
        found: Sequence[queries.Outlived],
        offices: Mapping[int, Named],
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        offer(self, "lines", [(each.line.pk, _one(each.line)) for each in found])
        self.fields["lines"].initial = [each.line.pk for each in found]
        offer(self, "unit", [(each.id, each.full_name) for each in offices.values()])


def _one(line: Line) -> str:
    return f"{line.person}, {line.decision.full_number}"


class StationForm(forms.Form):
    """What one station types of a man: its measures, and its score."""

    def __init__(self, *args: Any, station: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.measures = rules.MEASURES.get(station, ())
        for name in self.measures:
            self.fields[name] = forms.DecimalField(
                label=MEASURES[name],
                min_value=0,
                max_digits=5,
                decimal_places=2 if name.endswith("_d") else 1,
                localize=True,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
        if station != "physique":
            self.fields["score"] = forms.TypedChoiceField(
                label=_("Score"),
                coerce=int,
                choices=[(score, str(score)) for score in range(1, 7)],
                widget=forms.RadioSelect,
            )
        next(iter(self.fields.values())).widget.attrs["autofocus"] = True

    def reading(self) -> dict[str, Any]:
        """What `actions.read_station` is to be told."""
        given = self.cleaned_data
        values = {name: format(given[name].normalize(), "f") for name in self.measures}
        return {"values": values, "score": given.get("score")}


class ConclusionForm(forms.Form):
    """The council's class for each complete slip: as proposed, another, or not today."""

    def __init__(self, *args: Any, standings: "Sequence[queries.Standing]", **more: Any) -> None:
        super().__init__(*args, **more)
        self.standings = standings
        for each in standings:
            proposed = each.health.health_class
            self.fields[f"class-{each.slip.pk}"] = forms.TypedChoiceField(
                label=_("Class for slip %(number)s") % {"number": each.slip.number},
                required=False,
                coerce=int,
                empty_value=None,
                initial=proposed or "",
                choices=[("", _("not today")), *((c, str(c)) for c in range(1, 7))],
            )

    @property
    def rows(self) -> "list[tuple[queries.Standing, forms.BoundField]]":
        """Each slip with its field."""
        return [(each, self[f"class-{each.slip.pk}"]) for each in self.standings]

    def classes(self) -> dict[int, int]:
        """The class by slip of those that are concluded today."""
        given = {e.slip.pk: self.cleaned_data[f"class-{e.slip.pk}"] for e in self.standings}
        return {pk: found for pk, found in given.items() if found is not None}


class FilterForm(forms.Form):
    """Which cases to list: at a state, of a commune; `reached` comes with a figure's link."""

    state = forms.ChoiceField(label=_("State"), required=False)
    commune = forms.TypedChoiceField(
        label=_("Commune"), required=False, coerce=int, empty_value=None
    )
    reached = forms.ChoiceField(
        required=False, choices=[("", ""), *State.choices], widget=forms.HiddenInput
    )

    def __init__(
        self, data: Any, *, states: Sequence[tuple[str, object]], communes: Sequence[Named]
    ) -> None:
        super().__init__(data)
        everything = [("", pgettext_lazy("of a filter", "all"))]
        offer(self, "state", [*everything, *states])
        offer(self, "commune", [*everything, *((str(c.id), c.full_name) for c in communes)])


class GroundForm(forms.Form):
    """Which ground a man comes with; one question, then its paper."""

    ground = forms.ChoiceField(label=_("What does he ask for?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, grounds: Sequence[Ground], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "ground", [(each.code, ground_label(each)) for each in grounds])


def ground_label(ground: Ground) -> str:
    """A ground in words, with its letter."""
    because = gettext(ground.because)
    return f"{because[:1].upper()}{because[1:]} ({written.article(ground.article)})"


class ReceivedForm(forms.Form):
    """A request for which the register shows everything already."""

    received_on = day(_("Received on"))


class DeclineForm(ReceivedForm):
    """Why the law does not grant a request; the reasons are a closed list."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        widget=forms.RadioSelect,
        choices=[(code, labels.REASONS[code]) for code in ("no_ground", "no_paper")],
    )


class AbsenceForm(forms.Form):
    """What a man said who did not come; the good reasons are a closed list."""

    heard_on = day(_("Heard on"))
    reason = forms.ChoiceField(label=_("His reason"), required=False, widget=forms.RadioSelect)
    signed_on = day(_("Signed on"))

    def __init__(self, *args: Any, reasons: Sequence[str], **more: Any) -> None:
        super().__init__(*args, **more)
        good = [(code, ABSENCE_REASONS[code]) for code in reasons]
        offer(self, "reason", [*good, ("", _("no good reason: he is absent"))])


class RequestForm(AttachForm):
    """The paper that shows a ground, and since when it holds."""

    received_on = day(_("Received on"))
    since = day(_("Holds since"))
    field_order = ("received_on", "since", "reference", "issued_on", "last_day", "file", "family")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["claim"]  # the address names it

    def shown(self, ground: str) -> Shown:
        """What was typed, as the action takes it."""
        self.cleaned_data["claim"] = ""
        paper = self.paper()
        del paper["claim"]
        return Shown(ground, self.cleaned_data["since"], paper, self.course())

    def course(self) -> dict[str, Any]:
        """What the paper says of a course; nothing where it is about something else."""
        return {}


class SchoolForm(RequestForm):
    """The same for a pupil of general school."""

    school = forms.CharField(label=_("School"), max_length=200)
    until = day(_("Course ends on, if known"), required=False)

    def course(self) -> dict[str, Any]:
        """General school."""
        given = self.cleaned_data
        return {"level": Study.GENERAL, "school": given["school"], "valid_to": given["until"]}


class CourseForm(SchoolForm):
    """The same for a student: one full-time course of one level (art. 41.1.g)."""

    level = forms.ChoiceField(
        label=pgettext_lazy("of schooling", "Level"),
        choices=[(e.value, e.label) for e in (Study.UNIVERSITY, Study.COLLEGE)],
    )
    mode = forms.ChoiceField(label=_("Mode of study"), choices=Mode.choices)
    course_no = forms.IntegerField(
        label=_("Which course of this level it is for him"), min_value=1, max_value=9, initial=1
    )

    def course(self) -> dict[str, Any]:
        """Level, mode, school and number of the course."""
        told = {name: self.cleaned_data[name] for name in ("level", "mode", "course_no")}
        return super().course() | told


REQUEST_FORMS: dict[str, type[RequestForm]] = {"school": SchoolForm, "study": CourseForm}


def request_form(ground: str) -> type[RequestForm]:
    """The form for the paper that a ground asks for."""
    return REQUEST_FORMS.get(ground, RequestForm)


def read_facts(path: Path) -> list[dict[str, Any]]:
    """The facts of a csv, a row per man: any columns of `FACTS`, and `person` to name him.

    A column that is left out is not the case; a circumstance without its `_documented`
    column counts as shown. `FaultyFile` names the row and column that cannot be read.
    """
    columns, rows = _rows(path)
    if unknown := [name for name in columns if name not in FACTS and name != PERSON]:
        raise FaultyFile(
            f"column “{unknown[0]}” means nothing here; the reference lists the columns.",
            code="facts.column",
            where=path.name,
        )
    return [
        {PERSON: row.get(PERSON) or str(number)}
        | {
            name: _cell(row[name], _READERS[FACTS[name]], path, number, name)
            for name in columns
            if name != PERSON
        }
        for number, row in rows
    ]


def read_readings(path: Path) -> Iterator[tuple[int, rules.Reading]]:
    """The readings of a csv with the columns of `READING`; indicators as `name:score;…`."""
    columns, rows = _rows(path)
    if missing := [name for name in READING if name not in columns]:
        raise FaultyFile(
            f"column “{missing[0]}” is missing.", code="readings.column", where=path.name
        )
    for number, row in rows:
        scores = _cell(row["indicators"], _scores, path, number, "indicators")
        sizes = {name: _cell(row[name], _number, path, number, name) for name in READING[1:-1]}
        yield number, rules.Reading(sex=row["sex"].strip(), scores=scores or {}, **sizes)


def _rows(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            rows = [(number, row) for number, row in enumerate(reader, 1)]
            return list(reader.fieldnames or ()), rows
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FaultyFile(
            f"the file cannot be read ({type(error).__name__}); give a csv in UTF-8.",
            code="file.unreadable",
            where=path.name,
        ) from None


def _cell(text: str, read: Callable[[str], Any], path: Path, number: int, name: str) -> Any:
    if not text.strip():
        return None
    try:
        return read(text.strip())
    except (ValueError, ArithmeticError):
        raise FaultyFile(
            f"“{text.strip()}” is no {name}; mend the cell.",
            code="file.cell",
            where=f"{path.name}: row {number}",
        ) from None


_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def _truth(text: str) -> bool:
    if text.lower() not in _TRUTHS:
        raise ValueError(text)
    return _TRUTHS[text.lower()]


def _number(text: str) -> str:
    """The number as it was written, so that no digit is lost."""
    float(text)
    return text


def _scores(text: str) -> dict[str, int]:
    pairs = (part.rsplit(":", 1) for part in text.split(";") if part.strip())
    return {name.strip(): int(score) for name, score in pairs}


_READERS: dict[type, Callable[[str], Any]] = {
    bool: _truth,
    int: int,
    str: str,
    date: date.fromisoformat,
}
