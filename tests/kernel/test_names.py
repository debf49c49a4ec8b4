"""Names of no single pattern, found without diacritics, listed in Vietnamese order."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.kernel.names import fold, mask_number, nfc, person_sort_key, sort_key, tokens

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
SYLLABLES = st.builds(
    lambda first, vowel, tone, last: unicodedata.normalize("NFC", first + vowel + tone + last),
    st.sampled_from(["", "b", "c", "d", "đ", "h", "ng", "th", "tr", "x"]),
    st.sampled_from(VOWELS),
    st.sampled_from(TONES),
    st.sampled_from(["", "c", "i", "m", "n", "ng", "nh", "t", "u"]),
)
PHRASES = st.lists(SYLLABLES, min_size=1, max_size=6).map(" ".join)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Tr\u00e2\u0300n", "Trần"),
        ("Tra\u0300\u0302n", "Trần"),
        ("H\u01b0\u01a1\u0301ng", "Hướng"),
        ("Ðức", "Đức"),
        ("H\u2019Bia", "H'Bia"),
        ("H\u02bcBia", "H'Bia"),
        ("Lê\u00a0 Văn\t An\n", "Lê Văn An"),
        ("Bình\u200b", "Bình"),
        ("Y Ê\u0306", "Y Ê\u0306"),
        ("Siu", "Siu"),
    ],
)
def test_one_name_has_one_spelling(typed: str, meant: str) -> None:
    assert nfc(typed) == meant


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("NGUYỄN VĂN ĐỨC", "nguyen van duc"),
        ("Rơ Châm H'Bia", "ro cham hbia"),
        ("Siu H\u2019Ƀlêč", "siu hblec"),
        ("Kpă Ê\u0306 Ŏĭ", "kpa e oi"),
        ("Ñơm", "nom"),
        ("Ðào", "dao"),
        ("  Lê   Ân ", "le an"),
        ("Ybơm", "ybom"),
        ("", ""),
    ],
)
def test_search_knows_no_diacritics(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(PHRASES)
def test_folding_does_not_depend_on_spelling_or_case(phrase: str) -> None:
    folded = fold(phrase)
    assert folded.isascii()
    assert fold(folded) == folded
    assert fold(phrase.upper()) == folded
    assert fold(unicodedata.normalize("NFD", phrase)) == folded


@given(st.text())
def test_any_text_can_be_cleaned_and_folded_once(text: str) -> None:
    assert nfc(nfc(text)) == nfc(text)
    assert fold(text) == " ".join(fold(text).split())
    sort_key(text)


def test_signs_part_words_and_apostrophes_do_not() -> None:
    assert tokens("Bà Rịa - Vũng Tàu") == ("ba", "ria", "vung", "tau")
    assert tokens("Ea H'leo, tổ 3") == ("ea", "hleo", "to", "3")
    assert tokens(" - ") == ()


def test_letters_stand_in_the_order_of_the_alphabet() -> None:
    assert sorted(ALPHABET[::-1], key=sort_key) == list(ALPHABET)


def test_words_that_differ_in_tone_follow_the_order_of_the_dictionary() -> None:
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ",
    ]  # fmt: skip


def test_a_tone_counts_after_all_letters_of_its_word_and_before_the_next_word() -> None:
    listed = ["ba", "ba má", "bà", "bà ba", "bả", "ban", "bàn", "bán", "băn", "bân", "bần", "be"]
    assert sorted(listed[::-1], key=sort_key) == listed


def test_the_provinces_stand_as_the_official_list_has_them() -> None:
    # The cities and provinces since 1 July 2025 in the order of official alphabetical lists.
    listed = [
        "An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Cần Thơ", "Đà Nẵng", "Đắk Lắk", "Điện Biên",
        "Đồng Nai", "Đồng Tháp", "Gia Lai", "Hà Nội", "Hà Tĩnh", "Hải Phòng", "Huế", "Hưng Yên",
        "Khánh Hòa", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nghệ An", "Ninh Bình",
        "Phú Thọ", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sơn La", "Tây Ninh", "Thái Nguyên",
        "Thanh Hóa", "Tuyên Quang", "Vĩnh Long",
    ]  # fmt: skip
    assert sorted(listed[::-1], key=sort_key) == listed


def test_numbers_stand_by_size() -> None:
    listed = ["Phường 1", "Phường 2", "Phường 02A", "Phường 10", "Phường An"]
    assert sorted(listed[::-1], key=sort_key) == listed


def test_old_and_new_places_of_the_tone_are_one_word() -> None:
    assert sort_key("Hoà Bình") == sort_key("Hòa Bình")


def test_letters_of_other_languages_stand_after_the_tones_of_their_base() -> None:
    listed = ["blê", "blề", "ƀlê", "ce", "cẹ", "cĕ", "či"]
    assert sorted(listed[::-1], key=sort_key) == listed


@given(PHRASES, PHRASES)
def test_bytes_of_the_key_order_as_the_alphabet_does(one: str, other: str) -> None:
    def by_hand(phrase: str) -> list[tuple[list[int], list[int]]]:
        words = []
        for word in phrase.split():
            apart = unicodedata.normalize("NFD", word)
            tones = [TONES.index(mark) for mark in apart if mark in TONES]
            bare = "".join(mark for mark in apart if mark not in TONES)
            letters = [ALPHABET.index(x) for x in unicodedata.normalize("NFC", bare)]
            words.append((letters, tones))
        return words

    a, b = sort_key(one).encode(), sort_key(other).encode()
    assert (a < b) == (by_hand(one) < by_hand(other))


@given(st.lists(PHRASES, min_size=1))
def test_a_list_of_people_goes_by_the_last_word(names: list[str]) -> None:
    last = [sort_key(name.split()[-1]) for name in sorted(names, key=person_sort_key)]
    assert last == sorted(last)


def test_people_of_one_given_name_go_by_family_name() -> None:
    listed = ["An", "Bùi Thị An", "Nguyễn Văn An", "Rơ Châm An", "Lê Ân", "Lê Bình", "Siu H'Bia"]
    assert sorted(listed[::-1], key=person_sort_key) == listed
    assert person_sort_key("") == ""


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("031099001234", "031*****1234"),
        ("031234567", "******567"),
        ("12", "**"),
        ("", ""),
    ],
)
def test_a_number_in_a_list_hides_its_middle(number: str, shown: str) -> None:
    assert mask_number(number) == shown


def test_a_province_of_names_folds_within_a_second() -> None:
    names = ["Nguyễn Văn Bình", "Đặng Thị Thùy Dương", "Rơ Châm H'Bia", "Trần Quốc Toản"] * 25_000
    started = time.process_time()
    for name in names:
        fold(name)
    assert time.process_time() - started < 0.5
