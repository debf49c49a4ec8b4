"""What the forms of every slice have: a day, and choices known only when the form is made."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms


def day(label: Any, *, attrs: Mapping[str, Any] | None = None, **more: Any) -> forms.DateField:
    """A day, typed or picked."""
    widget = forms.DateInput(attrs={"type": "date", **(attrs or {})}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **more)


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of the form be chosen from these."""
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} is not chosen from a list.")
    field.choices = list(choices)
