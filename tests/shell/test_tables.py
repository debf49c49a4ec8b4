"""Lists page by key, sort, filter, and export without running formulas."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from muster.foundation.accounts.models import User
from muster.shell.discovery import ROOT
from muster.shell.tables import Column, Listing, csv_lines, page, page_of, plain

COLUMNS = (
    Column("name", "Name", "first_name", order="first_name"),
    Column("login", "Login", "username", order="username"),
    Column("mail", "Mail", "email"),
)
STYLE = ROOT / "shell" / "static" / "muster" / "muster.css"
NAMES = ["An", "An", "An", "Bình", "Châu", "Dũng", "Dũng", "Giang", "Hà", "Hà", "Yến"]


@pytest.fixture
def people(db: None) -> None:
    User.objects.bulk_create(
        User(username=f"u{at:02}", first_name=name) for at, name in enumerate(NAMES)
    )


def ask(query: str, size: int = 3) -> Listing:
    return page(
        User.objects.all(), QueryDict(query), COLUMNS, caption="People", default="name", size=size
    )


def logins(listing: Listing) -> list[str]:
    return [str(row[1].value) for row in listing.rows]


def walk(start: str, link: str) -> list[list[str]]:
    """Every page from `start` on, following one link."""
    pages, query = [], start
    while True:
        listing = ask(query)
        pages.append(logins(listing))
        if not (href := getattr(listing, link)):
            return pages
        query = href.removeprefix("?")


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("sort", ["name", "-name", "login", "-login"])
def test_walking_forward_meets_everybody_once_and_in_order(sort: str) -> None:
    met = [login for each in walk(f"sort={sort}", "next_href") for login in each]
    expected = User.objects.order_by(
        f"{'-' if sort.startswith('-') else ''}{'first_name' if 'name' in sort else 'username'}",
        f"{'-' if sort.startswith('-') else ''}pk",
    )
    assert met == list(expected.values_list("username", flat=True))


@pytest.mark.usefixtures("people")
def test_walking_back_meets_the_same_pages() -> None:
    forward = walk("sort=name", "next_href")
    end = ask("sort=name")
    while end.next_href:
        end = ask(end.next_href.removeprefix("?"))
    backward = walk(end.previous_href.removeprefix("?"), "previous_href")
    assert [login for each in reversed(backward) for login in each] == [
        login for each in forward[:-1] for login in each
    ]


@pytest.mark.usefixtures("people")
def test_the_address_names_a_row_by_key_and_never_by_value() -> None:
    href = ask("").next_href
    assert "An" not in href
    assert href == f"?after={User.objects.get(username='u02').pk}"


@pytest.mark.usefixtures("people")
def test_other_wishes_of_the_address_are_kept_and_empty_ones_dropped() -> None:
    listing = ask("unit=31&state=&sort=-name")
    assert "unit=31" in listing.next_href
    assert "state" not in listing.next_href
    assert listing.headings[0].sort_href == "?unit=31&sort=name"
    assert listing.headings[0].direction == "descending"
    assert listing.headings[2].sort_href == ""


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize("query", ["sort=password", "after=999999", "after=khong", "sort=mail"])
def test_a_senseless_wish_shows_the_first_page(query: str) -> None:
    assert logins(ask(query)) == ["u00", "u01", "u02"]


@pytest.mark.usefixtures("people")
def test_a_page_asks_twice_whatever_its_depth(django_assert_num_queries) -> None:
    deep = ask(ask("").next_href.removeprefix("?")).next_href.removeprefix("?")
    with django_assert_num_queries(2):
        ask(deep)


@pytest.mark.parametrize("evil", ["=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(1)", "\t=1"])
def test_a_formula_in_a_name_does_not_run_in_a_spreadsheet(evil: str) -> None:
    lines = list(csv_lines([Column("name", "Name")], [{"name": evil}]))
    assert lines[2].lstrip('"').startswith("'")


def test_an_export_has_the_columns_shown_and_nothing_else() -> None:
    rows = [{"name": "Rơ Châm H'Yĕn", "secret": "031099"}, {"name": None, "secret": "x"}]
    lines = list(csv_lines([Column("name", "Họ và tên")], rows))
    assert lines == ["\ufeff", "Họ và tên\r\n", "Rơ Châm H'Yĕn\r\n", '""\r\n']


def test_a_plain_table_reads_attributes_along_a_path() -> None:
    listing = plain(
        "Units",
        [Column("unit.name", "Unit"), Column("n", "n", lambda row: row["n"] + 1)],
        [{"unit": {"name": "Lê Chân"}, "n": 1}],
    )
    assert [cell.value for cell in listing.rows[0]] == ["Lê Chân", 2]


def test_a_row_leads_to_its_page_by_its_opaque_name() -> None:
    name = uuid4()
    row = SimpleNamespace(uid=name)
    assert page_of("register:person")(row) == reverse("register:person", args=[name])


def test_a_table_names_each_row_by_its_first_cell_and_runs_nothing_it_shows() -> None:
    column = Column("name", "Tên <gọi>", "name", href=lambda row: row["href"])
    listing = plain(
        "People", (column, Column("born", "Born")), [{"name": "<b>", "href": '"', "born": None}]
    )
    page = render_to_string("components/table.html", {"table": listing})
    label = "Tên &lt;gọi&gt;"
    assert f'<th scope="row" class="text" data-label="{label}"><a href="&quot;">&lt;b&gt;' in page
    assert '<td class="text" data-label="Born">–</td>' in page


def test_a_papers_number_is_marked_so_that_it_stays_in_one_line() -> None:
    number = Column("number", "Số", lambda row: row, kind="reference")
    shown = render_to_string(
        "components/table.html", {"table": plain("", [number], ["04/QĐ-UBND"])}
    )
    assert 'class="reference"' in shown
    assert ".reference { white-space: nowrap; }" in STYLE.read_text()
