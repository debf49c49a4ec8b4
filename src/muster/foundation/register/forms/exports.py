"""Parses the wish for a list and its answer."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.shell.fields import offer
from muster.shell.tables import Column


class ExportForm(forms.Form):
    """What the list is for and which columns it needs."""

    purpose = forms.CharField(
        label=_("What is the list for?"),
        max_length=500,
        help_text=_("The second person and inspectors read it; the log holds it."),
        widget=forms.Textarea(attrs={"rows": 2, "data-keep": ""}),
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        help_text=_("Only what the purpose needs."),
        widget=forms.CheckboxSelectMultiple,
    )
    full_numbers = forms.BooleanField(
        label=_("Numbers in full"),
        required=False,
        help_text=_("Then a second person must agree, however short the list is."),
    )
    find = forms.CharField(required=False, widget=forms.HiddenInput)
    where = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, columns: Iterable[Column], may_see_numbers: bool, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        offer(self, "columns", [(column.key, str(column.label)) for column in columns])
        if not may_see_numbers:
            del self.fields["full_numbers"]


class AnswerForm(forms.Form):
    """Why a second person agrees or refuses."""

    why = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2, "data-keep": ""})
    )
