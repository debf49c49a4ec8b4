"""Parses what meets a duty: a man of the January list, a first registration, a change."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from muster.foundation.register import rules
from muster.foundation.register.actions import Identity
from muster.foundation.register.models import Filing
from muster.foundation.register.queries.entry import place_name
from muster.foundation.units.models import Place
from muster.shell.fields import day


class BasisForm(forms.Form):
    """The paper on which an act rests."""

    basis = forms.CharField(
        label=_("Basis"), max_length=300, help_text=_("Number and day of the paper.")
    )


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A residential group by its name and its commune of old."""

    def __init__(self, **more: Any) -> None:
        usual: dict[str, Any] = {"queryset": Place.objects.none(), "label": _("Residential group")}
        super().__init__(**usual | more)

    def offer(self, places: QuerySet[Place]) -> None:
        """The groups that may be chosen."""
        self.queryset = places.select_related("within").order_by("code")

    def label_from_instance(self, obj: Place) -> str:
        """Group and commune."""
        return place_name(obj)


class YoungManForm(forms.Form):
    """A man who turns 17 in the year, and where he lives."""

    full_name = forms.CharField(label=_("Full name"), max_length=200)
    birth_date = day(_("Date of birth"))
    place = PlaceField()

    def __init__(self, *args: Any, places: list[int], **more: Any) -> None:
        super().__init__(*args, **more)
        cast("PlaceField", self.fields["place"]).offer(Place.objects.filter(pk__in=places))


class FirstForm(BasisForm):
    """The form of first registration, for somebody whose name and birth are listed."""

    full_name = forms.CharField(label=_("Full name"), max_length=200)
    birth_date = day(_("Date of birth"))
    citizen_number = forms.CharField(
        label=_("Citizen number"), max_length=20, widget=forms.TextInput({"inputmode": "numeric"})
    )
    father_name = forms.CharField(label=_("Father"), max_length=200, required=False)
    mother_name = forms.CharField(label=_("Mother"), max_length=200, required=False)
    education_grade = forms.IntegerField(
        label=_("Grade completed"), min_value=0, max_value=12, required=False
    )
    field_order = ("full_name", "birth_date", "citizen_number", "father_name", "mother_name",
                   "education_grade", "basis")  # fmt: skip

    def clean_citizen_number(self) -> str:
        """Twelve digits, as on the card."""
        try:
            return rules.checked_number(
                self.cleaned_data["citizen_number"], digits=rules.CITIZEN_DIGITS
            )
        except rules.NotTheNumber:
            raise forms.ValidationError(_("12 digits are needed; check the card")) from None

    def identity(self) -> Identity:
        """Who he is, in the register's words."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "basis"}
        return Identity(sex="m", **facts)


class OnlineForm(FirstForm):
    """The same form as the man himself fills it in, before he comes with his card."""

    basis = None  # type: ignore[assignment]  # the office names its paper when it enters him


class NoticeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the office's notices of the police, called by its quarter and paper."""

    def label_from_instance(self, obj: Filing) -> str:
        """Quarter, year and paper."""
        quarter = (obj.period.month + 2) // 3
        said = _("quarter %(quarter)s of %(year)s: %(paper)s")
        return said % {"quarter": quarter, "year": obj.period.year, "paper": obj.basis}


class ChangeForm(BasisForm):
    """What is to be entered of somebody registered, on which day it was told or began."""

    TOLD, ABSENCE, RETURN, RESERVE = "told", "absence", "return", "reserve"
    kind = forms.ChoiceField(
        label=_("What"),
        choices=[
            (TOLD, _("A change was told; its entry is due")),
            (ABSENCE, _("Absence of three months or more")),
            (RETURN, _("Return from a long absence")),
            (RESERVE, _("Registration for the reserve")),
        ],
        widget=forms.RadioSelect,
    )
    since = day(
        _("Told or away since"), required=False,
        help_text=_("Not needed for a return or for the reserve."),
    )  # fmt: skip
    until = day(_("Away until"), required=False, help_text=_("Empty where nobody knows."))
    what = forms.CharField(
        label=_("What changed, or where he went"), max_length=300, required=False
    )
    notice = NoticeField(
        label=_("Told by a notice of the police"), queryset=Filing.objects.none(), required=False,
        empty_label=_("no, by the citizen or somebody else"),
    )  # fmt: skip
    field_order = ("kind", "since", "until", "what", "notice", "basis")

    def __init__(self, *args: Any, notices: QuerySet[Filing] | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        cast("NoticeField", self.fields["notice"]).queryset = notices
        if not notices:
            del self.fields["notice"]

    def clean(self) -> dict[str, Any]:
        """A change says what it is; an absence, since when."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        kind = told.get("kind")
        if kind == self.TOLD and not told.get("what"):
            self.add_error("what", _("Say what changed."))
        if kind in {self.TOLD, self.ABSENCE} and not told.get("since"):
            self.add_error("since", _("Give the day."))
        until, since = told.get("until"), told.get("since")
        if isinstance(until, date) and isinstance(since, date) and until <= since:
            self.add_error("until", _("He cannot be back before he left."))
        return told
