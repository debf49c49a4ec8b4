"""What a file is by its bytes, whatever its name says.

Papers come as PDF, JPEG or PNG. A file is walked to its end, so that half a picture is
refused, and so is one that two programs would read as two kinds. What a PDF packs into
compressed streams is not unpacked: the house itself never opens a paper, it hands it out.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Mapping

from muster.kernel.errors import Refused

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"


class NotAPaper(Refused):
    """A file that is no paper; `code` says in which way, `evidence.executable` among them."""


_PROGRAMS = (
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a Linux program"),
    (b"#!", "a script"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a macOS program"),
    (b"\xce\xfa\xed\xfe", "a macOS program"),
    (b"\xfe\xed\xfa\xce", "a macOS program"),
    (b"\xfe\xed\xfa\xcf", "a macOS program"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "a Windows shortcut"),
    (b"\x00asm", "a program"),
    (b"dex\n", "an Android program"),
)
_MARKUP = re.compile(
    rb"<(?:script|html|iframe|object|embed)[\s>/]|<!doctype\s+html|<\?php", re.IGNORECASE
)
_ARCHIVE_END, _ARCHIVE_TAIL = b"PK\x05\x06", 65_557  # a zip or jar is read from its end
_ACTIVE = re.compile(
    rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])|/XFA\s*[\[\d]"
)
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
_SOI, _EOI = b"\xff\xd8\xff", b"\xff\xd9"
_MARK, _SCAN = 0xFF, 0xDA
_IN_SCAN = frozenset((0x00, *range(0xD0, 0xD8)))  # a stuffed byte, a restart


def media_of(data: bytes, *, largest: int) -> str:
    """The kind of a paper of at most `largest` bytes: PDF, JPEG or PNG; else `NotAPaper`.

    >>> media_of(b"MZ\\x90\\x00" + b"\\x00" * 60, largest=10**6)
    Traceback (most recent call last):
    ...
    muster.foundation.evidence.rules.contents.NotAPaper: the file is a Windows program, not a paper; send a PDF, JPEG or PNG.
    """
    if not data:
        raise NotAPaper("the file is empty; choose another.", code="evidence.empty")
    if len(data) > largest:
        raise NotAPaper(
            f"the file has {len(data)} bytes, {largest} are allowed; scan it smaller.",
            code="evidence.too_large",
        )
    _refuse_programs(data)
    for head, (media, walk) in _KINDS.items():
        if data.startswith(head):
            _refuse_doubles(data)
            walk(data)
            return media
    raise NotAPaper(
        "the file is neither PDF nor JPEG nor PNG; scan or photograph the paper.",
        code="evidence.unknown",
    )


def _refuse_programs(data: bytes) -> None:
    for head, name in _PROGRAMS:
        if data.startswith(head):
            raise NotAPaper(
                f"the file is {name}, not a paper; send a PDF, JPEG or PNG.",
                code="evidence.executable",
            )
    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf").lstrip()):
        raise NotAPaper(
            "the file is a web page, not a paper; send a PDF, JPEG or PNG.",
            code="evidence.web_page",
        )


def _refuse_doubles(data: bytes) -> None:
    """A file that is two kinds at once: a picture that is an archive or a web page too."""
    doubled = data.find(b"%PDF-", 1) >= 0 and not data.startswith(b"%PDF-")
    archive = _ARCHIVE_END in data[-_ARCHIVE_TAIL:]
    if doubled or archive or _MARKUP.search(data):
        raise NotAPaper(
            "the file is two kinds at once and could be run; scan the paper anew.",
            code="evidence.two_kinds",
        )


def _walk_pdf(data: bytes) -> None:
    if not data.rstrip(b"\0\r\n\t ").endswith(b"%%EOF"):
        raise _broken("PDF")
    # A name may be written with escapes: /J#61vaScript.
    plain = _NAME_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), data)
    if _ACTIVE.search(plain):
        raise NotAPaper(
            "the PDF holds a program or another file; print it to a plain PDF.",
            code="evidence.active",
        )


def _walk_png(data: bytes) -> None:
    at = len(_PNG_HEAD)
    while at + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        body = data[at + 4 : end - 4]
        if end > len(data) or data[end - 4 : end] != struct.pack(">I", zlib.crc32(body)):
            break
        if name == b"IEND":
            if end == len(data):
                return
            break
        at = end
    raise _broken("PNG")


def _walk_jpeg(data: bytes) -> None:
    """Segments with their lengths, scans until the next marker; phones may add a tail."""
    at = len(_EOI)
    while at + 4 <= len(data) and data[at] == _MARK:
        marker = data[at + 1]
        if marker == _EOI[1]:
            return
        if marker == _MARK:  # filling before a marker
            at += 1
            continue
        at += 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == _SCAN:
            at = _after_scan(data, at)
    if data[at : at + 2] != _EOI:
        raise _broken("JPEG")


def _after_scan(data: bytes, at: int) -> int:
    """Where the scan that begins at `at` ends: the first marker that is none of its own."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] not in _IN_SCAN:
            return at
        at += 2
    raise _broken("JPEG")


def _broken(kind: str) -> NotAPaper:
    return NotAPaper(
        f"the {kind} is damaged or something follows its end; scan the paper anew.",
        code="evidence.broken",
    )


_KINDS: Mapping[bytes, tuple[str, Callable[[bytes], None]]] = {
    b"%PDF-": (PDF, _walk_pdf),
    _SOI: (JPEG, _walk_jpeg),
    _PNG_HEAD: (PNG, _walk_png),
}
