"""Parses what a clerk types into the search and the account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.shell.fields import day


class SearchForm(forms.Form):
    """Words of a name, with or without diacritics, or a whole number; and where."""

    find = forms.CharField(
        label=_("Name or number"),
        required=False,
        max_length=100,
        help_text=_("Any words of the name, with or without diacritics; a number in full."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )
    parent = forms.CharField(
        label=_("Father or mother"),
        required=False,
        max_length=100,
        help_text=_("Any words of their names: who lives in one household."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    where = forms.CharField(
        label=_("Where he lives"),
        required=False,
        max_length=100,
        help_text=_(
            "A unit, old or new, by name or code; a residential group; words of an address."
        ),
    )


class AccountForm(forms.Form):
    """Whose heads are accounted for, between which days."""

    unit = forms.CharField(
        label=_("Unit (code)"),
        max_length=40,
        help_text=_("The code stands beside the name under Units."),
    )
    since = day(_("From"))
    until = day(_("To"))
