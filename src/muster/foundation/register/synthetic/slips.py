"""How a clerk's hand goes wrong: one slip per function, on one entry.

Each takes the entry (a mapping of column to value) and returns it changed, with the detail that
the truth keeps; or None when this slip cannot happen to this entry.
"""

import unicodedata
from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from muster.foundation.register.synthetic.tables import table

Entry = Mapping[str, Any]
Slip = tuple[dict[str, Any], str]
_CONFUSED = (
    ("l", "n"),
    ("n", "l"),
    ("s", "x"),
    ("x", "s"),
    ("ch", "tr"),
    ("tr", "ch"),
    ("i", "y"),
    ("y", "i"),
)
_MONTHS = 12


def typo(entry: Entry, rng: Random) -> Slip | None:
    """One word of the name misspelt, as ears and fingers do it."""
    words = entry["full_name"].split()
    position = rng.randrange(len(words))
    ways = [_bare, _swapped, _dropped, _confused]
    for way in rng.sample(ways, len(ways)):
        written = way(words[position], rng)
        if written and written != words[position]:
            wrong = " ".join([*words[:position], written, *words[position + 1 :]])
            return {**entry, "full_name": wrong}, f"full_name: {entry['full_name']} → {wrong}"
    return None


def _bare(word: str, rng: Random) -> str:
    """Without diacritics."""
    del rng
    letters = unicodedata.normalize("NFD", word.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _swapped(word: str, rng: Random) -> str:
    if len(word) < 3:  # noqa: PLR2004 - a capital and one letter have nothing to swap
        return ""
    at = rng.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _dropped(word: str, rng: Random) -> str:
    if len(word) < 3:  # noqa: PLR2004 - a word of two letters would become an initial
        return ""
    at = rng.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _confused(word: str, rng: Random) -> str:
    """Sounds of the coast written for one another: l and n, s and x, ch and tr."""
    for heard, written in rng.sample(_CONFUSED, len(_CONFUSED)):
        if word.lower().startswith(heard) and not word.lower().startswith("ng"):
            rest = word[len(heard) :]
            return (written.capitalize() if word[0].isupper() else written) + rest
    return ""


def swapped_day_month(entry: Entry, rng: Random) -> Slip | None:
    """5 March entered as 3 May."""
    del rng
    born: date = entry["birth_date"]
    if entry["birth_precision"] != "day" or born.day > _MONTHS or born.day == born.month:
        return None
    wrong = date(born.year, born.day, born.month)
    return {**entry, "birth_date": wrong}, f"birth_date: {born} → {wrong}"


def missing_number(entry: Entry, rng: Random) -> Slip | None:
    """Neither number on the second entry."""
    del rng
    if entry["citizen_number"] is None:
        return None
    return {**entry, "citizen_number": None, "old_number": None}, "no number on the second entry"


def old_new_number(entry: Entry, rng: Random) -> Slip | None:
    """The second entry still has the old number alone."""
    del rng
    if entry["old_number"] is None or entry["citizen_number"] is None:
        return None
    return {**entry, "citizen_number": None}, "old number alone on the second entry"


def changed_middle_name(entry: Entry, rng: Random) -> Slip | None:
    """Another middle name, the rest alike."""
    words = entry["full_name"].split()
    if len(words) < 3 or entry["ethnicity"] in {"Jrai", "Bahnar"}:  # noqa: PLR2004 - no middle in two words
        return None
    others = [name for name in table("names")["kinh"]["middle"][entry["sex"]] if name not in words]
    words[-2] = rng.choice(others)
    return {
        **entry,
        "full_name": " ".join(words),
    }, f"full_name: {entry['full_name']} → {' '.join(words)}"


def wrong_birth_date(entry: Entry, rng: Random) -> Slip | None:
    """A year, a month or a day beside the true one."""
    born: date = entry["birth_date"]
    day = min(born.day, 28)
    wrong = rng.choice(
        [
            date(born.year + rng.choice([-1, 1]), born.month, day),
            date(born.year, born.month % _MONTHS + 1, day),
            date(born.year, born.month, (born.day + rng.choice([9, 10, 18])) % 28 + 1),
        ]
    )
    if wrong == born:
        return None
    return {**entry, "birth_date": wrong}, f"birth_date: {born} → {wrong}"
