"""A real Chromium for tests, and windows whose complaints are failures."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

QUIET = (
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
# What a test brings about itself: a cut line, a page that is not there, a refusal.
MEANT = (
    "ERR_INTERNET_DISCONNECTED",
    "htmx:sendError",
    "htmx:afterRequest",
    "status of 404",
    "status of 422",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = os.environ.get("MUSTER_CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.fail("No Chromium: run `make env`, or name one in MUSTER_CHROMIUM.")
    # Playwright keeps an event loop in this thread; the tests themselves stay synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(QUIET))
        yield browser
        browser.close()


@contextmanager
def window(chromium: Browser, server: str) -> Iterator[Page]:
    """A fresh window on the house; what the browser refused or threw fails the test."""
    context = chromium.new_context(base_url=server, locale="vi-VN", service_workers="block")
    context.set_default_timeout(15_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield page
    context.close()
    serious = [text for text in complaints if not any(each in text for each in MEANT)]
    assert not serious, serious
