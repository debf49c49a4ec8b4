"""The season's law over plain values: who is of age, what a doctor's readings come to.

Whatever law may change stands in `parameters.toml`, read as it stood on a day. Dates are
turned into cut-offs here, once, so that the columnar grounds only compare.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from muster.kernel.errors import Refused
from muster.kernel.parameters import Value, beside
from muster.kernel.periods import add_years

LAW = beside(__file__)

#: States that the end of the season turns into "not called": whoever was still on the way.
#: Those with a decision of their own (deferred, exempt, barred), those whose age or
#: schooling kept them off it, those who did not obey a call, and those who served stay.
OPEN_STATES = (
    "sourced",
    "callable",
    "called_to_screening",
    "screened",
    "screened_out",
    "called_to_exam",
    "examined",
    "listed",
    "not_listed",
    "selected",
    "reserve",
    "called_up",
)


class ImpossibleReading(Refused):
    """A doctor's reading that no body can have, or a score outside 1 to 6."""


# ---- who is of age -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Upper:
    """An upper age at the hand-over as dates of birth.

    Born on `in_from` or later: within the age, read by the day and by the month. Born on
    `out_by` or earlier: past it, read either way. Between the two the readings differ.
    """

    in_from: date
    out_by: date


@dataclass(frozen=True, slots=True)
class Terms:
    """What the law asks on one day, as dates to compare with and values to reach.

    `adult_by`: born then or earlier, a man is full 18 at the hand-over by every reading;
    `adult_by_any`: by one reading at least (they differ for 29 February only).
    `upper` is the end of 25, `upper_student` the end of 27. The `*_by` of a spell is the
    last first day whose term is over on the day. `grounds` are the codes in force.
    """

    on: date
    hand_over: date
    adult_by: date
    adult_by_any: date
    upper: Upper
    upper_student: Upper
    education_from: int
    resettled_by: date
    posted_by: date
    militia_by: date
    grounds: frozenset[str]
    confirmed: bool
    notes: tuple[str, ...]


@lru_cache(maxsize=256)
def terms(on: date, hand_over: date | None = None) -> Terms:
    """The terms by which a man is judged on a day, for a hand-over (by default that day).

    Ages and schooling are read as the law stands at the hand-over, when he would be
    called (art. 30); grounds as it stands on the day of the review (art. 13, 14, 41).

    >>> for_2025 = terms(date(2024, 8, 20), date(2025, 2, 13))
    >>> for_2025.adult_by, for_2025.upper.in_from, for_2025.upper.out_by
    (datetime.date(2007, 2, 13), datetime.date(1999, 3, 1), datetime.date(1999, 2, 13))
    """
    then = hand_over or on
    adult = LAW.integer("call_age_from", then)
    values = list(_values_read(on, then))
    return Terms(
        on=on,
        hand_over=then,
        adult_by=_born_by(adult, then, after_february=True),
        adult_by_any=_born_by(adult, then, after_february=False),
        upper=_upper("call_age_before", then),
        upper_student=_upper("call_age_before_student", then),
        education_from=LAW.integer("education_grade_from", then),
        resettled_by=begun_by(on, LAW.integer("resettlement_months", on)),
        posted_by=begun_by(on, LAW.integer("special_area_months", on)),
        militia_by=begun_by(on, LAW.integer("militia_service_months", on)),
        grounds=frozenset(LAW.value("grounds", on)),
        confirmed=all(value.confirmed for value in values),
        notes=doubts(values),
    )


def _values_read(on: date, hand_over: date) -> Iterator[Value]:
    for name in ("call_age_from", "call_age_before", "call_age_before_student"):
        yield LAW.on(name, hand_over)
    yield LAW.on("education_grade_from", hand_over)
    for name in ("resettlement_months", "special_area_months", "militia_service_months", "grounds"):
        yield LAW.on(name, on)


def doubts(values: Iterable[Value]) -> tuple[str, ...]:
    """Why values are not confirmed, each reason once."""
    return tuple(
        dict.fromkeys(value.note or value.source for value in values if not value.confirmed)
    )


def _upper(name: str, hand_over: date) -> Upper:
    """The cut-offs of "to the end of": by the day, and by the month as communes compute."""
    age = LAW.integer(name, hand_over)
    by_day = _born_by(age, hand_over, after_february=False) + timedelta(days=1)
    month_after = add_months(hand_over.replace(day=1), 1)
    by_month = month_after.replace(year=month_after.year - age)
    read_by_month = LAW.value("month_reading", hand_over)
    return Upper(
        in_from=max(by_day, by_month) if read_by_month else by_day,
        out_by=_born_by(age, hand_over, after_february=True),
    )


def _born_by(age: int, on: date, *, after_february: bool) -> date:
    """The last date of birth on which somebody has completed the age on a day."""
    return _last(
        add_years(on, -age), lambda born: add_years(born, age, after_february=after_february) <= on
    )


def begun_by(on: date, months: int) -> date:
    """The last first day of a spell that has lasted so many months on a day.

    >>> begun_by(date(2026, 2, 28), 24)
    datetime.date(2024, 2, 29)
    """
    return _last(add_months(on, -months), lambda begun: add_months(begun, months) <= on)


def _last(guess: date, holds: Callable[[date], bool]) -> date:
    """The last date for which `holds`, near a guess that February may have moved."""
    day = guess + timedelta(days=2)
    while not holds(day):
        day -= timedelta(days=1)
    return day


def add_months(day: date, months: int) -> date:
    """The same day so many months later; a month that lacks it ends on its last day.

    >>> add_months(date(2024, 12, 31), 2), add_months(date(2024, 2, 25), 24)
    (datetime.date(2025, 2, 28), datetime.date(2026, 2, 25))
    """
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))


# ---- what the readings come to -----------------------------------------------------------

Number = Decimal | int | float | str | None
_WORST = 6
_ANY = frozenset(range(1, _WORST + 1))


@dataclass(frozen=True, slots=True)
class Reading:
    """What the doctors of one examination read; `None` = not measured.

    `sex` is "male" or "female"; sight in diopters, the worse eye, positive; `scores` are
    the indicators that a doctor scores himself, by name, 1 to 6.
    """

    sex: str
    height_cm: Number = None
    weight_kg: Number = None
    chest_cm: Number = None
    myopia_d: Number = None
    hyperopia_d: Number = None
    scores: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Health:
    """The class that readings come to: a proposal, which the council's conclusion decides.

    `health_class` is None while undecided, `possible` the classes it may be; `fit` says
    whether he may be called, None where that is undecided; `reasons` say what decided.
    """

    health_class: int | None
    possible: tuple[int, ...]
    fit: bool | None
    reasons: tuple[str, ...]
    confirmed: bool


def health_class(reading: Reading, on: date) -> Health:
    """The class of a reading on a day: the worst score counts (Circular 105/2023).

    Height, weight and chest are scored as recorded, rounded at the half. The body-mass
    index is scored from the values as measured and as recorded; where the class differs,
    and in the gaps of the printed table, the class is undecided. A man is fit in the
    classes of `fit_classes` and within the limits of Circular 68/2025 from its day.
    `ImpossibleReading` for a body or a score that cannot be.
    """
    _check(reading)
    scored = dict(_scored(reading, on))
    possible = sorted(_worst(scored.values()))
    decided = possible[0] if len(possible) == 1 else None
    fit_classes = LAW.value("fit_classes", on)
    limits = list(_beyond_limits(reading, on))
    fits = {each in fit_classes for each in possible}
    fit: bool | None = fits.pop() if len(fits) == 1 else None
    if fit is not False and limits:
        fit = False if any(sure for _, sure in limits) else None
    reasons = [*_told(scored, possible), *(reason for reason, _ in limits)]
    values = [
        LAW.on(name, on)
        for name in (f"physique_{reading.sex}", "bmi_bands", "fit_classes", "call_limits")
    ]
    return Health(
        decided, tuple(possible), fit, tuple(reasons), all(value.confirmed for value in values)
    )


def recorded(measured: Decimal) -> int:
    """A measure as it is written down: rounded at the half.

    >>> recorded(Decimal("162.5")), recorded(Decimal("162.4"))
    (163, 162)
    """
    return int(measured.quantize(Decimal(1), ROUND_HALF_UP))


def _scored(reading: Reading, on: date) -> Iterator[tuple[str, frozenset[int]]]:
    """Each indicator with the scores that it may have."""
    table = LAW.value(f"physique_{reading.sex}", on)
    for name, least in table.items():
        if name == "chest_cm" and reading.sex == "female":
            continue
        measured = _decimal(getattr(reading, name))
        yield name, _ANY if measured is None else frozenset({_score(recorded(measured), least)})
    yield "bmi", frozenset().union(*(_bmi_scores(bmi, on) for bmi in _bmis(reading))) or _ANY
    for name, score in reading.scores.items():
        yield name, frozenset({score})


def _score(value: int, least: Iterable[int]) -> int:
    return next((score for score, floor in enumerate(least, 1) if value >= floor), _WORST)


def _bmis(reading: Reading) -> tuple[Decimal, ...]:
    """The body-mass index as measured and as recorded; none without both measures."""
    height, weight = _decimal(reading.height_cm), _decimal(reading.weight_kg)
    if height is None or weight is None:
        return ()
    as_recorded = Decimal(recorded(weight)), Decimal(recorded(height))
    return tuple(kg * 10_000 / cm**2 for kg, cm in ((weight, height), as_recorded))


def _bmi_scores(bmi: Decimal, on: date) -> frozenset[int]:
    """The band of the printed table, or the two bands beside a gap."""
    bands = LAW.value("bmi_bands", on)
    at = max(number for number, band in enumerate(bands) if band.get("from", 0) <= bmi)
    band = bands[at]
    inside = "to" not in band or bmi <= band["to"]
    return frozenset({band["score"]} if inside else {band["score"], bands[at + 1]["score"]})


def _worst(scores: Iterable[frozenset[int]]) -> frozenset[int]:
    """The worst scores possible: at least every surest one, at most every worst one."""
    sets = list(scores)
    least = max(min(each) for each in sets)
    return frozenset({score for each in sets for score in each if score >= least})


def _told(scored: Mapping[str, frozenset[int]], possible: list[int]) -> Iterator[str]:
    """Which indicators decide the class, or leave it open."""
    for name, scores in scored.items():
        if len(possible) > 1 and len(scores) > 1:
            yield f"{name}: {' or '.join(map(str, sorted(scores)))}"
        elif scores == set(possible) != {1}:
            yield f"{name}: {possible[0]}"


def _beyond_limits(reading: Reading, on: date) -> Iterator[tuple[str, bool]]:
    """Limits that are passed, each surely (True) or only by one reading of the index."""
    limits = LAW.value("call_limits", on)
    if not limits:
        return
    for name in ("myopia_d", "hyperopia_d"):
        value = _decimal(getattr(reading, name))
        if value is not None and value > limits[name]:
            yield f"{name}: > {limits[name]}", True
    beyond = {not limits["bmi_from"] <= bmi <= limits["bmi_to"] for bmi in _bmis(reading)}
    if True in beyond:
        yield f"bmi: < {limits['bmi_from']} | > {limits['bmi_to']}", beyond == {True}


def _check(reading: Reading) -> None:
    if f"physique_{reading.sex}" not in LAW:
        raise ImpossibleReading(
            f'sex "{reading.sex}" has no table; write male or female.', code="health.sex"
        )
    for name in ("height_cm", "weight_kg", "chest_cm"):
        value = _decimal(getattr(reading, name))
        if value is not None and not 0 < value < 300:  # noqa: PLR2004 - no body is larger
            raise ImpossibleReading(f"{name} is {value}; check it.", code="health.reading")
    for name in ("myopia_d", "hyperopia_d"):
        value = _decimal(getattr(reading, name))
        if value is not None and value < 0:
            raise ImpossibleReading(f"{name} is {value}; write it positive.", code="health.reading")
    for name, score in reading.scores.items():
        if score not in _ANY:
            raise ImpossibleReading(
                f"{name} is scored {score}; scores go from 1 to {_WORST}.", code="health.score"
            )


def _decimal(value: Number) -> Decimal | None:
    # By its text, so that 62.3 stays 62.3 whatever it was read as.
    return value if value is None or isinstance(value, Decimal) else Decimal(str(value))


# ---- stations of an examination ----------------------------------------------------------

#: The measures that a station types; every station but the first also gives a score.
MEASURES = {
    "physique": ("height_cm", "weight_kg", "chest_cm"),
    "sight": ("myopia_d", "hyperopia_d"),
}
CHAIR = 3  # the turn from which on a reading is the chair's


def stations(on: date) -> tuple[str, ...]:
    """The stations through which a man goes on that day (Circular 105/2023, App. I)."""
    return tuple(LAW.value("exam_stations", on))


def counting(turns: Mapping[int, object]) -> object | None:
    """What counts of a station's readings by turn: the chair's last, else what all agree on.

    >>> counting({1: "4", 2: "4"}), counting({1: "4", 2: "3"}), counting({1: "4", 2: "3", 3: "3"})
    ('4', None, '3')
    """
    if not turns or max(turns) >= CHAIR:
        return turns[max(turns)] if turns else None
    return turns[1] if all(each == turns[1] for each in turns.values()) else None


# ---- after the hand-over -----------------------------------------------------------------


def last_day_of_return(hand_over: date, *, verification: bool) -> date:
    """The last day on which a recruit may be returned and replaced (Circular 148/2018 art. 7).

    >>> last_day_of_return(date(2025, 2, 13), verification=False)
    datetime.date(2025, 2, 20)
    """
    name = "replacement_days_verification" if verification else "replacement_days"
    return hand_over + timedelta(days=LAW.integer(name, hand_over))


def most_replaced(seats: int, on: date) -> int:
    """How many of a quota may be replaced at most (Circular 148/2018 art. 7).

    >>> most_replaced(2550, date(2025, 2, 20))
    51
    """
    return seats * LAW.integer("replacement_percent", on) // 100


def service_ends(hand_over: date) -> date:
    """The day on which active service is completed (art. 21).

    >>> service_ends(date(2024, 2, 25))
    datetime.date(2026, 2, 25)
    """
    return add_months(hand_over, LAW.integer("service_months", hand_over))
