"""Parses a letter of transfer: to which place, on what paper."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from muster.foundation.register.forms.duties import PlaceField
from muster.foundation.register.queries import find_ground
from muster.foundation.register.queries.offices import office_named
from muster.foundation.units.models import Place


class TransferForm(forms.Form):
    """The new office by its name, a commune also by its code; the residential group by its name."""

    commune = forms.CharField(
        label=_("New commune, school, agency or enterprise"),
        max_length=200,
        help_text=_("Its name; a commune's code where several communes bear the name."),
    )
    group = forms.CharField(label=_("Residential group"), max_length=200, required=False)
    basis = forms.CharField(
        label=_("Basis"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "data-keep": ""})
    )

    def __init__(self, *args: Any, today: date, **more: Any) -> None:
        super().__init__(*args, **more)
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Find the place that the two fields mean."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        commune = told.get("commune", "")
        if not commune:
            return told
        if (office := office_named(commune)) is not None:
            return told | {"place_id": office}
        as_code, as_name = (commune, "", "", ""), ("", commune, "", "")
        found = find_ground([as_code, as_name], self.today, standing=True)
        address = as_code if as_code in found.units else as_name
        if address in found.faults:
            self.add_error("commune", found.faults[address].words)
            return told
        ground = found.grounds[found.units[address]]
        told["place_id"] = ground.place_named(told.get("group", ""))
        if told["place_id"] is None:
            said = _(
                "Name a residential group that is known there, or a former commune: %(names)s."
            )
            self.add_error("group", said % {"names": ", ".join(ground.former)})
        return told


class OfficeForm(forms.Form):
    """A school, agency or enterprise by its name, and on whose ground it stands."""

    name = forms.CharField(label=_("School, agency or enterprise"), max_length=200)
    ground = PlaceField(label=_("Former commune"))

    def __init__(self, *args: Any, grounds: QuerySet[Place], **more: Any) -> None:
        super().__init__(*args, **more)
        cast("PlaceField", self.fields["ground"]).offer(grounds)
