"""Signing in, by password, by a second factor and by passkey."""

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.urls import reverse
from playwright.sync_api import Page, expect

from muster.foundation.accounts.models import User
from tests.journeys.steps import PASSWORD, sign_in

pytestmark = pytest.mark.usefixtures("clerk")


def test_a_visitor_is_asked_to_sign_in_and_arrives_at_his_work(page: Page) -> None:
    sign_in(page)
    expect(page.locator(".who summary")).to_contain_text("Nguyễn Thị Hà")


def test_a_wrong_password_is_said_at_the_top_and_the_name_is_kept(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill("ha.nguyen")
    page.get_by_label("Mật khẩu").fill("khong-dung")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("không đúng")
    expect(page.get_by_label("Tên đăng nhập")).to_have_value("ha.nguyen")


def test_there_is_no_page_to_sign_up(page: Page) -> None:
    page.goto(reverse("account_signup"))
    expect(page.locator("input[name=username]")).to_have_count(0)


def test_the_menu_leads_out_again(page: Page) -> None:
    sign_in(page)
    page.locator(".who summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()


def test_a_second_factor_is_asked_once_it_was_activated(page: Page) -> None:
    sign_in(page)
    page.goto(reverse("mfa_activate_totp"))
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()
    secret = page.locator("#authenticator_secret").input_value()
    page.locator("input[name=code]").fill(code_now(secret))
    page.get_by_role("button", name="Kích hoạt").click()
    expect(page.locator("body")).to_contain_text("mã khôi phục")

    page.locator(".who summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_label("Tên đăng nhập").fill("ha.nguyen")
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", name="Xác thực hai lớp")).to_be_visible()


def code_now(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_a_passkey_opens_the_house_without_a_password(page: Page, clerk: User) -> None:
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    keys.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page)
    page.goto(reverse("mfa_add_webauthn"))
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Xác nhận").click()
    page.locator("input[name=name]").fill("Máy của Hà")
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    expect(page.locator("body")).to_contain_text("khôi phục")

    page.locator(".who summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="khóa truy cập").click()
    expect(page.get_by_role("heading", name="Việc của tôi")).to_be_visible()
