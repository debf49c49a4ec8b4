"""Vietnamese text typed for the fonts of before Unicode, read as what it meant.

TCVN3 (the .Vn fonts) and VNI put accented letters on codes that Unicode gives to others,
so "Nguyễn" reads "NguyÔn" or "Nguyeãn". Which font a list was typed for is settled by the
whole column: a single word may be a word in two of them.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from muster.kernel import names

UNICODE, TCVN3, VNI = "unicode", "tcvn3", "vni"

_TCVN3 = str.maketrans(
    "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦",
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ",
)

# VNI writes a letter's shape and tone as a second sign behind the letter.
_MARKS = {
    "a": {"ø": "à", "ù": "á", "û": "ả", "õ": "ã", "ï": "ạ", "â": "â", "à": "ầ", "á": "ấ",
          "å": "ẩ", "ã": "ẫ", "ä": "ậ", "ê": "ă", "è": "ằ", "é": "ắ", "ú": "ẳ", "ü": "ẵ", "ë": "ặ"},
    "e": {"ø": "è", "ù": "é", "û": "ẻ", "õ": "ẽ", "ï": "ẹ", "â": "ê", "à": "ề", "á": "ế",
          "å": "ể", "ã": "ễ", "ä": "ệ"},
    "o": {"ø": "ò", "ù": "ó", "û": "ỏ", "õ": "õ", "ï": "ọ", "â": "ô", "à": "ồ", "á": "ố",
          "å": "ổ", "ã": "ỗ", "ä": "ộ"},
    "ô": {"ø": "ờ", "ù": "ớ", "û": "ở", "õ": "ỡ", "ï": "ợ"},
    "u": {"ø": "ù", "ù": "ú", "û": "ủ", "õ": "ũ", "ï": "ụ"},
    "ö": {"ø": "ừ", "ù": "ứ", "û": "ử", "õ": "ữ", "ï": "ự"},
    "y": {"ø": "ỳ", "ù": "ý", "û": "ỷ", "õ": "ỹ"},
}  # fmt: skip
_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ì": "ì", "í": "í"}
_VNI = {base + mark: letter for base, marks in _MARKS.items() for mark, letter in marks.items()}
_VNI |= _ALONE
_VNI |= {old.upper(): new.upper() for old, new in _VNI.items()}
_VNI |= {old[0].upper() + old[1:]: new.upper() for old, new in _VNI.items() if len(old) > 1}
_VNI_LETTER = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

# A syllable of Vietnamese, folded. Which letters carry marks is looked at beside it.
_SYLLABLE = re.compile(
    "(?:ngh|ng|nh|gh|gi|kh|th|tr|ch|ph|qu|[bcdghklmnprstvx])?"
    "(?:uye|uya|uyu|oai|oay|oeo|uay|uoi|uou|ieu|yeu|[aeiouy]{1,2})(?:ng|nh|ch|[cmnpt])?"
)
_WRITTEN = re.compile("[a-zăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ']+")
_TONED = frozenset("àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ")
_ENDED = re.compile("(?:[cpt]|ch)$")
_STOPPED = frozenset("áạắặấậéẹếệíịóọốộớợúụứựýỵ")


def read_as(text: str, font: str) -> str:
    """The text as it was meant by somebody who typed for that font.

    >>> read_as("TrÇn V¨n §øc", TCVN3), read_as("Nguyeãn Vaên Ñöùc", VNI)
    ('Trần Văn Đức', 'Nguyễn Văn Đức')
    """
    if font == TCVN3:
        return text.translate(_TCVN3)
    if font == VNI:
        return _VNI_LETTER.sub(lambda found: _VNI[found[0]], text)
    return text


def font_of(texts: Sequence[str]) -> str:
    """For which font a column was typed, by its words with letters outside ASCII.

    >>> font_of(["TrÇn V¨n Hïng", "NguyÔn ThÞ Dòng"]), font_of(["Trần Văn Hùng", "Y Blăk"])
    ('tcvn3', 'unicode')
    """
    words = Counter(word for text in texts if not text.isascii() for word in text.split())
    foreign = {word: count for word, count in words.items() if not word.isascii()}
    sense = {
        font: sum(count for word, count in foreign.items() if _is_syllable(read_as(word, font)))
        for font in (UNICODE, TCVN3, VNI)
    }
    return max(sense, key=lambda font: sense[font])


@lru_cache(maxsize=1 << 15)
def _is_syllable(word: str) -> bool:
    small = names.nfc(word).lower().strip(",.;:-()")
    toned = [letter for letter in small if letter in _TONED]
    if not _WRITTEN.fullmatch(small) or len(toned) > 1:
        return False
    if not _SYLLABLE.fullmatch(names.fold(small)):
        return False
    # Closed syllables bear sắc or nặng, no other tone.
    return not (_ENDED.search(small) and toned and toned[0] not in _STOPPED)
