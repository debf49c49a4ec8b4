"""A made-up order on top of the reform: previewed, applied, proved, undone; figures stay."""

import pytest

pytestmark = pytest.mark.xdist_group("demo")

ORDER = """
[order]
number = "01/MADE-UP"
title = "A second order on the communes of Hải Phòng"
issuer = "Ủy ban Thường vụ Quốc hội"
signed_on = 2026-10-01
effective_on = 2027-01-01
tree = "government"
source = "made up for a test"
confirmed = true

[[acts]]
act = "merge"
from = ["10507", "10525"]
into = { code = "10507", name = "Thành Đông", kind = "phường", level = "commune", parent = "31" }

[[acts]]
act = "divide"
unit = "10532"
into = ["10537", "10543"]
keeper = "10537"

[[acts]]
act = "rename"
unit = "10546"
name = "Côn Sơn"
"""
REVIEW = (
    "report", "half-year", "--unit", "31", "--period", "2025H1", "--as-of", "2025-06-15",
    "--lang", "en", "--format", "json",
)  # fmt: skip
MAP = ("units", "count", "--unit", "31", "--on", "2027-01-01", "--format", "json")
LINES = ("units", "lineage", "--from", "2026-12-31", "--to", "2027-01-01", "--format", "json")
NUMBER = "01/MADE-UP"


def done(installation, *words):
    answer = installation.run(*words)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


@pytest.fixture(scope="module")
def story(installation, tmp_path_factory):
    """What each command told, from the preview to the undo."""
    file = tmp_path_factory.mktemp("orders") / "second.toml"
    file.write_text(ORDER)
    told = {"check": done(installation, "units", "order", "check", str(file))}
    for moment in ("before", "after", "undone"):
        if moment == "after":
            told["preview"] = installation.json(
                "units", "order", "preview", str(file), "--format", "json"
            )
            done(installation, "units", "order", "apply", str(file))
            told["equation"] = installation.json(
                "units", "reconcile", "--order", NUMBER, "--format", "json"
            )
        elif moment == "undone":
            done(installation, "units", "order", "undo", NUMBER)
        told[moment] = {
            words[1]: installation.json(*words) for words in (REVIEW, MAP, LINES)
        }  # fmt: skip
    return told


def test_the_preview_tells_who_moves_and_who_waits(story):
    preview = story["preview"]
    closes = {each["code"]: each for each in preview["closes"]}
    assert set(closes) == {"10507", "10525", "10532"}
    assert closes["10532"]["share"] == "part"
    assert closes["10532"]["keeper"].startswith("10537")
    assert preview["people_waiting"] == closes["10532"]["people"] > 0
    assert [each["to"] for each in preview["renamed"]] == ["phường Côn Sơn"]


def test_the_preview_tells_which_councils_and_people_are_touched(story):
    touched = [each["count"] for each in story["preview"]["touched"]]
    assert story["preview"]["people"] in touched
    assert 3 in touched, "the councils of the three communes"


def test_two_communes_less_stand_next_year(story):
    counts = [story[moment]["count"]["counts"] for moment in ("before", "after")]
    assert [each["commune"]["total"] for each in counts] == [114, 112]


def test_nobody_is_lost_and_the_divided_wait(story):
    equation = story["equation"]
    assert equation["before"] == equation["after"] + equation["work_list"]
    assert equation["before"] == story["preview"]["people"]
    assert equation["work_list"] == story["preview"]["people_waiting"]


def test_the_half_year_review_still_prints_the_same_figures(story):
    rows = story["before"]["half-year"]["rows"]
    assert rows
    assert story["after"]["half-year"]["rows"] == rows


def test_undone_the_map_is_as_before(story):
    assert story["after"]["lineage"] != story["before"]["lineage"]
    assert story["undone"] == story["before"]
