"""A whole deferral in the browser, each step by the user who may; the test and the pictures walk it."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from playwright.sync_api import Locator, Page, expect

PAPER = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
DESK, COUNCIL, STAFF, CHAIRMAN = "phuong", "hoi-dong", "thanh-pho", "chu-tich"


class Step(NamedTuple):
    """A page as it stands after a step, and the name of its picture."""

    name: str
    page: Page


#: A window of the user of that name; of a visitor without an account for "".
Windows = Callable[[str], Page]


def walk(windows: Windows) -> Iterator[Step]:
    """From the request at the desk to the receipt checked at home."""
    desk = windows(DESK)
    yield from _request(desk)
    yield from _vote(windows(COUNCIL))
    yield from _review(windows(STAFF))
    yield from _sign(windows(CHAIRMAN))
    visitor = windows("")
    yield from _read_the_board(visitor)
    yield from _complain(desk, windows(CHAIRMAN))
    yield from _check_the_receipt(desk, visitor)


def _request(desk: Page) -> Iterator[Step]:
    """Two callable men show that they are their families' only workers."""
    desk.goto("/recruitment/")
    desk.locator("main tbody a").first.click()
    desk.locator("main a.primary").first.click()
    desk.get_by_label("Trạng thái").select_option("callable")
    desk.get_by_role("button", name="Lọc").click()
    expect(desk).to_have_url(re.compile("state=callable"))
    other = str(desk.locator("main tbody th a").nth(1).get_attribute("href"))
    desk.locator("main tbody th a").first.click()
    yield Step("case", desk)
    yield from _at_the_desk(desk)
    yield Step("asked", desk)
    his_case = desk.url
    desk.goto(other)
    list(_at_the_desk(desk))
    desk.goto(his_case)


def _at_the_desk(desk: Page) -> Iterator[Step]:
    """One question at a time: the ground, then its paper."""
    desk.get_by_role("link", name="Tiếp nhận đề nghị").click()
    desk.get_by_label(re.compile("lao động duy nhất")).check()
    yield Step("ground", desk)
    desk.get_by_role("button", name="Tiếp tục đến giấy tờ").click()
    _fill_paper(desk)
    yield Step("paper", desk)
    _go(desk, desk.get_by_role("button", name="Trình Hội đồng"))
    expect(desk.get_by_text("đang trình Hội đồng")).to_be_visible()


def _fill_paper(desk: Page) -> None:
    issued = date.today() - timedelta(days=3)
    desk.get_by_label("Lý do phát sinh từ ngày").fill(str(issued - timedelta(days=60)))
    desk.locator("#id_reference").fill("Giấy xác nhận số 12/GXN-UBND, UBND phường")
    desk.locator("#id_issued_on").fill(str(issued))
    desk.locator("#id_file").set_input_files(
        {"name": "giay-xac-nhan.pdf", "mimeType": "application/pdf", "buffer": PAPER}
    )


def _vote(council: Page) -> Iterator[Step]:
    """The name is taken off the list, voted on singly, and carried."""
    council.goto("/decisions/sittings/")
    yield Step("sittings", council)
    council.locator("main .work a").first.click()
    yield Step("names", council)
    council.locator("main tbody th a").first.click()
    council.get_by_role("button", name=re.compile("riêng")).click()
    council.get_by_role("link", name=re.compile("phiên họp")).click()
    yield Step("present", council)
    _go(council, council.locator("main form button.primary"))
    yield Step("ballot", council)
    _go(council, council.locator("main form button.primary"))
    yield Step("resolution", council)


def _review(staff: Page) -> Iterator[Step]:
    """The provincial council reviews what the communes carried, on the same pages."""
    staff.goto("/decisions/sittings/")
    staff.locator("main .work a").first.click()
    yield Step("under-review", staff)
    staff.get_by_role("link", name=re.compile("phiên họp")).click()
    _go(staff, staff.locator("main form button.primary"))
    _go(staff, staff.locator("main form button.primary"))
    yield Step("reviewed", staff)


def _sign(chairman: Page) -> Iterator[Step]:
    """The provincial Chairman signs; the list has its number and hangs."""
    chairman.goto("/decisions/signing/")
    yield Step("signing", chairman)
    _go(chairman, chairman.get_by_role("button", name="Ký", exact=True).first)
    chairman.locator("main tbody th a").first.click()
    yield Step("decision", chairman)


def _read_the_board(visitor: Page) -> Iterator[Step]:
    """Whoever is named, or anybody else, finds the name without an account."""
    visitor.goto("/decisions/posted/")
    yield Step("posted", visitor)
    visitor.locator("main .work a").last.click()
    expect(visitor.locator("main tbody tr").first).to_be_visible()
    yield Step("posting", visitor)


def _complain(desk: Page, chairman: Page) -> Iterator[Step]:
    """He complains; the office that signed accepts, and answers by a second decision."""
    desk.reload()
    desk.locator("main .timeline a").first.click()
    desk.get_by_role("link", name="Tiếp nhận khiếu nại").click()
    desk.locator("#id_text").fill("Đề nghị xem xét lại căn cứ tạm hoãn.")
    yield Step("complain", desk)
    _go(desk, desk.locator("main form button.primary"))
    chairman.goto(desk.url)
    yield Step("accept", chairman)
    chairman.locator("main form button.primary").click()
    chairman.get_by_label(re.compile("giữ nguyên")).check()
    yield Step("answer", chairman)
    chairman.locator("main form button.primary").click()
    chairman.get_by_role("link", name="Quyết định giải quyết").click()
    yield Step("second-decision", chairman)


def _check_the_receipt(desk: Page, visitor: Page) -> Iterator[Step]:
    """The paper's address leads to its receipt, which names nobody."""
    desk.get_by_role("link", name="Nội dung bị khiếu nại").click()
    at_home = desk.get_by_role("link", name=re.compile("Kiểm tra như tại nhà"))
    visitor.goto(str(at_home.get_attribute("href")))
    expect(visitor.get_by_role("link", name="Tệp biên nhận")).to_be_visible()
    yield Step("receipt", visitor)


def _go(page: Page, button: Locator) -> None:
    """Press and wait for the page that comes after."""
    before = page.url
    button.click()
    expect(page).not_to_have_url(before)
