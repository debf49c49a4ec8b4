"""Posts alone say what a user may do, on the day; a page stays closed to everybody else."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from muster.foundation.accounts import actions, queries
from muster.foundation.accounts.models import Role, User
from muster.shell.guards import requires

pytestmark = pytest.mark.django_db
SINCE, UNTIL = date(2025, 7, 1), date(2026, 1, 1)
REFUSALS = "accounts.refusals"  # an inspector's


@requires(REFUSALS)
def page(request):
    return HttpResponse("open")


def asked_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return page(request)


def opened(name: str) -> User:
    return actions.open_account(username=name, name=name, password=None)


@pytest.fixture
def inspector() -> User:
    user = opened("thanh.tra")
    actions.give_post(user=user, role=Role.INSPECTOR, unit=None, valid_from=SINCE, valid_to=UNTIL)
    return user


@pytest.mark.parametrize(
    ("day", "holds"),
    [("2025-06-30", False), ("2025-07-01", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_a_permission_is_held_while_the_post_is(inspector: User, day: str, holds: bool) -> None:
    with time_machine.travel(f"{day} 12:00+07:00"):
        assert inspector.has_perm(REFUSALS) is holds


@time_machine.travel("2025-09-01 12:00+07:00")
def test_the_page_opens_to_whom_a_post_gives_it(inspector: User) -> None:
    assert asked_by(inspector).content == b"open"


@time_machine.travel("2025-09-01 12:00+07:00")
def test_the_page_stays_closed_to_all_others(inspector: User) -> None:
    chief = opened("chief")
    chief.is_superuser = chief.is_staff = True  # no flag stands above the posts
    clerk = opened("clerk")
    actions.give_post(user=clerk, role=Role.CLERK, unit=None, valid_from=SINCE)
    gone = User.objects.get(pk=inspector.pk)
    gone.is_active = False
    for user in (chief, clerk, gone, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            asked_by(user)


@time_machine.travel("2025-09-01 12:00+07:00")
def test_a_permission_that_no_slice_names_is_held_by_nobody(inspector: User) -> None:
    assert not inspector.has_perm("accounts.everything")


@time_machine.travel("2025-09-01 12:00+07:00")
def test_a_post_that_ends_closes_the_page_to_him_who_has_just_seen_it(inspector: User) -> None:
    administrator = opened("quan.tri")
    actions.give_post(user=administrator, role=Role.ADMINISTRATOR, unit=None, valid_from=SINCE)
    assert inspector.has_perm(REFUSALS)
    actions.end_post(post=inspector.posts.get(), on=date(2025, 9, 1), by=administrator)
    assert not inspector.has_perm(REFUSALS)
    assert queries.held_on(inspector, date(2025, 9, 1)) == ()
