"""Parses what a clerk enters of a citizen at the desk, each with its paper."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from muster.foundation.register import rules
from muster.foundation.register.actions import Identity
from muster.foundation.register.forms.duties import BasisForm, PlaceField
from muster.foundation.register.models import (
    Circumstance,
    Close,
    Employment,
    Enter,
    Person,
    Precision,
    Residence,
    Schooling,
    Sex,
)
from muster.foundation.register.models.labels import CIRCUMSTANCES, FIELDS
from muster.foundation.register.queries.entry import birth_text
from muster.foundation.units.models import Place, PlaceKind
from muster.shell.fields import day

_NUMBERS = {"citizen_number": rules.CITIZEN_DIGITS, "old_number": rules.OLD_DIGITS}
_KEEP = _("Empty keeps the number that is known.")


def _text(name: str, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=FIELDS[name], max_length=200, required=required)


def _number(name: str) -> forms.CharField:
    widget = forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    return forms.CharField(label=FIELDS[name], max_length=20, required=False, widget=widget)


class IdentityForm(BasisForm):
    """Who somebody is."""

    full_name = _text("full_name", required=True)
    sex = forms.ChoiceField(label=FIELDS["sex"], choices=Sex)
    birth_date = day(FIELDS["birth_date"])
    birth_precision = forms.ChoiceField(label=_("How exactly the date is known"), choices=Precision)
    ethnicity = _text("ethnicity")
    citizen_number = _number("citizen_number")
    old_number = _number("old_number")
    father_name = _text("father_name")
    mother_name = _text("mother_name")
    occupation = _text("occupation")
    education_grade = forms.IntegerField(
        label=FIELDS["education_grade"], min_value=0, max_value=12, required=False
    )

    field_order: tuple[str, ...] = (
        "full_name", "sex", "birth_date", "birth_precision", "ethnicity", "citizen_number",
        "old_number", "father_name", "mother_name", "occupation", "education_grade", "basis",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Numbers with all their digits, as on the card."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        for name, digits in _NUMBERS.items():
            if told.get(name):
                try:
                    told[name] = rules.checked_number(told[name], digits=digits)
                except rules.NotTheNumber:
                    self.add_error(
                        name,
                        _("%(digits)s digits are needed; check the card.") % {"digits": digits},
                    )
        return told


class CorrectForm(IdentityForm):
    """The entry as it stands, to be corrected."""

    def __init__(self, data: Any, *, person: Person) -> None:
        known = {name: getattr(person, name, "") for name in self.base_fields}
        super().__init__(data, initial=known)
        for name in _NUMBERS:
            self.fields[name].help_text = _KEEP

    def changes(self) -> dict[str, Any]:
        """What differs from the entry, by field."""
        return {name: self.cleaned_data[name] for name in self.changed_data if name != "basis"}


class EnlistForm(IdentityForm):
    """Somebody who stands on no roll yet, and how he came to be known."""

    place = PlaceField()
    entered = forms.ChoiceField(
        label=_("How he came to the office"),
        choices=[(each.value, each.label) for each in (Enter.REGISTERED, Enter.FOUND)],
    )
    field_order = ("entered", "place", *IdentityForm.field_order)

    def __init__(self, *args: Any, places: list[int], **more: Any) -> None:
        super().__init__(*args, **more)
        cast("PlaceField", self.fields["place"]).offer(Place.objects.filter(pk__in=places))

    def identity(self) -> Identity:
        """Who he is, in the register's words."""
        names = self.cleaned_data.keys() - {"basis", "place", "entered"}
        return Identity(**{name: self.cleaned_data[name] for name in names})


_LABELS = {
    "valid_from": _("Since"),
    "valid_to": _("Until"),
    "document": _("Basis"),
    "address": _("Address"),
    "level": _("Level attended"),
    "school": _("School"),
    "mode": _("How he studies"),
    "course_no": _("Which course of this level"),
    "award": _("Certificate or degree gained"),
    "employer": _("Employer"),
    "occupation": _("Occupation"),
    "kind": _("What"),
}


class SpellForm(forms.ModelForm):  # type: ignore[type-arg]  # a type only in the stubs
    """What is true of somebody from a day until a day, with the paper that shows it."""

    document = forms.CharField(
        label=_LABELS["document"], max_length=300, help_text=_("Number and day of the paper.")
    )
    valid_from = day(_LABELS["valid_from"])
    valid_to = day(_LABELS["valid_to"], required=False, help_text=_("Empty where nobody knows."))

    def clean(self) -> dict[str, Any]:
        """It ends after it began."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = told.get("valid_from"), told.get("valid_to")
        if isinstance(since, date) and isinstance(until, date) and until <= since:
            self.add_error("valid_to", _("It cannot end before it began."))
        return told

    def _post_clean(self) -> None:
        """The model is not filled here: the action makes the row and the database checks it."""


def _spell_form(model: Any, *fields: str, **declared: forms.Field) -> type[SpellForm]:
    order = [*fields, *declared, "valid_from", "valid_to", "document"]
    meta = type("Meta", (), {"model": model, "fields": fields, "labels": _LABELS})
    body = {**declared, "Meta": meta, "field_order": order, "__doc__": SpellForm.__doc__}
    return type(f"{model.__name__}Form", (SpellForm,), body)


def _circumstances() -> list[tuple[str, Any]]:
    return sorted(CIRCUMSTANCES.items(), key=lambda item: rules.CIRCUMSTANCES[item[0]])


class RelativeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the same family, told apart by his birth."""

    def label_from_instance(self, obj: Person) -> str:
        """Name and birth."""
        return f"{obj.full_name}, {birth_text(obj.birth_date, obj.birth_precision)}"


def offer_relatives(form: forms.BaseForm, family: QuerySet[Person]) -> None:
    """Let a circumstance name whose service or loss it rests on, where a family is known."""
    if not family:
        form.fields.pop("relative", None)
    elif "relative" in form.fields:
        cast("RelativeField", form.fields["relative"]).queryset = family


SPELL_FORMS = {
    Schooling: _spell_form(Schooling, "level", "school", "mode", "course_no", "award"),
    Employment: _spell_form(Employment, "employer", "occupation"),
    Residence: _spell_form(Residence, "kind", "address"),
    Circumstance: _spell_form(
        Circumstance,
        kind=forms.ChoiceField(label=_LABELS["kind"], choices=_circumstances),
        relative=RelativeField(
            label=_("Relative on whom it rests"),
            queryset=Person.objects.none(),
            required=False,
            help_text=_("The brother or sister who serves, where one does."),
        ),
    ),
}


class EndForm(BasisForm):
    """From which day on something is no longer true."""

    valid_to = day(_("Until"))
    field_order = ("valid_to", "basis")


class CloseForm(BasisForm):
    """Why an entry goes off the roll, and on which day it happened."""

    why = forms.ChoiceField(
        label=_("Why"),
        choices=[(each.value, each.label) for each in (Close.DIED, Close.AGED_OUT, Close.LEFT)],
    )
    on = day(_("Since"))
    field_order = ("why", "on", "basis")


class GroupForm(BasisForm):
    """In which residential group of a divided commune somebody lives."""

    group = PlaceField()
    field_order = ("group", "basis")

    def __init__(self, *args: Any, ground: Place, **more: Any) -> None:
        super().__init__(*args, **more)
        cast("PlaceField", self.fields["group"]).offer(ground.groups.filter(kind=PlaceKind.GROUP))


class KinForm(forms.Form):
    """Who is of the same family."""

    kin = forms.UUIDField()
