"""Opening accounts and posts, the one way to act as somebody, and keeping what was refused."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from muster.foundation.accounts import queries, rules
from muster.foundation.accounts.models import Act, Post, Refusal, User
from muster.foundation.ledger import actions as ledger
from muster.foundation.units.models import Unit
from muster.kernel.errors import Refused
from muster.shell import rls

P = ParamSpec("P")
R = TypeVar("R")


#: Codes of what was refused since the outermost scope opened; None outside of one.
_refused: ContextVar[list[str] | None] = ContextVar("refused", default=None)


class NotAdministrator(Refused):
    """An account administered by somebody who does not answer for the whole installation."""


@contextmanager
def acting_as(user: User, *, on: date | None = None) -> Iterator[None]:
    """One transaction in which PostgreSQL shows just what the user's posts cover.

    Every page, command and job that touches people runs inside it. `on` is the
    day on which posts and tenures are read, by default today.
    """
    day = on or timezone.localdate()
    reach = queries.reach(user, day)
    role = rls.WIDE if reach.everywhere or reach.province else rls.APP
    role = rls.OWN if reach.citizen else role
    scope = rls.scoped(role=role, units=reach.leaf_units, user_id=user.pk, exams=reach.exams)
    with _refusals_kept(user, day), scope, queries.remembered(user):
        yield


@contextmanager
def acting_as_system() -> Iterator[None]:
    """The scope of the house itself: migrations of data, the sequencer, the rehearsal."""
    with _refusals_kept(None, None), rls.scoped(role=rls.WIDE):
        yield


def watched(action: Callable[P, R]) -> Callable[P, R]:
    """Note what an action refuses, if a manifest names its code, though all is rolled back.

    The note is written once the transaction of the outermost scope is over, however it
    ended. Write it above `transaction.atomic`.
    """

    @wraps(action)
    def noted(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return action(*args, **kwargs)
        except Refused as refusal:
            kept = _refused.get()
            if kept is not None and refusal.code in queries.refusals():
                kept.append(refusal.code)
            raise

    return noted


@contextmanager
def _refusals_kept(user: User | None, on: date | None) -> Iterator[None]:
    if _refused.get() is not None:
        yield
        return
    kept: list[str] = []
    token = _refused.set(kept)
    try:
        yield
    finally:
        _refused.reset(token)
        if kept:
            _keep_refusals(kept, user, on)


def _keep_refusals(codes: Sequence[str], user: User | None, on: date | None) -> None:
    post = queries.posts_on(user, on).first() if user and on else None
    with rls.scoped(role=rls.WIDE, user_id=user.pk if user else None):
        rows = Refusal.objects.bulk_create(
            Refusal(code=code, user=user, unit=post.unit if post else None) for code in codes
        )
        ledger.record(kind="accounts.refusal", ids=[row.pk for row in rows])


@transaction.atomic
def open_account(
    *,
    username: str,
    name: str,
    password: str | None,
    by: User | None = None,
    shared: bool = False,
) -> User:
    """Create a sign-in; without a password it can be used only once one is set.

    Whoever is given a password chooses his own before anything else opens to him, unless the
    password is `shared`: that of a demonstration, which everybody is to try.
    """
    _check_administers(by)
    user = User(username=username, first_name=name)
    user.set_password(password)
    user.save()
    _act(Act.What.OPENED, user, by)
    if shared:
        _act(Act.What.PASSWORD_SHARED, user, by)
    return user


@transaction.atomic
def give_post(
    *,
    user: User,
    role: str,
    unit: Unit | None,
    valid_from: date,
    valid_to: date | None = None,
    by: User | None = None,
) -> Post:
    """Give the user a role for a unit (None: the whole installation) from a day on.

    Refused to an administrator (`by`) for himself.
    """
    _check_administers(by)
    rules.check_span(valid_from, valid_to)
    if by:
        rules.check_other(by.pk, user.pk)
    post = Post.objects.create(
        user=user, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to
    )
    queries.read_posts_again(user)
    ledger.record(kind="accounts.post", ids=[post.pk])
    return post


@transaction.atomic
def end_post(*, post: Post, on: date, by: User) -> Post:
    """Let a post end: `on` is the first day on which it is no longer held."""
    _check_administers(by)
    rules.check_other(by.pk, post.user_id)
    rules.check_span(post.valid_from, on)
    post.valid_to = on
    post.save(update_fields=["valid_to"])
    queries.read_posts_again(post.user)
    _act(Act.What.POST_ENDED, post.user, by, post=post, ends_on=on)
    return post


@transaction.atomic
def reset_factor(*, user: User, by: User) -> None:
    """Take away every second factor of a user who lost his; he signs in by password and sets anew."""
    _check_administers(by)
    Authenticator.objects.filter(user=user).delete()
    _act(Act.What.FACTOR_RESET, user, by)


@transaction.atomic
def renew_password(*, user: User, by: User) -> str:
    """Set a password made by chance and tell it once, to be handed over and changed."""
    _check_administers(by)
    password = get_random_string(16)
    user.set_password(password)
    user.save(update_fields=["password"])
    _act(Act.What.PASSWORD_RENEWED, user, by)
    return password


@transaction.atomic
def choose_password(*, user: User, password: str) -> None:
    """Set the password that a user chose himself."""
    user.set_password(password)
    user.save(update_fields=["password"])
    _act(Act.What.PASSWORD_CHOSEN, user, user)


@transaction.atomic
def forget_accounts(user_ids: Sequence[int]) -> None:
    """Empty the accounts of people whose data had their time; acts may still name the number."""
    Authenticator.objects.filter(user__in=user_ids).delete()
    User.objects.filter(pk__in=user_ids).update(
        username=Concat(Value("closed-"), Cast("pk", CharField())),
        first_name="", last_name="", email="", password="", is_active=False,
    )  # fmt: skip


def _check_administers(by: User | None) -> None:
    """A unit's administrator could else give posts, or take sign-ins, beyond his unit."""
    if by is not None and not queries.administers(by, timezone.localdate()):
        raise NotAdministrator(
            _("Accounts are opened and changed by an administrator of the whole installation."),
            code="accounts.not_administrator",
        )


def _act(what: str, user: User, by: User | None, **more: Any) -> None:
    act = Act.objects.create(what=what, user=user, by=by, **more)
    ledger.record(kind="accounts.act", ids=[act.pk])
