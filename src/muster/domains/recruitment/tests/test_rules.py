"""The season's law in its own words: ages at the hand-over, health classes, terms of return."""

from datetime import date
from decimal import Decimal

import pytest

from muster.domains.recruitment import rules
from muster.domains.recruitment.models import State
from muster.domains.recruitment.rules import ImpossibleReading, Reading, health_class, terms

BEFORE, SINCE = date(2025, 1, 10), date(2026, 1, 10)
SOUND = {"height_cm": 168, "weight_kg": 62, "chest_cm": 85, "myopia_d": 0, "hyperopia_d": 0}


def man(**readings):
    return Reading("male", **(SOUND | readings))


# ---- age -------------------------------------------------------------------------------


def test_for_february_2025_communes_call_from_march_1999_to_february_2007():
    found = terms(date(2024, 8, 20), date(2025, 2, 13))
    assert found.adult_by == date(2007, 2, 13)
    assert found.upper.in_from == date(1999, 3, 1)
    assert found.upper_student.in_from == date(1997, 3, 1)


def test_men_born_from_14_to_28_february_1999_are_read_differently_on_13_february_2025():
    upper = terms(date(2024, 8, 20), date(2025, 2, 13)).upper
    assert upper.out_by == date(1999, 2, 13)
    assert upper.in_from == date(1999, 3, 1)


def test_on_the_last_day_of_a_month_both_readings_agree():
    upper = terms(date(2025, 8, 20), date(2026, 1, 31)).upper
    assert (upper.out_by, upper.in_from) == (date(2000, 1, 31), date(2000, 2, 1))


def test_who_was_born_on_29_february_is_of_age_on_the_28th_by_one_reading_only():
    found = terms(date(2025, 8, 20), date(2026, 2, 28))
    assert found.adult_by == date(2008, 2, 28)
    assert found.adult_by_any == date(2008, 2, 29)


def test_a_hand_over_in_december_reads_the_month_after_as_january():
    assert terms(date(2025, 8, 20), date(2025, 12, 15)).upper.in_from == date(2000, 1, 1)


@pytest.mark.parametrize(
    ("on", "hand_over", "confirmed"),
    [
        (date(2025, 6, 15), None, True),
        (date(2026, 8, 31), None, True),
        (date(2026, 9, 1), None, False),
        # Reviewed before the new law, called under it.
        (date(2026, 8, 20), date(2027, 3, 2), False),
    ],
)
def test_from_1_september_2026_the_terms_are_unconfirmed_and_say_why(on, hand_over, confirmed):
    found = terms(on, hand_over)
    assert found.confirmed is confirmed
    assert any("14/2026/QH16" in note for note in found.notes) is not confirmed


def test_the_permanent_militia_defers_since_the_militia_law_of_2019():
    assert "permanent_militia" not in terms(date(2020, 6, 30)).grounds
    assert "permanent_militia" in terms(date(2020, 7, 1)).grounds


# ---- health ----------------------------------------------------------------------------


def test_the_worst_score_is_the_class():
    found = health_class(man(scores={"eyes": 1, "teeth": 3, "ent": 2}), SINCE)
    assert (found.health_class, found.fit) == (3, True)
    assert found.reasons == ("teeth: 3",)


@pytest.mark.parametrize(
    ("height", "score"),
    [(163, 1), ("162.5", 1), ("162.4", 2), (160, 2), (157, 3), (155, 4), (153, 5), (152, 6), (90, 6)],
)  # fmt: skip
def test_men_are_measured_by_the_table_and_rounded_at_the_half(height, score):
    # Weight that keeps the index in its first band.
    weight = Decimal("21.5") * Decimal(str(height)) ** 2 / 10_000
    found = health_class(man(height_cm=height, weight_kg=max(weight, Decimal(51))), SINCE)
    assert min(found.possible) == score if height == 90 else score in found.possible


@pytest.mark.parametrize(
    ("weight", "score"), [(48, 1), (47, 2), (44, 2), (43, 3), (42, 3), (41, 4), (39, 5), (37, 6)]
)
def test_women_have_a_table_of_their_own_without_a_chest(weight, score):
    found = health_class(Reading("female", height_cm=154, weight_kg=weight, chest_cm=60), SINCE)
    by_index = 4 if weight <= 43 else 1
    assert found.health_class == max(score, by_index)


def test_an_index_of_18_is_within_the_limits_and_still_not_fit():
    # 52.3 / 1.70² = 18.10 measured; 52 / 1.70² = 17.99 recorded: class 4 either way.
    found = health_class(man(height_cm=170, weight_kg=Decimal("52.3")), SINCE)
    assert (found.health_class, found.fit) == (4, False)
    whole = health_class(man(height_cm=168, weight_kg=51), SINCE)  # 18.07
    assert (whole.health_class, whole.fit) == (4, False)


@pytest.mark.parametrize(
    ("height", "weight", "possible"),
    [(160, Decimal("63.87"), (2,)), (200, Decimal("99.8"), (1, 2)), (200, Decimal("119.8"), (3, 4))],
)  # fmt: skip
def test_gaps_of_the_printed_table_are_not_filled(height, weight, possible):
    found = health_class(man(height_cm=height, weight_kg=weight, chest_cm=99), SINCE)
    assert set(possible) <= set(found.possible)
    assert (found.health_class is None) == (len(found.possible) > 1)


def test_the_index_as_measured_and_as_recorded_may_differ_then_nobody_guesses():
    # 165.4 cm, 50.7 kg: 18.53 measured, 51/165 = 18.73 recorded: one class.
    same = health_class(man(height_cm="165.4", weight_kg="50.7"), SINCE)
    assert same.health_class == 1
    # 166.4 cm, 51.4 kg: 18.56 measured; 51/166 = 18.51: still one class.
    # 167.4 cm, 51.6 kg: 18.41 measured; 52/167 = 18.65 recorded: class 4 or 1.
    split = health_class(man(height_cm="167.4", weight_kg="51.6"), SINCE)
    assert (split.health_class, split.possible, split.fit) == (None, (1, 4), None)
    assert split.reasons == ("bmi: 1 or 4",)


def test_a_doubt_that_a_worse_score_covers_is_no_doubt():
    found = health_class(man(height_cm="167.4", weight_kg="51.6", scores={"skin": 5}), SINCE)
    assert (found.health_class, found.fit) == (5, False)


def test_what_was_not_measured_leaves_the_class_open():
    found = health_class(man(chest_cm=None), SINCE)
    assert (found.health_class, found.fit) == (None, None)


@pytest.mark.parametrize(
    "reading",
    [{"myopia_d": Decimal("1.75")}, {"hyperopia_d": Decimal("0.25")}],
)
def test_sight_limits_hold_from_1_july_2025(reading):
    assert health_class(man(**reading), date(2025, 6, 30)).fit is True
    assert health_class(man(**reading), date(2025, 7, 1)).fit is False


def test_short_sight_of_one_and_a_half_is_still_within_the_limit():
    assert health_class(man(myopia_d=Decimal("1.5")), SINCE).fit is True


@pytest.mark.parametrize(
    ("reading", "sentence"),
    [
        (Reading("x"), "no table"),
        (Reading("male", height_cm=0), "height_cm"),
        (Reading("male", weight_kg=900), "weight_kg"),
        (Reading("male", myopia_d=-1), "positive"),
        (Reading("male", scores={"eyes": 7}), "1 to 6"),
    ],
)
def test_an_impossible_reading_is_refused_in_a_sentence(reading, sentence):
    with pytest.raises(ImpossibleReading, match=sentence):
        health_class(reading, SINCE)


# ---- the season ------------------------------------------------------------------------


def test_a_recruit_comes_back_within_seven_days_or_fifteen_with_a_verification():
    assert rules.last_day_of_return(date(2026, 3, 4), verification=False) == date(2026, 3, 11)
    assert rules.last_day_of_return(date(2026, 3, 4), verification=True) == date(2026, 3, 19)


def test_two_per_cent_of_2550_are_51():
    assert rules.most_replaced(2550, BEFORE) == 51


def test_every_open_state_is_a_state_and_no_decided_man_is_among_them():
    assert set(rules.OPEN_STATES) <= set(State.values)
    decided = {"deferred", "exempt", "excluded", "relieved", "unfit", "absent", "handed_over"}
    assert decided.isdisjoint(rules.OPEN_STATES)
