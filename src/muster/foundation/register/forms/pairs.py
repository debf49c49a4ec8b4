"""Parses a decision on a double entry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.models.pairs import Pair

_KEEP = {"left": _("The older entry"), "right": _("The newer entry")}


class PartForm(forms.Form):
    """Why something is decided: the paper or the answer on which it rests."""

    note = forms.CharField(
        label=_("Basis"),
        max_length=500,
        help_text=_("The paper or the answer on which the decision rests."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )


class DecisionForm(PartForm):
    """A verdict, given by the button pressed, its basis, and which entry stays."""

    verdict = forms.ChoiceField(
        choices=[
            (each.value, each.label)
            for each in (Pair.State.MERGED, Pair.State.APART, Pair.State.ASKED)
        ],
        widget=forms.HiddenInput,
    )
    keep = forms.ChoiceField(
        label=_("When merged, this entry stays"),
        choices=list(_KEEP.items()),
        required=False,
        widget=forms.RadioSelect,
        help_text=_("It gains what only the other knows; the other stays readable."),
    )
    field_order = ("keep", "note")

    def decision(self) -> dict[str, Any]:
        """The words of `actions.pairs.decide_pair`."""
        asked = self.cleaned_data
        return {
            "verdict": Pair.State(asked["verdict"]),
            "note": asked["note"],
            "keep_right": asked["keep"] == "right",
        }
