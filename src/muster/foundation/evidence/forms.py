"""Parses what a clerk says of a paper; the rules judge the file."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from muster.foundation.evidence import queries, rules
from muster.foundation.register.models import Person
from muster.shell.fields import day, offer

_KEPT = {"data-keep": True}


class _Relatives(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Each by name and year of birth: brothers often share all but that."""

    def label_from_instance(self, obj: Person) -> str:
        return f"{obj.full_name}, {obj.birth_date:%Y}"


class AttachForm(forms.Form):
    """A paper as it is brought to the desk."""

    claim = forms.ChoiceField(label=_("What the paper shows"), widget=forms.Select(attrs=_KEPT))
    reference = forms.CharField(
        label=_("Number and issuer"),
        help_text=_("As on the paper: No. 12/GXN, Hải Phòng University."),
        max_length=200,
        widget=forms.TextInput(attrs=_KEPT),
    )
    issued_on = day(_("Dated"), attrs=_KEPT)
    last_day = day(
        _("Last day on which it holds"),
        attrs=_KEPT,
        required=False,
        help_text=_("Only if the paper names one; otherwise the law's time counts."),
    )
    file = forms.FileField(
        label=_("The paper"),
        help_text=_("PDF, JPEG or PNG."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    family = _Relatives(
        label=_("Shows it for others of his family too"),
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, relatives: "QuerySet[Person]", today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today
        self._offer(relatives)
        offer(self, "claim", [("", "–"), *queries.claims().items()])

    def _offer(self, relatives: "QuerySet[Person]") -> None:
        field = self.fields["family"]
        if not relatives:
            del self.fields["family"]
        elif isinstance(field, _Relatives):
            field.queryset = relatives

    def paper(self) -> dict[str, Any]:
        """What `actions.attach` is to be told; of a file too large only its beginning."""
        given = self.cleaned_data
        last_day: date | None = given["last_day"]
        upload: UploadedFile[bytes] = given["file"]
        return {
            "claim": given["claim"],
            "reference": given["reference"],
            "issued_on": given["issued_on"],
            "valid_to": last_day + timedelta(days=1) if last_day else None,
            "data": upload.read(rules.largest(self.today) + 1),
            "family": list(given.get("family", ())),
        }


class WithdrawForm(forms.Form):
    """Why a paper shall show nothing any more."""

    because = forms.CharField(
        label=_("Why"),
        help_text=_("Taken in for another person, found false, given back."),
        max_length=200,
        widget=forms.TextInput(attrs=_KEPT),
    )
