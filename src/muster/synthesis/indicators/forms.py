"""Forms parse what was typed, nothing else."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from muster.kernel.periods import Period, UnknownPeriod, parse
from muster.shell.fields import day
from muster.synthesis.indicators import queries


def _indicators() -> list[tuple[str, object]]:
    return [(each.code, each.label) for each in queries.declarable()]


def _every_indicator() -> list[tuple[str, object]]:
    return [(each.code, each.label) for each in queries.catalogue().values()]


class CompareForm(forms.Form):
    """Which figure is asked for, of when, and on which of the two maps."""

    indicator = forms.ChoiceField(label=_("Figure"), choices=_every_indicator)
    period = forms.CharField(
        label=_("Period"), max_length=7, help_text=_("2025H1, 2025H2, 2025, 2025Q1 or 2025-03")
    )
    side = forms.ChoiceField(
        label=_("Map"),
        choices=[("then", _("of the period's last day")), ("now", _("of today"))],
    )
    unit = forms.CharField(
        label=_("Code of a unit on that map"), max_length=40, required=False,
        help_text=_("With the units right under it; without a code every province."),
    )  # fmt: skip
    method = forms.ChoiceField(
        label=_("What divided units declared"),
        required=False,
        choices=[
            ("", _("is not comparable")),
            ("people", _("is shared out by people")),
            ("area", _("is shared out by area")),
        ],
    )

    def clean_period(self) -> Period:
        """The period that the text names."""
        return _period(self.cleaned_data["period"])


class DeclareForm(forms.Form):
    """A figure that a document states."""

    indicator = forms.ChoiceField(label=_("Figure"), choices=_indicators)
    unit = forms.CharField(label=_("Code of the unit"), max_length=40)
    on = day(
        _("Day on which the code is read"),
        help_text=_("A code may have meant another unit before: 52 was Bình Định until June 2025."),
    )
    period = forms.CharField(
        label=_("Period"), max_length=7, help_text=_("2025H1, 2025H2, 2025, 2025Q1 or 2025-03")
    )
    numerator = forms.DecimalField(label=_("Stated number"), min_value=0)
    denominator = forms.DecimalField(
        label=_("Of how many"), min_value=1, required=False, help_text=_("For shares only")
    )
    source = forms.CharField(
        label=_("Document that states it"),
        widget=forms.Textarea(attrs={"rows": 2, "data-keep": ""}),
    )

    def clean_period(self) -> Period:
        """The period that the text names."""
        return _period(self.cleaned_data["period"])


def _period(text: str) -> Period:
    try:
        return parse(text)
    except UnknownPeriod:
        sentence = _("“%(text)s” is not a period; write 2025, 2025H1, 2025Q1 or 2025-03.")
        raise ValidationError(sentence % {"text": text}) from None
