"""Parses what a clerk types into the search."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SearchForm(forms.Form):
    """Words of a name, with or without diacritics, or a whole number."""

    find = forms.CharField(
        label=_("Name or number"),
        required=False,
        max_length=100,
        help_text=_("Any words of the name, with or without diacritics; a number in full."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
