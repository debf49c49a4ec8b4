"""Pages for everyone: by keyboard, by reader, on a telephone, in three languages, in the dark."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.journeys.steps import barriers, sign_in, speak

pytestmark = pytest.mark.usefixtures("clerk")
PAGES = ("home", "mfa_index", "account_change_password", "gallery")


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_no_page_puts_up_a_barrier(page: Page, language: str) -> None:
    page.goto("/")
    speak(page, language)
    assert barriers(page) == []
    speak(page, "vi")
    sign_in(page)
    speak(page, language)
    for address in (*map(reverse, PAGES), "/nowhere/"):
        page.goto(address)
        assert barriers(page) == [], address


def test_the_dark_page_can_be_read_as_well(page: Page) -> None:
    page.goto("/gallery/")
    page.get_by_role("button", name="Nền tối").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert barriers(page) == []
    page.get_by_role("button", name="Nền tối").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page)
    for address in (*map(reverse, PAGES), "/nowhere/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_keyboard_goes_past_the_menu_straight_to_the_content(page: Page) -> None:
    sign_in(page)
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Chuyển đến nội dung chính")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_menu_of_a_telephone_opens_and_closes_by_keyboard(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    sign_in(page)
    menu = page.get_by_role("navigation", name="Trình đơn chính")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Trình đơn").press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()


def test_a_mark_of_a_chart_opens_its_cases(page: Page) -> None:
    page.goto("/gallery/")
    mark = page.locator(".wide").get_by_role("link", name="Gọi sơ tuyển: 27.000")
    expect(mark).to_have_attribute("href", "?state=1")
    mark.click()
    expect(page).to_have_url(re.compile(r"\?state=1$"))


def test_status_is_never_told_by_colour_alone(page: Page) -> None:
    page.goto("/gallery/")
    tags = page.locator(".tag:has(svg)")
    assert tags.count() >= 8
    for tag in tags.all():
        assert tag.inner_text().strip()
