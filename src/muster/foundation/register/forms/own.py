"""Parses what a citizen asks for, and what the desk gives and answers him."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models.labels import WISHES
from muster.foundation.register.rules.own import CORRECTABLE, TOLD, NotCorrectable, wanted_value


class CorrectionForm(forms.Form):
    """Which fact is wrong, what is right, and which paper shows it."""

    field = forms.ChoiceField(
        label=_("Which fact is wrong?"),
        choices=[(name, WISHES[name]) for name in (*CORRECTABLE, *TOLD)],
    )
    wanted = forms.CharField(
        label=_("What should stand there?"),
        max_length=200,
        help_text=_(
            "A date as year-month-day, such as 2005-05-19; what is no single fact, in your own words."
        ),
    )
    shown_by = forms.CharField(
        label=_("Which paper shows it?"),
        max_length=300,
        help_text=_(
            "Such as: birth certificate No. 12, issued on 3 May 2005. Bring it when asked."
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse at once what could not stand in the entry."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if {"field", "wanted"} <= told.keys():
            try:
                wanted_value(told["field"], told["wanted"])
            except NotCorrectable:
                self.add_error("wanted", _("This cannot stand there; see the example."))
        return told


class AnswerRequestForm(forms.Form):
    """The office's words to the citizen."""

    answer = forms.CharField(
        label=_("Answer to the citizen"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "data-keep": ""}),
    )


class AccessForm(forms.Form):
    """A sign-in for the citizen who stands at the desk with his card."""

    username = forms.SlugField(label=_("Name to sign in with"), max_length=60)
    password = forms.CharField(
        label=_("First password"),
        min_length=10,
        max_length=100,
        help_text=_("Ten signs or more; he chooses his own when he first signs in."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    basis = forms.CharField(
        label=_("Card that he showed"),
        max_length=200,
        help_text=_("Kind and day of issue; never the number."),
    )
