"""What an administrator types about accounts and posts."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts.models import Role, User
from muster.shell.fields import day, offer


class AccountForm(forms.Form):
    """A new account."""

    username = forms.SlugField(
        label=_("Username"), max_length=60, help_text=_("Letters without diacritics, digits, -.")
    )
    name = forms.CharField(label=_("Full name"), max_length=150)

    def clean_username(self) -> str:
        """A name that nobody bears yet."""
        name: str = self.cleaned_data["username"]
        if User.objects.filter(username=name).exists():
            raise ValidationError(_("This username is taken; choose another."))
        return name


class PostForm(forms.Form):
    """A post for a unit from a day on."""

    role = forms.ChoiceField(label=_("Post"), choices=Role.choices)
    unit = forms.CharField(
        label=_("Code of the unit"),
        max_length=40,
        required=False,
        help_text=_("Empty for the whole installation. The code is read on the first day."),
    )
    begins = day(_("First day"))
    ends = day(
        _("First day without the post"),
        required=False,
        help_text=_("Empty while no end is known."),
    )


class EndForm(forms.Form):
    """The end of one of a user's posts."""

    post = forms.TypedChoiceField(label=_("Post"), coerce=int)
    ends = day(_("First day without the post"))

    def __init__(self, posts: Mapping[int, str], *args: Any) -> None:
        super().__init__(*args)
        offer(self, "post", posts.items())
