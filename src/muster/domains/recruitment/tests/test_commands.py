"""`muster decisions …`: explaining, evaluating, classifying, and what each refuses."""

import csv
import json
from datetime import date
from io import StringIO

import pytest
from click.testing import CliRunner

from muster.domains.recruitment import forms, grounds, rules
from muster.domains.recruitment.commands import UnknownPerson, commands
from muster.domains.recruitment.models import Case
from muster.domains.recruitment.tests.playing import draw_and_review
from muster.foundation.register import actions as register
from muster.foundation.register.models import Circumstance
from muster.kernel.errors import Refused


def run(*words):
    result = CliRunner().invoke(commands, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


def rows(text):
    return list(csv.DictReader(StringIO(text)))


@pytest.fixture
def file(tmp_path):
    def write(*lines, name="men.csv"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def test_under_article_14_no_answer_names_the_illness(season_2026, file):
    season = season_2026
    draw_and_review(season)
    ill = Circumstance.objects.values("person")
    callable_men = Case.objects.filter(state="callable").exclude(person__in=ill)
    for case, document in zip(callable_men, ("No. 12", ""), strict=False):
        register.begin_spell(
            person=case.person, spell=Circumstance, kind="mental_illness",
            valid_from=date(2025, 1, 1), on=date(2025, 2, 1), document=document,
        )  # fmt: skip
        words = ("explain", "--person", case.person.uid, "--on", "2025-08-30")
        words += ("--hand-over", "2026-03-04", "--lang", "en")
        for form in ("text", "json"):
            told = run(*words, "--format", form).lower()
            assert "conclusion on health under article 14" in told
            assert "mental" not in told
            assert "medical institution" not in told
    path = file(
        "person,birth_date,education_grade,disabled,disabled_documented",
        "A,2004-05-05,12,yes,no",
    )
    (row,) = rows(run("evaluate", "--file", path, "--on", "2025-06-15"))
    assert row["missing"] == "article_14_documented"


# ---- evaluate --------------------------------------------------------------------------


def test_a_case_can_be_tried_from_a_file_without_a_register(file):
    path = file(
        "person,birth_date,education_grade,study_level,study_mode,study_course_no,disabled",
        "A,2004-05-05,12,university,full_time,1,",
        "B,2004-05-05,12,,,,yes",
        "C,2004-05-05,12,,,,",
        "D,,12,,,,",
    )
    found = rows(run("evaluate", "--file", path, "--on", "2025-06-15"))
    assert [(row["person"], row["outcome"], row["article"]) for row in found] == [
        ("A", "deferred", "41.1.g"),
        ("B", "relieved", "14"),
        ("C", "callable", ""),
        ("D", "disputed", "30"),
    ]
    assert (found[3]["missing"], found[0]["confirmed"]) == ("birth_date", "true")


def test_from_september_2026_an_evaluation_is_unconfirmed(file):
    path = file("birth_date,education_grade", "2004-05-05,12")
    (row,) = rows(run("evaluate", "--file", path, "--on", "2026-09-01"))
    assert row["confirmed"] == "false"


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["birth_date,shoe_size", "2004-05-05,42"], "shoe_size"),
        (["birth_date", "05/05/2004"], "row 1: “05/05/2004” is no birth_date"),
        (["birth_date,disabled", "2004-05-05,perhaps"], "row 1: “perhaps” is no disabled"),
    ],
)
def test_a_faulty_file_is_refused_with_its_row(file, lines, sentence):
    with pytest.raises(forms.FaultyFile, match=sentence):
        run("evaluate", "--file", file(*lines), "--on", "2025-06-15")


def test_a_file_that_is_not_there_or_not_text_is_refused(tmp_path):
    with pytest.raises(forms.FaultyFile, match="cannot be read"):
        run("evaluate", "--file", tmp_path / "none.csv", "--on", "2025-06-15")
    (tmp_path / "zip.csv").write_bytes(b"PK\x03\x04\xff\xfe")
    with pytest.raises(forms.FaultyFile, match="cannot be read"):
        run("evaluate", "--file", tmp_path / "zip.csv", "--on", "2025-06-15")


def test_either_a_unit_or_a_file_is_needed(file):
    with pytest.raises(Refused, match="either"):
        run("evaluate", "--on", "2025-06-15")


@pytest.mark.django_db
def test_a_unit_is_evaluated_from_the_register(season_2026):
    found = rows(run("evaluate", "--unit", "31", "--on", "2025-08-30", "--hand-over", "2026-03-04"))
    draw_and_review(season_2026)
    decided = {
        str(case.person.uid): case.line.outcome
        for case in Case.objects.filter(line__isnull=False).select_related("person", "line")
    }
    judged = {row["person"]: row["outcome"] for row in found}
    assert {person: judged[person] for person in decided} == decided


# ---- explain ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_one_citizen_is_explained_in_three_languages(season_2026):
    draw_and_review(season_2026)
    student = Case.objects.filter(line__ground="study").first().person
    words = ("explain", "--person", student.uid, "--on", "2025-08-30")
    assert "article 41(1)(g)" in run(*words, "--lang", "en")
    assert "phải chứng minh lại: mỗi đợt tuyển quân" in run(*words)
    told = json.loads(run(*words, "--lang", "fr", "--format", "json"))
    assert told["outcome"] == "deferred"
    assert "à prouver de nouveau: à chaque contingent" in told["would_change"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["nobody", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_person_is_refused_in_a_sentence(city, name):
    with pytest.raises(UnknownPerson, match="stands on no roll"):
        run("explain", "--person", name, "--on", "2025-08-30")


# ---- classify --------------------------------------------------------------------------

HEAD = "sex,height_cm,weight_kg,chest_cm,myopia_d,hyperopia_d,indicators"


def test_readings_are_classified_by_the_table_of_the_day(file):
    path = file(
        HEAD,
        "male,168,62,85,0,0,eyes:1;teeth:2",
        "male,167.4,51.6,85,0,0,",
        "male,168,62,85,1.75,0,eyes:2",
        "female,154,48,,0,0,",
    )
    found = rows(run("classify-health", path, "--on", "2026-01-05"))
    assert [(row["class"], row["undecided"], row["callable"]) for row in found] == [
        ("2", "", "true"),
        ("", "1|4", ""),
        ("2", "", "false"),
        ("1", "", "true"),
    ]
    assert found[0]["reasons"] == "teeth: 2"
    before = rows(run("classify-health", path, "--on", "2025-06-30"))
    assert before[2]["callable"] == "true"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("male,tall,62,85,0,0,", "row 1: “tall” is no height_cm"),
        ("male,168,62,85,0,0,eyes", "row 1"),
        ("male,168,62,85,0,0,eyes:9", "1 to 6"),
        ("person,168,62,85,0,0,", "no table"),
    ],
)
def test_an_impossible_reading_is_refused(file, line, sentence):
    with pytest.raises(Refused, match=sentence):
        run("classify-health", file(HEAD, line), "--on", "2026-01-05")


def test_a_missing_column_is_named(file):
    with pytest.raises(forms.FaultyFile, match="chest_cm"):
        run("classify-health", file("sex,height_cm,weight_kg", "male,168,62"))


def test_every_column_of_a_file_is_one_that_the_grounds_read():
    types = set(grounds.FACTS.values())
    assert types <= {bool, int, str, date}


def test_of_a_file_with_one_impossible_reading_nothing_is_written(tmp_path):
    path = tmp_path / "readings.csv"
    head = "sex,height_cm,weight_kg,chest_cm,myopia_d,hyperopia_d,indicators"
    path.write_text(f"{head}\nmale,170,60,85,0,0,\nmale,1700,60,85,0,0,\n")
    result = CliRunner().invoke(commands, ["classify-health", str(path)])
    assert isinstance(result.exception, rules.ImpossibleReading)
    assert str(result.exception).startswith("readings.csv: row 2: height_cm is 1700")
    assert result.output == ""
