"""What is a paper and what is not, by its bytes; how long each kind holds."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.foundation.evidence import models, rules
from muster.foundation.evidence.tests.files import JPEG, PDF, PNG, PROGRAM, chunk, segment
from muster.foundation.register.rules import CIRCUMSTANCES

LARGEST = 100_000
MEDIA = {"application/pdf", "image/jpeg", "image/png"}
ZIP_END = b"PK\x05\x06" + b"\x00" * 18


def refused(data):
    with pytest.raises(rules.NotAPaper) as caught:
        rules.media_of(data, largest=LARGEST)
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "media"),
    [(PDF, "application/pdf"), (JPEG, "image/jpeg"), (PNG, "image/png")],
    ids=["pdf", "jpeg", "png"],
)
def test_pdf_jpeg_and_png_are_papers(data, media):
    assert rules.media_of(data, largest=LARGEST) == media


@pytest.mark.parametrize("head", [b"MZ", b"\x7fELF", b"#!/bin/sh\n", b"\xcf\xfa\xed\xfe"])
def test_a_program_is_refused_whatever_its_name_says(head):
    assert refused(head + b"\x00" * 100) == "evidence.executable"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "evidence.empty"),
        (PDF + b" " * LARGEST, "evidence.too_large"),
        (b"<!DOCTYPE html><p>", "evidence.web_page"),
        (b"  <html><body>", "evidence.web_page"),
        (b"GIF89a" + b"\x00" * 20, "evidence.unknown"),
        (b"just words", "evidence.unknown"),
        (PNG + ZIP_END, "evidence.two_kinds"),
        (JPEG + PDF, "evidence.two_kinds"),
        (PDF.replace(b"endobj", b"<script>x</script> endobj"), "evidence.two_kinds"),
        (PNG + b"tail", "evidence.broken"),
        (PNG[:-1], "evidence.broken"),
        (PNG[:-16] + chunk(b"IEND", b"")[:-1] + b"\x00", "evidence.broken"),
        (JPEG[:-2], "evidence.broken"),
        (PDF[:-8], "evidence.broken"),
        (PDF.replace(b"endobj", b"/S /JavaScript endobj"), "evidence.active"),
        (PDF.replace(b"endobj", b"/S /J#61vaScript endobj"), "evidence.active"),
        (PDF.replace(b"endobj", b"/Type /EmbeddedFile endobj"), "evidence.active"),
        (PDF.replace(b"endobj", b"/S /Launch endobj"), "evidence.active"),
    ],
)
def test_what_is_no_paper_is_refused_by_what_it_is(data, code):
    assert refused(data) == code


def test_a_picture_with_markup_in_its_comment_is_two_kinds_at_once():
    assert refused(JPEG[:2] + segment(0xFE, b"<script>alert(1)</script>") + JPEG[2:]) == (
        "evidence.two_kinds"
    )


def test_a_phone_may_add_a_tail_to_its_picture():
    assert rules.media_of(JPEG + b"SEFHe\x00\x00SEFT", largest=LARGEST) == "image/jpeg"


@given(st.binary(max_size=400))
def test_any_bytes_are_judged_without_an_accident(data):
    for head in (b"", b"%PDF-", b"\xff\xd8\xff", PNG[:8]):
        with suppress(rules.NotAPaper):
            assert rules.media_of(head + data, largest=LARGEST) in MEDIA


@given(st.integers(0, len(PNG) - 1), st.integers(1, 255))
def test_a_picture_changed_in_one_byte_is_not_taken(at, change):
    broken = PNG[:at] + bytes([PNG[at] ^ change]) + PNG[at + 1 :]
    with pytest.raises(rules.NotAPaper):
        rules.media_of(broken, largest=LARGEST)


def test_every_circumstance_but_service_and_volunteering_has_its_paper():
    claims = {claim for shows in rules.KINDS.values() for claim in shows}
    assert claims - {rules.STUDY} == set(CIRCUMSTANCES) - {
        "volunteer", "active_service", "police_service",
    }  # fmt: skip
    assert set(models.KINDS) == set(rules.KINDS)
    with pytest.raises(rules.UnknownClaim):
        rules.kind_of("volunteer")


@pytest.mark.parametrize(
    ("kind", "issued", "until"),
    [
        ("enrolment_certificate", date(2025, 9, 5), date(2026, 9, 5)),
        ("provincial_decision", date(2025, 3, 1), date(2028, 3, 1)),
        ("merit_file", date(1990, 1, 1), None),
        ("disability_certificate", date(2025, 1, 1), None),
    ],
)
def test_a_paper_holds_as_long_as_its_ground(kind, issued, until):
    on = max(issued, date(2016, 1, 1))
    assert rules.holds_until(kind, on) == until


def test_the_program_of_the_tests_is_one():
    assert refused(PROGRAM) == "evidence.executable"
