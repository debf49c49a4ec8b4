"""Parses what is sent to the pages of units."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from muster.foundation.units.models import Level, Order, Tree
from muster.foundation.units.queries import Named
from muster.foundation.units.queries.waiting import Divided
from muster.foundation.units.rules import MAX_BYTES, outlines
from muster.kernel.manifest import Label
from muster.shell.fields import day, offer

ALL = [("", _("All"))]

VERBS: dict[str, Label] = {
    "merge": _("Merge"),
    "establish": _("Establish"),
    "divide": _("Divide"),
    "rename": _("Rename"),
    "change_kind": _("Change the kind"),
    "reparent": _("Place under"),
    "move": _("Move places"),
    "dissolve": _("Dissolve"),
    "guide": _("Guide"),
}
"""The acts of an order, as pages call them."""


class OrderFilter(forms.Form):
    """Narrows the list of orders."""

    tree = forms.ChoiceField(label=_("Tree"), choices=[*ALL, *Tree.choices], required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            *ALL,
            ("applied", _("Applied")),
            ("filed", _("Filed")),
            ("undated", _("Day of effect not confirmed")),
        ],
        required=False,
    )

    def narrowed(self, rows: QuerySet[Order]) -> QuerySet[Order]:
        """The orders that were asked for; a choice that is none shows all."""
        self.is_valid()
        if tree := self.cleaned_data.get("tree"):
            rows = rows.filter(tree=tree)
        match self.cleaned_data.get("state"):
            case "applied":
                return rows.filter(applied_on__isnull=False)
            case "filed":
                return rows.filter(applied_on__isnull=True, effective_on__isnull=False)
            case "undated":
                return rows.filter(applied_on__isnull=True, effective_on__isnull=True)
            case _all:
                return rows


class OrderFileForm(forms.Form):
    """An order as a TOML file, or its text typed in."""

    file = forms.FileField(
        label=_("File of the order"), required=False, help_text=_("TOML, at most 2 MB."),
        widget=forms.FileInput(attrs={"accept": ".toml"}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Or its text"), required=False, max_length=MAX_BYTES, strip=False,
        help_text=_("[order] with number, title, issuer, signed_on, effective_on, tree; then [[acts]]."),
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "code", "data-keep": ""}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Take the file, else the text, as the content to read."""
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "")
        if file is not None and file.size > MAX_BYTES:
            self.add_error("file", _("The file is larger than 2 MB."))
        elif file is not None:
            cleaned |= {"content": file.read(), "name": file.name}
        elif text.strip():
            cleaned |= {"content": text.encode(), "name": str(_("order"))}
        else:
            self.add_error("file", _("Choose a file or type the text of the order."))
        return cleaned


class SignOffForm(forms.Form):
    """The commander's sign-off under the text that he saw."""

    digest = forms.CharField(widget=forms.HiddenInput)
    seen = forms.BooleanField(label=_("I have read the preview and answer for this order."))

    def __init__(self, *args: Any, digest: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.expected = digest

    def clean_digest(self) -> str:
        """Refuse when the order was filed anew since the preview was shown."""
        seen: str = self.cleaned_data["digest"]
        if seen != self.expected:
            raise forms.ValidationError(
                _("The order was filed anew since you saw it; read it again.")
            )
        return seen


class UndoForm(forms.Form):
    """The wish to take an order back."""

    sure = forms.BooleanField(label=_("Restore the map exactly as it was before this order."))


class WaitingFilter(forms.Form):
    """Narrows the work list to one order, or widens it to ground on which nobody lives."""

    order = forms.TypedChoiceField(label=_("Order"), coerce=int, empty_value=None, required=False)

    ground = forms.ChoiceField(
        label=_("Show"),
        choices=[("", _("where people wait")), ("all", _("all waiting ground"))],
        required=False,
    )

    def __init__(self, *args: Any, orders: Mapping[int, Order], **more: Any) -> None:
        super().__init__(*args, **more)
        choices = [(pk, each.number) for pk, each in orders.items()]
        offer(self, "order", [*ALL, *sorted(choices, key=lambda each: each[1])])

    def takes(self, divided: Divided) -> bool:
        """Whether the divided unit is asked for: one where people wait, if nothing else is."""
        chosen = self.chosen()
        whole = self.cleaned_data.get("ground") == "all"
        return chosen in {None, divided.order.pk} and (whole or divided.people > 0)

    def chosen(self) -> int | None:
        """The row of the order that was asked for; None for all, or for one that is none."""
        self.is_valid()
        chosen: int | None = self.cleaned_data.get("order")
        return chosen


class SettleForm(forms.Form):
    """The part that a waiting place belongs to, and why."""

    unit = forms.TypedChoiceField(label=_("Belongs to"), coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Reason"), max_length=1000,
        help_text=_("What it rests on: the resolution's words, the minutes, the map."),
        widget=forms.Textarea(attrs={"rows": 3, "data-keep": ""}),
    )  # fmt: skip

    def __init__(self, *args: Any, parts: Iterable[Named], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "unit", [(part.id, part.full_name) for part in parts])


class GroupTableForm(forms.Form):
    """A table of residential groups and the communes they go to."""

    file = forms.FileField(
        label=_("Table"), help_text=_("xlsx or csv with the columns old_code, group and new_code."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )  # fmt: skip
    reason = forms.CharField(label=_("What the table rests on"), max_length=1000)

    @contextmanager
    def as_file(self) -> Iterator[Path]:
        """The upload as a file under its own name, for as long as it is read."""
        upload = self.cleaned_data["file"]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / Path(upload.name).name
            with file.open("wb") as copy:
                copy.writelines(upload.chunks())
            yield file


class BoundaryForm(forms.Form):
    """Official boundaries as GeoJSON, the day of their codes, and where they come from."""

    file = forms.FileField(
        label=_("File of boundaries"),
        help_text=_(
            "GeoJSON in degrees of WGS 84, at most 30 MB; each feature has its unit's code."
        ),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json"}),
    )
    map_day = day(
        _("Day of the map"),
        help_text=_("The codes of the file are read on this day."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("The document or office that they come from."),
    )

    def clean_file(self) -> Any:
        """Refuse a file by its size, before it is read."""
        file = self.cleaned_data["file"]
        if file.size > outlines.MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 30 MB."))
        return file


class OrderHeadForm(forms.Form):
    """The head of an order that is typed in."""

    number = forms.CharField(label=_("Number"), max_length=60)
    title = forms.CharField(label=_("Title"), max_length=500)
    issuer = forms.CharField(label=_("Issuer"), max_length=200)
    tree = forms.ChoiceField(label=_("Tree"), choices=Tree.choices)
    signed_on = day(_("Signed on"))
    effective_on = day(
        _("Takes effect on"),
        required=False,
        help_text=_("Leave it empty while the day is not confirmed."),
    )
    text = forms.CharField(
        label=_("Text"), required=False, max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, "data-keep": ""}),
    )  # fmt: skip
    source = forms.CharField(label=_("Source"), required=False, max_length=500)
    corrects = forms.CharField(
        label=_("Corrects"), required=False, max_length=60,
        help_text=_("The number of an earlier order that this one corrects."),
    )  # fmt: skip


class ActForm(forms.Form):
    """One act: what is done, to which units, and what comes of it."""

    act = forms.ChoiceField(label=_("Act"), choices=[("", "–"), *VERBS.items()], required=False)
    units = forms.CharField(
        label=_("Units"), required=False, max_length=2000,
        help_text=_("Codes of the units it takes from, or of places that move, with commas."),
    )  # fmt: skip
    to = forms.CharField(
        label=_("Go to"), required=False, max_length=2000,
        help_text=_("Codes of the units that take over, with commas."),
    )  # fmt: skip
    keeper = forms.CharField(label=_("Keeper until settled"), required=False, max_length=40)
    code = forms.CharField(label=_("Code of the new unit"), required=False, max_length=40)
    name = forms.CharField(label=_("New name"), required=False, max_length=200)
    kind = forms.CharField(
        label=_("New kind"), required=False, max_length=60, help_text=_("Such as xã, phường, tỉnh.")
    )
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=Level.COMMUNE)
    parent = forms.CharField(label=_("Code of the unit above"), required=False, max_length=40)

    def body(self) -> dict[str, Any]:
        """The act as an order file says it; what is left empty is left out."""
        said = self.cleaned_data
        units, to = _codes(said["units"]), _codes(said["to"])
        founding = {word: said[word] for word in ("code", "name", "kind", "level", "parent")}
        unit = ", ".join(units)
        words: dict[str, dict[str, Any]] = {
            "merge": {"from": units, "into": _filled(founding)},
            "establish": {"unit": _filled(founding)},
            "divide": {"unit": unit, "into": to, "keeper": said["keeper"]},
            "rename": {"unit": unit, "name": said["name"]},
            "change_kind": {"unit": unit, "kind": said["kind"]},
            "reparent": {"unit": unit, "parent": said["parent"]},
            "move": {"places": units, "to": ", ".join(to)},
            "dissolve": {"unit": unit, "successors": to},
            "guide": {"regional": unit, "communes": to},
        }
        return {"act": said["act"], **_filled(words[said["act"]])}


def _codes(written: str) -> list[str]:
    return [code for each in written.replace(";", ",").split(",") if (code := each.strip())]


def _filled(words: dict[str, Any]) -> dict[str, Any]:
    return {word: value for word, value in words.items() if value}


ActFormSet = forms.formset_factory(ActForm, extra=1, max_num=100, absolute_max=100)
