"""Forms parse what was typed, nothing else."""

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.domains.skeleton.models import Outcome


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OpenForm(forms.Form):
    """A new case."""

    place = forms.CharField(label=_("Code of the place"), max_length=40)
    subject = forms.CharField(label=_("Subject"), max_length=200)
    opened_on = forms.DateField(label=_("Opened on"), widget=DayInput)


class CloseForm(forms.Form):
    """How and when a case ended."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    closed_on = forms.DateField(label=_("Closed on"), widget=DayInput)
