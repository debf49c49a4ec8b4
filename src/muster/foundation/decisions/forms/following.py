"""What follows a decision: its papers served, complaints, marks of dispute."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from muster.foundation.decisions.models import Means, Result
from muster.shell.fields import day, offer


class ComplaintForm(forms.Form):
    """A complaint as it came in at the desk."""

    received_on = day(_("Received on"))
    text = forms.CharField(
        label=_("What is complained of"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    complex_case = forms.BooleanField(label=_("Complex case"), required=False)
    remote = forms.BooleanField(label=_("Remote area"), required=False)


class AcceptForm(forms.Form):
    """The day on which a complaint was accepted."""

    on = day(_("Accepted on"))


class CourtForm(forms.Form):
    """The day on which the man went to court."""

    court_on = day(_("He went to court on"))


class AnswerForm(forms.Form):
    """The answer to a complaint, which is a decision."""

    upheld = forms.TypedChoiceField(
        label=_("The complaint is"),
        choices=[("yes", _("upheld: the line is set aside")), ("no", _("rejected"))],
        coerce=lambda choice: choice == "yes",
        widget=forms.RadioSelect,
    )
    unit = forms.TypedChoiceField(label=_("Signed by"), coerce=int)
    signed_on = day(_("Signed on"))

    def __init__(self, *args: Any, offices: Mapping[int, str], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "unit", offices.items())


class DeliveryForm(forms.Form):
    """What a round brought: one day and one means, a result for each paper."""

    delivered_on = day(_("Delivered on"))
    means = forms.ChoiceField(label=_("How"), choices=Means.choices)

    def __init__(self, *args: Any, line_ids: Iterable[int], **more: Any) -> None:
        super().__init__(*args, **more)
        self.line_ids = list(line_ids)
        for line in self.line_ids:
            self.fields[f"result-{line}"] = forms.ChoiceField(
                label=_("Result"), required=False, choices=[("", "–"), *Result.choices]
            )
            self.fields[f"receiver-{line}"] = forms.CharField(
                label=_("Taken by"), required=False, max_length=200
            )
            self.fields[f"proof-{line}"] = forms.CharField(
                label=_("Proof"), required=False, max_length=200
            )

    @property
    def rows(self) -> dict[int, list[forms.BoundField]]:
        """The fields of each paper, by line: what came of it, who took it, what proves it."""
        names = ("result", "receiver", "proof")
        return {line: [self[f"{name}-{line}"] for name in names] for line in self.line_ids}

    def attempts(self) -> list[tuple[int, str, str, str]]:
        """Line, result, receiver and proof of every paper that was tried."""
        given = self.cleaned_data
        return [
            (line, given[f"result-{line}"], given[f"receiver-{line}"], given[f"proof-{line}"])
            for line in self.line_ids
            if given[f"result-{line}"]
        ]

    def clean(self) -> dict[str, Any]:
        """A paper left with the family names who took it."""
        cleaned = super().clean() or {}
        if cleaned.get("means") == Means.FAMILY:
            for line in self.line_ids:
                if cleaned.get(f"result-{line}") and not cleaned.get(f"receiver-{line}"):
                    self.add_error(f"receiver-{line}", _("Name who took the paper."))
        return cleaned


class MarkForm(forms.Form):
    """What about a man is marked disputed."""

    about = forms.ChoiceField(label=_("What is disputed"))

    def __init__(self, *args: Any, markable: Mapping[str, str], **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self, "about", [("", "–"), *markable.items()])


class LiftForm(forms.Form):
    """The decision that lifts a mark."""

    upheld = forms.TypedChoiceField(
        label=_("The man is"),
        choices=[("yes", _("right: the entry is to be corrected")), ("no", _("not right"))],
        coerce=lambda choice: choice == "yes",
        widget=forms.RadioSelect,
    )
    correction = forms.ChoiceField(
        label=_("The conclusion is"),
        required=False,
        help_text=_("Where he is right: what the council concludes instead."),
    )
    unit = forms.TypedChoiceField(label=_("Signed by"), coerce=int)
    signed_on = day(_("Signed on"))

    def __init__(
        self,
        *args: Any,
        offices: Mapping[int, str],
        corrections: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        offer(self, "unit", offices.items())
        if corrections:
            offer(self, "correction", [("", "–"), *corrections.items()])
        else:
            del self.fields["correction"]
