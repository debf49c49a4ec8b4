"""What a user may see and do on a day, read from his posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Q, QuerySet

from muster.foundation.accounts.models import Post, User
from muster.foundation.units import queries as units
from muster.shell.discovery import manifests


@dataclass(frozen=True)
class Reach:
    """Where a user's posts let him look: leaf units, or the whole installation."""

    everywhere: bool
    leaf_units: tuple[int, ...]


def posts_on(user: User, on: date) -> QuerySet[Post]:
    """The posts that the user holds on the day, units included."""
    held = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return user.posts.filter(held).select_related("unit").order_by("pk")


def reach(user: User, on: date) -> Reach:
    """The leaf units under all posts of the user on the day."""
    posts = list(posts_on(user, on))
    everywhere = any(post.unit_id is None for post in posts)
    leaves = {leaf for post in posts if post.unit_id for leaf in units.leaf_ids(post.unit_id, on)}
    return Reach(everywhere, tuple(sorted(leaves)))


@cache
def _roles_by_permission() -> dict[str, frozenset[str]]:
    return {
        permission.code: frozenset(permission.roles)
        for manifest in manifests()
        for permission in manifest.permissions
    }


def may(roles: Sequence[str], permission: str) -> bool:
    """Whether one of the roles carries the permission; an unknown one is never held."""
    return not _roles_by_permission().get(permission, frozenset()).isdisjoint(roles)


def roles_on(user: User, on: date) -> tuple[str, ...]:
    """The roles of the user's posts on the day."""
    return tuple(posts_on(user, on).values_list("role", flat=True))
