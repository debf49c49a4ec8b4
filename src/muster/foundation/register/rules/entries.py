"""What the register may hold and when an entry may change, over plain values."""

from datetime import date

from muster.kernel.errors import Refused

# Which article and letter of Law 78/2015/QH13 each kind of circumstance may ground.
CIRCUMSTANCES = {
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
    "sole_worker": "41.1.b",
    "family_damaged": "41.1.b",
    "child_sick_soldier_61_80": "41.1.c",
    "sibling_serving": "41.1.d",
    "resettled": "41.1.đ",
    "special_area_posting": "41.1.e",
    "permanent_militia": "41.1.h",
    "child_martyr": "41.2.a",
    "child_invalid_1": "41.2.a",
    "brother_martyr": "41.2.b",
    "child_invalid_2": "41.2.c",
    "child_sick_soldier_81": "41.2.c",
    "cipher_staff": "41.2.d",
    "volunteer": "41.3",
    "active_service": "21",
    "police_service": "4.4",
}


class Impossible(Refused):
    """An entry whose facts contradict each other."""


class NotTheNumber(Refused):
    """A text that is no citizen or identity number."""


CITIZEN_DIGITS, OLD_DIGITS = 12, 9


def checked_number(text: str, *, digits: int) -> str:
    """The number without blanks and points; `NotTheNumber` unless it has `digits` digits.

    A spreadsheet drops leading zeros, so a shorter number is refused, never padded:
    the caller who knows the column may pad and say so.
    """
    bare = "".join(sign for sign in text if sign not in " .\u00a0-")
    if len(bare) != digits or not (bare.isascii() and bare.isdigit()):
        raise NotTheNumber(
            "a number of %(digits)s digits is needed and %(given)s signs were given; "
            "check it against the card.",
            code="number.digits",
            digits=digits,
            given=len(bare),
        )
    return bare


def check_person(
    *, full_name: str, birth_date: date, registered_on: date, closed_on: date | None = None
) -> None:
    """Refuse an entry without a name, or whose dates run backwards."""
    if not full_name.strip():
        raise Impossible("the name is empty; write it as on the birth certificate.")
    if registered_on < birth_date:
        raise Impossible(
            "registered on %(registered)s, before the birth on %(birth)s.",
            registered=registered_on,
            birth=birth_date,
        )
    if closed_on is not None and closed_on < registered_on:
        raise Impossible(
            "closed on %(closed)s, before it was opened on %(registered)s.",
            closed=closed_on,
            registered=registered_on,
        )
