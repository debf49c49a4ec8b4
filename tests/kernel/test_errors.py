"""A refusal is one sentence."""

import copy

from muster.kernel.errors import Refused


def test_a_refusal_says_where_before_what() -> None:
    assert str(Refused("no such unit.", where="row 3")) == "row 3: no such unit."


def test_a_refusal_is_printed_on_one_line() -> None:
    assert str(Refused("no such\n  unit.")) == "no such unit."


def test_a_translated_sentence_is_read_when_shown() -> None:
    class Later:
        language = "vi"

        def __str__(self) -> str:
            return {"vi": "không có", "en": "none"}[self.language]

    sentence = Later()
    refusal = Refused(sentence)
    sentence.language = "en"
    assert str(refusal) == "none"


def test_a_refusal_survives_being_copied_between_processes() -> None:
    sent = Refused("no such unit.", code="unit.unknown", where="row 3")
    received = copy.copy(sent)
    assert (str(received), received.code) == (str(sent), "unit.unknown")
