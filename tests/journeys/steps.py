"""Steps that several journeys share, named as a user would."""

from collections.abc import Callable
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PASSWORD = "một-câu-dài-để-thử"
KILOBYTE = 1000
WEAK = 64_000 // 8  # bytes a second on a line of 64 kbit/s


def sign_in(page: Page, username: str = "ha.nguyen", password: str = PASSWORD) -> None:
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.get_by_role("heading", name="Việc của tôi", level=1)).to_be_visible()


def speak(page: Page, language: str) -> None:
    page.locator(f"button[name=language][value={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def menu(page: Page) -> list[str]:
    """Where the menu leads."""
    return [str(link.get_attribute("href")) for link in page.locator(".menu a").all()]


def barriers(page: Page) -> list[str]:
    """What axe finds against WCAG 2.2 AA and good practice, one line each."""
    found: Any = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} – {node['failureSummary'][:300]}"
        for each in found
        for node in each["nodes"]
    ]


class Line:
    """Measures, slows and cuts the line, as the browser itself counts bytes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self._bytes = 0
        self.session.on("Network.loadingFinished", self._count)

    def _count(self, event: dict[str, float]) -> None:
        self._bytes += int(event["encodedDataLength"])

    def bytes_of(self, step: Callable[[], object]) -> int:
        """What came over the wire during a step, headers included."""
        self._bytes = 0
        step()
        self.page.wait_for_load_state("networkidle")
        return self._bytes

    def slow_down(self, bytes_per_second: int = WEAK, latency_ms: int = 300) -> None:
        self.session.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": latency_ms,
                "downloadThroughput": bytes_per_second,
                "uploadThroughput": bytes_per_second,
            },
        )

    def cut(self) -> None:
        self.page.context.set_offline(True)

    def mend(self) -> None:
        self.page.context.set_offline(False)
