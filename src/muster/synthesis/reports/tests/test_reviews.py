"""The review as command, page and paper: found by code and day, open to its cases, the same twice."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner
from django.utils import translation

from muster.foundation.units.queries import UnknownUnit
from muster.kernel.manifest import Indicator, Result, Row
from muster.kernel.periods import UnknownPeriod, parse
from muster.shell import rls
from muster.synthesis.indicators import actions as indicators
from muster.synthesis.indicators import queries as figures
from muster.synthesis.indicators.tests import factories as units
from muster.synthesis.reports import papers, queries
from muster.synthesis.reports.commands import report
from muster.synthesis.reports.tests import factories

pytestmark = pytest.mark.django_db
RECRUITS = 250
JULY = date(2025, 7, 15)


def people(_scope):
    return (
        Row(f"Nguyễn Văn {each:03}", "called up", date(2025, 2, 13), "Kiến Thụy", f"/p/{each}")
        for each in range(RECRUITS)
    )


@pytest.fixture
def country(monkeypatch):
    """Code 52 before and after the reform, 31 with ground, and one slice that counts."""
    monkeypatch.setattr(
        "muster.foundation.units.queries.naming.baseline_day", lambda: date(2000, 1, 1)
    )
    with rls.scoped(role=rls.WIDE):
        units.unit("52", "Bình Định", until=units.REFORM)
        gia_lai = units.unit("52", "Gia Lai", since=units.REFORM)
        hai_phong = units.unit("31", "Hải Phòng", "thành phố")
        units.place(hai_phong)
    counts = {"2025H1": (2550, 2550), "2024H1": (2530, 2530)}

    def met(scope):
        found = counts.get(scope.period.code) if scope.unit_id == hai_phong.pk else None
        return Result.share(*found) if found else None

    counted = Indicator(
        "recruitment.quota_met", "Recruitment quota met", "percent", met, people, places=1,
        known=lambda: [(hai_phong.pk, parse("2025H1"))],
    )  # fmt: skip
    awards = figures.indicator("awards.certificates")
    known = {each.code: each for each in (counted, awards)}
    monkeypatch.setattr(figures, "catalogue", lambda: known)
    with rls.scoped(role=rls.WIDE):
        indicators.declare(
            code=awards.code, unit_id=gia_lai.pk, period=parse("2025H1"),
            numerator=Decimal(11), source="post560440",
        )  # fmt: skip
    return hai_phong, gia_lai


def run(*options):
    return CliRunner().invoke(report, ["half-year", *options])


def asked(unit="31", period="2025H1", *more):
    return run("--unit", unit, "--period", period, *more)


def test_the_review_is_read_on_the_day_that_is_asked(country):
    answer = json.loads(asked("52", "2025H1", "--as-of", "2025-07-15", "--format", "json").output)
    assert answer["unit"]["name"] == "tỉnh Gia Lai"
    assert [each["name"] for each in answer["others"]] == ["tỉnh Bình Định"]
    (row,) = answer["rows"]
    assert (row["code"], row["value"], row["basis"]) == ("awards.certificates", 11, "declared")
    assert len(answer["notes"]) == 1


def test_without_a_day_the_code_is_read_on_the_periods_last(country):
    answer = json.loads(asked("52", "2025H1", "--format", "json").output)
    assert (answer["unit"]["name"], answer["as_of"]) == ("tỉnh Bình Định", "2025-06-30")
    assert answer["rows"] == []


def test_the_table_stands_in_the_language_that_is_asked(country):
    assert "2.550/2.550" in asked().output
    assert "2,550/2,550" in asked("31", "2025H1", "--lang", "en").output


@pytest.mark.parametrize("form", ["pdf", "html", "json", "table"])
def test_a_file_is_written_where_it_is_asked(country, tmp_path, form):
    out = tmp_path / "below" / f"review.{form}"
    outcome = asked("31", "2025H1", "--format", form, "--out", str(out))
    assert outcome.output.strip() == str(out)
    assert out.read_bytes().startswith(b"%PDF") == (form == "pdf")
    assert [each.name for each in out.parent.iterdir()] == [out.name]


def test_a_file_that_cannot_be_written_is_refused_in_a_sentence(country, tmp_path):
    (tmp_path / "file").touch()
    outcome = asked("31", "2025H1", "--format", "pdf", "--out", str(tmp_path / "file" / "a.pdf"))
    assert "--out" in str(outcome.exception)


def test_an_unknown_unit_and_an_unknown_period_are_refused(country):
    assert isinstance(asked("99").exception, UnknownUnit)
    assert isinstance(asked("31", "H1/2025").exception, UnknownPeriod)


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_two_prints_of_a_review_are_the_same_bytes(country, language):
    with translation.override(language), rls.scoped(role=rls.WIDE):
        first, second = (papers.half_year_pdf(queries.half_year("31", "2025H1")) for _ in "ab")
    assert first == second
    assert b"CreationDate" not in first


def test_the_standalone_page_needs_nothing_from_elsewhere(country, tmp_path):
    out = tmp_path / "review.html"
    asked("31", "2025H1", "--format", "html", "--out", str(out))
    page = out.read_text(encoding="utf-8")
    assert "2.550/2.550" in page
    assert not re.search(r"(?:src|href)=|url\(|<script", page)


def test_the_paper_is_issued_by_the_unit_where_no_command_is_known(country):
    with rls.scoped(role=rls.WIDE):
        head = papers.head(queries.half_year("31", "2025H1"))
    assert (head.above, head.kind, head.name) == ("", "THÀNH PHỐ", "HẢI PHÒNG")


@pytest.fixture
def sign_in(client):
    def as_role(role="administrator", unit=None):
        with rls.scoped(role=rls.WIDE):
            client.force_login(units.user(role, unit))
        return client

    return as_role


def test_the_overview_offers_what_slices_and_documents_know(country, sign_in):
    page = sign_in().get("/reports/").content.decode()
    assert "/reports/31/2025H1/?on=2025-06-30" in page
    assert "/reports/52/2025H1/?on=2025-07-01" in page


def test_whoever_answers_for_one_province_is_offered_that_one(country, sign_in):
    page = sign_in("clerk", country[0]).get("/reports/").content.decode()
    assert "/reports/31/2025H1/" in page


def test_the_page_shows_every_figure_and_where_it_opens(country, sign_in):
    page = sign_in().get("/reports/31/2025H1/?on=2025-06-15").content.decode()
    assert "/reports/31/2025H1/recruitment.quota_met/?on=2025-06-15" in page
    assert "2.550/2.550" in page


def test_a_review_beyond_the_post_is_refused_and_not_shown_smaller(country, sign_in):
    with rls.scoped(role=rls.WIDE):
        other = units.unit("10", "Lào Cai")
    clerk = sign_in("clerk", other)
    for address in ("", "pdf/", "recruitment.quota_met/"):
        assert clerk.get(f"/reports/31/2025H1/{address}").status_code == 422


def test_the_cases_are_paged_and_light_enough_for_a_weak_line(country, sign_in):
    client = sign_in()
    address = "/reports/31/2025H1/recruitment.quota_met/"
    seen = []
    for page in (1, 2, 3):
        answer = client.get(
            f"{address}?on=2025-06-15&page={page}", headers={"accept-encoding": "gzip"}
        )
        assert len(answer.content) <= 30_000
        text = client.get(f"{address}?on=2025-06-15&page={page}").content.decode()
        seen += re.findall(r"Nguyễn Văn \d{3}", text)
        assert (f"page={page + 1}" in text) == (page < 3)
    assert seen == [f"Nguyễn Văn {each:03}" for each in range(RECRUITS)]


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99"])
def test_a_page_that_is_not_there_breaks_nothing(country, sign_in, page):
    address = f"/reports/31/2025H1/recruitment.quota_met/?page={page}"
    assert sign_in().get(address).status_code == 200


def test_the_cases_are_exported_whole(country, sign_in):
    answer = sign_in().get("/reports/31/2025H1/recruitment.quota_met/?form=csv")
    assert answer["Content-Disposition"].endswith('recruitment.quota_met-31-2025H1.csv"')
    assert len(answer.content.decode("utf-8-sig").splitlines()) == RECRUITS + 1


def test_the_page_prints_the_paper(country, sign_in):
    answer = sign_in().get("/reports/31/2025H1/pdf/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    "address",
    ["31/2025H3/", "99/2025H1/", "31/2025H1/awards.certificates/", "31/2025H1/?on=soon"],
)
def test_what_does_not_exist_is_refused_on_a_page(country, sign_in, address):
    assert sign_in().get(f"/reports/{address}").status_code == 422


def test_a_doctor_reads_no_reviews(country, sign_in):
    assert sign_in("doctor").get("/reports/").status_code == 403


def test_the_notes_follow_the_reader(country):
    review = factories.review()
    with translation.override("vi"):
        assert review.notes[0].startswith("Chưa xác nhận")
    with translation.override("en"):
        assert review.notes[0].startswith("Not confirmed")
