"""The pages of an empty house, answered as in production.

Hashed and compressed files, gzipped pages, the content security policy, the real database.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, Page

from muster.foundation.accounts.actions import give_post, open_account
from muster.foundation.accounts.models import Role, User
from tests.browser import window
from tests.journeys.steps import PASSWORD, Line

HASHED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


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
    user = open_account(username="ha.nguyen", name="Nguyễn Thị Hà", password=PASSWORD, shared=True)
    give_post(user=user, role=Role.COMMANDER, unit=None, valid_from=date(2024, 1, 1))
    return user


@pytest.fixture
def page(chromium: Browser, server: str) -> Iterator[Page]:
    with window(chromium, server) as page:
        yield page


@pytest.fixture
def line(page: Page) -> Line:
    """The wire between this window and the server."""
    return Line(page)
