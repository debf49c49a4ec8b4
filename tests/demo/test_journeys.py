"""The three journeys through the demonstration, with a browser, on the server that users start."""

import re
from collections import deque
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from muster.synthesis.rehearsal.actions.people import PASSWORD
from tests.browser import window
from tests.journeys.steps import KILOBYTE, Line, barriers, menu, sign_in, speak

pytestmark = [pytest.mark.xdist_group("demo"), pytest.mark.browser]


@pytest.fixture
def page(chromium: Browser, server: str) -> Iterator[Page]:
    with window(chromium, server) as page:
        page.set_default_timeout(60_000)
        expect.set_options(timeout=30_000)
        yield page


def test_the_sign_in_page_names_the_accounts_to_try(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_text("thanh-pho")).to_be_visible()


def test_a_figure_opens_to_its_cases_and_a_case_to_its_timeline(page: Page) -> None:
    sign_in(page, "thanh-pho", PASSWORD)
    page.goto("/reports/31/2025H1/?on=2025-06-15")
    figure = page.locator(".figure", has=page.locator("a[href*='recruitment.quota_met']")).first
    count = int(figure.locator("a").count())
    assert count == 1
    figure.locator("a").click()
    rows = page.locator("tbody tr")
    assert rows.count() > 0
    rows.first.get_by_role("link").first.click()
    expect(page.locator(".timeline li").first).to_be_visible()


def test_a_list_sorts_pages_and_goes_back_without_losing_its_place(page: Page) -> None:
    sign_in(page, "thanh-pho", PASSWORD)
    page.goto("/register/")
    first = page.locator("tbody th").first
    before = first.inner_text()
    page.locator("thead a").first.press("Enter")
    expect(page.locator("th[aria-sort=descending]")).to_be_visible()
    expect(page).to_have_url(re.compile("sort=-"))
    expect(page.locator("thead a").first).to_be_focused()
    assert first.inner_text() != before
    page.locator("a[rel=next]").click()
    expect(page).to_have_url(re.compile("after="))
    page.go_back()
    expect(page).not_to_have_url(re.compile("after="))
    expect(page.locator("th[aria-sort=descending]")).to_be_visible()


def test_the_tree_shows_the_map_of_then_and_of_now(page: Page) -> None:
    sign_in(page, "thanh-pho", PASSWORD)
    for day, communes in (("2025-06-30", "10.035"), ("2025-07-01", "3.321")):
        page.goto(f"/units/?on={day}")
        expect(page.locator("main")).to_contain_text(communes)


def test_the_season_stands_as_a_funnel(page: Page) -> None:
    sign_in(page, "thanh-pho", PASSWORD)
    page.goto("/recruitment/")
    page.locator("main table a, main .listing a").first.click()
    expect(page.locator("figure.chart svg").first).to_be_visible()
    steps = page.locator("figure.chart .wide a")
    assert steps.count() >= 3


def test_the_way_to_a_person_at_64_kbit_per_second(page: Page) -> None:
    line = Line(page)
    line.slow_down()
    sign_in(page, "phuong", PASSWORD)
    page.get_by_role("link", name=re.compile("Sổ đăng ký|Register")).click()
    page.locator("tbody th a").first.click()
    expect(page.locator(".timeline")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_menu_leads_to_pages_without_barriers(page: Page, language: str) -> None:
    sign_in(page, "thanh-pho", PASSWORD)
    speak(page, language)
    for address in menu(page):
        page.goto(address)
        assert barriers(page) == [], address


def test_every_kind_of_page_is_light_and_without_barriers(page: Page) -> None:
    line = Line(page)
    sign_in(page, "thanh-pho", PASSWORD)
    seen = 0
    for address in kinds_of_pages(page, line):
        seen += 1
        assert barriers(page) == [], address
    assert seen >= 20


def kinds_of_pages(page: Page, line: Line, most: int = 45) -> Iterator[str]:
    """Follow links breadth first, one page of each kind; each must answer within 30 kB."""
    waiting, known = deque(["/"]), set()
    while waiting and len(known) < most:
        address = waiting.popleft()
        if kind(address) in known:
            continue
        known.add(kind(address))
        answer, weight = opened(page, line, address)
        assert answer.status == 200, address
        assert weight <= 30 * KILOBYTE, f"{address}: {weight}"
        yield address
        waiting += links(page)


def opened(page: Page, line: Line, address: str) -> tuple[Response, int]:
    """The page of an address, and what it weighed on the wire."""
    answers: list[Response | None] = []
    weight = line.bytes_of(lambda: answers.append(page.goto(address)))
    assert answers[0] is not None
    return answers[0], weight


def links(page: Page) -> list[str]:
    """Where the page leads inside the house; papers and data are not pages."""
    inside = page.eval_on_selector_all(
        "a[href]:not([download])",
        """all => all.map(a => new URL(a.getAttribute("href"), location))
          .filter(to => to.origin === location.origin).map(to => to.pathname + to.search)""",
    )
    return [each for each in inside if not re.search(r"pdf|paper|docx|\.json|csv|logout", each)]


def kind(address: str) -> str:
    """An address without what tells one row from another."""
    path, _, query = address.partition("?")
    path = re.sub(r"/[0-9a-f]{8}-[0-9a-f-]{27}|/\d[\w-]*|/[\w]+\.[\w]+", "/…", path)
    return path + "?" + "&".join(sorted(word.partition("=")[0] for word in query.split("&")))
