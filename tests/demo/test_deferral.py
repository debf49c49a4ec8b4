"""A deferral from the request to the receipt, on the pages that offices use, by who may."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page, expect

from muster.synthesis.rehearsal.actions.people import PASSWORD
from tests.browser import window
from tests.demo.deferral import Windows, walk
from tests.journeys.steps import barriers, sign_in

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.browser]

NARROW, WIDE = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
STEPS = 20


@pytest.fixture
def windows(chromium: Browser, server: str) -> Iterator[Windows]:
    """A window for each user, opened when he is first needed; "" is a visitor."""
    with ExitStack() as open_windows:
        opened: dict[str, Page] = {}

        def of(user: str) -> Page:
            if user not in opened:
                page = open_windows.enter_context(window(chromium, server))
                page.set_default_timeout(60_000)
                if user:
                    sign_in(page, user, PASSWORD)
                opened[user] = page
            return opened[user]

        yield of


def test_a_deferral_is_asked_voted_signed_posted_complained_of_and_checked(
    windows: Windows,
) -> None:
    expect.set_options(timeout=30_000)
    named = ""
    seen = []
    for step in walk(windows):
        seen.append(step.name)
        if step.name == "case":
            named = step.page.locator("h1").inner_text()
        assert barriers(step.page) == [], step.name
        assert fits(step.page), step.name
    assert len(seen) == STEPS
    assert named
    expect(windows("").locator("main")).not_to_contain_text(named)


def fits(page: Page) -> bool:
    """Whether nothing hangs over the edge of a telephone."""
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    found = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    return bool(found)
