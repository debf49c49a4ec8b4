"""Names and text in Vietnam: cleaned, folded for search, ordered as printed lists are.

No pattern of names is assumed. A person may have one word or six, a clan name of two
words (Rơ Châm), letters of Jrai or Bahnar (ĕ, ŏ, ƀ, č, ê̆) and an apostrophe (H'Bia).

The order is that of Vietnamese dictionaries: a ă â b c d đ e ê g h i k l m n o ô ơ p q
r s t u ư v x y, with f, j, w and z in their Latin places; words that differ in tone
only follow as ngang, huyền, hỏi, ngã, sắc, nặng. It goes word by word (all of "hà"
before "hả"), numbers by their size ("Phường 2" before "Phường 10"). Letters of other
languages stand with their base letter, after its tones.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Latin letters with marks, whole and combining, with the blocks of Vietnamese letters.
_LATIN = (*range(0x20, 0x2B0), *range(0x1E00, 0x1F00))
_COMBINING = range(0x300, 0x370)

# Tones stand on the letter; shapes make it another letter.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_OTHER_MARK = "6"
_LETTERS = {"ă": "a{", "â": "a|", "đ": "d{", "ê": "e{", "ô": "o{", "ơ": "o|", "ư": "u{"}

# Letters whose stroke Unicode does not take apart.
_STROKED = {"đ": "d", "ð": "d", "ɖ": "d", "ƀ": "b", "ɓ": "b", "ɨ": "i", "ł": "l", "ø": "o"}
_STROKED |= {"æ": "ae", "œ": "oe", "ß": "ss"}

# What typists and old fonts write for the apostrophe and for đ (the Icelandic eth).
_APOSTROPHES = "'’‘ʼʹ′´`"
_REPAIRS = str.maketrans(
    dict.fromkeys(_APOSTROPHES, "'")
    | {"Ð": "Đ", "Ɖ": "Đ", "ð": "đ"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff")
)
# A tone typed before the roof or the breve of its letter: a + ́ + ̂ is meant as ấ.
_TONE_FIRST = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")
_CITIZEN_NUMBER = 12  # digits
_NUMBER = re.compile(r"[0-9]+")


def nfc(text: str) -> str:
    """The text in one spelling: composed letters, single spaces, one kind of apostrophe.

    Letters typed in parts are put together, also with the tone before the letter's
    shape; invisible characters go; Ð (eth) becomes Đ. Nothing else is changed.

    >>> nfc("  Nguye\u0302\u0303n   Va\u0306n A ")
    'Nguyễn Văn A'
    >>> nfc("H’Bia Ksor")
    "H'Bia Ksor"
    """
    text = text.translate(_REPAIRS)
    if not unicodedata.is_normalized("NFC", text) or _has_loose_marks(text):
        text = _TONE_FIRST.sub(r"\2\1", unicodedata.normalize("NFD", text))
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """The text without case and diacritics, as searches compare it.

    Apostrophes go, so that H'Bia, H’Bia and HBia are found alike.

    >>> fold("Đặng Thị  Thuỳ"), fold("Rơ Châm H’Ƀlêč")
    ('dang thi thuy', 'ro cham hblec')
    """
    return " ".join(text.lower().translate(_FOLDED).split())


def tokens(text: str) -> tuple[str, ...]:
    """The folded words of a text, in their order; signs other than apostrophes part words.

    >>> tokens("Bà Rịa - Vũng Tàu")
    ('ba', 'ria', 'vung', 'tau')
    """
    return tuple(_WORD.findall(text.lower().translate(_FOLDED)))


def sort_key(text: str) -> str:
    """A key whose plain byte order is Vietnamese dictionary order (`COLLATE "C"`).

    >>> sorted(["Hạ", "Hả", "Hân", "Hà Nam", "Hăng", "Hà", "Ha", "Han"], key=sort_key)
    ['Ha', 'Hà', 'Hà Nam', 'Hả', 'Hạ', 'Han', 'Hăng', 'Hân']
    """
    return " ".join(map(_word_key, _words(text)))


def person_sort_key(full_name: str) -> str:
    """A key that orders people as Vietnamese lists do: by the last word, then from the first.

    >>> people = ["Trần An", "Nguyễn Văn Bình", "Lê Ân", "An", "Bùi Thị An"]
    >>> sorted(people, key=person_sort_key)
    ['An', 'Bùi Thị An', 'Trần An', 'Lê Ân', 'Nguyễn Văn Bình']
    """
    words = _words(full_name)
    return " ".join(map(_word_key, words[-1:] + words[:-1]))


def mask_number(number: str) -> str:
    """A personal number as lists show it: enough to tell two apart, too little to use.

    The middle of a 12-digit citizen number, which tells sex and year of birth, is
    hidden; of any shorter number only the last third is shown.

    >>> mask_number("031099001234"), mask_number("031234567")
    ('031*****1234', '******567')
    """
    first, last = (3, 4) if len(number) >= _CITIZEN_NUMBER else (0, len(number) // 3)
    hidden = len(number) - first - last
    return number[:first] + "*" * hidden + number[first + hidden :]


def _has_loose_marks(text: str) -> bool:
    """Whether a mark stands by itself: text in NFC may still hold a tone typed too early."""
    return not text.isascii() and any(mark in text for mark in "\u0302\u0306")


def _words(text: str) -> list[str]:
    return nfc(text).lower().translate(_WORDS).split()


@lru_cache(maxsize=1 << 16)
def _word_key(word: str) -> str:
    """Letters first, then "!" and the tones: both below every letter, above the space.

    A letter that follows another in the alphabet (ă after a) is written as its base and
    one of `{|`, which stand above every letter. A number is preceded by its length.
    """
    letters = _NUMBER.sub(_number_key, word.translate(_PRIMARY))
    tones = "".join(_MARKS.get(letter, "") for letter in word)
    return f"{letters}!{tones}" if tones else letters


def _number_key(digits: re.Match[str]) -> str:
    number = digits[0].lstrip("0")
    return f"{min(len(number), 9)}{number}"


def _base(letter: str) -> str:
    """The letter without its marks."""
    bare = unicodedata.normalize("NFD", letter)[0]
    return _STROKED.get(bare, bare)


def _taken_apart(letter: str) -> tuple[str, str]:
    """How a key writes a letter: its place in the alphabet, and its tone or other marks."""
    apart = unicodedata.normalize("NFD", letter)
    bare, marks = apart[0], apart[1:]
    shape = unicodedata.normalize("NFC", bare + "".join(m for m in marks if m not in _TONES))
    if shape in _LETTERS:
        return _LETTERS[shape], "".join(_TONES[m] for m in marks if m in _TONES)
    others = _OTHER_MARK if bare in _STROKED else ""
    return _base(letter), "".join(_TONES.get(m, _OTHER_MARK) for m in marks) + others


_WORD = re.compile(r"[^\W_]+")
_SMALL = [chr(code) for code in _LATIN if chr(code).islower()]
_DROPPED = dict.fromkeys([*_COMBINING, *map(ord, _APOSTROPHES)], "")
# Every ASCII sign is in the table, since a sign that is not is slow to translate.
_FOLDED = {code: chr(code) for code in range(0x80)} | {ord(x): _base(x) for x in _SMALL} | _DROPPED
_PRIMARY = {ord(x): _taken_apart(x)[0] for x in _SMALL} | _DROPPED
_MARKS = {x: _taken_apart(x)[1] for x in _SMALL} | {
    chr(code): _TONES.get(chr(code), _OTHER_MARK) for code in _COMBINING
}
_SIGNS = (*range(0x80), *range(0xA0, 0xC0), *range(0x2000, 0x2070))
_WORDS = {code: " " for code in _SIGNS if not chr(code).isalnum()} | {ord("'"): ""}
