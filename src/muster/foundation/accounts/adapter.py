"""How sign-in behaves here: nobody opens an account for himself; everybody chooses his password."""

from typing import cast

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from muster.foundation.accounts.actions import choose_password
from muster.foundation.accounts.models import User


class ClosedAdapter(DefaultAccountAdapter):
    """Accounts are opened by an administrator together with a post."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Never: there is no page to sign up."""
        return False

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        """A password as the house asks for it, and another than the one that stands."""
        if user is not None and user.check_password(password):
            raise ValidationError(_("This is the present password; choose another."))
        cleaned: str = super().clean_password(password, user)
        return cleaned

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Keep the password, and that its user chose it."""
        choose_password(user=cast("User", user), password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        """On to the user's work."""
        return reverse("home")
