"""My work gathers from every slice; the frame shows each user what is his."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from muster.foundation.accounts import context, views
from muster.foundation.accounts.actions import give_post, open_account
from muster.foundation.accounts.models import Role, User
from muster.kernel.manifest import Manifest, MenuItem, WorkItem
from muster.shell.discovery import manifests
from muster.shell.guards import door

LATE = WorkItem(
    "Trình danh sách tạm hoãn", due=date(2026, 9, 5), url="/x/", count=41, urgency="late"
)
SOON = WorkItem("Giao quyết định gọi khám", due=date(2026, 11, 24), urgency="soon")
BACK = WorkItem("Hồ sơ tạm hoãn bị trả lại", urgency="returned")
LATER = WorkItem("Ghép hai hồ sơ trùng", detail="Phường Lê Chân")


@pytest.fixture
def clerk(db: None) -> User:
    user = open_account(
        username="ha.nguyen", name="Nguyễn Thị Hà", password="mật-khẩu-để-thử", shared=True
    )
    give_post(user=user, role=Role.CLERK, unit=None, valid_from=date(2024, 1, 1))
    return user


@pytest.fixture
def signed_in(clerk: User) -> Client:
    client = Client()
    client.force_login(clerk)
    return client


def declare(monkeypatch: pytest.MonkeyPatch, *items: WorkItem) -> None:
    manifests = [
        Manifest("one", "One", work=lambda *_: items[:1]),
        Manifest("two", "Two", work=lambda *_: items[1:]),
        Manifest("three", "Three"),
    ]
    monkeypatch.setattr(views, "manifests", lambda: manifests)


def test_the_late_comes_first_then_the_urgent_then_the_rest(monkeypatch, signed_in) -> None:
    declare(monkeypatch, LATER, SOON, LATE)
    page = signed_in.get(reverse("home")).content.decode()
    order = [page.index(str(item.title)) for item in (LATE, SOON, LATER)]
    assert order == sorted(order)
    assert "05/09/2026" in page
    assert ">41<" in page


def test_what_another_office_sent_back_has_a_pile_of_its_own(monkeypatch, signed_in) -> None:
    declare(monkeypatch, LATER, BACK, LATE)
    page = signed_in.get(reverse("home")).content.decode()
    assert "Việc được trả lại" in page
    order = [page.index(str(item.title)) for item in (LATE, BACK, LATER)]
    assert order == sorted(order)


def test_a_link_is_known_to_open_or_not_before_it_is_shown(clerk: User) -> None:
    request = RequestFactory().get("/")
    request.user = clerk
    people = reverse("register:people") + "?sort=name"
    assert door(request, reverse("ledger:index")) == reverse("ledger:index")
    assert door(request, people) == people
    assert not door(request, reverse("accounts:refusals"))
    assert not door(request, "/nowhere/")


def test_an_idle_user_reads_what_to_do_next(monkeypatch, signed_in) -> None:
    declare(monkeypatch)
    assert "Không có việc đang chờ" in signed_in.get(reverse("home")).content.decode()


def test_a_visitor_is_sent_to_sign_in(db: None) -> None:
    answer = Client().get(reverse("home"))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


@pytest.mark.parametrize(("roles", "seen"), [((Role.CLERK,), 1), ((Role.COMMANDER,), 2)])
def test_the_menu_shows_what_a_role_may_open(monkeypatch, roles, seen) -> None:
    menu = (MenuItem("Mở", "home"), MenuItem("Khóa", "home", permission="x.open"))
    module = SimpleNamespace(MANIFEST=Manifest("x", "X", menu=menu))
    slice_ = SimpleNamespace(storey="domains")
    monkeypatch.setattr(context, "modules", lambda *_: [(slice_, module)])
    monkeypatch.setattr(context.queries, "may", lambda held, _code: Role.COMMANDER in held)
    groups = context._menu.__wrapped__(roles)
    assert sum(len(group.items) for group in groups) == seen


def test_every_entry_of_the_menu_leads_to_a_page() -> None:
    for manifest in manifests():
        for item in manifest.menu:
            assert reverse(item.url_name).startswith("/"), f"{manifest.slug}: {item.url_name}"


def test_the_theme_is_kept_and_taken_back(client: Client, db: None) -> None:
    address = reverse("accounts:theme")
    answer = client.post(address, {"theme": "dark", "next": "/sign-in/login/"})
    assert (answer.status_code, answer.url) == (302, "/sign-in/login/")
    assert answer.cookies["theme"].value == "dark"
    assert client.post(address, {"theme": "dark"}).cookies["theme"].value == ""
    assert client.post(address, {"theme": "<script>"}).cookies["theme"].value == ""


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_back_never_leaves_the_house(client: Client, db: None, evil: str) -> None:
    assert client.post(reverse("accounts:theme"), {"theme": "dark", "next": evil}).url == "/"


def test_the_keeper_of_drafts_does_not_tell_who_the_user_is(
    rf: RequestFactory, clerk: User
) -> None:
    request = rf.get("/")
    request.user = clerk
    keeper = context.house(request)["house"].keeper
    assert len(keeper) == 12
    assert str(clerk.pk) != keeper
    assert "nguyen" not in keeper


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_every_error_page_stands_without_the_house(code: int) -> None:
    page = render_to_string(f"{code}.html")
    assert f">{code}<" in page
    assert "<h1>" in page
