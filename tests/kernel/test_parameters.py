"""Legal values are dated, sourced, and marked until somebody has checked them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from muster.kernel.parameters import FaultyParameters, NotInForce, Parameters, beside, load

Write = Callable[[str], Path]

LAW = """
[[reserve_share]]
value = 0.05
from = 2015-11-01
to = 2025-07-01
source = "Circular 140/2015, art. 10"
confirmed = true

[[reserve_share]]
value = 0.1
from = 2025-07-01
source = "an amending circular"
confirmed = false
note = "not read"

[[signs]]
value = "district chairman"
from = 2016-01-01
to = 2025-07-01
source = "Law 78/2015, art. 34"
confirmed = true

[[signs]]
value = "provincial chairman"
from = 2026-01-01
source = "Law 98/2025"
confirmed = true

[[posting]]
value = { days = 20, channels = ["board", "portal"] }
unit = "days"
from = 2016-01-01
source = "Circular 148/2018, art. 6"
confirmed = true

[[oral]]
value = true
from = 2016-01-01
source = "test"
confirmed = true
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def _write(text: str) -> Path:
        path = tmp_path / "recruitment" / "parameters.toml"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        return path

    return _write


@pytest.fixture
def law(write: Write) -> Parameters:
    return load(write(LAW))


def test_a_value_holds_until_the_day_before_the_next(law: Parameters) -> None:
    assert law.value("reserve_share", date(2025, 6, 30)) == Decimal("0.05")
    assert law.value("reserve_share", date(2025, 7, 1)) == Decimal("0.1")


def test_a_value_comes_with_its_source_and_days(law: Parameters) -> None:
    found = law.on("reserve_share", date(2020, 1, 1))
    assert found.source == "Circular 140/2015, art. 10"
    assert (found.valid_from, found.valid_to) == (date(2015, 11, 1), date(2025, 7, 1))
    assert found.confirmed
    assert law.on("posting", date(2020, 1, 1)).unit == "days"


@pytest.mark.parametrize("day", [date(2015, 12, 31), date(2025, 7, 1), date(2025, 12, 31)])
def test_a_day_outside_every_span_is_refused(law: Parameters, day: date) -> None:
    with pytest.raises(NotInForce) as refusal:
        law.value("signs", day)
    assert str(refusal.value) == (
        f'recruitment/parameters.toml: "signs" has no value on {day}; it is known '
        "from 2016-01-01 until before 2025-07-01 and from 2026-01-01."
    )


def test_an_unknown_name_is_refused_with_the_names_there_are(law: Parameters) -> None:
    assert "reserve_share" in law
    assert "reserve" not in law
    with pytest.raises(
        NotInForce, match='no parameter "reserve"; the file has reserve_share, signs'
    ):
        law.value("reserve", date(2025, 1, 1))


def test_what_nobody_has_checked_is_listed_for_the_day(law: Parameters) -> None:
    assert [value.note for value in law.unconfirmed()] == ["not read"]
    assert [value.note for value in law.unconfirmed(date(2025, 7, 1))] == ["not read"]
    assert law.unconfirmed(date(2025, 6, 30)) == ()


def test_all_values_come_in_the_order_of_the_file(law: Parameters) -> None:
    assert [value.name for value in law.all()] == [
        "reserve_share", "reserve_share", "signs", "signs", "posting", "oral",
    ]  # fmt: skip
    assert [value.value for value in law.history("reserve_share")] == [
        Decimal("0.05"),
        Decimal("0.1"),
    ]


def test_lists_and_tables_cannot_be_changed_by_one_reader_for_another(law: Parameters) -> None:
    posting = law.value("posting", date(2025, 1, 1))
    assert posting["channels"] == ("board", "portal")
    with pytest.raises(TypeError):
        posting["days"] = 1


def test_typed_readers_give_the_type_they_promise(write: Write) -> None:
    day = date(2020, 1, 1)
    row = 'from = 2016-01-01\nsource = "s"\nconfirmed = true\n'
    law = load(
        write(
            f"[[n]]\nvalue = 3\n{row}[[d]]\nvalue = 1.5\n{row}[[t]]\nvalue = '0.05'\n{row}"
            f"[[b]]\nvalue = true\n{row}[[w]]\nvalue = 'five'\n{row}"
        )
    )
    assert law.integer("n", day) == 3
    assert [law.decimal(name, day) for name in "ndt"] == [3, Decimal("1.5"), Decimal("0.05")]
    assert law.text("t", day) == "0.05"
    assert law.flag("b", day) is True
    for read, name in ((law.integer, "b"), (law.text, "n"), (law.flag, "n"), (law.decimal, "w")):
        with pytest.raises(FaultyParameters, match=f'"{name}" is .* needed'):
            read(name, day)


ROW = {"value": "1", "from": "2020-01-01", "source": '"s"', "confirmed": "true"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"source": None}, "`source` must name the law"),
        ({"source": '"  "'}, "`source` must name the law"),
        ({"confirmed": None}, "`confirmed` must be true or false"),
        ({"confirmed": '"yes"'}, "`confirmed` must be true or false"),
        ({"value": None}, "`value` is missing"),
        ({"from": None}, "`from` must be the first day"),
        ({"from": "2020-01-01T00:00:00"}, "`from` must be the first day"),
        ({"to": "2020-01-01"}, "ends on 2020-01-01, not after it begins"),
        ({"to": '"2021"'}, "`to` must be the first day"),
        ({"until": "2021-01-01"}, "'until' means nothing here"),
        ({"note": "1"}, "`note` must be a text"),
    ],
)
def test_a_faulty_row_is_named(write: Write, change: dict[str, str | None], sentence: str) -> None:
    good = (
        "[[age]]\nvalue = 1\nfrom = 2019-01-01\nto = 2020-01-01\nsource = 's'\nconfirmed = true\n"
    )
    row = {key: value for key, value in {**ROW, **change}.items() if value is not None}
    faulty = "[[age]]\n" + "\n".join(f"{key} = {value}" for key, value in row.items())
    with pytest.raises(FaultyParameters) as refusal:
        load(write(good + faulty))
    assert str(refusal.value).startswith(f"recruitment/parameters.toml: age, row 2: {sentence}")


@pytest.mark.parametrize(
    ("end", "start"),
    [("", "2025-07-01"), ("to = 2025-07-02", "2025-07-01"), ("to = 2030-01-01", "2015-01-01")],
)
def test_two_rows_on_one_day_are_refused(write: Write, end: str, start: str) -> None:
    rest = "source = 's'\nconfirmed = true\n"
    path = write(
        f"[[age]]\nvalue = 1\nfrom = 2020-01-01\n{end}\n{rest}[[age]]\nvalue = 2\nfrom = {start}\n{rest}"
    )
    with pytest.raises(FaultyParameters, match=r"age, row 2: begins on .* still holds"):
        load(path)


@pytest.mark.parametrize("text", ["age = 3", "age = [1, 2]", "[age]\nvalue = 3"])
def test_a_parameter_is_rows(write: Write, text: str) -> None:
    with pytest.raises(FaultyParameters, match=r"write it as rows that begin with \[\[age\]\]"):
        load(write(text))


def test_a_file_that_is_no_toml_is_refused(write: Write) -> None:
    with pytest.raises(FaultyParameters, match="the file is not TOML"):
        load(write("[[age]\n"))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyParameters, match=r"parameters\.toml: the file cannot be read"):
        beside(str(tmp_path / "rules.py"))


def test_a_module_reads_the_file_beside_it_once(write: Write) -> None:
    module = write(LAW).with_name("rules.py")
    assert beside(str(module)) is beside(str(module))
    assert beside(str(module)).text("signs", date(2024, 1, 1)) == "district chairman"
