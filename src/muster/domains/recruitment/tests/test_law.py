"""Articles 13, 14 and 41 letter by letter, in their own words: who comes under it, who just does not,
and whose paper has lapsed; on a day under the districts, in the season of 2026, and after it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from muster.domains.recruitment import grounds, rules
from muster.domains.recruitment.tests import reference

DAYS = (date(2025, 6, 15), date(2026, 2, 15), date(2026, 8, 15))
UNREAD = (date(2026, 9, 1), date(2026, 11, 22))
MAN = {
    "person_id": 1, "birth_date": date(2005, 3, 9), "birth_precision": "day",
    "education_grade": 12, "family_id": 7,
}  # fmt: skip
ELDER = {"person_id": 2, "birth_date": date(2002, 3, 9)}


@dataclass(frozen=True)
class Letter:
    """A letter of the law: its words, a man under it, one who just is not, and what he then is.

    Numbers of days are read back from the day of the decision: `since` of the man under the
    letter and of the one beside it.
    """

    article: str
    words: str
    outcome: str
    under: dict[str, Any]
    beside: dict[str, Any]
    then: tuple[str, str] = ("callable", "")
    claim: str = ""
    since: tuple[int, int] = (30, 30)
    brother: dict[str, Any] = field(default_factory=dict)


def one(article, words, outcome, kind, **more):
    """A letter that rests on one circumstance; beside it stands a man in whom it has ended."""
    beside = more.pop("beside", {kind: False})
    return Letter(article, words, outcome, {kind: True}, beside, claim=kind, **more)


def of_a_family(article, words, outcome, kind):
    """A letter for one of a family; beside the man stands the younger brother of one who has it."""
    return one(article, words, outcome, kind, beside={kind: True}, brother={kind: True})


STUDIES = {"study_level": "university", "study_mode": "full_time", "study_course_no": 1}
COLLEGE = STUDIES | {"study_level": "college"}
SPECIAL = "Cán bộ, công chức, viên chức, thanh niên xung phong được điều động đến công tác, làm việc ở vùng có điều kiện kinh tế - xã hội đặc biệt khó khăn"

LETTERS = (
    one("13.1.a", "Đang bị truy cứu trách nhiệm hình sự", "excluded", "prosecuted"),
    one("13.1.a", "đang chấp hành hình phạt tù, cải tạo không giam giữ, quản chế", "excluded", "serving_sentence"),
    one("13.1.a", "đã chấp hành xong hình phạt tù nhưng chưa được xóa án tích", "excluded", "record_not_expunged"),
    one("13.1.b", "Đang bị áp dụng biện pháp giáo dục tại xã", "excluded", "commune_education"),
    one("13.1.b", "đưa vào trường giáo dưỡng, cơ sở giáo dục bắt buộc", "excluded", "compulsory_education"),
    one("13.1.b", "cơ sở cai nghiện bắt buộc", "excluded", "compulsory_rehabilitation"),
    one("13.1.c", "Bị tước quyền phục vụ trong lực lượng vũ trang nhân dân", "excluded", "rights_deprived"),
    one("14", "Người khuyết tật", "relieved", "disabled"),
    one("14", "bệnh tâm thần", "relieved", "mental_illness"),
    one("14", "bệnh hiểm nghèo hoặc bệnh mãn tính", "relieved", "chronic_illness"),
    one("41.1.b", "Là lao động duy nhất phải trực tiếp nuôi dưỡng thân nhân không còn khả năng lao động", "deferred", "sole_worker"),
    one("41.1.b", "trong gia đình bị thiệt hại nặng về người và tài sản", "deferred", "family_damaged"),
    of_a_family("41.1.c", "Một con của bệnh binh, người nhiễm chất độc da cam suy giảm khả năng lao động từ 61% đến 80%", "deferred", "child_sick_soldier_61_80"),
    one("41.1.d", "Có anh, chị hoặc em ruột là hạ sĩ quan, binh sĩ đang phục vụ tại ngũ", "deferred", "sibling_serving"),
    one("41.1.đ", "Người thuộc diện di dân, giãn dân trong 03 năm đầu", "deferred", "resettled",
        beside={"resettled": True}, since=(3 * 365 - 1, 3 * 365)),
    one("41.1.e", SPECIAL, "deferred", "special_area_posting", beside={"special_area_posting": True},
        since=(2 * 365 - 1, 2 * 365), then=("exempt", "41.2.đ")),
    Letter("41.1.g", "Đang học tại cơ sở giáo dục phổ thông", "deferred", {"study_level": "general"}, {"study_level": ""}),
    Letter("41.1.g", "trình độ đại học hệ chính quy", "deferred", STUDIES, STUDIES | {"study_mode": "part_time"}),
    Letter("41.1.g", "trình độ cao đẳng hệ chính quy", "deferred", COLLEGE, COLLEGE | {"study_level": "vocational"}),
    Letter("41.1.g", "trong thời gian một khóa đào tạo của một trình độ đào tạo", "deferred", STUDIES, STUDIES | {"study_course_no": 2}),
    Letter("41.1.g", "của một trình độ đào tạo", "deferred", STUDIES, STUDIES | {"has_degree": True}),
    one("41.1.h", "Dân quân thường trực", "deferred", "permanent_militia", beside={"permanent_militia": True},
        since=(2 * 365 - 1, 2 * 365), then=("served", "4.4")),
    one("41.2.a", "Con của liệt sĩ", "exempt", "child_martyr"),
    one("41.2.a", "con của thương binh hạng một", "exempt", "child_invalid_1"),
    of_a_family("41.2.b", "Một anh hoặc một em trai của liệt sĩ", "exempt", "brother_martyr"),
    of_a_family("41.2.c", "Một con của thương binh hạng hai", "exempt", "child_invalid_2"),
    of_a_family("41.2.c", "một con của bệnh binh suy giảm khả năng lao động từ 81% trở lên", "exempt", "child_sick_soldier_81"),
    one("41.2.d", "Người làm công tác cơ yếu không phải là quân nhân, Công an nhân dân", "exempt", "cipher_staff",
        beside={"cipher_staff": True, "active_service": True}, then=("served", "21")),
    one("41.2.đ", f"{SPECIAL} từ 24 tháng trở lên", "exempt", "special_area_posting",
        beside={"special_area_posting": True}, since=(2 * 365, 2 * 365 - 1), then=("deferred", "41.1.e")),
)  # fmt: skip
EACH = pytest.mark.parametrize(
    "letter", LETTERS, ids=lambda letter: f"{letter.article} {letter.words}"
)
ON_EACH_DAY = pytest.mark.parametrize("on", DAYS, ids=str)


def facts(letter, on, beside):
    """The man's facts on a day, under the letter or just beside it."""
    changes = letter.beside if beside else letter.under
    man = MAN | changes
    if letter.claim:
        man[f"{letter.claim}_since"] = days_before(on, letter.since[beside])
    return man


def days_before(on, days):
    """So many days back, whole years as the calendar has them."""
    years, rest = divmod(days, 365)
    if rest > 300:  # a day short of whole years
        return on.replace(year=on.year - years - 1) + timedelta(days=365 - rest)
    return on.replace(year=on.year - years) - timedelta(days=rest)


def judged(*men, on):
    """What the columns say of the first of these men."""
    names = {name for man in men for name in man}
    rows = [{name: man.get(name) for name in sorted(names)} for man in men]
    frame = nw.from_native(pl.DataFrame(rows, infer_schema_length=None), eager_only=True)
    found = grounds.review(frame, rules.terms(on)).filter(nw.col("person_id") == 1)
    return found["outcome"][0], found["article"][0]


@ON_EACH_DAY
@EACH
def test_a_man_under_the_letter(letter, on):
    man = facts(letter, on, beside=False)
    assert judged(man, on=on) == (letter.outcome, letter.article)
    told = grounds.explain(man, rules.terms(on))
    assert (told.outcome, told.article) == (letter.outcome, letter.article)
    assert told.confirmed


@ON_EACH_DAY
@EACH
def test_a_man_just_beside_the_letter(letter, on):
    man = facts(letter, on, beside=True)
    family = [MAN | ELDER | letter.brother] if letter.brother else []
    assert judged(man, *family, on=on) == letter.then
    told = grounds.explain(man, rules.terms(on), family=family)
    assert (told.outcome, told.article) == letter.then


@ON_EACH_DAY
@EACH
def test_a_man_whose_paper_has_lapsed(letter, on):
    if not letter.claim:  # a course that has ended is no course in the register any more
        assert judged(MAN | {"study_level": ""}, on=on) == ("callable", "")
        return
    man = facts(letter, on, beside=False) | {f"{letter.claim}_documented": False}
    assert judged(man, on=on) == ("callable", "")
    told = grounds.explain(man, rules.terms(on))
    needed = [each for each in grounds.GROUNDS if each.claim == letter.claim]
    assert set(told.missing) & {each.evidence for each in needed}
    assert any(letter.article in each for each in told.would_change)


@pytest.mark.parametrize("on", UNREAD, ids=str)
@pytest.mark.parametrize("beside", [False, True], ids=["under", "beside"])
@EACH
def test_since_september_2026_every_outcome_says_unconfirmed_and_why(letter, beside, on):
    told = grounds.explain(facts(letter, on, beside), rules.terms(on))
    assert not told.confirmed
    why = "unconfirmed: Law 14/2026/QH16 applies since 1 September 2026; its text has not been read"
    assert why in told.reasons


def test_letter_a_of_the_deferral_rests_on_the_examination_alone():
    """Art. 41.1.a: not fit by the conclusion of the council; classes 1 to 3 are fit."""
    for on in DAYS:
        assert rules.LAW.value("fit_classes", on) == (1, 2, 3)
    assert not any(ground.article == "41.1.a" for ground in grounds.GROUNDS)


def test_no_letter_is_left_out():
    told = {letter.article for letter in LETTERS} | {"41.1.a"}
    assert told >= {f"41.1.{letter}" for letter in "abcdđegh"} | {
        f"41.2.{each}" for each in "abcdđ"
    }
    assert told >= {"13.1.a", "13.1.b", "13.1.c", "14"}
    assert {g.article for g in grounds.GROUNDS} <= told
    assert {g.claim for g in grounds.GROUNDS if g.claim} == {
        each.claim for each in LETTERS if each.claim
    }


# ---- the end of 25, by the day ---------------------------------------------------------------

HAND_OVERS = (date(2025, 2, 13), date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6))


@pytest.mark.parametrize("student", [False, True], ids=["to the end of 25", "to the end of 27"])
@pytest.mark.parametrize("hand_over", HAND_OVERS, ids=str)
def test_by_the_day_within_by_the_month_past_is_disputed_and_not_decided(hand_over, student):
    last = hand_over.replace(year=hand_over.year - (28 if student else 26))
    month_after = (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    for day in range(-3, 40):
        born = last + timedelta(days=day)
        expected = (
            "out_of_age" if born <= last else "disputed" if born < month_after else "callable"
        )
        man = MAN | {"birth_date": born, "deferred_for_study": student}
        told = grounds.explain(man, rules.terms(hand_over, hand_over))
        assert told.outcome == expected, born
        if expected == "disputed":
            assert told.would_change == ("decision on how the end of the age is read",)
        found = reference.age(born, "day", hand_over, student)
        assert {"out": "out_of_age", "in": "callable"}.get(found, found) == expected


@pytest.mark.parametrize("hand_over", HAND_OVERS, ids=str)
def test_full_18_is_read_by_the_day(hand_over):
    full = hand_over.replace(year=hand_over.year - 18)
    for born, expected in ((full, "callable"), (full + timedelta(days=1), "out_of_age")):
        told = grounds.explain(MAN | {"birth_date": born}, rules.terms(hand_over, hand_over))
        assert told.outcome == expected
