"""A real Chromium against the real pages on the real database.

The server answers as in production: hashed and compressed files, gzipped pages, the
content security policy. Whatever a browser refuses or throws fails the test it happened in.
"""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from muster.foundation.accounts.actions import give_post, open_account
from muster.foundation.accounts.models import Role, User
from tests.journeys.steps import PASSWORD, Line

QUIET = (
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
HASHED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


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


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Static files as they are shipped: hashed by name and compressed."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root, STORAGES=HASHED):
        call_command("collectstatic", verbosity=0, interactive=False)
    return root


@pytest.fixture
def server(files: Path, transactional_db: None) -> Iterator[str]:
    """The house on a free port of localhost (passkeys refuse a bare address)."""
    as_shipped = override_settings(
        STATIC_ROOT=files, STORAGES=HASHED, ROOT_URLCONF="tests.journeys.urls"
    )
    with as_shipped:
        thread = LiveServerThread("localhost", lambda handler: handler)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://localhost:{thread.port}"
        thread.terminate()
        connections.close_all()


@pytest.fixture
def clerk(transactional_db: None) -> User:
    user = open_account(username="ha.nguyen", name="Nguyễn Thị Hà", password=PASSWORD)
    give_post(user=user, role=Role.COMMANDER, unit=None, valid_from=date(2024, 1, 1))
    return user


@pytest.fixture
def context(chromium: Browser, server: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=server, locale="vi-VN", service_workers="block")
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A window whose complaints are failures, save for a cut that the test made itself."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda message: complaints.append(message.text) if message.type == "error" else None,
    )
    yield page
    meant = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest", "status of 404")
    assert not [text for text in complaints if not any(each in text for each in meant)]


@pytest.fixture
def line(page: Page) -> Line:
    """The wire between this window and the server."""
    return Line(page)
