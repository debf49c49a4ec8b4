"""Parses what is sent to the pages of units."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from muster.foundation.units.models import Order, Tree
from muster.foundation.units.queries import Named
from muster.foundation.units.queries.waiting import Divided
from muster.foundation.units.rules import MAX_BYTES

ALL = [("", _("All"))]


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
        self.fields["order"].choices = [*ALL, *sorted(choices, key=lambda each: each[1])]  # type: ignore[attr-defined]

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
        self.fields["unit"].choices = [(part.id, part.full_name) for part in parts]  # type: ignore[attr-defined]


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
