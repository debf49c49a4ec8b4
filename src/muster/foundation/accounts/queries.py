"""What a user may see and do on a day, read from his posts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts.models import Act, Post, Refusal, Role, User
from muster.foundation.units import queries as units
from muster.kernel.manifest import Label, Touched
from muster.shell import rls
from muster.shell.discovery import manifests

_acting: ContextVar[User | None] = ContextVar("acting", default=None)


@dataclass(frozen=True)
class Reach:
    """Where a user's posts let him look: leaf units, a whole province, or everything.

    `province` says that a post covers a province. An installation serves one (ADR 1), so
    the database lets its staff pass as a whole: five thousand places held against each
    of a million rows would cost seconds a page. Pages still ask for `leaf_units`.
    `citizen` says that he works nowhere here: the database shows him himself and nobody else.
    `exams` are the units at whose health examinations he works as a doctor: such a post
    opens no place, since a doctor reads no ground, family or political fact.
    """

    everywhere: bool
    leaf_units: tuple[int, ...]
    province: bool = False
    exams: tuple[int, ...] = ()
    citizen: bool = False


def posts_on(user: User, on: date) -> QuerySet[Post]:
    """The posts that the user holds on the day, units included."""
    held = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return user.posts.filter(held).select_related("unit").order_by("pk")


def held_on(user: User, on: date) -> tuple[Post, ...]:
    """The same, read once for each object of the user: a page asks for them many times."""
    if on not in user.posts_read:
        user.posts_read[on] = tuple(posts_on(user, on))
    return user.posts_read[on]


@contextmanager
def remembered(user: User) -> Iterator[None]:
    """Keep at hand who acts while his scope is open, with what was read of his posts."""
    token = _acting.set(user)
    try:
        yield
    finally:
        _acting.reset(token)


def acting_user() -> User | None:
    """Who acts in the open scope, as the database is told; None for the house itself."""
    user_id, kept = rls.current_user_id(), _acting.get()
    if kept is not None and kept.pk == user_id:
        return kept
    return User.objects.filter(pk=user_id).first() if user_id else None


def read_posts_again(user: User) -> None:
    """Forget what this object of the user has read of its posts, since they changed."""
    user.posts_read.clear()


def units_of(post: Post, on: date) -> list[int]:
    """The units for which the post stands on the day; none, for the whole installation.

    A post at a unit that an order ended goes on in the unit that answers for it, in its
    keeper if it was divided, until the post itself ends.
    """
    if post.unit is None:
        return []
    closed_on = post.unit.closed_on
    if closed_on is None or closed_on > on:
        return [post.unit.pk]
    return units.heirs(post.unit.pk, on, keepers=True)


def unit_ids(user: User, on: date) -> list[int]:
    """The units for which all posts of the user stand on the day."""
    return _together(held_on(user, on), on)


def reach(user: User, on: date) -> Reach:
    """The leaf units under all posts of the user on the day, and where he examines."""
    held = held_on(user, on)
    doctor = [post for post in held if post.role == Role.DOCTOR]
    citizen = any(post.role == Role.CITIZEN for post in held)
    posts = [post for post in held if post.role not in (Role.DOCTOR, Role.CITIZEN)]
    own = _together(posts, on)
    everywhere = any(post.unit_id is None for post in posts)
    province = any(post.unit is not None and post.unit.level == "province" for post in posts)
    leaves = tuple(units.leaf_ids(own, on)) if own else ()
    exams = tuple(_together(doctor, on))
    return Reach(everywhere, leaves, province, exams=exams, citizen=citizen and not posts)


def _together(posts: Iterable[Post], on: date) -> list[int]:
    return sorted({unit for post in posts for unit in units_of(post, on)})


def touched_by(place_ids: Iterable[int], on: date) -> Iterator[Touched]:
    """The posts that a reorganisation of these places would carry to another unit."""
    held = Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    count = Post.objects.filter(held, unit__in=units.holders(list(place_ids), on)).count()
    if count:
        yield Touched(_("Posts that go on in another unit"), count)


@cache
def _roles_by_permission() -> dict[str, frozenset[str]]:
    return {
        permission.code: frozenset(permission.roles)
        for manifest in manifests()
        for permission in manifest.permissions
    }


@cache
def refusals() -> Mapping[str, Label]:
    """The codes of refusals that are kept, with what was tried, from every slice."""
    return {code: what for manifest in manifests() for code, what in manifest.refusals.items()}


def refused(user: User, on: date) -> "QuerySet[Refusal]":
    """What was refused to those whom an inspector or administrator answers for, newest first."""
    found = Refusal.objects.select_related("user", "unit").order_by("-refused_at", "-pk")
    seen = reach(user, on)
    if seen.everywhere or seen.province:
        return found
    return found.filter(unit__in=seen.leaf_units)


def administers(user: User, on: date) -> bool:
    """Whether the user is administrator of the whole installation on the day."""
    return any(
        post.role == Role.ADMINISTRATOR and post.unit_id is None for post in held_on(user, on)
    )


def may(roles: Sequence[str], permission: str) -> bool:
    """Whether one of the roles carries the permission; an unknown one is never held."""
    return not _roles_by_permission().get(permission, frozenset()).isdisjoint(roles)


def home_of(roles: Sequence[str]) -> str:
    """Where somebody who works nowhere here begins: the page that is a citizen's own; "" = my work."""
    if set(roles) != {Role.CITIZEN}:
        return ""
    items = (item for manifest in manifests() for item in manifest.menu)
    own = [item for item in items if may(roles, item.permission)]
    return min(own, key=lambda item: item.order).url_name if own else ""


def roles_on(user: User, on: date) -> tuple[str, ...]:
    """The roles of the user's posts on the day."""
    return tuple(post.role for post in held_on(user, on))


def accounts() -> QuerySet[User]:
    """Every account with its posts."""
    return User.objects.prefetch_related("posts__unit")


def post_names(posts: Iterable[Post], on: date) -> dict[int, str]:
    """Each post in words: the role and the unit under its last name until the day."""
    listed = list(posts)
    names: dict[int, str] = {}
    for post in listed:
        unit = post.unit
        day = min(on, unit.closed_on - timedelta(days=1)) if unit and unit.closed_on else on
        found = units.named([unit.pk], day).get(unit.pk) if unit else None
        where = found.full_name if found else str(_("whole installation"))
        names[post.pk] = f"{Role(post.role).label}, {where}"
    return names


_PASSWORD_ACTS = (
    Act.What.OPENED,
    Act.What.PASSWORD_RENEWED,
    Act.What.PASSWORD_CHOSEN,
    Act.What.PASSWORD_SHARED,
)


def must_choose_password(user: User) -> bool:
    """Whether the password was given by somebody else, who knows it."""
    if not user.has_usable_password():
        return False
    told = user.acts.filter(what__in=_PASSWORD_ACTS).order_by("-pk")
    last = told.values_list("what", flat=True).first()
    return last in (Act.What.OPENED, Act.What.PASSWORD_RENEWED)


def has_factor(user: User) -> bool:
    """Whether a second factor is asked of the user."""
    return Authenticator.objects.filter(user=user).exists()
