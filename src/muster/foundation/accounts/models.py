"""People who work with Muster and the posts they hold for a time."""

from datetime import date
from typing import Any

from django.contrib.auth import get_backends
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Now
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a post lets its holder do; slices name the roles of each permission."""

    CLERK = "clerk", _("Clerk of the military command")
    COMMANDER = "commander", _("Commander")
    COUNCIL = "council", _("Member of the Military Service Council")
    CHAIRMAN = "chairman", _("Chairman of the People's Committee")
    DOCTOR = "doctor", _("Doctor of the examination council")
    INSPECTOR = "inspector", _("Inspector")
    ADMINISTRATOR = "administrator", _("Administrator")
    CITIZEN = "citizen", _("Citizen")


class User(AbstractUser):
    """A person with a sign-in; what he may do follows from his posts."""

    @cached_property
    def posts_read(self) -> "dict[date, tuple[Post, ...]]":
        """What this object has read of his posts, by day: a page asks for them many times."""
        return {}

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether a post carries the permission: Django would put a superuser above the posts."""
        return any(backend.has_perm(self, perm, obj) for backend in get_backends())


class Post(models.Model):
    """A role held for a unit from a day until a day."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="posts")
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to__isnull=True)
                | models.Q(valid_to__gt=models.F("valid_from")),
                name="accounts_post_span",
            )
        ]


class Refusal(models.Model):
    """Something that was tried and refused; kept though nothing else of it was.

    It holds a code and who tried, never what was typed: no name, no number, no file.
    """

    code = models.CharField(max_length=60)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("units.Unit", on_delete=models.PROTECT, related_name="+", null=True)
    refused_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["refused_at"], name="accounts_refusal_at")]


class Act(models.Model):
    """What was done to an account; never changed, so that the log can prove it."""

    class What(models.TextChoices):
        """Kinds of acts."""

        OPENED = "opened", _("account opened")
        POST_ENDED = "post_ended", _("post ended")
        FACTOR_RESET = "factor_reset", _("second factor reset")
        PASSWORD_RENEWED = "password_renewed", _("password renewed")
        PASSWORD_CHOSEN = "password_chosen", _("password chosen by the user himself")
        PASSWORD_SHARED = "password_shared", _("password of a demonstration, open to all")

    what = models.CharField(max_length=20, choices=What.choices)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="acts")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", null=True)
    ends_on = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    done_at = models.DateTimeField(db_default=Now())
