"""How Django learns who somebody is and what he may do."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils import timezone

from muster.foundation.accounts import queries
from muster.foundation.accounts.models import User


class PostsBackend(ModelBackend):
    """A password says who signs in; the posts that he holds today say what he may do."""

    def has_perm(
        self, user_obj: AbstractBaseUser | AnonymousUser, perm: str, obj: Any = None
    ) -> bool:
        """Whether one of the user's posts carries the permission today."""
        if obj is not None or not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        return queries.may(queries.roles_on(user_obj, timezone.localdate()), perm)
