"""Each letter of articles 13, 14, 30 and 41: who comes under it, who just does not."""

from datetime import date, timedelta
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from muster.domains.recruitment import grounds, rules
from muster.domains.recruitment.tests import reference
from muster.foundation.register.rules import CIRCUMSTANCES

JUNE, FEBRUARY, AUGUST = date(2025, 6, 15), date(2026, 2, 10), date(2026, 8, 20)
DAYS = (JUNE, FEBRUARY, AUGUST)
ABLE = {"birth_date": date(2004, 5, 5), "birth_precision": "day", "education_grade": 12}
#: What each article orders, the longer number first.
ORDERED = (
    ("13", "excluded"),
    ("14", "relieved"),
    ("41.1", "deferred"),
    ("41.2", "exempt"),
    ("", "served"),
)
STUDENT = {"study_level": "university", "study_mode": "full_time", "study_course_no": 1}


def years_before(day, years, days=0):
    return day.replace(year=day.year - years) + timedelta(days=days)


def judged(*rows, on=JUNE, hand_over=None):
    columns = {name: [row.get(name) for row in rows] for row in rows for name in row}
    columns["person_id"] = list(range(1, len(rows) + 1))
    frame = nw.from_native(pl.DataFrame(columns, strict=False), eager_only=True)
    found = grounds.review(frame, rules.terms(on, hand_over))
    return list(zip(found["outcome"].to_list(), found["article"].to_list(), strict=True))


def decided(on=JUNE, hand_over=None, **facts):
    return judged(ABLE | facts, on=on, hand_over=hand_over)[0]


# ---- the letters -----------------------------------------------------------------------


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("kind", CIRCUMSTANCES)
def test_each_circumstance_has_the_article_that_the_register_names(kind, on):
    if CIRCUMSTANCES[kind] == "41.3":
        return
    since = {f"{kind}_since": on - timedelta(days=30)}
    outcome, article = decided(on=on, **{kind: True}, **since)
    assert article == CIRCUMSTANCES[kind]
    assert outcome == next(word for begins, word in ORDERED if article.startswith(begins))


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("kind", grounds.KINDS)
def test_without_its_paper_a_ground_does_not_hold_and_the_paper_is_named(kind, on):
    claim = ABLE | {
        kind: True,
        f"{kind}_since": on - timedelta(days=30),
        f"{kind}_documented": False,
    }
    assert judged(claim, on=on)[0][0] == "callable"
    verdict = grounds.explain(claim, rules.terms(on))
    assert verdict.outcome == "callable"
    assert verdict.missing
    assert verdict.would_change


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize(
    ("change", "deferred"),
    [
        ({}, True),
        ({"study_level": "college"}, True),
        ({"study_level": "general", "study_mode": None, "study_course_no": None}, True),
        ({"study_mode": "part_time"}, False),
        ({"study_level": "vocational"}, False),
        ({"study_level": "postgraduate"}, False),
        ({"study_course_no": 2}, False),
        ({"has_degree": True}, False),
        ({"study_level": None}, False),  # the course has ended
    ],
)
def test_letter_g_general_school_or_one_full_time_course_of_one_level(on, change, deferred):
    expected = ("deferred", "41.1.g") if deferred else ("callable", "")
    assert decided(on=on, **(STUDENT | change)) == expected


@pytest.mark.parametrize("on", DAYS)
def test_letter_dd_the_resettled_for_three_years(on):
    until = years_before(on, 3)
    assert decided(on=on, resettled=True, resettled_since=until + timedelta(days=1))[1] == "41.1.đ"
    assert decided(on=on, resettled=True, resettled_since=until) == ("callable", "")
    assert decided(on=on, resettled=False) == ("callable", "")


@pytest.mark.parametrize("on", DAYS)
def test_letter_e_becomes_an_exemption_after_24_months(on):
    full = years_before(on, 2)
    posted = {"special_area_posting": True}
    assert decided(on=on, **posted, special_area_posting_since=full) == ("exempt", "41.2.đ")
    before = full + timedelta(days=1)
    assert decided(on=on, **posted, special_area_posting_since=before) == ("deferred", "41.1.e")


@pytest.mark.parametrize("on", DAYS)
def test_letter_h_24_months_of_permanent_militia_count_as_service(on):
    full = years_before(on, 2)
    begun = full + timedelta(days=1)
    assert decided(on=on, permanent_militia=True, permanent_militia_since=begun)[1] == "41.1.h"
    done = decided(on=on, permanent_militia=True, permanent_militia_since=full)
    assert done == ("served", "4.4")


def test_letter_h_did_not_defer_before_july_2020():
    then = {"birth_date": date(2000, 1, 1), "permanent_militia": True}
    since = {"permanent_militia_since": date(2020, 1, 1)}
    assert decided(on=date(2020, 6, 30), **then, **since) == ("callable", "")
    assert decided(on=date(2020, 7, 1), **then, **since) == ("deferred", "41.1.h")


# ---- volunteers, families, several grounds -------------------------------------------------


def test_a_volunteer_waives_deferral_and_exemption_but_no_bar():
    assert decided(volunteer=True, **STUDENT) == ("callable", "")
    assert decided(volunteer=True, child_martyr=True) == ("callable", "")
    assert decided(volunteer=True, prosecuted=True) == ("excluded", "13.1.a")
    assert decided(volunteer=True, disabled=True) == ("relieved", "14")


def test_a_bar_goes_before_an_exemption_and_an_exemption_before_a_deferral():
    assert decided(**STUDENT, child_martyr=True, disabled=True)[1] == "14"
    assert decided(**STUDENT, child_martyr=True)[1] == "41.2.a"


@pytest.mark.parametrize(
    "kind",
    ["child_sick_soldier_61_80", "brother_martyr", "child_invalid_2", "child_sick_soldier_81"],
)
def test_one_of_a_family_has_the_ground_the_eldest_who_claims_it(kind):
    younger = ABLE | {kind: True, "family_id": 7, "birth_date": date(2005, 1, 1)}
    elder = ABLE | {kind: True, "family_id": 7, "birth_date": date(2003, 1, 1)}
    stranger = ABLE | {kind: True, "family_id": 8}
    alone = ABLE | {kind: True, "family_id": None}
    found = judged(younger, elder, stranger, alone, alone)
    assert [article != "" for _, article in found] == [False, True, True, True, True]
    verdict = grounds.explain(younger, rules.terms(JUNE), family=[elder])
    assert verdict.outcome == "callable"
    assert any(reason.startswith("another of the family") for reason in verdict.reasons)


def test_twins_yield_by_the_order_of_entry_whatever_the_order_of_the_rows():
    twin = ABLE | {"child_invalid_2": True, "family_id": 7}
    assert judged(twin, twin)[0][0] == "exempt"
    frame = pl.DataFrame([twin | {"person_id": n} for n in (9, 3, 5)])
    found = grounds.review(nw.from_native(frame, eager_only=True), rules.terms(JUNE))
    assert dict(zip(found["person_id"], found["outcome"], strict=True))[3] == "exempt"


@pytest.mark.parametrize(
    "change",
    [{"volunteer": True}, {"birth_date": date(1995, 1, 1)}, {"child_invalid_2_documented": False}],
)
def test_an_elder_brother_without_need_of_the_ground_leaves_it_to_the_younger(change):
    younger = ABLE | {
        "child_invalid_2": True,
        "family_id": 7,
        "volunteer": False,
        "child_invalid_2_documented": True,
    }
    elder = younger | {"birth_date": date(2002, 1, 1)} | change
    assert judged(younger, elder)[0] == ("exempt", "41.2.c")


def test_all_children_of_a_martyr_are_exempt():
    child = ABLE | {"child_martyr": True, "family_id": 7}
    assert {outcome for outcome, _ in judged(child, child)} == {"exempt"}


def test_who_serves_or_has_served_is_not_called_again():
    for kind in ("served", "active_service", "police_service"):
        assert decided(**{kind: True})[0] == "served"


# ---- schooling -------------------------------------------------------------------------


def test_schooling_below_grade_8_is_below_the_standard_and_no_ground():
    assert decided(education_grade=7) == ("below_standard", "31")
    assert decided(education_grade=8) == ("callable", "")
    assert decided(education_grade=None) == ("disputed", "31")


# ---- age -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "outcome"),
    [
        (date(2007, 2, 13), "callable"),  # full 18 on the day
        (date(2007, 2, 14), "out_of_age"),
        (date(1999, 3, 1), "callable"),  # born ≥ March 1999
        (date(1999, 2, 28), "disputed"),
        (date(1999, 2, 14), "disputed"),
        (date(1999, 2, 13), "out_of_age"),  # 26 on the day
    ],
)
def test_the_end_of_25_at_the_hand_over_of_13_february_2025(born, outcome):
    found = decided(on=date(2024, 8, 20), hand_over=date(2025, 2, 13), birth_date=born)
    assert found[0] == outcome


@pytest.mark.parametrize(
    ("born", "outcome"),
    [
        (date(2008, 3, 4), "callable"),
        (date(2008, 3, 5), "out_of_age"),
        (date(2000, 4, 1), "callable"),
        (date(2000, 3, 31), "disputed"),
        (date(2000, 3, 5), "disputed"),
        (date(2000, 3, 4), "out_of_age"),
    ],
)
def test_the_end_of_25_at_the_hand_over_of_4_march_2026(born, outcome):
    found = decided(on=date(2025, 8, 20), hand_over=date(2026, 3, 4), birth_date=born)
    assert found[0] == outcome


def test_27_only_if_deferred_for_college_or_university():
    born = {"birth_date": date(1999, 6, 1)}
    hand_over = date(2026, 3, 4)
    assert decided(hand_over=hand_over, **born)[0] == "out_of_age"
    assert decided(hand_over=hand_over, deferred_for_study=True, **born)[0] == "callable"


def test_a_birth_known_by_its_year_is_disputed_where_the_year_straddles_a_boundary():
    year = {"birth_precision": "year", "birth_date": date(2000, 1, 1)}
    hand_over = date(2026, 3, 4)
    assert decided(hand_over=hand_over, **year) == ("disputed", "30")
    verdict = grounds.explain(ABLE | year, rules.terms(JUNE, hand_over))
    assert verdict.missing == ("day and month of birth",)
    assert verdict.would_change == ("birth certificate with the full date",)
    clear = year | {"birth_date": date(2003, 1, 1)}
    assert decided(hand_over=hand_over, **clear)[0] == "callable"
    past = year | {"birth_date": date(1998, 1, 1)}
    assert decided(hand_over=hand_over, **past)[0] == "out_of_age"


def test_an_unknown_birth_date_is_disputed():
    assert decided(birth_date=None) == ("disputed", "30")


# ---- the columns against plain Python ------------------------------------------------------

hand_overs = st.one_of(
    st.dates(date(2024, 1, 1), date(2029, 12, 31)),
    st.sampled_from([date(2024, 2, 29), date(2026, 2, 28), date(2028, 2, 29), date(2025, 12, 31)]),
)


def around(hand_over):
    """Every birth date within six weeks of a boundary."""
    for age in (18, 26, 28):
        boundary = hand_over.replace(year=hand_over.year - age, day=min(hand_over.day, 28))
        yield from (boundary + timedelta(days=n) for n in range(-42, 43))


@given(hand_over=hand_overs, student=st.booleans())
@settings(max_examples=60, deadline=None)
def test_columns_and_plain_python_agree_on_every_boundary_birth_date(hand_over, student):
    births = list(around(hand_over))
    rows = [ABLE | {"birth_date": born, "deferred_for_study": student} for born in births]
    found = judged(*rows, on=hand_over, hand_over=hand_over)
    expected = [reference.outcome(row, hand_over, hand_over) for row in rows]
    assert found == expected


@given(hand_over=hand_overs, student=st.booleans())
@settings(max_examples=15, deadline=None)
def test_columns_and_plain_python_agree_on_every_year_of_birth(hand_over, student):
    rows = [
        ABLE
        | {"birth_date": date(year, 1, 1), "birth_precision": "year", "deferred_for_study": student}
        for year in range(hand_over.year - 30, hand_over.year - 16)
    ]
    found = judged(*rows, on=hand_over, hand_over=hand_over)
    assert found == [reference.outcome(row, hand_over, hand_over) for row in rows]


circumstances = st.sampled_from([*reference.BARRED, *reference.EXEMPT, *reference.DEFERRED])
men = st.fixed_dictionaries(
    {
        "birth_date": st.dates(date(1995, 1, 1), date(2010, 12, 31)),
        "volunteer": st.booleans(),
        "deferred_for_study": st.booleans(),
        "has_degree": st.booleans(),
        "study_level": st.sampled_from([None, "general", "vocational", "college", "university"]),
        "study_mode": st.sampled_from(["full_time", "part_time"]),
        "study_course_no": st.integers(1, 2),
    }
)


@given(rows=st.lists(st.tuples(men, circumstances | st.none()), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_one_citizen_and_a_thousand_are_decided_alike_and_as_in_plain_python(rows):
    on, hand_over = FEBRUARY, date(2026, 3, 4)
    facts = [ABLE | man | ({kind: True} if kind else {}) for man, kind in rows]
    everyone = {name for row in facts for name in row} | {"person_id"}
    flags = everyone - set(ABLE) - set(facts[0])
    found = judged(
        *(dict.fromkeys(flags, False) | row for row in facts), on=on, hand_over=hand_over
    )
    assert found == [reference.outcome(row, on, hand_over) for row in facts]
    verdict = grounds.explain(facts[0], rules.terms(on, hand_over))
    assert (verdict.outcome, verdict.article) == found[0]


# ---- explaining ------------------------------------------------------------------------


@pytest.mark.parametrize("facts", [{}, STUDENT, {"disabled": True}, {"birth_date": None}])
def test_from_1_september_2026_every_explanation_says_unconfirmed_and_why(facts):
    before = grounds.explain(ABLE | facts, rules.terms(date(2026, 8, 31)))
    since = grounds.explain(ABLE | facts, rules.terms(date(2026, 9, 1)))
    assert before.confirmed
    assert not since.confirmed
    assert any("Law 14/2026/QH16" in reason for reason in since.reasons)


def test_the_explanation_cites_the_article_the_facts_and_what_would_change_it():
    verdict = grounds.explain(ABLE | STUDENT, rules.terms(JUNE))
    assert (verdict.outcome, verdict.article) == ("deferred", "41.1.g")
    assert verdict.reasons[0] == "attends the one full-time course of college or university"
    assert "must be proved again: every intake" in verdict.would_change
    assert verdict.is_firm


def test_a_readings_dispute_says_who_must_decide():
    verdict = grounds.explain(
        ABLE | {"birth_date": date(1999, 2, 20)}, rules.terms(JUNE, date(2025, 2, 13))
    )
    assert verdict.outcome == "disputed"
    assert verdict.would_change == ("decision on how the end of the age is read",)


def test_every_ground_of_every_dated_list_is_known_and_every_known_one_is_dated():
    known = {ground.code for ground in grounds.GROUNDS}
    dated = {code for value in rules.LAW.all() if value.name == "grounds" for code in value.value}
    assert dated == known
    assert set(grounds.KINDS) <= set(CIRCUMSTANCES)


def test_the_reference_names_every_column_and_every_ground():
    page = (Path(__file__).parents[5] / "docs" / "reference" / "grounds.md").read_text()
    assert all(f"| `{column}` |" in page for column in grounds.FACTS)
    assert all(f"| {g.article} | `{g.code}` | {g.because} |" in page for g in grounds.GROUNDS)


def test_every_sentence_of_an_explanation_is_known_in_vietnamese_and_french():
    told = {text for g in (*grounds.GROUNDS, *grounds.SERVED) for text in (g.because, g.evidence)}
    told |= {value.note for value in rules.LAW.all()} | {g.re_proved for g in grounds.GROUNDS}
    for language in ("vi", "fr"):
        path = Path(__file__).parents[1] / "locale" / language / "LC_MESSAGES" / "django.po"
        page = path.read_text()
        assert [text for text in told if text and f'msgid "{text}"' not in page] == []
