"""The generator's people: repeatable, lifelike in shape, and truthful about what it planted."""

import csv
import hashlib
import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from muster.foundation.register.synthetic import (
    Population,
    behaviour,
    generate,
    readings,
    write_csv,
)
from muster.foundation.register.synthetic.dice import Dice, mixed
from muster.foundation.register.synthetic.places import CommunesUnusable
from muster.foundation.register.synthetic.population import HORIZON, MERGER_EVE, TooFewPeople
from muster.kernel.periods import add_years

MEN = 20_000
FRAMES = ("groups", "persons", "schooling", "employment", "residence", "circumstances", "truth")
LEGAL_GROUNDS = {
    # article 13
    "prosecuted",
    "serving_sentence",
    "record_not_expunged",
    "commune_education",
    "compulsory_education",
    "compulsory_rehabilitation",
    "rights_deprived",
    # article 14
    "disabled",
    "mental_illness",
    "chronic_illness",
    # article 41.1, but for a) health and g) school, which readings and schooling tell
    "sole_worker",
    "family_damaged",
    "child_sick_soldier_61_80",
    "sibling_serving",
    "resettled",
    "special_area_posting",
    "permanent_militia",
    # article 41.2
    "child_martyr",
    "child_invalid_1",
    "brother_martyr",
    "child_invalid_2",
    "child_sick_soldier_81",
    "cipher_staff",
    # article 41.3
    "volunteer",
}
SLIPS = {
    "typo",
    "swapped_day_month",
    "old_new_number",
    "missing_number",
    "moved_house",
    "changed_middle_name",
}


def communes() -> pl.DataFrame:
    """Twelve communes of each delta province, and the highland cluster."""
    delta = [
        {
            "code": f"{first + number * 3}",
            "name": f"Xã {number}",
            "kind": kind,
            "province_code": province,
        }
        for province, first in (("31", 11400), ("30", 10600))
        for number, kind in enumerate(["phường", "xã", "xã", "thị trấn", "xã", "xã"] * 2)
    ]
    codes = ["23731", "23737", "23738", "23797", "23798", "23800"]
    hills = [
        {"code": code, "name": "Ia", "kind": "xã", "province_code": "64"}
        for code in [*codes, "23900"]
    ]
    return pl.DataFrame([*delta, *hills])


@pytest.fixture(scope="module")
def people() -> Population:
    return generate(communes(), men=MEN, seed=11)


def digest(population: Population) -> str:
    """One value for all the bytes of a population."""
    written = (getattr(population, frame).write_csv().encode() for frame in FRAMES)
    return hashlib.sha256(b"\0".join(written)).hexdigest()


def entries(people: Population) -> dict[int, dict[str, object]]:
    return {row["source_id"]: row for row in people.persons.iter_rows(named=True)}


def pairs(people: Population, kind: str) -> Iterator[tuple[dict, dict, str]]:
    """The two entries of each planted pair, with the detail told; at least one."""
    by_id, rows = entries(people), people.truth.filter(pl.col("kind") == kind)
    assert len(rows) > 0, kind
    for row in rows.iter_rows(named=True):
        yield by_id[row["source_id"]], by_id[row["other_source_id"]], row["detail"]


# Repeatable


def test_the_same_seed_gives_the_same_bytes(people: Population) -> None:
    assert digest(generate(communes(), men=MEN, seed=11)) == digest(people)


def test_another_seed_gives_other_people(people: Population) -> None:
    other = generate(communes(), men=MEN, seed=12)
    assert (
        other.persons["full_name"].head(50).to_list()
        != people.persons["full_name"].head(50).to_list()
    )


def test_the_order_of_the_communes_does_not_matter(people: Population) -> None:
    assert digest(generate(communes().reverse(), men=MEN, seed=11)) == digest(people)


@pytest.mark.parametrize("threads", ["1", "3"])
def test_the_number_of_threads_does_not_matter(threads: str, tmp_path: Path) -> None:
    communes().write_parquet(tmp_path / "communes.parquet")
    script = (
        "import sys, hashlib, polars as pl\n"
        "from muster.foundation.register.synthetic import generate\n"
        f"people = generate(pl.read_parquet(sys.argv[1]), men=2000, seed=11)\n"
        f"written = (getattr(people, frame).write_csv().encode() for frame in {FRAMES!r})\n"
        "print(pl.thread_pool_size(), hashlib.sha256(b'\\0'.join(written)).hexdigest())\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "communes.parquet")]
    environment = {**os.environ, "POLARS_MAX_THREADS": threads}
    found = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603 - our own interpreter
    expected = digest(generate(communes(), men=2000, seed=11))
    assert found.stdout.split() == [threads, expected]


def test_chance_is_even_and_a_question_has_its_own_answers() -> None:
    who = pl.int_range(100_000, eager=True)
    one, other = (Dice(3).uniform(who, question) for question in ("one", "other"))
    assert one.mean() == pytest.approx(0.5, abs=0.005)
    assert one.std() == pytest.approx(12**-0.5, abs=0.005)
    assert abs(pl.DataFrame({"a": one, "b": other}).select(pl.corr("a", "b")).item()) < 0.02
    assert abs(pl.DataFrame({"a": one[1:], "b": one[:-1]}).select(pl.corr("a", "b")).item()) < 0.02


def test_the_dice_mix_as_splitmix64_does() -> None:
    # The published outputs for the seed 1234567 (Rosetta Code, "Pseudo-random numbers/Splitmix64").
    golden = 0x9E3779B97F4A7C15
    states = [(1_234_567 + turn * golden) % 2**64 for turn in range(1, 6)]
    assert mixed(pl.Series(states, dtype=pl.UInt64)).to_list() == [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
    ]


# Who there is


def test_as_many_men_of_16_to_28_as_asked_for(people: Population) -> None:
    of_age = people.persons.filter(
        (pl.col("sex") == "male")
        & pl.col("family_id").is_not_null()
        & ~pl.col("commune_code").str.starts_with("23")
        & (pl.col("birth_date") > add_years(MERGER_EVE, -29))
        & (pl.col("birth_date") <= add_years(MERGER_EVE, -16))
    )
    assert len(of_age) == pytest.approx(MEN, rel=0.02)


def test_every_cohort_from_1996_to_2010_has_its_size(people: Population) -> None:
    men = people.persons.filter((pl.col("sex") == "male") & pl.col("family_id").is_not_null())
    sizes = dict(men.group_by(pl.col("birth_date").dt.year()).len().iter_rows())
    mean = len(men) / 15
    assert set(range(1996, 2011)) <= set(sizes)
    assert all(0.8 * mean < sizes[year] < 1.25 * mean for year in range(1996, 2011))


def test_women_are_few_and_have_a_profession_or_study(people: Population) -> None:
    women = people.persons.filter(pl.col("sex") == "female")
    assert len(women) == pytest.approx(0.01 * MEN, rel=0.1)
    assert set(women["occupation"]) <= {
        "Bác sĩ", "Điều dưỡng", "Dược sĩ", "Kỹ sư công nghệ thông tin", "Phiên dịch", "Sinh viên"
    }  # fmt: skip


def test_each_lives_in_a_residential_group_that_exists(people: Population) -> None:
    homes = people.persons.drop_nulls("group_name")
    assert homes.join(people.groups, on=["commune_code", "group_name"], how="anti").is_empty()
    counts = people.groups.group_by("commune_code").agg(
        pl.len(), pl.col("weight").sum(), pl.col("group_name").n_unique().alias("names")
    )
    assert counts["len"].is_between(8, 14).all()
    assert (counts["len"] == counts["names"]).all()
    assert ((counts["weight"] - 1).abs() < 1e-9).all()


def test_other_provinces_get_nobody(people: Population) -> None:
    assert "23900" not in set(people.persons["commune_code"])


def test_names_have_one_word_to_six_and_are_composed(people: Population) -> None:
    names = people.persons["full_name"]
    words = names.str.split(" ").list.len()
    assert set(words) == {1, 2, 3, 4, 5, 6}
    assert all(unicodedata.is_normalized("NFC", name) for name in names)
    assert not names.str.contains("  |^ | $").any()


def test_family_names_follow_their_real_frequency(people: Population) -> None:
    kinh = people.persons.filter(pl.col("ethnicity") == "Kinh")
    first = kinh["full_name"].str.split(" ").list.first()
    shares = dict(first.value_counts(normalize=True).iter_rows())
    assert shares["Nguyễn"] == pytest.approx(0.38, abs=0.03)
    assert shares["Trần"] == pytest.approx(0.11, abs=0.02)
    assert shares["Hoàng"] > shares["Huỳnh"]
    assert shares["Vũ"] > shares["Võ"]


def test_citizen_numbers_tell_province_century_sex_and_year_and_are_unique(
    people: Population,
) -> None:
    wrong = people.truth.filter(pl.col("kind").is_in(["borrowed_number", "wrong_birth_date"]))
    rows = people.persons.filter(pl.col("family_id").is_not_null()).join(
        wrong, on="source_id", how="anti"
    )
    assert rows["citizen_number"].is_unique().all()
    for row in rows.head(3000).iter_rows(named=True):
        number, born = row["citizen_number"], row["birth_date"]
        assert len(number) == 12
        assert number[:3] in {"030", "031", "064"}
        assert int(number[3]) == 2 * (born.year >= 2000) + (row["sex"] == "female")
        assert number[4:6] == f"{born.year % 100:02}"


def test_old_numbers_have_nine_digits_and_belong_to_the_older(people: Population) -> None:
    rows = people.persons.filter(pl.col("family_id").is_not_null()).drop_nulls("old_number")
    assert rows["old_number"].is_unique().all()
    assert rows["old_number"].str.contains(r"^\d{9}$").all()
    assert rows["birth_date"].dt.year().max() <= 2004  # a planted wrong date may add a year


# What they do


def test_every_legal_ground_occurs(people: Population) -> None:
    assert set(people.circumstances["kind"]) == LEGAL_GROUNDS | {"active_service", "police_service"}


def test_every_legal_ground_occurs_even_among_few() -> None:
    few = generate(communes(), men=100, seed=1)
    assert set(few.circumstances["kind"]) >= LEGAL_GROUNDS


def test_a_sole_worker_may_lack_the_confirmation(people: Population) -> None:
    papers = people.circumstances.filter(pl.col("kind") == "sole_worker")["document"]
    assert 0.6 < papers.is_not_null().mean() < 0.95


def test_a_brother_claims_while_his_brother_serves(people: Population) -> None:
    by_id = entries(people)
    claims = people.circumstances.filter(pl.col("kind") == "sibling_serving").drop_nulls(
        "relative_id"
    )
    service = people.circumstances.filter(pl.col("kind").str.ends_with("_service"))
    serving = {(row["source_id"], row["starts_on"]): row for row in service.iter_rows(named=True)}
    assert len(claims) > 0
    for claim in claims.iter_rows(named=True):
        brother = serving[claim["relative_id"], claim["starts_on"]]
        assert brother["ends_on"] == claim["ends_on"]
        assert by_id[claim["source_id"]]["family_id"] == by_id[claim["relative_id"]]["family_id"]


def test_the_able_grounds_are_not_given_to_men_who_are_barred(people: Population) -> None:
    barred = {"disabled", "mental_illness", "chronic_illness", "rights_deprived"}
    rows = people.circumstances
    men = rows.filter(pl.col("kind").is_in(list(barred)))
    able = rows.filter(
        pl.col("kind").is_in(["permanent_militia", "cipher_staff", "active_service"])
    )
    assert able.join(men, on="source_id", how="semi").is_empty()


def test_past_twenty_five_only_graduates_went_and_none_past_twenty_seven(
    people: Population,
) -> None:
    planted = people.truth.filter(pl.col("kind").is_in(["wrong_birth_date", "swapped_day_month"]))
    went = (
        people.circumstances.filter(pl.col("kind") == "active_service")
        .join(people.persons, on="source_id")
        .join(planted, on="source_id", how="anti")
    )
    degrees = people.schooling.filter(pl.col("award").is_in(["college", "university"]))
    first = dict(degrees.group_by("source_id").agg(pl.min("ends_on")).iter_rows())
    rows = [(row["source_id"], row["starts_on"], row["birth_date"]) for row in went.to_dicts()]
    older = [row for row in rows if row[1] >= add_years(row[2], 26)]
    assert older
    assert all(first[who] <= on < add_years(born, 28) for who, on, born in older)


def test_spells_end_after_they_begin_and_begin_before_the_horizon(people: Population) -> None:
    for frame in (people.schooling, people.employment, people.residence, people.circumstances):
        assert (frame["ends_on"].is_null() | (frame["ends_on"] > frame["starts_on"])).all()
        assert (frame["starts_on"] < HORIZON).all()
        assert frame.join(people.persons, on="source_id", how="anti").is_empty()


def test_everybody_has_one_permanent_residence_on_every_day(people: Population) -> None:
    homes = people.residence.filter(pl.col("kind") == "permanent").sort("source_id", "starts_on")
    last = homes.group_by("source_id", maintain_order=True).last()
    assert last["ends_on"].is_null().all()
    assert len(last) == len(people.persons)
    follows = homes.with_columns(pl.col("ends_on").shift().over("source_id").alias("before"))
    joined = follows.drop_nulls("before")
    assert (joined["before"] == joined["starts_on"]).all()
    now = homes.filter(
        (pl.col("starts_on") <= MERGER_EVE)
        & (pl.col("ends_on").is_null() | (pl.col("ends_on") > MERGER_EVE))
    )
    there = people.persons.join(now, on="source_id", suffix="_home")
    assert (there["commune_code"] == there["commune_code_home"]).all()


def test_schools_give_second_degrees_part_time_courses_and_early_leavers(
    people: Population,
) -> None:
    rows = people.schooling
    courses = rows.filter(pl.col("level") != "general")
    assert set(rows["level"]) == {"general", "vocational", "college", "university"}
    assert set(courses["mode"]) == {"full_time", "part_time"}
    assert set(courses["course_no"]) == {1, 2}
    assert courses["award"].null_count() > 0
    second = courses.filter(pl.col("course_no") == 2)
    first = courses.filter((pl.col("course_no") == 1) & (pl.col("award") == pl.col("level")))
    both = second.join(first, on=["source_id", "level"], suffix="_first")
    assert len(both) == len(second)
    assert (both["ends_on_first"] < both["starts_on"]).all()


def test_tertiary_schooling_rises_by_cohort_and_many_of_18_to_22_are_students(
    people: Population,
) -> None:
    men = people.persons.filter(pl.col("sex") == "male")
    full_time = people.schooling.filter(
        (pl.col("mode") == "full_time") & pl.col("level").is_in(["college", "university"])
    )

    def share(year: int, on: date) -> float:
        cohort = men.filter(pl.col("birth_date").dt.year() == year)
        now = full_time.filter((pl.col("starts_on") <= on) & (pl.col("ends_on") > on))
        return len(cohort.join(now, on="source_id", how="semi")) / len(cohort)

    assert share(1999, date(2019, 1, 15)) < share(2006, date(2026, 1, 15))
    assert 0.4 < share(2005, date(2025, 1, 15)) < 0.8


def test_boys_register_in_april_of_the_year_they_turn_17(people: Population) -> None:
    wrong = people.truth.filter(pl.col("kind") == "wrong_birth_date")
    men = people.persons.filter(pl.col("family_id").is_not_null()).join(
        wrong, on="source_id", how="anti"
    )
    known = men.drop_nulls("registered_on")
    years = known["registered_on"].dt.year() - known["birth_date"].dt.year()
    assert set(known["registered_on"].dt.month()) == {4}
    assert set(years) == {17, 18, 19}
    assert (years == 17).mean() > 0.9
    due = men.filter(pl.col("birth_date").dt.year() <= 2007)
    assert 0.005 < due["registered_on"].is_null().mean() < 0.05


def test_what_is_known_on_a_day_begins_no_later(people: Population) -> None:
    known = people.known_on(MERGER_EVE)
    for frame in ("schooling", "employment", "residence", "circumstances"):
        assert getattr(known, frame)["starts_on"].max() <= MERGER_EVE
        assert len(getattr(known, frame)) < len(getattr(people, frame))
    assert known.persons["registered_on"].max() <= MERGER_EVE
    assert len(known.persons) == len(people.persons)


# What was planted


def test_every_kind_of_truth_is_planted(people: Population) -> None:
    assert set(people.truth["kind"]) == SLIPS | {
        "double_entry", "wrong_birth_date", "borrowed_number", "missing_group", "village_first_january",
        "father_son_other_name", "away_at_work", "one_per_family_twice", "twins", "brothers",
    }  # fmt: skip


def test_a_double_entry_differs_exactly_as_told(people: Population) -> None:
    told: dict[tuple[int, int], set[str]] = {}
    slips = people.truth.filter(pl.col("kind").is_in([*SLIPS, "double_entry"]))
    for kind, one, other, _ in slips.iter_rows():
        told.setdefault((one, other), set()).add(kind)
    touches = {
        "typo": {"full_name"},
        "changed_middle_name": {"full_name"},
        "swapped_day_month": {"birth_date"},
        "old_new_number": {"citizen_number"},
        "missing_number": {"citizen_number", "old_number"},
        "moved_house": {"commune_code", "group_name"},
        "double_entry": set(),
    }
    by_id = entries(people)
    for (one, other), kinds in told.items():
        assert "double_entry" in kinds
        assert len(kinds) > 1
        allowed = {"source_id", "family_id"}.union(*(touches[kind] for kind in kinds))
        differing = {name for name, value in by_id[one].items() if value != by_id[other][name]}
        assert differing <= allowed
        assert all(not touches[kind] or touches[kind] & differing for kind in kinds)


def test_each_slip_is_what_it_is_called(people: Population) -> None:
    for one, other, detail in pairs(people, "typo"):
        words, wrong = one["full_name"].split(), other["full_name"].split()
        assert sum(a != b for a, b in zip(words, wrong, strict=True)) == 1
        assert detail == f"full_name: {one['full_name']} → {other['full_name']}"
    for one, other, _ in pairs(people, "swapped_day_month"):
        assert (one["birth_date"].day, one["birth_date"].month) == (
            other["birth_date"].month,
            other["birth_date"].day,
        )
        assert one["birth_date"] != other["birth_date"]
    for one, other, _ in pairs(people, "old_new_number"):
        assert one["citizen_number"]
        assert not other["citizen_number"]
        assert one["old_number"] == other["old_number"] is not None
    for one, other, _ in pairs(people, "missing_number"):
        assert one["citizen_number"]
        assert other["citizen_number"] is other["old_number"] is None
    for one, other, _ in pairs(people, "moved_house"):
        assert one["commune_code"] != other["commune_code"]
    for one, other, _ in pairs(people, "changed_middle_name"):
        words, changed = one["full_name"].split(), other["full_name"].split()
        assert (words[:-2], words[-1]) == (changed[:-2], changed[-1])
        assert words[-2] != changed[-2]


def test_some_doubles_lie_across_the_two_provinces(people: Population) -> None:
    province = {"11": "31", "10": "30", "23": "64"}
    across = [detail for *_, detail in pairs(people, "double_entry")].count("across the provinces")
    assert across > 0
    for one, other, detail in pairs(people, "double_entry"):
        provinces = {province[entry["commune_code"][:2]] for entry in (one, other)}
        assert (len(provinces) == 2) == (detail == "across the provinces")
        assert (one["commune_code"] == other["commune_code"]) == (detail == "within the commune")


def test_twins_share_parents_birthday_and_home_but_not_the_name(people: Population) -> None:
    same_name = 0
    for one, other, _ in pairs(people, "twins"):
        assert one["birth_date"] == other["birth_date"]
        assert one["mother_name"] == other["mother_name"]
        assert one["family_id"] == other["family_id"]
        same_name += one["full_name"] == other["full_name"]
    assert same_name == 0


def test_brothers_are_a_year_apart_at_least(people: Population) -> None:
    wrong = set(people.truth.filter(pl.col("kind") == "wrong_birth_date")["source_id"])
    gaps = [
        abs(one["birth_date"] - other["birth_date"])
        for one, other, _ in pairs(people, "brothers")
        if not wrong & {one["source_id"], other["source_id"]}
        and one["birth_precision"] == "day"
        and (one["birth_date"].month, one["birth_date"].day) != (1, 1)
    ]
    assert min(gaps) > timedelta(days=300)


def test_two_brothers_claim_what_is_granted_to_one(people: Population) -> None:
    held = set(people.circumstances.select("source_id", "kind").iter_rows())
    for one, other, kind in pairs(people, "one_per_family_twice"):
        assert one["family_id"] == other["family_id"]
        assert {(one["source_id"], kind), (other["source_id"], kind)} <= held


def test_a_village_is_entered_as_born_on_1_january(people: Population) -> None:
    told = people.truth.filter(pl.col("kind") == "village_first_january")
    rows = people.persons.join(told, on="source_id")
    assert len(rows) > 1
    assert rows.filter(
        (pl.col("birth_date").dt.month() != 1) | (pl.col("birth_date").dt.day() != 1)
    ).is_empty()
    assert rows.drop_nulls("group_name").select("commune_code", "group_name").n_unique() == 1


def test_single_faults_are_as_told(people: Population) -> None:
    by_id = entries(people)
    for kind, source_id, _, detail in people.truth.iter_rows():
        entry = by_id[source_id]
        if kind == "missing_group":
            assert entry["group_name"] is None
        elif kind == "wrong_birth_date":
            true, entered = detail.removeprefix("birth_date: ").split(" → ")
            assert str(entry["birth_date"]) == entered != true
            assert entry["citizen_number"][4:6] == true[2:4]
        elif kind == "father_son_other_name":
            assert entry["full_name"].split()[0] != entry["father_name"].split()[0]
            assert entry["ethnicity"] in {"Jrai", "Bahnar"}
    assert people.persons["group_name"].null_count() >= len(
        people.truth.filter(pl.col("kind") == "missing_group")
    )
    for one, other, _ in pairs(people, "borrowed_number"):
        assert one["citizen_number"] == other["citizen_number"]
        assert one["full_name"] != other["full_name"]


def test_men_away_at_work_have_no_registered_absence(people: Population) -> None:
    away = people.truth.filter(pl.col("kind") == "away_at_work")
    spells = people.residence.join(away, on="source_id")
    assert set(away["source_id"]) == set(spells.filter(pl.col("kind") == "work")["source_id"])
    assert "absent" not in set(spells["kind"])
    assert "absent" in set(people.residence["kind"])


# Written, measured, asked


def test_the_list_has_the_canonical_columns_and_the_truth_beside_it(
    people: Population, tmp_path: Path
) -> None:
    write_csv(people, tmp_path / "people.csv", tmp_path / "truth.csv")
    with (tmp_path / "people.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert ",".join(rows[0]) == (
        "full_name,birth_date,sex,citizen_number,old_number,commune_code,group_name,residence_kind,"
        "education_grade,school,school_level,father_name,mother_name,registered_on,source_id"
    )
    assert len(rows) == len(people.persons)
    assert any(len(row["birth_date"]) == 4 for row in rows)
    assert max(row["registered_on"] for row in rows) <= str(MERGER_EVE)
    assert pl.read_csv(tmp_path / "truth.csv").height == people.truth.height


def test_readings_are_measures_and_scores_that_a_doctor_could_write(people: Population) -> None:
    found = readings(people.persons, seed=11, season=2026)
    assert found.equals(readings(people.persons.reverse(), seed=11, season=2026))
    for measure, low, high in (
        ("height_cm", 166, 170),
        ("weight_kg", 57, 65),
        ("chest_cm", 82, 87),
    ):
        assert (found[measure] == found[measure].round(1)).all()
        assert low < found[measure].mean() < high
    for organ in ("eyes", "teeth", "ent", "internal", "surgical", "skin", "psychiatric"):
        assert set(found[organ]) == {1, 2, 3, 4, 5, 6}
    worse = pl.max_horizontal("right_myopia_d", "left_myopia_d")
    assert found.filter((worse >= 3.0) & (pl.col("eyes") < 4)).is_empty()


def test_a_body_is_his_own_from_season_to_season(people: Population) -> None:
    one, next_one = (readings(people.persons, seed=11, season=season) for season in (2025, 2026))
    assert (one["height_cm"] - next_one["height_cm"]).abs().max() < 3
    assert not one["weight_kg"].equals(next_one["weight_kg"])


def test_behaviour_follows_the_published_turn_out(people: Population) -> None:
    # Phú Thọ, season of 2026: 24,617 of the 25,727 called came.
    found = behaviour(people.persons, seed=11, season=2026)
    assert found["comes_to_exam"].mean() == pytest.approx(24_617 / 25_727, abs=0.01)
    assert not (found["comes_to_exam"] & found["exam_reason"]).any()
    away = people.persons.with_columns(pl.lit(value=True).alias("away"))
    staying = behaviour(away, seed=11, season=2026)
    assert staying["comes_to_screening"].mean() < found["comes_to_screening"].mean()


# Refused


def test_a_table_of_communes_without_a_column_is_refused() -> None:
    with pytest.raises(CommunesUnusable, match="thiếu cột kind"):
        generate(communes().drop("kind"), men=MEN, seed=1)


def test_communes_of_other_provinces_alone_are_refused() -> None:
    hills = communes().filter(pl.col("province_code") == "64")
    with pytest.raises(CommunesUnusable, match="không có tỉnh nào"):
        generate(hills, men=MEN, seed=1)


def test_too_few_men_are_refused() -> None:
    with pytest.raises(TooFewPeople):
        generate(communes(), men=20, seed=1)
