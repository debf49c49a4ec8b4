"""Which entries are of one person: planted doubles found, twins and brothers left alone."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import polars as pl
import pytest

from muster.foundation import units
from muster.foundation.register.linkage import (
    COMPARISONS,
    ENTRY,
    find,
    findings_of,
)
from muster.foundation.register.linkage.deciding import is_slip
from muster.foundation.register.linkage.entries import prepared
from muster.foundation.register.linkage.groups import grouped
from muster.foundation.register.linkage.model import conditions, rates
from muster.foundation.register.synthetic import Population, generate

HILLS = ("23731", "23737", "23738", "23749", "23773", "23782",
         "23797", "23798", "23800", "23809", "23815", "23818")  # fmt: skip
FIRST, SECOND, THIRD = 10**9, 10**9 + 1, 10**9 + 2
AN = {
    "id": FIRST,
    "full_name": "Nguyễn Văn An",
    "birth_date": date(2005, 5, 19),
    "birth_precision": "day",
    "sex": "male",
    "citizen": "031205001234",
    "old": None,
    "commune": "11401",
    "group": "Thôn Đông",
    "mother_name": "Vũ Thị Hiền",
    "father_name": "Nguyễn Văn Tước",
}


def communes() -> pl.DataFrame:
    """The communes before the merger, as shipped."""
    folder = Path(units.__path__[0]) / "data" / "baseline"
    districts = pl.read_csv(folder / "districts.csv", infer_schema=False)
    return (
        pl.read_csv(folder / "communes.csv", infer_schema=False)
        .join(districts, left_on="district_code", right_on="code", suffix="_district")
        .with_columns(pl.col("area_km2").cast(pl.Float64))
    )


def entries(people: Population) -> pl.DataFrame:
    """A population's entries in the words of the package."""
    return people.persons.select(
        id="source_id",
        full_name="full_name",
        birth_date="birth_date",
        birth_precision="birth_precision",
        sex="sex",
        citizen="citizen_number",
        old="old_number",
        commune="commune_code",
        group="group_name",
        mother_name="mother_name",
        father_name="father_name",
    )


def doubles(people: Population) -> pl.DataFrame:
    """The pairs planted: left < right."""
    return people.truth.filter(pl.col("kind") == "double_entry").select(
        left=pl.min_horizontal("source_id", "other_source_id"),
        right=pl.max_horizontal("source_id", "other_source_id"),
    )


def measured(pairs: pl.DataFrame, planted: pl.DataFrame) -> dict[str, float]:
    """Precision of what is merged and of what is reviewed, and the recall of both."""
    true = pairs.join(planted, on=["left", "right"], how="semi")

    def precision(decision: str) -> float:
        chosen = (pl.col("decision") == decision).sum()
        all_of, right = pairs.select(chosen).item(), true.select(chosen).item()
        return right / all_of if all_of else 1.0

    found = true.filter(pl.col("decision") != "distinct")
    return {
        "merge": precision("merge"),
        "review": precision("review"),
        "recall": len(found) / len(planted),
    }


@pytest.fixture(scope="module")
def register() -> pl.DataFrame:
    """A register large enough to know which names are frequent."""
    return entries(generate(communes(), men=4_000, seed=5))


def with_entries(register: pl.DataFrame, *people: dict) -> pl.DataFrame:
    return pl.concat([register, pl.DataFrame(people, schema=ENTRY)])


def pair(register: pl.DataFrame, second: dict, first: dict = AN) -> dict:
    """What is found about An and a second entry."""
    pairs = find(with_entries(register, first, second))
    found = pairs.filter((pl.col("left") == FIRST) & (pl.col("right") == SECOND))
    return found.row(0, named=True) if len(found) else {"decision": None}


def an(**changes) -> dict:
    return {**AN, "id": SECOND, **changes}


# The model


@pytest.mark.parametrize("comparison", ["family", "middle", "given", "birth", "home", "sex"])
def test_the_model_knows_how_often_strangers_agree(register, comparison: str) -> None:
    """Every u that can be counted is of the right size in a register."""
    rows = prepared(register)
    cases = " ".join(
        f"when {condition} then '{finding}'" if condition != "ELSE" else f"else '{finding}'"
        for finding, condition in conditions(comparison).items()
    )
    sides = [
        rows.sample(200_000, with_replacement=True, seed=seed).select(pl.all().name.suffix(end))
        for seed, end in ((1, "_l"), (2, "_r"))
    ]
    with duckdb.connect(":memory:") as connection:
        connection.register("pairs", pl.concat(sides, how="horizontal").to_arrow())
        counted = connection.execute(f"select case {cases} end, count(*) from pairs group by 1")
        found = dict(counted.fetchall())
    for finding in conditions(comparison):
        told = rates(comparison, finding)
        if told and told["u"] >= 0.005:
            assert told["u"] / 3 < found.get(finding, 0) / 200_000 < told["u"] * 3, finding


def test_a_missing_number_tells_more_where_everybody_else_has_one(register) -> None:
    rare = pair(register, an(citizen=None))
    half = pl.when(pl.col("id") % 2 == 0).then("citizen").alias("citizen")
    common = pair(register.with_columns(half), an(citizen=None))
    assert rare["number_bits"] > 2
    assert common["number_bits"] < 0


# One person, by an equal number and nothing against it


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"commune": "10600", "group": "Thôn 1"},
        {"birth_date": date(2005, 5, 19), "mother_name": None},
        {"full_name": "Nguyen Văn An"},
        {"full_name": "NGUYỄN VĂN AN"},
        {"mother_name": "Vu Thi Hien"},
    ],
)
def test_equal_numbers_and_nothing_against_it_are_merged(register, changes) -> None:
    assert pair(register, an(**changes))["decision"] == "merge"


def test_day_and_month_that_changed_places_are_not_against_it(register) -> None:
    first = {**AN, "birth_date": date(2005, 3, 5)}
    assert pair(register, an(birth_date=date(2005, 5, 3)), first)["decision"] == "merge"


def test_an_equal_old_number_is_a_number(register) -> None:
    first = {**AN, "old": "031234567"}
    assert pair(register, an(citizen=None, old="031234567"), first)["decision"] == "merge"


# Anything against it is for a person


@pytest.mark.parametrize(
    "changes",
    [
        {"full_name": "Nguyễn Văn Ân"},
        {"full_name": "Nguyễn Hữu An"},
        {"full_name": "Nguyễn An"},
        {"birth_date": date(2006, 5, 19)},
        {"birth_date": date(2005, 5, 19), "mother_name": "Trần Thị Sen"},
        {"sex": "female"},
    ],
)
def test_equal_numbers_with_something_against_it_are_not_merged(register, changes) -> None:
    assert pair(register, an(**changes))["decision"] == "review"


def test_without_number_a_person_decides(register) -> None:
    found = pair(register, an(citizen=None))
    assert (found["decision"], found["because"]) == ("review", "likely")


def test_one_digit_of_the_number_mistyped_is_shown_to_a_person(register) -> None:
    found = pair(register, an(citizen="031205001243"))
    assert (found["decision"], found["number"]) == ("review", "one_digit")


def test_sealed_numbers_are_opened_only_where_all_else_agrees(register) -> None:
    asked: list[int] = []

    def opened(ids: list[int]) -> dict[int, str]:
        asked.extend(ids)
        return {FIRST: "031205001234", SECOND: "031205001235"}

    sealed = register.with_columns(pl.col("citizen").str.reverse())
    people = with_entries(sealed, {**AN, "citizen": "x"}, an(citizen="y"))
    found = find(people, opened=opened).filter(pl.col("right") == SECOND)
    assert found["because"].to_list() == ["mistyped"]
    assert len(asked) < 10


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("031205001234", "031205001235", True),
        ("031205001234", "031205001243", True),
        ("031205001234", "031205001234", False),
        ("031205001234", "031205002143", False),
        ("031205001234", "03120500123", False),
        ("", "", False),
    ],
)
def test_a_slip_is_one_digit_or_two_neighbours(one: str, other: str, slip: bool) -> None:
    assert is_slip(one, other) is slip


# Two people


def test_a_twin_with_his_own_number_is_another_man(register) -> None:
    twin = pair(register, an(full_name="Nguyễn Văn Bình", citizen="031205009876"))
    assert twin["decision"] in {None, "distinct"}


def test_a_twin_under_his_brothers_number_is_another_man_and_is_told(register) -> None:
    twin = pair(register, an(full_name="Nguyễn Văn Bình"))
    assert (twin["decision"], twin["because"]) == ("distinct", "one_number")


def test_a_stranger_under_ones_number_is_told_though_nothing_else_agrees(register) -> None:
    stranger = an(
        full_name="Phạm Đức Long",
        birth_date=date(1999, 1, 3),
        mother_name="Lê Thị Na",
        father_name="Phạm Văn Thi",
        commune="10600",
    )
    found = pair(register, stranger)
    assert (found["decision"], found["because"]) == ("distinct", "one_number")


def test_a_namesake_of_the_same_birthday_with_other_parents_is_another_man(register) -> None:
    namesake = an(
        citizen=None, mother_name="Lê Thị Na", father_name="Nguyễn Văn Thi", commune="10600"
    )
    assert pair(register, namesake)["decision"] is None


def test_an_entry_without_number_goes_to_the_twin_whose_name_it_bears(register) -> None:
    twin = an(full_name="Nguyễn Văn Ân", citizen="031205009876")
    nobodys = {**AN, "id": THIRD, "citizen": None}
    pairs = find(with_entries(register, AN, twin, nobodys)).filter(pl.col("right") == THIRD)
    decided = dict(pairs.select("left", "decision").iter_rows())
    assert decided[FIRST] == "review"
    assert decided.get(SECOND, "distinct") == "distinct"


def test_where_two_numbers_meet_nothing_is_merged_in_bulk(register) -> None:
    first = {**AN, "old": "031234567"}
    between = an(citizen=None, old="031234567")
    other = {**AN, "id": THIRD, "citizen": "031205009876", "old": "031234567"}
    pairs = find(with_entries(register, first, between, other)).filter(pl.col("right") >= FIRST)
    assert set(pairs.filter(pl.col("number") == "same_old")["because"]) == {"disputed"}
    assert "merge" not in pairs["decision"].to_list()


# Names of every pattern, and a village born on the first of January


@pytest.mark.parametrize(
    ("first", "second"),
    [("Ƀlŭk", "Blŭk"), ("Rơ Châm H’Bia", "Rơ Châm H'Bia"), ("Đinh Văn Hyưh", "Đinh Văn Hyuh")],
)
def test_names_of_the_hills_are_found_without_numbers(register, first: str, second: str) -> None:
    found = pair(register, an(full_name=second, citizen=None), {**AN, "full_name": first})
    assert found["decision"] == "review"


def test_a_birthday_that_a_village_shares_says_less(register) -> None:
    first = {**AN, "birth_date": date(2005, 1, 1), "group": "Làng Ngol"}
    village = [
        {**first, "id": THIRD + n, "full_name": f"Siu Hlĕ{n}", "citizen": None, "commune": f"{n}"}
        for n in range(40)
    ]
    alone = pair(register, an(birth_date=date(2005, 1, 1)), first)
    pairs = find(with_entries(register, first, an(birth_date=date(2005, 1, 1)), *village))
    shared = pairs.filter((pl.col("left") == FIRST) & (pl.col("right") == SECOND))
    assert shared["birth_bits"].item() < alone["birth_bits"] - 1


# Evidence


def test_the_weights_add_up_to_the_probability(register) -> None:
    found = pair(register, an(full_name="Nguyễn Văm An", commune="10600"))
    prior = found["bits"] - sum(found[f"{name}_bits"] for name in COMPARISONS)
    assert -20 < prior < -10  # some entries in a hundred are second entries
    assert found["probability"] == pytest.approx(1 / (1 + 2 ** -found["bits"]), rel=1e-3)


def test_evidence_tells_findings_and_how_rare_they_are_but_no_value(register) -> None:
    evidence = findings_of(pair(register, an(commune="10600")))
    by_name = {finding.about: finding for finding in evidence}
    assert by_name["number"].found == "same"
    assert by_name["home"].bits < 0
    nguyen = register["full_name"].str.starts_with("Nguyễn ").mean()
    assert by_name["family"].one_in == pytest.approx(1 / nguyen, abs=1)
    assert not any(value in repr(evidence) for value in ("An", "Nguyễn", "2005", "0312"))


# The same again, and more of it


def test_neither_order_nor_number_of_threads_matters(tmp_path: Path) -> None:
    people = entries(generate(communes(), men=4_000, seed=6))
    expected = find(people)
    assert find(people.sample(fraction=1, shuffle=True, seed=3)).equals(expected)
    people.write_parquet(tmp_path / "entries.parquet")
    script = (
        "import sys, polars as pl\n"
        "from muster.foundation.register.linkage import find\n"
        "find(pl.read_parquet(sys.argv[1])).write_parquet(sys.argv[2])\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "entries.parquet"), str(tmp_path / "p")]
    subprocess.run(command, env={**os.environ, "POLARS_MAX_THREADS": "3"}, check=True)  # noqa: S603 - our own interpreter
    assert pl.read_parquet(tmp_path / "p").equals(expected)


def test_groups_keep_their_name_when_entries_are_added(register) -> None:
    before = find(with_entries(register, AN, an()))
    after = find(with_entries(register, AN, an(), {**AN, "id": THIRD, "commune": "10600"}))
    of_an = pl.col("right").is_in([SECOND, THIRD]) & (pl.col("left") >= FIRST)
    assert set(before.filter(of_an)["group"]) == set(after.filter(of_an)["group"]) == {FIRST}
    known = before.join(after, on=["left", "right"], suffix="_after")
    assert len(known) == len(before)
    assert known["group"].equals(known["group_after"], null_equal=True)


def test_of_two_groups_that_meet_the_older_name_stays() -> None:
    pairs = pl.DataFrame({"left": [4, 2, 3], "right": [5, 3, 5]})
    assert dict(grouped(pairs).iter_rows()) == {2: 2, 3: 2, 4: 2, 5: 2}


def test_a_register_without_doubles_gives_no_pairs(register) -> None:
    assert find(register.head(1)).is_empty()
    assert find(register.clear()).is_empty()


# Against planted truth


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_doubles_are_found_and_brothers_left_alone(seed: int) -> None:
    people = generate(communes(), men=20_000, seed=seed)
    pairs, planted = find(entries(people)), doubles(people)
    found = measured(pairs, planted)
    assert found["merge"] == 1
    assert found["review"] >= 0.99
    assert found["recall"] >= 0.99
    kin = people.truth.filter(pl.col("kind").is_in(["twins", "brothers", "borrowed_number"]))
    assert pairs.filter(pl.col("decision") != "distinct").join(
        kin, left_on=["left", "right"], right_on=["source_id", "other_source_id"], how="semi"
    ).is_empty()  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_merged_province_at_life_size_and_its_hills_apart(seed: int) -> None:
    people = generate(communes(), men=370_000, seed=seed)
    rows, planted = entries(people), doubles(people)
    pairs = find(rows)
    hills = rows.filter(pl.col("commune").is_in(HILLS))["id"]
    in_hills = pl.col("left").is_in(hills.implode()) | pl.col("right").is_in(hills.implode())
    for some, of in ((pairs, planted), (pairs.filter(in_hills), planted.filter(in_hills))):
        found = measured(some, of)
        assert len(of) > 40
        assert found["merge"] == 1
        assert found["review"] >= 0.99
        assert found["recall"] >= 0.99
