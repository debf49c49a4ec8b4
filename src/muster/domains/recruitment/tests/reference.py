"""The law of ages and grounds once more, in plain Python, to hold the columns against it.

Written from the articles, day by day and without cut-offs; nothing here is shipped.
"""

from datetime import date, timedelta

from muster.kernel.periods import years_on

READINGS = (False, True)  # a 29 February is reached on the 28th, or on 1 March


def age_on_one_day(born: date, hand_over: date, student: bool) -> str:
    """in, out or disputed, for a birth date that is known to the day."""
    adult = {years_on(born, hand_over, after_february=each) >= 18 for each in READINGS}
    last = 27 if student else 25
    by_day = {years_on(born, hand_over, after_february=each) > last for each in READINGS}
    months = (hand_over.year - born.year) * 12 + hand_over.month - born.month
    past = by_day | {months >= (last + 1) * 12}
    if adult == {False} or past == {True}:
        return "out"
    return "in" if adult == {True} and past == {False} else "disputed"


def age(born: date, precision: str, hand_over: date, student: bool) -> str:
    """in, out or disputed; of a birth known by its year every day of it is tried."""
    days = [born] if precision == "day" else days_of(born.year)
    found = {age_on_one_day(day, hand_over, student) for day in days}
    return found.pop() if len(found) == 1 else "disputed"


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def outcome(row: dict, on: date, hand_over: date) -> tuple[str, str]:
    """The outcome and article of a man with at most one ground, which he can prove."""
    born, precision = row["birth_date"], row.get("birth_precision", "day")
    found = age(born, precision, hand_over, row.get("deferred_for_study", False))
    if found == "out":
        return "out_of_age", "30"
    for kind, article in BARRED.items():
        if row.get(kind):
            return "relieved" if article == "14" else "excluded", article
    if found == "disputed":
        return "disputed", "30"
    if not row.get("volunteer"):
        for kind, article in EXEMPT.items():
            if row.get(kind):
                return "exempt", article
        if article := deferral(row, on):
            return "deferred", article
    return "callable", ""


BARRED = {
    "prosecuted": "13.1.a",
    "serving_sentence": "13.1.a",
    "record_not_expunged": "13.1.a",
    "commune_education": "13.1.b",
    "compulsory_education": "13.1.b",
    "compulsory_rehabilitation": "13.1.b",
    "rights_deprived": "13.1.c",
    "disabled": "14",
    "mental_illness": "14",
    "chronic_illness": "14",
}
EXEMPT = {
    "child_martyr": "41.2.a",
    "child_invalid_1": "41.2.a",
    "brother_martyr": "41.2.b",
    "child_invalid_2": "41.2.c",
    "child_sick_soldier_81": "41.2.c",
    "cipher_staff": "41.2.d",
}
DEFERRED = {
    "sole_worker": "41.1.b",
    "family_damaged": "41.1.b",
    "child_sick_soldier_61_80": "41.1.c",
    "sibling_serving": "41.1.d",
}


def deferral(row: dict, on: date) -> str:
    for kind, article in DEFERRED.items():
        if row.get(kind):
            return article
    if row.get("resettled") and years_on(row["resettled_since"], on) < 3:
        return "41.1.đ"
    if row.get("study_level") == "general":
        return "41.1.g"
    one_course = row.get("study_course_no") == 1 and not row.get("has_degree")
    tertiary = row.get("study_level") in ("college", "university")
    return "41.1.g" if tertiary and one_course and row.get("study_mode") == "full_time" else ""
