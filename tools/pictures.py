#!/usr/bin/env -S .venv/bin/python
"""Takes the pictures of `docs/how-to/defer.md` from a running demonstration.

    PEOPLE=4000 make demo                                     in one terminal
    .venv/bin/python tools/pictures.py http://localhost:8000  in another

It walks the deferral that `tests/demo/test_deferral.py` tests, in Vietnamese at 1280 pixels;
the demonstration has one deferral more afterwards.
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
SIZE = {"width": 1280, "height": 800}
SHOWN = (
    "ground", "paper", "asked", "ballot", "resolution", "under-review", "signing", "decision", "posting",
    "answer", "second-decision", "receipt",
)  # fmt: skip


def window(browser: Browser, address: str, user: str) -> Page:
    """A window of the user, signed in; of a visitor for ""."""
    context = browser.new_context(
        base_url=address,
        locale="vi-VN",
        viewport=SIZE,  # type: ignore[arg-type]
        service_workers="block",
    )
    page = context.new_page()
    if user:
        page.goto("/")
        page.get_by_label("Tên đăng nhập").fill(user)
        page.get_by_label("Mật khẩu").fill("muster-demo")
        page.get_by_role("button", name="Đăng nhập", exact=True).click()
        page.wait_for_url(f"{address}/")
    return page


def main(address: str) -> None:
    sys.path.insert(0, str(ROOT))
    from tests.demo.deferral import walk

    program = os.environ.get("MUSTER_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--lang=vi"], env={"LANGUAGE": "vi"}
        )
        pages: dict[str, Page] = {}

        def of(user: str) -> Page:
            if user not in pages:
                pages[user] = window(browser, address.rstrip("/"), user)
            return pages[user]

        for step in walk(of):
            if step.name in SHOWN:
                path = IMAGES / f"deferral-{step.name}.png"
                step.page.screenshot(path=path, full_page=True)
                print(path.relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
