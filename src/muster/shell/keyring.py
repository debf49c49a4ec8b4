"""A ring of keys that seal what lies at rest: the newest seals, each opens what it sealed.

Every key is a file of its own, readable by its owner only, and its id is kept beside
what it sealed; so a new key can be taken at any time and an old one be retired once
nothing is sealed with it any more. The folder is `settings.KEYS`.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from muster.kernel.errors import Refused
from muster.shell import keys

_NONCE = 12


class KeyMissing(Refused):
    """A sealed content whose key is not in this installation, or does not open it."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys of one purpose, numbered in the order in which they were taken."""

    purpose: str

    def newest(self) -> str:
        """The id of the key that seals; the first is made when it is asked for."""
        taken = self._taken()
        return taken[-1] if taken else self.renew()

    def renew(self) -> str:
        """Take a new key; what is sealed from now on is sealed with it."""
        taken = self._taken()
        number = int(taken[-1].rpartition("-")[2]) + 1 if taken else 1
        key_id = f"{self.purpose}-{number:04d}"
        keys.secret(key_id)
        return key_id

    def seal(self, content: bytes, *, bound_to: UUID) -> tuple[str, bytes]:
        """Key id and sealed content; moved to another row it no longer opens."""
        key_id, nonce = self.newest(), os.urandom(_NONCE)
        return key_id, nonce + self._cipher(key_id).encrypt(nonce, content, bound_to.bytes)

    def open(self, sealed: bytes | memoryview, *, key_id: str, bound_to: UUID) -> bytes:
        """What was sealed; `KeyMissing` for a key that is gone, or for another row."""
        nonce, text = bytes(sealed[:_NONCE]), bytes(sealed[_NONCE:])
        try:
            return self._cipher(key_id).decrypt(nonce, text, bound_to.bytes)
        except InvalidTag:
            raise self._missing(key_id) from None

    def _cipher(self, key_id: str) -> AESGCM:
        try:
            return AESGCM((_folder() / key_id).read_bytes())
        except (OSError, ValueError):
            raise self._missing(key_id) from None

    def _missing(self, key_id: str) -> KeyMissing:
        return KeyMissing(
            f"what was sealed with the key {key_id} does not open; restore the file "
            f"{_folder() / key_id} that belongs to this database.",
            code="keys.missing",
        )

    def _taken(self) -> list[str]:
        return sorted(each.name for each in _folder().glob(f"{self.purpose}-[0-9]*"))


def _folder() -> Path:
    return Path(settings.KEYS)
