"""An administrator opens accounts, gives and ends posts; each act stands in the log."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from muster.foundation.accounts import actions, queries, rules
from muster.foundation.accounts.models import Act, Post, Role, User
from muster.foundation.ledger.models import Entry

pytestmark = pytest.mark.django_db
SINCE = date(2025, 7, 1)


@pytest.fixture
def administrator() -> User:
    user = actions.open_account(username="admin", name="Quản trị", password=None)
    actions.give_post(user=user, role=Role.ADMINISTRATOR, unit=None, valid_from=SINCE)
    return user


@pytest.fixture
def clerk() -> User:
    user = actions.open_account(username="ha.nguyen", name="Nguyễn Thị Hà", password=None)
    actions.give_post(user=user, role=Role.CLERK, unit=None, valid_from=SINCE)
    return user


@pytest.fixture
def signed_in(administrator: User) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def logged(kind: str) -> int:
    return Entry.objects.filter(kind=kind).count()


def test_a_new_account_has_a_password_that_is_told_once(signed_in: Client) -> None:
    page = signed_in.post(
        reverse("accounts:new"), {"username": "binh", "name": "Trần Bình"}, follow=True
    )
    user = User.objects.get(username="binh")
    told = str(next(iter(page.context["messages"])))
    assert any(user.check_password(word.rstrip(".")) for word in told.split())
    again = signed_in.get(reverse("accounts:account", args=[user.pk])).content.decode()
    assert told not in again
    assert [act.what for act in user.acts.order_by("pk")] == ["opened", "password_renewed"]


def test_a_post_is_given_and_ended_by_its_days(signed_in: Client, clerk: User) -> None:
    address = reverse("accounts:account", args=[clerk.pk])
    words = {"step": "give", "role": "inspector", "unit": "", "begins": "2026-01-01"}
    assert signed_in.post(address, words).status_code == 302
    post = Post.objects.get(user=clerk, role="inspector")
    signed_in.post(address, {"step": "end", "post": post.pk, "ends": "2026-03-01"})
    clerk = User.objects.get(pk=clerk.pk)
    assert "inspector" in queries.roles_on(clerk, date(2026, 2, 28))
    assert "inspector" not in queries.roles_on(clerk, date(2026, 3, 1))
    assert Act.objects.get(post=post).ends_on == date(2026, 3, 1)


def test_a_faulty_day_is_said_on_the_page_and_nothing_changes(
    signed_in: Client, clerk: User
) -> None:
    post = clerk.posts.get()
    words = {"step": "end", "post": post.pk, "ends": "2025-07-01"}
    page = signed_in.post(reverse("accounts:account", args=[clerk.pk]), words)
    assert page.status_code == 200
    post.refresh_from_db()
    assert post.valid_to is None


def test_nobody_gives_himself_a_post_nor_ends_his_own(administrator: User) -> None:
    with pytest.raises(rules.OwnPost):
        actions.give_post(
            user=administrator, role=Role.CHAIRMAN, unit=None, valid_from=SINCE, by=administrator
        )
    with pytest.raises(rules.OwnPost):
        actions.end_post(post=administrator.posts.get(), on=date(2026, 1, 1), by=administrator)


def test_a_lost_second_factor_is_taken_away_and_the_act_logged(
    signed_in: Client, clerk: User
) -> None:
    Authenticator.objects.create(user=clerk, type=Authenticator.Type.TOTP, data={})
    before = logged("accounts.act")
    signed_in.post(reverse("accounts:account", args=[clerk.pk]), {"step": "factor"})
    assert not queries.has_factor(clerk)
    assert logged("accounts.act") == before + 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_sees_accounts(role: Role) -> None:
    user = actions.open_account(username="other", name="Ai đó", password=None)
    actions.give_post(user=user, role=role, unit=None, valid_from=SINCE)
    client = Client()
    client.force_login(user)
    for address in ("/accounts/", "/accounts/new/", f"/accounts/{user.pk}/"):
        assert client.get(address).status_code == 403


def test_the_list_tells_todays_posts(signed_in: Client, clerk: User) -> None:
    page = signed_in.get(reverse("accounts:accounts")).content.decode()
    assert "ha.nguyen" in page
    assert clerk.get_full_name() in page


def test_only_who_answers_for_the_whole_installation_changes_accounts(clerk: User) -> None:
    other = actions.open_account(username="other", name="Ai đó", password=None)
    with pytest.raises(actions.NotAdministrator):
        actions.give_post(
            user=other, role=Role.ADMINISTRATOR, unit=None, valid_from=SINCE, by=clerk
        )
    with pytest.raises(actions.NotAdministrator):
        actions.renew_password(user=other, by=clerk)
    assert not other.posts.exists()
