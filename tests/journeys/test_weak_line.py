"""The house on a weak line: few bytes, no lost text."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from tests.journeys.steps import KILOBYTE, Line, menu, sign_in

pytestmark = pytest.mark.usefixtures("clerk")
REASON = "Đi làm tại khu công nghiệp, có giấy xác nhận của công ty."


def test_the_first_page_is_light_and_later_ones_lighter(page: Page, line: Line) -> None:
    first = line.bytes_of(lambda: page.goto("/"))
    assert 20 * KILOBYTE < first <= 150 * KILOBYTE, first
    sign_in(page)
    for later in (*menu(page), reverse("mfa_index"), reverse("gallery")):
        assert 0 < line.bytes_of(lambda to=later: page.goto(to)) <= 30 * KILOBYTE, later


def test_one_journey_at_64_kbit_per_second(page: Page, line: Line) -> None:
    line.slow_down()
    page.set_default_timeout(60_000)
    sign_in(page)
    page.locator(".who summary").click()
    page.get_by_role("link", name="Đăng nhập và bảo mật").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng nhập và bảo mật")


def test_a_form_sent_into_a_cut_line_stays_and_is_sent_again(page: Page, line: Line) -> None:
    page.goto("/gallery/")
    fill_all(page)
    line.cut()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Chưa gửi được")).to_be_visible()
    expect(page.get_by_label("Lý do vắng mặt")).to_have_value(REASON)
    line.mend()
    page.get_by_role("button", name="Thử lại").click()
    expect(page.get_by_text("Chưa gửi được")).to_be_hidden()
    expect(page.get_by_text("Đơn đã được nhận")).to_be_visible()


def test_an_answer_lost_on_the_way_is_asked_for_again(page: Page) -> None:
    page.goto("/gallery/")
    fill_all(page)

    def lose_the_answer(route: Route) -> None:
        route.fetch(max_redirects=0)
        route.abort("internetdisconnected")

    page.route("**/gallery/", lose_the_answer, times=1)
    page.get_by_role("button", name="Tiếp tục").click()
    page.get_by_role("button", name="Thử lại").click()
    expect(page.get_by_text("Đơn đã được nhận")).to_be_visible()


def test_text_outlives_a_reload_but_only_where_it_may_be_kept(page: Page) -> None:
    page.goto("/gallery/")
    fill_all(page)
    page.reload()
    expect(page.get_by_label("Lý do vắng mặt")).to_have_value(REASON)
    expect(page.get_by_label("Từ ngày")).to_have_value("")
    expect(page.get_by_text("Nội dung chưa gửi đã được khôi phục")).to_be_visible()


def test_an_accepted_form_leaves_nothing_behind(page: Page) -> None:
    page.goto("/gallery/")
    fill_all(page)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Đơn đã được nhận")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_refused_form_keeps_its_text_and_leads_to_the_fault(page: Page) -> None:
    page.goto("/gallery/")
    page.get_by_label("Lý do vắng mặt").fill(REASON)
    page.get_by_role("button", name="Tiếp tục").click()
    summary = page.get_by_role("alert").filter(has_text="Có nội dung cần sửa")
    expect(summary).to_be_focused()
    expect(page.get_by_label("Lý do vắng mặt")).to_have_value(REASON)
    summary.get_by_role("link", name="Từ ngày").click()
    expect(page.get_by_label("Từ ngày")).to_be_focused()


def test_signing_out_takes_unsent_text_along(page: Page) -> None:
    sign_in(page)
    page.goto("/gallery/")
    page.get_by_label("Lý do vắng mặt").fill(REASON)
    page.locator(".who summary").click()
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("heading", name="Đăng nhập")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0


def fill_all(page: Page) -> None:
    page.get_by_label("Lý do vắng mặt").fill(REASON)
    page.get_by_label("Từ ngày").fill("2025-07-01")
    page.get_by_label("Đi làm xa").check()
    page.get_by_label("Nơi đến").select_option("31")
    page.get_by_label("Tôi đã kiểm tra").check()
