"""A password that somebody else knows opens nothing but the page on which its bearer chooses his own."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from muster.foundation.accounts import actions, queries
from muster.foundation.accounts.models import Role, User
from muster.foundation.ledger.models import Entry

pytestmark = pytest.mark.django_db
GIVEN, OWN = "mật-khẩu-được-cấp", "câu-dài-tự-đặt-2026"
PAGE = "/sign-in/password/change/"


def opened(username: str = "binh", **more: bool) -> User:
    user = actions.open_account(username=username, name="Trần Bình", password=GIVEN, **more)
    actions.give_post(user=user, role=Role.CLERK, unit=None, valid_from=date(2025, 7, 1))
    return user


def signed_in(password: str = GIVEN) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": "binh", "password": password})
    assert "_auth_user_id" in client.session
    return client


def choose(client: Client, new: str, old: str = GIVEN):
    return client.post(PAGE, {"oldpassword": old, "password1": new, "password2": new})


@pytest.mark.parametrize("address", ["/", "/accounts/", "/sign-in/2fa/", "/nowhere/"])
def test_nothing_opens_before_he_has_chosen(address: str) -> None:
    opened()
    answer = signed_in().get(address)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)


def test_he_may_always_leave_ask_for_help_and_choose_his_language() -> None:
    opened()
    client = signed_in()
    assert client.get(reverse("account_reset_password")).status_code == 200
    assert client.post(reverse("accounts:language"), {"language": "en"}).status_code == 302
    assert client.post(reverse("account_logout"))["Location"] == reverse("account_login")


def test_the_page_says_why_and_shows_no_menu() -> None:
    opened()
    page = signed_in().get(PAGE).content.decode()
    assert "Mật khẩu của bạn do người khác cấp" in page
    assert "<nav" not in page


def test_once_chosen_the_house_opens_and_the_log_knows() -> None:
    user = opened()
    client = signed_in()
    assert choose(client, OWN)["Location"] == "/"
    assert client.get("/").status_code == 200
    act = user.acts.latest("pk")
    assert (act.what, act.by) == ("password_chosen", user)
    assert Entry.objects.filter(kind="accounts.act", row_id=act.pk).exists()
    assert not queries.must_choose_password(User.objects.get(pk=user.pk))
    assert signed_in(OWN).get("/").status_code == 200


def test_the_given_password_is_not_chosen_again() -> None:
    user = opened()
    client = signed_in()
    assert "Đây là mật khẩu hiện tại" in choose(client, GIVEN).content.decode()
    assert queries.must_choose_password(user)


def test_a_password_that_an_administrator_renewed_is_chosen_anew() -> None:
    user = opened()
    choose(signed_in(), OWN)
    administrator = actions.open_account(username="admin", name="Quản trị", password=None)
    actions.give_post(
        user=administrator, role=Role.ADMINISTRATOR, unit=None, valid_from=date(2025, 7, 1)
    )
    renewed = actions.renew_password(user=User.objects.get(pk=user.pk), by=administrator)
    assert signed_in(renewed).get("/")["Location"] == PAGE


def test_the_password_of_a_demonstration_stays_and_is_marked_so() -> None:
    user = opened(shared=True)
    assert signed_in().get("/").status_code == 200
    assert [act.what for act in user.acts.order_by("pk")] == ["opened", "password_shared"]


def test_an_account_without_a_password_has_none_to_choose() -> None:
    user = actions.open_account(username="cuong", name="Lê Cường", password=None)
    assert not queries.must_choose_password(user)
