"""Personal numbers at rest: sealed with AES-GCM, found by a keyed blind index.

Two keys belong to the installation and lie in its home, readable by its user alone.
Without them the database tells no number; with a copy of the database alone nobody
can try numbers against the index.
"""

import hashlib
import hmac
import json
import os
import secrets
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from muster.kernel.errors import Refused

_FORM = b"\x01"  # of the sealed bytes: this byte, the nonce, the ciphertext with its tag
_NONCE, _INDEX = 12, 16
_PURPOSES = ("seal", "index")
_NOBODY = UUID(int=0)


class KeysUnusable(Refused):
    """The installation's keys cannot be read, or are not those that sealed the numbers."""


@dataclass(frozen=True)
class Keys:
    """The installation's two keys; every method is a pure function of them."""

    seal_key: bytes
    index_key: bytes

    def index(self, number: str) -> bytes:
        """The blind index of a number: equal for equal numbers, meaningless without the key."""
        return hmac.digest(self.index_key, number.encode(), hashlib.sha256)[:_INDEX]

    def seal(self, number: str, uid: UUID) -> bytes:
        """The number sealed to its entry: moved to another row it no longer opens."""
        nonce = os.urandom(_NONCE)
        return _FORM + nonce + AESGCM(self.seal_key).encrypt(nonce, number.encode(), uid.bytes)

    def open(self, sealed: bytes | memoryview, uid: UUID) -> str:
        """The number that `seal` was given; `KeysUnusable` for another key or another entry."""
        start = len(_FORM)
        nonce, text = bytes(sealed[start : start + _NONCE]), bytes(sealed[start + _NONCE :])
        try:
            return AESGCM(self.seal_key).decrypt(nonce, text, uid.bytes).decode()
        except InvalidTag:
            raise KeysUnusable(
                "a sealed number does not open with this installation's keys; "
                "restore the file `register-keys.json` that belongs to this database.",
                code="numbers.keys",
            ) from None

    def seal_text(self, text: str) -> str:
        """A search that may stand in an address: what was typed cannot be read from it."""
        return urlsafe_b64encode(self.seal(text, _NOBODY)).decode()

    def open_text(self, sealed: str) -> str:
        """The text of such an address; empty when it was tampered with."""
        try:
            return self.open(urlsafe_b64decode(sealed), _NOBODY) if sealed else ""
        except (KeysUnusable, ValueError):
            return ""


@cache
def keys() -> Keys:
    """The installation's keys, made on first use."""
    file = Path(settings.HOME) / "register-keys.json"
    if not file.exists():
        _make(file)
    try:
        kept = json.loads(file.read_text())
        return Keys(*(bytes.fromhex(kept[purpose]) for purpose in _PURPOSES))
    except (OSError, ValueError, KeyError) as error:
        raise KeysUnusable(
            "the keys in %(file)s cannot be read (%(fault)s); restore that file.",
            code="numbers.keys",
            file=file,
            fault=type(error).__name__,
        ) from None


def _make(file: Path) -> None:
    """Write both keys whole or not at all; of two processes that try, one wins."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(descriptor, "w") as handle:
        json.dump({purpose: secrets.token_hex(32) for purpose in _PURPOSES}, handle)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
