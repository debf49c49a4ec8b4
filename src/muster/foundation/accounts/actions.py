"""Opening accounts and posts, and the one way to act as somebody."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.utils import timezone

from muster.foundation.accounts import queries
from muster.foundation.accounts.models import Post, User
from muster.foundation.ledger import actions as ledger
from muster.foundation.units.models import Unit
from muster.shell import rls


@contextmanager
def acting_as(user: User, *, on: date | None = None) -> Iterator[None]:
    """One transaction in which PostgreSQL shows just what the user's posts cover.

    Every page, command and job that touches people runs inside it. `on` is the
    day on which posts and tenures are read, by default today.
    """
    reach = queries.reach(user, on or timezone.localdate())
    role = rls.WIDE if reach.everywhere or reach.province else rls.APP
    with rls.scoped(role=role, units=reach.leaf_units, user_id=user.pk):
        yield


@contextmanager
def acting_as_system() -> Iterator[None]:
    """The scope of the house itself: migrations of data, the sequencer, the rehearsal."""
    with rls.scoped(role=rls.WIDE):
        yield


@transaction.atomic
def open_account(*, username: str, name: str, password: str | None) -> User:
    """Create a sign-in; without a password it can be used only once one is set."""
    user = User(username=username, first_name=name)
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def give_post(
    *, user: User, role: str, unit: Unit | None, valid_from: date, valid_to: date | None = None
) -> Post:
    """Give the user a role for a unit (None: the whole installation) from a day on."""
    post = Post.objects.create(
        user=user, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to
    )
    ledger.record(kind="accounts.post", ids=[post.pk])
    return post
