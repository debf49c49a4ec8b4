"""Units in the browser: any day's map, an order signed off, a place settled by two communes."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from muster.foundation.accounts.actions import give_post, open_account
from muster.foundation.accounts.models import Role, User
from muster.foundation.units import actions, queries
from muster.foundation.units.models import Order, Place, Unit
from muster.foundation.units.rules import read
from tests.journeys.steps import KILOBYTE, PASSWORD, Line, barriers, sign_in, speak

pytestmark = pytest.mark.usefixtures("clerk")
BEGINS, EVE, REFORM = date(2024, 1, 1), date(2025, 6, 30), date(2025, 7, 1)
HAI_PHONG = "1669/NQ-UBTVQH15"


@pytest.fixture
def country(transactional_db: None) -> None:
    """The country as shipped, on its way through the reform."""
    actions.load_baseline(on=BEGINS)
    actions.load_orders(by="test", on=date(2026, 2, 1))


@pytest.fixture
def later(country: None, clerk: User) -> Order:
    """An order of next year: two wards of Hải Phòng become one."""
    text = """
        [order]
        number = "77/NQ-UBTVQH16"
        title = "Sắp xếp phường"
        issuer = "Ủy ban Thường vụ Quốc hội"
        signed_on = 2026-12-01
        effective_on = 2027-01-01
        tree = "government"
        [[acts]]
        act = "merge"
        from = ["11407", "11413"]
        into = { code = "11407", name = "An Hải Mới", kind = "phường", level = "commune", parent = "31" }
    """
    give_post(user=clerk, role=Role.ADMINISTRATOR, unit=None, valid_from=BEGINS)
    return actions.file_order(written=read(text.encode()))


def address(name: str, *args: object, **query: object) -> str:
    choices = "&".join(f"{key}={value}" for key, value in query.items())
    return f"{reverse(f'units:{name}', args=args)}?{choices}"


def unit(code: str, on: date = REFORM, tree: str = "government") -> Unit:
    return Unit.objects.get(pk=queries.resolve(code, on, tree).id)


def pages(order: Order) -> list[str]:
    city, reform = unit("31").pk, Order.objects.get(number=HAI_PHONG)
    divided = queries.work_list(reform)[0]
    return [
        address("tree", on=EVE),
        address("tree", tree="defence", on=REFORM),
        address("tree", find="an", on=REFORM),
        address("unit", city, on=REFORM),
        address("unit", unit("CHQS-31", tree="defence").pk, on=REFORM),
        address("map", city, of=REFORM, on=EVE),
        address("orders"),
        address("order", reform.pk),
        address("reconciliation", reform.pk),
        address("undo", reform.pk),
        address("preview", order.pk),
        address("file"),
        address("draft"),
        address("boundaries"),
        address("waiting", ground="all"),
        address("divided", reform.pk, divided.old.id),
        address("place", reform.pk, divided.place_id),
        address("import", reform.pk),
    ]


def test_no_page_of_units_puts_up_a_barrier(page: Page, later: Order) -> None:
    sign_in(page)
    for each in pages(later):
        page.goto(each)
        assert barriers(page) == [], each


def test_no_page_of_units_is_wider_than_a_telephone_in_any_language(
    page: Page, later: Order
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    sign_in(page)
    for language in ("vi", "en", "fr"):
        speak(page, language)
        for each in pages(later):
            page.goto(each)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, each


def test_pages_of_units_are_light_with_the_whole_country(
    page: Page, later: Order, line: Line
) -> None:
    sign_in(page)
    page.goto(address("tree"))
    for each in pages(later):
        assert 0 < line.bytes_of(lambda to=each: page.goto(to)) <= 30 * KILOBYTE, each


def test_from_the_tree_to_a_ward_to_what_it_was_and_over_the_map_back(
    page: Page, country: None
) -> None:
    sign_in(page)
    page.goto(address("tree", on=EVE))
    expect(page.locator("main")).to_contain_text("10.035")
    page.get_by_role("link", name="01/07/2025").press("Enter")
    expect(page.locator("main")).to_contain_text("3.321")
    page.locator("summary", has_text="Các đơn vị thuộc thành phố Hải Phòng").press("Enter")
    page.get_by_role("link", name="Phường An Biên", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Phường An Biên")
    expect(page.locator("main")).to_contain_text("Hình thành từ")
    page.locator(".wide").get_by_role("link", name="phường Vĩnh Niệm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phường Vĩnh Niệm")
    expect(page.locator("main")).to_contain_text("quận Lê Chân")
    page.get_by_role("link", name="Thành phố Hải Phòng").click()
    page.get_by_role("link", name="Bản đồ", exact=True).click()
    page.get_by_role("link", name="01/07/2025").press("Enter")
    page.get_by_role("link", name="phường An Biên").first.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Phường An Biên")


def test_a_commander_reads_the_preview_and_signs_off(page: Page, later: Order) -> None:
    sign_in(page)
    page.goto(address("orders"))
    page.get_by_role("link", name="77/NQ-UBTVQH16").click()
    page.get_by_role("link", name="Xem trước và phê duyệt").click()
    expect(page.locator("main")).to_contain_text("Những gì sẽ diễn ra ngày 01/01/2027")
    page.get_by_label("Tôi đã đọc bản xem trước").check()
    page.get_by_role("button", name="Áp dụng văn bản").click()
    expect(page.locator("main")).to_contain_text("Đã áp dụng văn bản 77/NQ-UBTVQH16")
    page.get_by_role("link", name="Hoàn tác").click()
    page.get_by_label("Khôi phục bản đồ").check()
    page.get_by_role("button", name="Hoàn tác văn bản").click()
    expect(page.locator("main")).to_contain_text("Đã hoàn tác văn bản 77/NQ-UBTVQH16")


def test_two_communes_agree_and_the_province_settles(page: Page, country: None) -> None:
    order = Order.objects.get(number=HAI_PHONG)
    waiting = next(each for each in queries.work_list(order) if len(each.parts) == 2)
    other = next(part for part in waiting.parts if part.id != waiting.keeper.id)
    for name, pk in (("giu", waiting.keeper.id), ("nhan", other.id)):
        user = open_account(username=name, name=name.title(), password=PASSWORD, shared=True)
        give_post(user=user, role=Role.CLERK, unit=Unit.objects.get(pk=pk), valid_from=BEGINS)
    here = address("place", order.pk, waiting.place_id)

    def come_as(username: str) -> None:
        page.context.clear_cookies()
        sign_in(page, username)
        page.goto(here)

    come_as("giu")
    page.get_by_label(other.full_name).check()
    page.get_by_label("Lý do").fill("Biên bản ngày 03/07/2025")
    page.get_by_role("button", name="Đề nghị").click()
    expect(page.locator("main")).to_contain_text("chờ xã bên kia đồng ý")
    come_as("nhan")
    page.get_by_role("button", name="Đồng ý").click()
    come_as("ha.nguyen")
    page.get_by_role("button", name="Phân định theo thỏa thuận").click()
    expect(page.locator("main")).to_contain_text("Đã phân định địa bàn")
    place = Place.objects.get(pk=waiting.place_id)
    assert queries.unit_at(place.pk, REFORM).id == other.id
