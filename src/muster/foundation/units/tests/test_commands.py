"""What the commands print: names of then and now, and one sentence for what is wrong."""

import pytest
from click.testing import CliRunner
from django.db import connection

from muster.foundation.units.commands import commands
from muster.foundation.units.tests.conftest import act, apply, merge, text
from muster.kernel.errors import Refused


def run(*words):
    return CliRunner().invoke(commands, words, catch_exceptions=False)


def rows(*words):
    """The cells of a printed table, row by row."""
    lines = [line for line in run(*words).output.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_a_search_shows_every_name_with_its_days_and_what_it_is_called_today(reform):
    apply("77", act("rename", unit="11002", name="Kiến An"), on="2026-01-01")
    assert rows("search", "An Biên") == [
        ["11002", "phường An Biên", "2025-07-01", "2025-12-31", "11002 phường Kiến An"],
        ["11002", "phường Kiến An", "2026-01-01", "", "11002 phường Kiến An"],
    ]


def test_a_search_shows_the_heirs_of_a_divided_unit(reform):
    found = rows("search", "10003")
    assert found[0][2:4] == ["2023-01-01", "2025-06-30"]
    today = " ".join(row[4] for row in found)
    assert all(heir in today for heir in ("10001 phường Thành Đông", "10003 phường Lê Thanh Nghị"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["count", "--on", "2025-13-01"], '"2025-13-01" is not a date; write 2025-07-01.'),
        (["order", "apply", "none.toml"], "There is no file none.toml."),
        (["order", "apply", "9/NONE"], "No order has the number 9/NONE; file it first."),
    ],
)
def test_what_is_wrong_is_one_sentence(country, words, sentence):
    with pytest.raises(Refused) as refusal:
        run(*words)
    assert str(refusal.value) == sentence


@pytest.mark.parametrize("verb", ["apply", "preview"])
def test_a_faulty_order_is_refused_at_the_line_of_the_code(country, tmp_path, verb):
    # In life each command is a transaction of its own, which leaves no table behind.
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists near")
    order = tmp_path / "order.toml"
    content = text("1", merge(["10001", "99999"], "10001", "300"))
    order.write_text(content)
    line = content.splitlines().index('from = ["10001", "99999"]') + 1
    with pytest.raises(Refused, match=f"line {line}: no unit had the code 99999"):
        run("order", verb, str(order))
