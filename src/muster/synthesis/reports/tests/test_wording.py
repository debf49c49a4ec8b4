"""A figure reads the same in a sentence, a table and JSON, in three languages."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from muster.foundation.units.queries import Named
from muster.kernel.periods import parse
from muster.synthesis.reports import queries
from muster.synthesis.reports.tests import factories


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "vi",
            (
                "Recruits replaced: 4/2.550, tỷ lệ 0,16%, giảm 0,12 điểm phần trăm so với"
                " 6 tháng đầu năm 2024 (7/2.530, tỷ lệ 0,28%)."
            ),
        ),
        (
            "en",
            (
                "Recruits replaced: 4/2,550, that is 0.16%, down by 0.12 points against"
                " the first six months of 2024 (7/2,530, that is 0.28%)."
            ),
        ),
        (
            "fr",
            (
                "Recruits replaced : 4 sur 2 550, soit 0,16 %, en baisse de 0,12 point"
                " (premier semestre 2024 : 7 sur 2 530, soit 0,28 %)."
            ),
        ),
    ],
)
def test_a_share_is_told_with_its_parts_and_its_change(language, sentence):
    with translation.override(language):
        told = queries.sentence(factories.replaced())
    assert told.replace("\u202f", " ").replace("\u00a0", " ") == sentence


def test_the_half_year_is_told_against_the_whole_year_before():
    with translation.override("en"):
        told = queries.sentence(factories.punished())
    assert told == (
        "Violations punished: 21/21, that is 100%, up by 87.9 points against"
        " the year 2024 (23/190, that is 12.1%)."
    )


def test_a_count_without_a_time_before_is_told_alone():
    with translation.override("en"):
        assert queries.sentence(factories.awards()) == "Certificates of merit: 11."


def test_what_did_not_change_is_said_so():
    same = factories.figure(factories.REPLACED, (1, 10), (1, 10))
    with translation.override("en"):
        assert ", unchanged against" in queries.sentence(same)


def test_a_count_moves_by_numbers_and_not_by_points():
    more = factories.figure(factories.AWARDS, (11,), (8,))
    with translation.override("en"):
        assert "11, up by 3 against" in queries.sentence(more)


def test_a_row_of_json_carries_the_names_that_others_rely_on():
    row = queries.as_row(factories.replaced(scaled=True))
    wanted = {
        "code": "recruitment.replaced", "label": "Recruits replaced", "numerator": 4,
        "denominator": 2550, "value": 0.16, "previous": 0.28, "change": -0.12,
        "basis": "derived", "source": "", "scaled": True,
    }  # fmt: skip
    assert wanted.items() <= row.items()
    assert row["assumptions"] == [factories.ASSUMED]


def test_a_declared_row_names_its_document_and_has_no_change():
    row = queries.as_row(factories.awards())
    assert (row["value"], row["denominator"], row["change"]) == (11, None, None)
    assert (row["basis"], row["source"]) == ("declared", "post560440")


def test_the_cells_of_a_row_are_written_in_the_readers_language():
    with translation.override("vi"):
        shown = queries.cells(factories.replaced())
    assert (shown.count, shown.value, shown.before, shown.change) == (
        "4/2.550", "0,16%", "0,28% (7/2.530)", "−0,12",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("2025H1", "6 tháng đầu năm 2025"), ("2025H2", "6 tháng cuối năm 2025"),
        ("2025", "năm 2025"), ("2025Q1", "quý I năm 2025"),
    ],
)  # fmt: skip
def test_a_period_is_called_as_reports_call_it(code, name):
    with translation.override("vi"):
        assert queries.period_name(parse(code)) == name


def test_half_a_year_is_reviewed_and_a_year_is_closed():
    with translation.override("vi"):
        half = factories.review()
        assert half.title == (
            "Sơ kết công tác quân sự, quốc phòng địa phương 6 tháng đầu năm 2025"
            " – thành phố Hải Phòng"
        )
        assert replace(half, period=parse("2025")).subject.startswith("Tổng kết")


def test_an_assumption_is_named_with_the_figures_that_rest_on_it():
    with translation.override("en"):
        (note,) = factories.review().notes
    assert note == f"Not confirmed: Recruits replaced ({factories.ASSUMED})."


def test_a_scaled_review_says_so():
    with translation.override("en"):
        notes = factories.review(factories.punished(scaled=True)).notes
    assert notes == ("Scaled: played on a part of the people, quotas in proportion.",)


def test_a_code_that_meant_another_unit_is_answered_with_both():
    old = Named(
        2, "government", "province", "52", "Bình Định", "tỉnh", date(2023, 1, 1), date(2025, 7, 1)
    )
    new = Named(3, "government", "province", "52", "Gia Lai", "tỉnh", date(2025, 7, 1), None)
    july, june = date(2025, 7, 15), date(2025, 6, 15)
    with translation.override("en"):
        (since,) = factories.review(factories.awards(), unit=new, others=(old,), as_of=july).notes
        (until,) = factories.review(factories.awards(), unit=old, others=(new,), as_of=june).notes
    assert since == (
        "Code 52 meant tỉnh Bình Định until 30 Jun 2025; here it is read on 15 Jul 2025"
        " and means tỉnh Gia Lai."
    )
    assert until == (
        "Code 52 means tỉnh Gia Lai since 1 Jul 2025; here it is read on 15 Jun 2025"
        " and means tỉnh Bình Định."
    )


def test_a_card_says_whether_a_change_is_for_the_better():
    better = {
        each.indicator.code: queries.as_card(factories.review(), each).better
        for each in factories.review().figures
    }
    assert better == {
        "recruitment.replaced": True, "violations.punished": True, "awards.certificates": None,
    }  # fmt: skip


def test_a_derived_figure_opens_to_its_cases_and_a_declared_one_does_not():
    review = factories.review()
    assert queries.rows_url(review, review.figures[0]) == (
        "/reports/31/2025H1/recruitment.replaced/?on=2025-06-15"
    )
    assert queries.rows_url(review, review.figures[2]) == ""
