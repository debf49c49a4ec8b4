"""Forms parse what was typed, nothing else."""

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.domains.violations import queries
from muster.domains.violations.models import State
from muster.shell.fields import day


def _years() -> list[tuple[str, object]]:
    return [("", _("all")), *((str(year), year) for year in queries.years())]


class FilterForm(forms.Form):
    """Which cases to list."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all")), *State.choices]
    )
    year = forms.ChoiceField(label=_("Year"), required=False, choices=_years)


class StepForm(forms.Form):
    """A step of a case and its day."""

    step = forms.CharField(widget=forms.HiddenInput)
    on = day(_("Day"))


class FineForm(StepForm):
    """A sanction: its day and the fine."""

    amount = forms.IntegerField(label=_("Fine in đồng"), min_value=0)
