#!/usr/bin/env -S .venv/bin/python
"""Takes the picture at the head of the README: the review of Hải Phòng, from life size.

make demo                                                       in one terminal
.venv/bin/python tools/picture_readme.py http://localhost:8000  in another
"""

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "images" / "half-year-review.png"
REVIEW = "/reports/31/2025H1/?on=2025-06-15"


def main(address: str) -> None:
    """Sign in, choose English, open the review and keep what a first look shows."""
    program = os.environ.get("MUSTER_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--lang=en-GB"]
        )
        page = browser.new_page(
            base_url=address, locale="en-GB", viewport={"width": 1280, "height": 1100}
        )
        page.goto("/")
        page.locator("button[name=language][value=en]").click()
        page.get_by_label("Username").fill("thanh-pho")
        page.get_by_label("Password").fill("muster-demo")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"{address}/")
        page.goto(REVIEW)
        page.locator("html[lang=en] .figure").first.wait_for()
        page.evaluate("document.fonts.ready")
        page.screenshot(path=PICTURE)
        browser.close()
    print(PICTURE)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
