"""What a newcomer sees after one command, at a hundredth of life size."""

from contextlib import contextmanager

import psycopg
import pytest

from muster.shell import postgres

pytestmark = pytest.mark.xdist_group("demo")


def figures(installation, code, as_of):
    answer = installation.json(
        "report", "half-year", "--unit", code, "--period", "2025H1", "--as-of", as_of,
        "--lang", "en", "--format", "json",
    )  # fmt: skip
    return {row["code"]: row for row in answer["rows"]}


@pytest.fixture(scope="module")
def hai_phong(installation):
    return figures(installation, "31", "2025-06-15")


def test_the_quota_is_met_and_every_figure_is_marked_as_scaled(hai_phong):
    quota = hai_phong["recruitment.quota_met"]
    assert quota["numerator"] == quota["denominator"]
    assert quota["value"] == 100
    assert quota["basis"] == "derived"
    assert quota["scaled"] is True


def test_violations_are_counted_from_sanctions_against_the_whole_year_before(hai_phong):
    punished = hai_phong["violations.punished"]
    assert punished["value"] == 100
    assert punished["previous_period"] == "2024"
    assert punished["basis"] == "derived"


def test_works_are_complete_in_thirteen_of_fifteen_districts(hai_phong):
    works = hai_phong["works.units_complete"]
    assert (works["numerator"], works["denominator"]) == (13, 15)


def test_gia_lai_has_its_commune_commands_and_its_declared_certificates(installation):
    gia_lai = figures(installation, "52", "2025-07-15")
    assert gia_lai["units.commune_commands"]["numerator"] == 135
    certificates = gia_lai["awards.certificates"]
    assert certificates["numerator"] == 11
    assert certificates["basis"] == "declared"
    assert "baogialai" in certificates["source"]


def test_a_code_that_meant_another_unit_is_answered_with_both(installation):
    answer = installation.json(
        "report", "half-year", "--unit", "52", "--period", "2025H1", "--as-of", "2025-07-15",
        "--lang", "en", "--format", "json",
    )  # fmt: skip
    assert any("Bình Định" in note for note in answer["notes"])


@pytest.mark.parametrize(
    ("on", "communes", "provinces"), [("2025-06-30", 10_035, 63), ("2025-07-01", 3_321, 34)]
)
def test_the_map_before_and_after_the_reform(installation, on, communes, provinces):
    text = installation.run("units", "count", "--on", on, "--format", "json").stdout
    assert str(communes) in text
    assert str(provinces) in text


def test_people_before_the_reform_are_all_there_after_it(installation):
    assert "work list" in installation.told or "chờ" in installation.told


def test_the_log_agrees_with_every_row(installation):
    answer = installation.run("ledger", "verify")
    assert answer.returncode == 0, answer.stderr


def test_playing_again_changes_nothing(installation):
    before = installation.run("ledger", "verify").stdout
    again = installation.run("demo", "--no-serve", PEOPLE="4000")
    assert again.returncode == 0, again.stderr
    assert installation.run("ledger", "verify").stdout == before


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("report", "half-year", "--unit", "00x", "--period", "2025H1"), "00x"),
        (("report", "half-year", "--unit", "31", "--period", "2025H3"), "2025H3"),
        (("units", "count", "--on", "1950-01-01"), "1950-01-01"),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_code_two(installation, words, part):
    answer = installation.run(*words)
    assert answer.returncode == 2
    assert len(answer.stderr.strip().splitlines()) == 1
    assert part in answer.stderr


def test_an_unreachable_database_is_one_clear_line(installation):
    url = "postgresql://nobody@127.0.0.1:1/none"
    answer = installation.run("ledger", "verify", DATABASE_URL=url)
    assert answer.returncode == 2
    assert len(answer.stderr.strip().splitlines()) == 1
    assert "DATABASE_URL" in answer.stderr


def test_a_case_is_tried_without_a_register(installation, tmp_path):
    cases = tmp_path / "cases.csv"
    cases.write_text("birth_date\n2006-05-19\n", encoding="utf-8")
    url = "postgresql://nobody@127.0.0.1:1/none"
    words = ("decisions", "evaluate", "--file", str(cases), "--on", "2025-06-15")
    answer = installation.run(*words, DATABASE_URL=url)
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[1].startswith("1,")


def test_a_byte_changed_behind_the_log_is_found_and_named(installation):
    with tampered(installation, "decisions_line", "outcome", "deferred", "exempt") as row:
        answer = installation.run("ledger", "verify")
    assert answer.returncode == 1
    assert f"decisions.line row {row} was changed" in answer.stderr


def test_a_state_that_no_decision_says_is_found(installation):
    with tampered(installation, "recruitment_case", "state", "deferred", "callable") as row:
        answer = installation.run("ledger", "verify")
    assert answer.returncode == 1
    assert str(row) in answer.stderr


@contextmanager
def tampered(installation, table, column, was, becomes):
    """Change one row as somebody could who holds the database itself; change it back after."""
    url = postgres.ensure(installation.home).address(user="postgres")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("set session_replication_role = replica")
        (row,) = connection.execute(
            f"select min(id) from {table} where {column} = %s", [was]
        ).fetchone()
        connection.execute(f"update {table} set {column} = %s where id = %s", [becomes, row])
        try:
            yield row
        finally:
            connection.execute(f"update {table} set {column} = %s where id = %s", [was, row])
